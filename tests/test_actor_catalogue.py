"""The catalogue by date, names as whole strings, and what a user adds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from detente import actors
from detente.actors import catalogue, entries, load_extra, lookup, pieces, resolve, tables
from detente.errors import BadInput


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("Moscow", date(1900, 1, 1), None), ("Moscow", date(1975, 6, 1), "SUN"), ("Moscow", date(2012, 6, 1), "RUS"),
        ("the Kremlin", date(1975, 6, 1), "SUN"), ("the Kremlin", None, "RUS"), ("Soviet Union", date(2012, 6, 1), "SUN"),
        ("Prague", date(1980, 1, 1), "CSK"), ("Prague", date(2000, 1, 1), "CZE"), ("Bonn", date(1970, 1, 1), "DEU"),
        ("East Germany", date(1970, 1, 1), "DDR"), ("East Berlin", None, "DDR"), ("Germany", date(1960, 1, 1), "DEU"),
        ("Belgrade", date(1995, 1, 1), "YUG"), ("Belgrade", date(2004, 1, 1), "SCG"), ("Belgrade", date(2010, 1, 1), "SRB"),
        ("Yugoslavia", None, "YUG"), ("South Sudan", date(2012, 1, 1), "SSD"), ("Zaire", None, "COD"), ("Rhodesia", None, "ZWE"),
        ("Burma", None, "MMR"), ("Republic of China", date(1930, 1, 1), "CHN"), ("Republic of China", date(1990, 1, 1), "TWN"),
        ("White House", None, "USA"), ("Élysée", None, "FRA"), ("Downing Street", None, "GBR"), ("New Delhi", None, "IND"),
        ("DPRK", None, "PRK"), ("UAE", None, "ARE"), ("Kosovo", None, "XKX"), ("the Gaza Strip", None, "PSE"), ("russia", None, "RUS"),
        ("Indian foreign minister", None, "IND"), ("Vladimir Putin", None, "RUS"), ("Lavrov", None, "RUS"), ("Xi", None, "CHN"),
        ("Nur-Sultan", date(2020, 1, 1), "KAZ"), ("banana", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_names_resolve_by_date(name: str, on: date | None, actor: str | None) -> None:
    found = resolve(name, on)
    assert (found.id if found else None) == actor
    if found:
        assert (found.start, found.end, found.text) == (0, len(name), name)
        assert found.why


def test_states_have_the_years_they_existed() -> None:
    soviet = lookup("SUN")
    assert soviet is not None
    assert (soviet.kind, soviet.start, soviet.end) == ("state", date(1922, 12, 30), date(1991, 12, 25))
    south_sudan = lookup("SSD")
    assert south_sudan is not None
    assert not south_sudan.existed(date(2010, 1, 1))
    assert south_sudan.existed(date(2012, 1, 1))
    estonia = lookup("EST")
    assert estonia is not None
    assert [estonia.existed(date(year, 6, 1)) for year in (1930, 1960, 2000)] == [True, False, True]
    assert lookup("NOWHERE") is None


def test_catalogue_is_as_large_as_promised() -> None:
    kinds = [entry.kind for entry in entries()]
    assert kinds.count("state") >= 230
    assert kinds.count("organisation") >= 120
    assert kinds.count("group") >= 150
    assert [e.id for e in entries()] == sorted({e.id for e in entries()})


def test_every_row_names_a_known_state_in_order() -> None:
    ids = {entry.id for entry in entries()}
    for table in ("people.tsv", "leaders.tsv"):
        for row in tables.rows(table):
            assert row["actor"] in ids, row
            assert tables.first_day(row["start"]) <= tables.last_day(row["end"].rstrip("?")), row
    for row in tables.rows("names.tsv"):
        assert row["kind"] in {"name", "region", "adjective", "people", "capital", "seat"}, row
        assert tables.first_day(row["start"]) <= tables.last_day(row["end"]), row


def test_members_by_date() -> None:
    union = lookup("EU")
    assert union is not None
    assert "GBR" in union.members(date(2015, 1, 1))
    assert "GBR" not in union.members(date(2022, 1, 1))


@pytest.fixture
def clean() -> Iterator[None]:
    yield
    catalogue._extras.clear()
    catalogue.catalogue.cache_clear()
    pieces.index.cache_clear()


def test_users_add_actors(tmp_path: Path, clean: None) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(
        '[[actor]]\nid = "FREEDONIA"\nname = "Freedonia"\nkind = "state"\nstart = "1933"\naliases = ["Sylvania"]\n',
        encoding="utf-8",
    )
    load_extra(file)
    assert [m.id for m in actors.scan("Sylvania attacks Russia.")] == ["FREEDONIA", "RUS"]
    assert lookup("FREEDONIA") is not None


@pytest.mark.parametrize("text", ["[[actor]]\nid = 3", "not toml", '[[actor]]\nid="A"\nname="B"\nkind="planet"', '[[actor]]\nid="A"\nname="B"\nstart="soon"'])  # fmt: skip
def test_bad_additions_are_one_line(tmp_path: Path, text: str, clean: None) -> None:
    file = tmp_path / "actors.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_extra(file)
    assert "\n" not in str(caught.value)
    assert "actors.toml" in str(caught.value)
    assert [m.id for m in actors.scan("Russia")] == ["RUS"]


def test_a_former_office_resolves_as_former() -> None:
    found = resolve("former Russian president")
    assert found is not None
    assert (found.id, found.role, found.former) == ("RUS", "president", True)


def test_the_quad_is_the_four_and_no_vehicle() -> None:
    found = resolve("the Quad")
    assert found is not None and found.id == "QUAD"
    assert resolve("Quad bike") is None
