"""What a page shows: trees of any shape in any order, pages, orders, counts, feeds and permalinks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert

from desks import DYAD, EDITOR, NOON, later, new_desk, said, say, visitor
from detente.desk import Desk, feeding, moderation
from detente.desk.nesting import DEEPEST, approval, nest, prune
from detente.desk.reading import Shown, counts, page_of, thread_view
from detente.desk.tables import Comment, Thread
from detente.desk.threads import Subject
from detente.desk.voting import vote
from detente.errors import BadInput

IDS = st.integers(1, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.set_rules(trusted_after=0, per_prefix_minute=99)
    return made


def levels(children: dict[int | None, list[int]], over: int | None = None, depth: int = 1) -> dict[int, int]:
    found: dict[int, int] = {}
    for number in children.get(over, ()):
        assert number not in found
        found |= {number: depth} | levels(children, number, depth + 1)
    return found


@given(st.dictionaries(IDS, st.none() | IDS, max_size=30), st.integers(1, 8))
def test_every_comment_has_one_place_whatever_answers_what(parents: dict[int, int | None], deepest: int) -> None:
    tree = nest(parents, deepest)
    found = levels(tree)
    assert found.keys() == parents.keys() and sum(map(len, tree.values())) == len(parents)
    assert max(found.values(), default=0) <= deepest


@given(st.dictionaries(IDS, st.none() | IDS, max_size=30), st.randoms())
def test_the_order_they_come_in_changes_nothing(parents: dict[int, int | None], chance: object) -> None:
    items = list(parents.items())
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert nest(dict(items)) == nest(parents)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60))
def test_a_tree_keeps_its_shape_down_to_the_deepest_level(choices: list[int]) -> None:
    parents: dict[int, int | None] = {1: None}
    for number, choice in enumerate(choices, 2):
        parents[number] = choice % number or None
    true: dict[int, int] = {}
    for number, above in parents.items():
        true[number] = 1 + true.get(above or 0, 0)
    found = levels(nest(parents))
    assert found == {number: min(depth, DEEPEST) for number, depth in true.items()}


@given(st.dictionaries(IDS, st.none() | IDS, max_size=30), st.sets(IDS))
def test_what_is_hidden_keeps_its_place_only_for_what_is_shown_below(
    parents: dict[int, int | None], shown: set[int]
) -> None:
    kept = levels(prune(nest(parents), shown.__contains__))
    assert shown & parents.keys() <= kept.keys()
    leaves = kept.keys() - {over for over, below in prune(nest(parents), shown.__contains__).items() if below}
    assert leaves <= shown


def test_a_chain_of_thousands_is_no_deeper_than_a_page_can_show(desk: Desk) -> None:
    with desk.writing() as session:
        session.add(Thread(id=1, kind="dyad", target="PAK-RUS", created=NOON))
        session.flush()
        usual = {"thread_id": 1, "body": "x", "state": "visible", "created": NOON}
        for number in range(1, 3001):
            session.execute(insert(Comment), usual | {"id": number, "parent_id": number - 1 or None})
    view = thread_view(desk, "dyad", "PAK-RUS")
    assert view.count == 3000
    depth, here = 0, view.comments
    while here:
        depth, here = depth + 1, here[0].replies
    assert depth == DEEPEST


def shown(found: list[Shown]) -> list[object]:
    return [(c.id, shown(c.replies)) if c.replies else c.id for c in found]


def test_orders_and_pages(desk: Desk) -> None:
    tops = [said(desk, f"text {n}", visitor(n), at=later(minutes=n)) for n in range(5)]
    answers = [said(desk, f"to 0: {n}", visitor(n), parent=tops[0], at=later(hours=1, minutes=n)) for n in range(2)]
    for person in (7, 8, 9):
        vote(desk, tops[3], 1, visitor(person), NOON)
    vote(desk, tops[1], 1, visitor(7), NOON)
    vote(desk, tops[0], -1, visitor(7), NOON)
    whole = (tops[0], answers)
    assert shown(thread_view(desk, "dyad", "PAK-RUS").comments) == [whole, *tops[1:]]
    assert shown(thread_view(desk, "dyad", "PAK-RUS", order="newest").comments) == [*tops[:0:-1], whole]
    assert shown(thread_view(desk, "dyad", "PAK-RUS", order="best").comments)[:2] == [tops[3], tops[1]]
    second = thread_view(desk, "dyad", "PAK-RUS", page=2, size=2)
    assert (shown(second.comments), second.page, second.pages, second.count) == (tops[2:4], 2, 3, 7)
    for page, expected in ((99, 3), (0, 1), (-1, 1)):
        assert thread_view(desk, "dyad", "PAK-RUS", page=page, size=2).page == expected
    assert page_of(desk, tops[4], size=2) == 3 and page_of(desk, answers[1], size=2) == 1
    assert page_of(desk, answers[1], size=2, order="newest") == 3 and page_of(desk, 999) is None


def test_who_is_answered_is_named_where_the_tree_is_cut(desk: Desk) -> None:
    number = None
    for n in range(8):
        number = said(desk, f"text {n}", visitor(n), parent=number, at=later(minutes=n))
    here = thread_view(desk, "dyad", "PAK-RUS").comments
    while here[0].replies:
        assert here[0].answers is None
        here = here[0].replies
    assert [c.answers is not None for c in here] == [False, True, True] and len(here) == 3


def test_the_best_is_what_many_approve_of() -> None:
    assert approval(0, 0) == 0 and approval(100, 1) > approval(1, 0) > approval(1, 1) > approval(0, 5)


def test_an_empty_thread_and_wrong_questions(desk: Desk) -> None:
    view = thread_view(desk, "event", "none")
    assert (view.count, view.comments, view.shut, view.pages) == (0, [], None, 1)
    with pytest.raises(BadInput, match="kinds are"):
        thread_view(desk, "planet", "x")
    with pytest.raises(BadInput, match="orders are"):
        thread_view(desk, "event", "x", order="worst")  # type: ignore[arg-type]


def test_many_threads_are_counted_in_one_query(desk: Desk) -> None:
    for number in range(3):
        said(desk, f"text {number}", visitor(number), subject=Subject(kind="event", key="busy"))
    said(desk, subject=Subject(kind="page", key="https://example.org/a/"))
    desk.set_rules(trusted_after=1)
    say(desk, "held", visitor(50), subject=Subject(kind="event", key="held"))
    asked = [
        ("event", "busy"),
        ("event", "held"),
        ("dyad", "busy"),
        ("page", "http://example.org/a#x"),
        ("event", "busy"),
    ]
    queries: list[str] = []
    event.listen(desk.engine, "before_cursor_execute", lambda c, cursor, statement, *_: queries.append(statement))
    assert list(counts(desk, asked).values()) == [3, 0, 0, 1] and sum("SELECT" in q for q in queries) == 1
    assert counts(desk, []) == {}
    with pytest.raises(BadInput, match="at most"):
        counts(desk, [("event", str(n)) for n in range(501)])


def test_feeds_have_what_is_visible_newest_first(desk: Desk) -> None:
    first = said(desk, "one")
    answer = said(desk, "two", visitor(2), parent=first, at=later(minutes=1))
    below = said(desk, "three", visitor(3), parent=answer, at=later(minutes=2))
    other = said(desk, "four", visitor(4), subject=Subject(kind="event", key="e1"), at=later(minutes=3))
    moderation.spam(desk, EDITOR, said(desk, "spam", visitor(5), at=later(minutes=4)))
    assert [r.id for r in feeding.latest(desk)] == [other, below, answer, first]
    assert [r.id for r in feeding.latest(desk, limit=1)] == [other]
    assert [r.id for r in feeding.of_thread(desk, "dyad", "PAK-RUS")] == [below, answer, first]
    assert [r.id for r in feeding.replies_to(desk, first)] == [below, answer]
    row = feeding.one(desk, first)
    assert row is not None and (row.title, row.url, row.html) == (DYAD.title, DYAD.url, "<p>one</p>\n")
    assert feeding.one(desk, 999) is None
