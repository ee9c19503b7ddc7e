"""The network of blocs: what is drawn, what is doubtful, what the address keeps, what was known when."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from detente import record as store
from detente.record.exchange import import_file
from detente.relations.blocs import Blocs
from detente.web.svg.network import network_chart
from sites import client, full_entry, make_record

EAST, WEST = ("RUS", "CHN", "PRK"), ("USA", "GBR", "JPN")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two camps: much cooperation within each, much conflict between, from 2011 on; before that the other way round."""
    rows = []
    for year in (2009, 2010, 2011, 2012, 2013):
        for n in range(0, 360, 6):
            day = date(year, 1, 1) + timedelta(n)
            for a in EAST + WEST:
                for b in EAST + WEST:
                    alike = (a in EAST) == (b in EAST)
                    if a != b:
                        rows.append(f"{day},{a},{b},{'057' if alike == (year > 2010) else '112'}")
    made = tmp_path_factory.mktemp("network")
    (made / "rows.csv").write_text("\n".join(["date,a,b,code", *rows]))
    with store.open(made / "record") as record:
        import_file(
            record, made / "rows.csv", "dyadic", mapping={"date": "date", "source": "a", "target": "b", "cameo": "code"}
        )
    return made / "record"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Any]:
    with client(folder, today=date(2014, 1, 1)) as made:
        yield made


def head(text: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", text, re.S).group(1)  # type: ignore[union-attr]


def same(site: Any, query: str = "") -> dict[frozenset[str], float | None]:
    """P(same bloc) of each pair, from the file."""
    rows = csv.DictReader(io.StringIO(site.get(f"/network/blocs.csv?beside=zero&{query}").text))
    return {frozenset((r["a"], r["b"])): float(r["same_bloc"]) if r["same_bloc"] else None for r in rows}


def test_camps_are_told_and_drawn(site: Any) -> None:
    text = site.get("/network?beside=zero").text
    assert "stand together in Dec 2013" in head(text)
    assert text.count('class="m-tie-coop"') >= 6
    assert text.count('class="m-tie-conf"') >= 9
    assert len(text) < 300_000
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", text)
    found = same(site)
    assert (found[frozenset(("RUS", "CHN"))] or 0) > 0.9
    assert (found[frozenset(("RUS", "USA"))] or 0) < 0.1


def test_another_month_has_other_camps(site: Any) -> None:
    assert (same(site, "month=2010-12")[frozenset(("RUS", "CHN"))] or 0) < 0.5
    assert "Dec 2010" in head(site.get("/network?month=2010-12").text)


def test_as_known_on_a_day_ends_there(site: Any) -> None:
    assert "Jun 2010" in head(site.get("/network?as_of=2010-06-15&beside=zero").text)


def test_states_can_be_named(site: Any) -> None:
    found = same(site, "actors=RUS,usa,Japan")
    assert {name for pair in found for name in pair} == {"RUS", "USA", "JPN"}
    for path, status in (
        ("actors=RUS", 400),
        ("actors=NATO,RUS", 400),
        ("actors=xqzzy,RUS", 404),
        ("top=3", 400),
        ("month=x", 400),
    ):
        assert site.get(f"/network?{path}").status_code == status, path
    assert site.get("/network/none.svg").status_code == 400


def test_files_can_be_taken_along(site: Any) -> None:
    for name in ("network.svg", "blocs.svg"):
        made = site.get(f"/network/{name}").text
        assert made.startswith("<svg")
        assert 'class="m-' not in made
    assert site.get("/network/network.png").content.startswith(b"\x89PNG")
    ties = list(csv.DictReader(io.StringIO(site.get("/network/ties.csv").text)))
    assert len(ties) == 15


@pytest.mark.parametrize("count", [0, 1])
def test_small_records_look_finished(tmp_path: Path, count: int) -> None:
    with client(make_record(tmp_path / "record", [full_entry("one")][:count])) as site:
        answer = site.get("/network")
        assert answer.status_code == 200
        assert "There are not two states" in answer.text


def test_circles_do_not_lie_on_each_other() -> None:
    names = ["RUS", "CHN", "IND", "PAK", "USA", "GBR", "FRA", "DEU", "JPN", "KOR"]
    every = [[1.0] * len(names) for _ in names]
    found = Blocs(states=names, same=every, decided=every, blocs=[], unclear=[], draws=1)
    drawn = network_chart(found, [], dict.fromkeys(names, 1.0), lambda a, _: f"/{a}")
    spots = [
        (float(x), float(y), float(r))
        for x, y, r in re.findall(r'<circle[^>]*cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawn)
    ]
    assert len(spots) == len(names)
    for n, (x, y, r) in enumerate(spots):
        assert all((x - u) ** 2 + (y - v) ** 2 > (r + s) ** 2 for u, v, s in spots[n + 1 :])
