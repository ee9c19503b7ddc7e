"""One vote a person, none on one's own comment, and many from one network are not taken; reports hold after several."""

from pathlib import Path

import pytest

from desks import EDITOR, held_by, later, new_desk, said, visitor
from detente.desk import Desk, moderation
from detente.desk.people import Person
from detente.desk.reading import thread_view
from detente.desk.reporting import report
from detente.desk.voting import Votes, vote
from detente.errors import BadInput, NotAllowed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_a_vote_counts_once_can_turn_and_be_taken_back(desk: Desk) -> None:
    comment = said(desk)
    assert vote(desk, comment, 1, visitor(2), later()) == Votes(1, 0, 1)
    assert vote(desk, comment, 1, visitor(2), later()) == Votes(1, 0, 1)
    assert vote(desk, comment, -1, visitor(2), later()) == Votes(0, 1, -1)
    assert vote(desk, comment, 1, visitor(3), later()) == Votes(1, 1, 1)
    assert vote(desk, comment, 0, visitor(2), later()) == Votes(1, 0, 0)
    shown = thread_view(desk, "dyad", "PAK-RUS", viewer=visitor(3)).comments[0]
    assert (shown.ups, shown.downs, shown.my_vote) == (1, 0, 1)


def test_ones_own_comment_and_what_is_not_there(desk: Desk) -> None:
    comment = said(desk)
    with pytest.raises(NotAllowed, match="your own"):
        vote(desk, comment, 1, visitor(1), later())
    with pytest.raises(NotAllowed, match="cookie"):
        vote(desk, comment, 1, Person(address="10.0.0.9"), later())
    with pytest.raises(NotAllowed, match="not there"):
        vote(desk, 999, 1, visitor(2), later())
    moderation.spam(desk, EDITOR, comment, later())
    with pytest.raises(NotAllowed, match="not there"):
        vote(desk, comment, 1, visitor(2), later())
    with pytest.raises(BadInput):
        vote(desk, comment, 5, visitor(2), later())


def test_forgetting_the_cookie_does_not_give_votes_without_end(desk: Desk) -> None:
    comment = said(desk)
    for number in range(5):
        vote(desk, comment, 1, Person(visitor=f"v{number}", address="10.7.7.7"), later())
    with pytest.raises(NotAllowed, match="too many votes"):
        vote(desk, comment, 1, Person(visitor="v6", address="10.7.7.8"), later())
    assert vote(desk, comment, 1, visitor(3), later()).ups == 6


def test_five_networks_that_report_a_comment_hold_it_one_does_not(desk: Desk) -> None:
    comment = said(desk)
    for number in range(9):
        report(desk, comment, "spam", Person(visitor=f"v{number}", address="10.7.7.7"), now=later())
    assert held_by(desk, comment).state == "visible"
    for number in range(2, 6):
        assert "moderator will look" in report(desk, comment, "abuse", visitor(number), text="rude", now=later())
    assert (held_by(desk, comment).state, held_by(desk, comment).why) == ("held", "it was reported 5 times")
    waiting = moderation.queue(desk, EDITOR)[0]
    assert waiting.id == comment and [r.reason for r in waiting.reports] == ["spam"] + ["abuse"] * 4


def test_what_a_moderator_let_stand_is_not_held_by_reports_again(desk: Desk) -> None:
    comment = said(desk)
    for number in range(2, 7):
        report(desk, comment, "spam", visitor(number), now=later())
    moderation.approve(desk, EDITOR, comment, later())
    assert moderation.queue(desk, EDITOR) == []
    report(desk, comment, "spam", visitor(8), now=later())
    assert held_by(desk, comment).state == "visible" and len(moderation.queue(desk, EDITOR)) == 1


def test_reports_have_reasons_and_limits(desk: Desk) -> None:
    comments = [said(desk, f"text {n}", visitor(n), at=later(minutes=n)) for n in range(11)]
    with pytest.raises(BadInput, match="reasons are"):
        report(desk, comments[0], "dislike", visitor(2), now=later())
    with pytest.raises(NotAllowed, match="too many reports"):
        for comment in comments:
            report(desk, comment, "other", visitor(99), now=later())
