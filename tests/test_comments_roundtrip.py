"""Our own exports: out, in again elsewhere, and out once more is the same; so is in again at home."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import disqus
from detente.desk.importing import export_comments, import_comments
from detente.errors import BadInput
from shelved import COMMENTS, THREADS, TestDesk
from test_comments_disqus import EVERYTHING

MOMENT = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def lived_in(folder: Path) -> TestDesk:
    """A desk with imported comments, and with some that were written on it."""
    desk = TestDesk()
    import_comments(desk, disqus(folder / "x.xml", *EVERYTHING), "disqus")
    dyad = desk.write(THREADS, kind="dyad", target="RUS-PAK", title="Russia: Pakistan", created=MOMENT, closed=False)
    usual = {"thread_id": dyad, "created": MOMENT, "state": "visible", "body": 'Line\n\n*two* \u2028 "é"'}
    first = desk.write(COMMENTS, **usual, author="quiet river")
    desk.write(COMMENTS, **usual, parent_id=first, author=None, edited=MOMENT)
    return desk


@pytest.mark.parametrize("name", ["out.jsonl", "out.json"])
def test_out_in_and_out_again_is_the_same(tmp_path: Path, name: str) -> None:
    desk, elsewhere = lived_in(tmp_path), TestDesk()
    assert export_comments(desk, tmp_path / name) == 12
    report = import_comments(elsewhere, tmp_path / name, "json")
    assert (report.threads_new, report.comments_new, report.orphaned, report.left_out) == (4, 12, 0, {})
    export_comments(elsewhere, tmp_path / f"again-{name}")
    assert (tmp_path / f"again-{name}").read_bytes() == (tmp_path / name).read_bytes()
    again = import_comments(elsewhere, tmp_path / f"again-{name}", "json")
    assert (again.comments_new, again.comments_unchanged) == (0, 12)


def test_in_again_at_home_adds_nothing(tmp_path: Path) -> None:
    desk = lived_in(tmp_path)
    export_comments(desk, tmp_path / "out.jsonl")
    before = desk.comments()
    report = import_comments(desk, tmp_path / "out.jsonl", "json")
    assert (report.comments_new, report.comments_unchanged, report.threads_unchanged) == (0, 12, 4)
    assert desk.comments() == before


def test_after_an_own_export_the_first_archive_still_adds_nothing(tmp_path: Path) -> None:
    desk, elsewhere = lived_in(tmp_path), TestDesk()
    export_comments(desk, tmp_path / "out.jsonl")
    import_comments(elsewhere, tmp_path / "out.jsonl", "json")
    assert import_comments(elsewhere, tmp_path / "x.xml", "disqus").comments_new == 0


def test_both_forms_hold_the_same(tmp_path: Path) -> None:
    desk = lived_in(tmp_path)
    export_comments(desk, tmp_path / "out.jsonl")
    export_comments(desk, tmp_path / "out.json")
    head, *lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    whole = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert head == {"format": "detente-comments", "version": 1}
    assert whole == head | {"threads": lines[:4], "comments": lines[4:]}


def test_an_export_names_no_one_beyond_the_shown_name(tmp_path: Path) -> None:
    desk = lived_in(tmp_path)
    export_comments(desk, tmp_path / "out.jsonl")
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    people = [c["person"] for c in desk.comments().values() if c["person"]]
    assert people and not any(person in text for person in people) and "ann@" not in text


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.none() | st.text(max_size=20), st.integers(0, 9)), max_size=8))
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, str | None, int]]
) -> None:
    folder = tmp_path_factory.mktemp("words")
    desk, elsewhere = TestDesk(), TestDesk()
    parts = [{"type": "thread", "id": "page:x", "kind": "page", "target": "x"}] + [
        {"type": "comment", "id": f"detente:{n}@1.000000", "thread": "page:x", "created": f"2026-05-01T12:00:0{s}Z",
         "author": author, "body": body}
        for n, (body, author, s) in enumerate(written)
    ]  # fmt: skip
    lines = [{"format": "detente-comments", "version": 1}, *parts]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    import_comments(desk, folder / "in.jsonl", "json")
    export_comments(desk, folder / "1.jsonl")
    import_comments(elsewhere, folder / "1.jsonl", "json")
    export_comments(elsewhere, folder / "2.jsonl")
    assert (folder / "1.jsonl").read_bytes() == (folder / "2.jsonl").read_bytes()
    desk.close()
    elsewhere.close()


@pytest.mark.parametrize("name", ["out.csv", "out", "out.xml"])
def test_another_form_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="jsonl or json"):
        export_comments(TestDesk(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        export_comments(TestDesk(), tmp_path / "nowhere" / "out.json")


@pytest.mark.parametrize("key", ["12", ":12", "disqus:", "x" * 500 + ":1"])
def test_an_id_without_a_source_is_refused(tmp_path: Path, key: str) -> None:
    lines = [
        {"format": "detente-comments", "version": 1},
        {"type": "thread", "id": "t", "kind": "page", "target": "x"},
        {"type": "comment", "id": key, "thread": "t", "created": "2026-05-01T12:00:00Z", "body": "b"},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(BadInput, match=r"in\.jsonl:3: the id .* is not of the form source:key"):
        import_comments(TestDesk(), file, "json")
