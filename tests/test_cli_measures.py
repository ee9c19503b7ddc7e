"""relation, turns, partners, blocs and triad over a record: the JSON that others rely on, files, pictures, refusals."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import detente
from command import run

HOSTILE = ("150", "130", "163", "112", "190")
FRIENDLY = ("057", "036", "071")
SUN = ("RUS", "UKR", "POL", "CHN", "IND", "PAK")


def _rows() -> list[tuple[str, str, str, str]]:
    """Four quiet years of all pairs, and a crisis between two of them in March 2014."""
    made = [
        (f"{year}-{month:02d}-{3 + n:02d}", a, b, "036" if (a, b) != ("IND", "PAK") or month % 2 else "112")
        for year in range(2011, 2015)
        for month in range(1, 13)
        for n, (a, b) in enumerate((a, b) for i, a in enumerate(SUN) for b in SUN[i + 1 :])
    ]
    crisis = [
        (f"2014-{m:02d}-{d:02d}", "RUS", "UKR", code) for m in (3, 4, 5, 6, 7) for d in (2, 5, 9) for code in HOSTILE
    ]
    return made + crisis


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures")
    table = pl.DataFrame(_rows(), schema=["date", "source", "target", "cameo"], orient="row").unique(
        maintain_order=True
    )
    table.write_csv(folder / "world.csv")
    with detente.open(folder / "record") as opened:
        from detente.record.exchange import import_file

        import_file(opened, folder / "world.csv", "dyadic")
    return folder / "record"


def _json(capsys: pytest.CaptureFixture[str], *words: object) -> object:
    ran = run(capsys, *words)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_relation_keeps_its_contract(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    told = _json(capsys, "--record", record, "relation", "Russia", "UKR", "--json")
    assert isinstance(told, dict)
    assert {"a", "b", "series", "turns"} <= set(told)
    assert {told["a"], told["b"]} == {"RUS", "UKR"}
    assert {"period", "level", "low", "high", "effective_n"} <= set(told["series"][-1])
    known = [p for p in told["series"] if p["level"] is not None]
    assert all(p["low"] <= p["level"] <= p["high"] for p in known)
    before = next(p for p in known if p["period"].startswith("2014-02"))
    after = next(p for p in known if p["period"].startswith("2014-06"))
    assert before["level"] > 0.5 > after["level"]
    assert [(t["direction"], t["month"][:7]) for t in told["turns"]] == [("cool", "2014-03")]


def test_too_few_acts_are_no_level(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    told = _json(capsys, "--record", record, "relation", "RUS", "BRA", "--json")
    assert isinstance(told, dict)
    assert [p for p in told["series"] if p["level"] is not None] == []


def test_turns_keep_their_contract(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    told = _json(capsys, "--record", record, "turns", "--json")
    assert isinstance(told, list)
    [turn] = told
    assert {"a", "b", "month", "direction", "score", "alarm_date", "confirmed", "events"} <= set(turn)
    assert (turn["a"], turn["b"], turn["direction"]) == ("RUS", "UKR", "cool")
    assert turn["confirmed"] is True
    assert turn["events"]


def test_nothing_known_later_moves_what_was_told_on_a_day(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    asked = ("--record", record, "relation", "RUS", "UKR", "--as-of", "2014-02-28", "--json")
    told = _json(capsys, *asked)
    assert isinstance(told, dict)
    assert told["turns"] == []
    now = _json(capsys, "--record", record, "relation", "RUS", "UKR", "--json")
    assert isinstance(now, dict)
    past = {p["period"]: p for p in now["series"] if p["period"] <= "2014-02"}
    assert {p["period"]: p for p in told["series"] if p["period"] <= "2014-02"} == past


def test_what_to_expect_of_alarms_is_said(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    ran = run(capsys, "--record", record, "turns", "--rate", "0.2")
    assert "RUS – UKR" in ran.out
    assert "expect about" in ran.err and "alarms a month" in ran.err and "15 pairs" in ran.err


def test_partners_rank_with_intervals(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    told = _json(capsys, "--record", record, "partners", "RUS", "--json")
    assert isinstance(told, list)
    assert {p["partner"] for p in told} == set(SUN) - {"RUS"}
    assert told[-1]["partner"] == "UKR"
    assert all(p["rank_low"] <= p["rank"] <= p["rank_high"] for p in told)
    years = run(capsys, "--record", record, "partners", "RUS", "--over-time")
    assert "2012" in years.out and years.code == 0


def test_blocs_and_triads(capsys: pytest.CaptureFixture[str], record: Path) -> None:
    told = _json(capsys, "--record", record, "blocs", "--json")
    assert isinstance(told, dict)
    assert {"blocs", "frustration", "triads"} <= set(told)
    triad = _json(capsys, "--record", record, "triad", "RUS", "UKR", "POL", "--as-of", "2014-07-31", "--json")
    assert isinstance(triad, dict)
    assert triad["states"] == ["POL", "RUS", "UKR"]
    assert triad["ties"]["RUS-UKR"] < 0.5 < 0.9 < triad["ties"]["POL-RUS"]
    drifted = run(capsys, "--record", record, "blocs", "--drift", "POL", "RUS", "CHN")
    assert drifted.code == 0 and "POL between RUS" in drifted.out


@pytest.mark.parametrize(
    "words", [("relation", "RUS", "UKR"), ("turns",), ("partners", "RUS"), ("triad", "RUS", "UKR", "POL"), ("blocs",)]
)
def test_every_measure_is_written_as_csv_and_drawn(
    capsys: pytest.CaptureFixture[str], record: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ran = run(capsys, "--record", record, *words, "--csv", "--plot", tmp_path / "a.svg")
    assert ran.code == 0, ran.err
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows and len(rows[0]) > 2
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(("name", "head"), [("a.png", b"\x89PNG"), ("a.html", b"<!DOCTYPE html>")])
def test_a_picture_has_the_form_that_its_name_says(
    capsys: pytest.CaptureFixture[str], record: Path, tmp_path: Path, name: str, head: bytes
) -> None:
    ran = run(capsys, "--record", record, "relation", "RUS", "UKR", "--plot", tmp_path / name)
    assert ran.code == 0, ran.err
    whole = (tmp_path / name).read_bytes()
    assert whole.lstrip()[: len(head)].lower() == head.lower()
    if name.endswith("html"):
        assert b'src="http' not in whole and b"cdn." not in whole


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("relation", "RUS", "RUS"), "two different actors"),
        (("relation", "RUS", "Atlantis"), "Atlantis"),
        (("relation", "RUS", "UKR", "--period", "decade"), "decade"),
        (("relation", "RUS", "UKR", "--plot", "a.gif"), "a.gif"),
        (("relation", "RUS", "UKR", "--dataset", "gdelt"), "no events named 'gdelt'"),
        (("turns", "--rate", "3"), "--rate 3"),
        (("turns", "--since", "tomorrow"), "tomorrow"),
        (("partners", "RUS", "--kind", "cultish"), "cultish"),
        (("triad", "RUS", "RUS", "UKR"), "three different"),
        (("blocs", "--drift", "RUS", "RUS", "UKR"), "three different"),
    ],
)
def test_refusals_take_one_line(
    capsys: pytest.CaptureFixture[str], record: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run(capsys, "--record", record, *words)
    assert ran.code != 0
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not Path("a.gif").exists()


def test_a_missing_record_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ran = run(capsys, "--record", tmp_path / "none", "turns")
    assert ran.code != 0 and "no record here yet" in ran.err
    assert not (tmp_path / "none").exists()


def test_the_library_gives_the_same_as_tables_and_charts(record: Path) -> None:
    with detente.open(record, create=False) as opened:
        relation = opened.relation("RUS", "UKR", as_of=date(2014, 8, 1))
        assert relation.to_polars().columns[:2] == ["a", "b"]
        assert len(relation.to_pandas()) == len(relation.series)
        assert relation.plot().to_dict()["$schema"]
        assert opened.turns(rate=0.1).to_polars().height == 1
