"""PLOVER and CAMEO say the same thing both ways."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import BadInput
from detente.ontology import (
    CAMEO,
    CONTEXTS,
    EVENT_TYPES,
    MODES,
    base_and_root,
    cameo_to_plover,
    context,
    goldstein,
    intensity,
    penta,
    plover_to_cameo,
    quad,
)
from detente.ontology.cameo import expressible

PAIRS = [(name, mode) for name, modes in MODES.items() for mode in (None, *modes)]


def test_there_are_sixteen_types_with_quad_classes() -> None:
    assert len(EVENT_TYPES) == 16
    expected = {1: "AGREE CONSULT SUPPORT", 2: "COOPERATE AID CONCEDE RETREAT", 3: "REQUEST ACCUSE REJECT THREATEN"}
    expected[4] = "PROTEST SANCTION MOBILIZE COERCE ASSAULT"
    for number, names in expected.items():
        assert {name for name in EVENT_TYPES if quad(name) == number} == set(names.split())
    assert penta(None) == 0
    assert penta("ASSAULT") == 4


@pytest.mark.parametrize(("name", "mode"), PAIRS)
def test_a_type_survives_the_way_to_cameo_and_back(name: str, mode: str | None) -> None:
    assert cameo_to_plover(plover_to_cameo(name, mode))[0] == name


def test_a_mode_survives_where_cameo_has_a_code_of_its_own() -> None:
    codes = [plover_to_cameo(name, mode) for name, mode in PAIRS]
    kept = [
        (name, mode)
        for name, mode in PAIRS
        if codes.count(plover_to_cameo(name, mode)) == 1 and cameo_to_plover(plover_to_cameo(name, mode))[1] == mode
    ]
    assert len(kept) > 0.75 * len(PAIRS)


def test_every_table_entry_is_consistent() -> None:
    assert {code[:2] for code in CAMEO} == {f"{root:02}" for root in range(1, 21)}
    for code, entry in CAMEO.items():
        assert 2 <= len(code) <= 4
        assert code[:-1] in CAMEO or len(code) == 2, code
        assert -10 <= entry.goldstein <= 10
        assert set(entry.contexts) <= set(CONTEXTS), code
        if entry.type is not None:
            assert entry.mode is None or entry.mode in MODES[entry.type], code
        else:
            assert code.startswith("01")
        assert (entry.promises is not None) == code.startswith("03")
    for modes in MODES.values():
        assert all(mode.cameo in CAMEO for mode in modes.values())


@given(st.sampled_from(PAIRS), st.sampled_from(["occurred", "ongoing", "planned", "hypothetical", "denied", "alleged"]))
def test_intensity_has_the_sign_of_its_quad_and_no_more_than_the_act_done(
    pair: tuple[str, str | None], status: str
) -> None:
    name, mode = pair
    done, value = intensity(name, mode), intensity(name, mode, status)
    assert (done > 0) == (quad(name) < 3)
    assert abs(value) <= abs(done) <= 10


def test_announced_cooperation_becomes_a_declared_intent() -> None:
    assert plover_to_cameo("CONSULT", "visit", "planned") == "036"
    assert CAMEO["036"].promises == "CONSULT"
    assert CAMEO["036"].status == "planned"
    assert plover_to_cameo("ASSAULT", None, "planned") == "180"
    assert not expressible("ASSAULT", "planned")
    assert not expressible("CONSULT", "denied")
    assert expressible("RETREAT", "planned")


def test_known_values() -> None:
    assert cameo_to_plover("042") == ("CONSULT", "visit", ())
    assert cameo_to_plover("010")[0] is None
    assert goldstein("163") == -8.0
    assert goldstein("10") == -5.0
    assert base_and_root("0841") == ("084", "08")
    assert context("enviro_disaster") == "environment"
    assert context("no such thing") is None


def test_a_finer_code_falls_back_to_its_parent_and_nonsense_is_refused() -> None:
    assert cameo_to_plover("1459") == cameo_to_plover("145")
    for bad in ("", "4", "---", "99", "21"):
        with pytest.raises(BadInput, match="unknown CAMEO code"):
            cameo_to_plover(bad)
    with pytest.raises(BadInput, match="unknown event type"):
        quad("HUG")


def test_every_code_of_real_data_is_in_the_table(shared: Path) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(shared / "data/events/icews_2005_2015.parquet", columns=["code"])
    codes = set(table["code"].to_pylist())
    with (shared / "data/events/icews_raw_sample_2018.tab").open(encoding="utf-8") as lines:
        codes |= {row["CAMEO Code"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert codes <= set(CAMEO)
