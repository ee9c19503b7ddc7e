"""Exports of Disqus: every quirk keeps its comments, a second run adds nothing, a dry run writes nothing."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import DISQUS_HEAD, disqus, post, thread
from detente.desk.importing import import_comments
from detente.errors import BadInput
from shelved import TestDesk

EVERYTHING = (
    thread(1, "http://example.org/a/", closed=True),
    thread(2, "https://EXAMPLE.org/a?utm_source=x#disqus_thread", name="a-2", closed=True),
    thread(3, "https://example.org/b", title="Tom &amp; Ann"),
    thread(4, "https://example.org/gone", deleted=True),
    post(12, 1, parent=11, message="<p>child before parent</p>", created="2012-09-17T11:00:00Z"),
    post(11, 1, message='<p>see <a href="https://example.org/x" rel="nofollow">this</a></p>'),
    post(13, 2, parent=11, email=None, name="Guest"),
    post(14, 3, spam=True),
    post(15, 3, deleted=True, message="<p>regretted</p>"),
    post(16, 3, parent=15),
    post(17, 3, parent=999),
    post(18, 4, message="<p>on a deleted page</p>"),
    post(19, 3, parent=11),
    post(20, 3, spam=True, deleted=True),
)


@pytest.fixture
def desk() -> TestDesk:
    return TestDesk()


def test_everything_is_kept_and_counted(desk: TestDesk, tmp_path: Path) -> None:
    report = import_comments(desk, disqus(tmp_path / "x.xml", *EVERYTHING), "disqus")
    assert (report.threads_new, report.threads_merged, report.threads_unchanged) == (3, 1, 0)
    assert (report.comments_new, report.spam, report.deleted, report.rejected, report.orphaned) == (10, 2, 1, 1, 2)
    assert report.left_out == {}
    threads, comments = desk.threads(), desk.comments()
    assert set(threads) == {"https://example.org/a", "https://example.org/b", "https://example.org/gone"}
    assert threads["https://example.org/a"]["closed"] and not threads["https://example.org/b"]["closed"]
    assert threads["https://example.org/b"]["title"] == "Tom & Ann"
    assert comments["12"]["parent"] == "11" and comments["13"]["parent"] == "11"
    assert comments["13"]["target"] == "https://example.org/a"
    assert comments["11"]["body"] == "see [this](<https://example.org/x>)"
    assert comments["11"]["created"] == datetime(2012, 9, 17, 10, tzinfo=UTC)
    assert comments["14"]["state"] == comments["20"]["state"] == "spam"
    assert comments["17"]["parent"] is None and comments["19"]["parent"] is None
    assert comments["18"]["state"] == "rejected"


def test_what_was_deleted_leaves_its_place_and_nothing_else(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, disqus(tmp_path / "x.xml", *EVERYTHING), "disqus")
    gone = desk.comments()["15"]
    assert (gone["state"], gone["body"], gone["author"], gone["person"]) == ("deleted", "", None, None)
    assert desk.comments()["16"]["parent"] == "15"


def test_an_email_is_kept_only_as_a_hash_that_joins_its_comments(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path / "desk.sqlite")
    archive = disqus(
        tmp_path / "x.xml", thread(1), post(1), post(2, name="Anna", email="ANN@example.org"), post(3, email=None)
    )
    import_comments(desk, archive, "disqus")
    people = [desk.comments()[n]["person"] for n in "123"]
    assert people[0] == people[1] and len(people[0]) >= 16 and people[2] is None
    desk.close()
    assert b"ann@example" not in (tmp_path / "desk.sqlite").read_bytes().lower()


def test_a_second_run_adds_nothing(desk: TestDesk, tmp_path: Path) -> None:
    archive = disqus(tmp_path / "x.xml", *EVERYTHING)
    import_comments(desk, archive, "disqus")
    before = desk.comments()
    again = import_comments(desk, archive, "disqus")
    assert (again.threads_new, again.threads_unchanged, again.comments_new, again.comments_unchanged) == (0, 3, 0, 10)
    assert (again.spam, again.deleted, again.orphaned) == (0, 0, 0)
    assert desk.comments() == before


def test_a_later_archive_answers_comments_of_an_earlier_one(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, disqus(tmp_path / "1.xml", thread(1), post(1)), "disqus")
    report = import_comments(desk, disqus(tmp_path / "2.xml", thread(1), post(2, parent=1)), "disqus")
    assert (report.threads_unchanged, report.comments_new, report.orphaned) == (1, 1, 0)
    assert desk.comments()["2"]["parent"] == "1"


def test_a_dry_run_counts_the_same_and_writes_nothing(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path / "desk.sqlite")
    archive = disqus(tmp_path / "x.xml", *EVERYTHING)
    before = (tmp_path / "desk.sqlite").read_bytes()
    dry = import_comments(desk, archive, "disqus", dry_run=True)
    assert (tmp_path / "desk.sqlite").read_bytes() == before and desk.comments() == {} and desk.threads() == {}
    wet = import_comments(desk, archive, "disqus")
    wet.dry_run = True
    assert wet == dry
    desk.close()


def test_a_gzipped_export_is_the_same(desk: TestDesk, tmp_path: Path) -> None:
    packed = tmp_path / "x.xml.gz"
    packed.write_bytes(gzip.compress(disqus(tmp_path / "x.xml", *EVERYTHING).read_bytes()))
    assert import_comments(desk, packed, "disqus").comments_new == 10


def test_what_cannot_be_taken_is_named(desk: TestDesk, tmp_path: Path) -> None:
    parts = [thread(1), post(1), post(1), post(2, thread=77), post(3, created="yesterday"), post(4, message=" ")]
    report = import_comments(desk, disqus(tmp_path / "x.xml", *parts), "disqus")
    assert report.comments_new == 1
    assert report.left_out == {
        "comments whose id the archive has twice": 1,
        "comments whose thread is not in the archive": 1,
        "comments without a readable date": 1,
        "comments without text": 1,
    }


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "http://[bad", "ftp://example.org/"])
def test_a_thread_without_an_address_keeps_its_comments(desk: TestDesk, tmp_path: Path, link: str) -> None:
    parts = [thread(1, link, name="page-one"), thread(2, link), post(1, 1), post(2, 2)]
    assert import_comments(desk, disqus(tmp_path / "x.xml", *parts), "disqus").comments_new == 2
    assert set(desk.threads()) == {"page-one", "disqus:2"}
    assert all(thread["url"] is None for thread in desk.threads().values())


def test_parents_in_a_circle_are_cut_at_the_oldest(desk: TestDesk, tmp_path: Path) -> None:
    parts = [
        post(1, parent=3, created="2012-09-17T10:03:00Z"),
        post(2, parent=1, created="2012-09-17T10:01:00Z"),
        post(3, parent=2, created="2012-09-17T10:02:00Z"),
        post(4, parent=3),
        post(5, parent=5),
    ]
    report = import_comments(desk, disqus(tmp_path / "x.xml", thread(1), *parts), "disqus")
    assert {k: c["parent"] for k, c in desk.comments().items()} == {"1": "3", "2": None, "3": "2", "4": "3", "5": None}
    assert report.orphaned == 2


def test_a_chain_of_thousands_of_answers_is_kept(desk: TestDesk, tmp_path: Path) -> None:
    chain = [post(n, parent=n + 1 if n < 2000 else None) for n in range(1, 2001)]
    import_comments(desk, disqus(tmp_path / "x.xml", thread(1), *chain), "disqus")
    assert all(c["parent"] == (str(int(k) + 1) if k != "2000" else None) for k, c in desk.comments().items())


@settings(max_examples=40, deadline=None)
@given(st.permutations(EVERYTHING))
def test_any_order_imports_the_same_tree(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("order")
    first, second = TestDesk(), TestDesk()
    reports = [
        import_comments(first, disqus(folder / "1.xml", *EVERYTHING), "disqus"),
        import_comments(second, disqus(folder / "2.xml", *parts), "disqus"),
    ]
    assert first.tree() == second.tree() and reports[0] == reports[1]
    assert {k: (t["title"], t["closed"]) for k, t in first.threads().items()} == {
        k: (t["title"], t["closed"]) for k, t in second.threads().items()
    }
    first.close()
    second.close()


@st.composite
def _forest(draw: st.DrawFn) -> list[str]:
    """Posts whose parents are any posts at all: before, after, themselves, missing."""
    size = draw(st.integers(1, 12))
    above = st.none() | st.integers(1, size + 1)
    minutes = st.integers(0, 3)
    posts = [
        post(n, draw(st.integers(1, 2)), parent=draw(above), created=f"2012-09-17T10:0{draw(minutes)}:00Z")
        for n in range(1, size + 1)
    ]
    return [thread(1), thread(2, "https://example.org/b"), *posts]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_posts_in_any_order_import_the_same_tree(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("forest")
    parts = data.draw(_forest())
    first, second = TestDesk(), TestDesk()
    import_comments(first, disqus(folder / "1.xml", *parts), "disqus")
    import_comments(second, disqus(folder / "2.xml", *data.draw(st.permutations(parts))), "disqus")
    assert first.tree() == second.tree() and len(first.comments()) == len(parts) - 2
    first.close()
    second.close()


def test_broken_xml_is_one_line_and_nothing_is_imported(desk: TestDesk, tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(DISQUS_HEAD + thread(1) + post(1) + "<post>\n<message></post>", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"^{file}:7: broken XML: .*; nothing was imported$") as caught:
        import_comments(desk, file, "disqus")
    assert "\n" not in str(caught.value)
    assert desk.threads() == {} and desk.comments() == {}


def test_control_characters_do_not_stop_an_import(desk: TestDesk, tmp_path: Path) -> None:
    import_comments(desk, disqus(tmp_path / "x.xml", thread(1), post(1, message="<p>a\x08b\x0b</p>")), "disqus")
    assert desk.comments()["1"]["body"] == "ab"
