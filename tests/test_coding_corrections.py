"""A user's rules.toml and actors.toml: what they change, and what is said of a bad one."""

from pathlib import Path

import pytest

from command import run
from detente.actors import pieces
from detente.coding import corrections, version
from detente.coding.deciding import Coded
from detente.errors import BadInput
from test_coding_decisions import TEXT, act

SENTENCE = (0, len(TEXT))
ACT = (TEXT.index("accuses"), TEXT.index("accuses") + len("accuses"))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "rules.toml"
    monkeypatch.setenv(corrections.VARIABLE, str(file))
    corrections.load.cache_clear()
    return file


def corrected(*, mutual: bool = False) -> Coded | None:
    return corrections.corrected(TEXT, SENTENCE, act("A", "B", trigger=ACT, mutual=mutual))


def test_without_rules_an_act_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(corrections.VARIABLE, raising=False)
    found = corrected()
    assert found is not None
    assert (found.type, found.source.root, found.ruled) == ("ACCUSE", "A", False)
    assert "+" not in version()


def test_the_first_rule_that_fits_is_applied(rules: Path) -> None:
    rules.write_text(
        '[[rule]]\ntrigger = "denies"\ndrop = true\n'
        '[[rule]]\ntrigger = "^accus"\nfrom = "ACCUSE"\ntype = "THREATEN"\nstatus = "alleged"\nturn = true\n'
        '[[rule]]\nsentence = "border"\ndrop = true\n'
    )
    found = corrected()
    assert found is not None
    assert (found.type, found.status, found.source.root, found.target.root, found.ruled) == (
        "THREATEN",
        "alleged",
        "B",
        "A",
        True,
    )


def test_a_rule_can_be_for_certain_parties_only(rules: Path) -> None:
    rules.write_text('[[rule]]\nsentence = "border"\nsource = "B"\ndrop = true\n')
    assert corrected() is not None
    assert corrected(mutual=True) is None


def test_rules_make_another_coder(rules: Path) -> None:
    rules.write_text('[[rule]]\nsentence = "border"\ndrop = true\n')
    first = version()
    assert "+" in first
    rules.write_text('[[rule]]\nsentence = "borders"\ndrop = true\n')
    assert version() != first


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[rule]]\n", "needs trigger or sentence"),
        ('[[rule]]\ntrigger = "x"\n', "one of type, status, turn, drop"),
        ('[[rule]]\ntrigger = "("\ndrop = true\n', "not a regular expression"),
        ('[[rule]]\ntrigger = "x"\ntype = "KISS"\n', "type is one of"),
        ('[[rule]]\ntrigger = "x"\nstatus = "odd"\n', "status is one of"),
        ('[[rule]]\ntrigger = "x"\ndrop = "yes"\n', "Expected `bool`"),
        ('[[rule]]\ntrigger = "x"\ndrop = true\nwhat = 1\n', "knows only"),
        ("rule = 3\n", "[[rule]]"),
        ("[[rule\n", "not a readable rules.toml"),
    ],
)
def test_a_bad_rule_is_named(rules: Path, text: str, complaint: str) -> None:
    rules.write_text(text)
    with pytest.raises(BadInput) as caught:
        corrections.rules()
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_in_the_records_folder_are_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(corrections.VARIABLE, "")
    monkeypatch.delenv(corrections.VARIABLE)
    record = tmp_path / "record"
    record.mkdir()
    (record / "rules.toml").write_text('[[rule]]\nsentence = "shelling"\ndrop = true\n')
    page = tmp_path / "page.txt"
    page.write_text(TEXT)
    assert "ACCUSE" in run(capsys, "read", str(page)).out
    assert "No events" in run(capsys, "read", str(page), "--record", str(record)).out
    monkeypatch.delenv(corrections.VARIABLE)


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "--rules", str(tmp_path / "none.toml"), "status")
    assert (found.code, found.err.strip()) == (1, f"detente: {tmp_path / 'none.toml'}: no such file")


def test_own_actors_are_read_by_the_command_and_a_bad_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.actors import catalogue

    monkeypatch.setenv(catalogue.VARIABLE, "")
    monkeypatch.delenv(catalogue.VARIABLE)
    file = tmp_path / "actors.toml"
    file.write_text('[[actor]]\nid = "ZETES"\nname = "Zetes League"\nkind = "group"\nsector = "REB"\n')
    try:
        for cached in (catalogue.catalogue, pieces.index):
            cached.cache_clear()
        assert "ZETES" in run(capsys, "actor", "Zetes League", "--actors", str(file)).out
        file.write_text("actor = 3\n")
        catalogue.catalogue.cache_clear()
        found = run(capsys, "actor", "Zetes League", "--actors", str(file))
        assert found.code == 1
        assert found.err.count("\n") == 1
        assert "[[actor]]" in found.err
    finally:
        monkeypatch.delenv(catalogue.VARIABLE)
        for cached in (catalogue.catalogue, pieces.index):
            cached.cache_clear()
