"""Slow structure of pairs: what the measures say of small tables by hand, and of well-known pairs from the public files."""

import json
from datetime import date
from pathlib import Path

import pytest

import detente
from command import run
from detente.measured import MeasuredRecord
from detente.record import exchange
from detente.relations.structure import Fact, agreement_interval, structure

STATES = Path(__file__).resolve().parents[2] / "shared" / "data" / "states"
BROUGHT = {
    "un_roll_calls.parquet": "un-roll-calls", "unga_ideal_points_2020.csv": "un-ideal-points", "tss_rivalries.parquet": "rivalries",
    "cow_mid_ddydisps.parquet": "mid", "cow_igo_v3_membership_spells.parquet": "igo",
    "sipri_tiv_bilateral_1950_2021.parquet": "sipri-tiv",
}  # fmt: skip
CALLS = "rcid,session,importantvote,date,short\n" + "".join(f"{n},65,{n % 2},2010-12-{n:02d},X\n" for n in range(1, 21))
VOTES = "rcid,country,country_code,vote\n" + "".join(
    f"{n},Russia,RU,yes\n{n},Pakistan,PK,{'yes' if n <= 12 else 'abstain' if n <= 16 else 'no'}\n" for n in range(1, 21)
)


def _votes(n: int, alike: float) -> dict[str, object]:
    return {"year": 2010, "n": n, "alike": alike, "important": 0, "alike_important": 0.0}


def test_few_votes_are_no_agreement() -> None:
    assert structure([_votes(9, 9.0)], [], [], []) == []
    [fact] = structure([_votes(10, 9.0)], [], [], [])
    assert (fact.measure, fact.value, fact.n) == ("votes", 0.9, 10)
    assert fact.low is not None and fact.high is not None and fact.low < 0.9 < fact.high


def test_the_interval_narrows_with_votes() -> None:
    wide, narrow = agreement_interval(8, 10), agreement_interval(80, 100)
    assert wide[0] < narrow[0] < 0.8 < narrow[1] < wide[1]


@pytest.fixture
def record(tmp_path: Path) -> MeasuredRecord:
    with_votes = detente.open(tmp_path / "record")
    for name, text in (("un-roll-calls", CALLS), ("un-votes", VOTES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        exchange.import_file(with_votes, tmp_path / name, name)
    return with_votes


def test_abstaining_is_half_agreement(record: MeasuredRecord) -> None:
    facts = record.structure("RUS", "PAK")
    assert [(f.measure, f.year, f.value, f.n) for f in facts] == [
        ("votes", 2010, 0.7, 20),
        ("important votes", 2010, 0.7, 10),
    ]
    assert facts == record.structure("PAK", "RUS")


def test_as_of_leaves_out_what_came_later(record: MeasuredRecord) -> None:
    assert record.structure("RUS", "PAK", as_of=date(2010, 11, 30)) == []
    [early] = record.structure("RUS", "PAK", as_of=date(2010, 12, 12)).of("votes")
    assert (early.value, early.n) == (1.0, 12)


def test_it_stands_under_the_relation(
    record: MeasuredRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record.close()
    shown = run(capsys, "--record", tmp_path / "record", "relation", "RUS", "PAK")
    assert "Slow structure" in shown.out and "2010: 70%" in shown.out
    told = json.loads(run(capsys, "--record", tmp_path / "record", "relation", "RUS", "PAK", "--json").out)
    assert told["structure"][0]["value"] == 0.7
    assert {"a", "b", "series", "turns"} <= set(told)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> MeasuredRecord:
    if not STATES.is_dir():
        pytest.skip("real data (../shared) is not here")
    found = detente.open(tmp_path_factory.mktemp("world") / "record")
    for name, form in BROUGHT.items():
        assert exchange.import_file(found, STATES / name, form).bad == []
    return found


def _at(world: MeasuredRecord, a: str, b: str, measure: str, year: int) -> Fact | None:
    return next((f for f in world.structure(a, b).of(measure) if f.year == year), None)


def test_ideal_points_tell_blocs_apart(world: MeasuredRecord) -> None:
    near, far = _at(world, "USA", "GBR", "ideal points", 1985), _at(world, "USA", "RUS", "ideal points", 1985)
    assert near is not None and far is not None
    assert near.high is not None and far.low is not None and near.high < far.low


def test_rivals_and_wars(world: MeasuredRecord) -> None:
    rivals = _at(world, "IND", "PAK", "rivalry", 2000)
    assert rivals is not None and "spatial" in rivals.note
    war = _at(world, "IND", "PAK", "dispute", 1971)
    assert war is not None and (war.value, war.note) == (5, "war")
    assert world.structure("USA", "CAN").of("rivalry") == []


def test_organisations_and_arms(world: MeasuredRecord) -> None:
    close, apart = _at(world, "FRA", "DEU", "organisations", 2010), _at(world, "FRA", "PRK", "organisations", 2010)
    assert close is not None and apart is not None and close.value > 0.6 > 0.3 > apart.value
    bought = _at(world, "IND", "RUS", "arms", 2010)
    assert bought is not None and bought.value > 0.7


def test_russia_goes_on_from_the_soviet_union(world: MeasuredRecord) -> None:
    years = [f.year for f in world.structure("RUS", "USA").of("rivalry")]
    assert min(years) < 1950 < max(years)
