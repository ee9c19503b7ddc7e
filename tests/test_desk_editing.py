"""A comment can be changed or taken back by its token for fifteen minutes, and not a moment longer."""

from pathlib import Path

import pytest

from desks import EDITOR, held_by, later, new_desk, said, say, visitor
from detente.desk import Desk, banning, editing, moderation
from detente.desk.keys import BadToken, Expired
from detente.desk.posting import Held, Posted
from detente.desk.reading import thread_view
from detente.errors import BadInput, NotAllowed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.set_rules(trusted_after=0, per_prefix_minute=99)
    return made


def posted(desk: Desk, body: str = "first", **more: object) -> Posted:
    done = say(desk, body, **more)  # type: ignore[arg-type]
    assert isinstance(done, Posted)
    return done


def test_a_change_within_the_time_is_kept_with_its_moment(desk: Desk) -> None:
    done = posted(desk)
    assert editing.edit(desk, done.edit, "**second**", later(minutes=14, seconds=59)) == "Your comment is changed."
    row = held_by(desk, done.comment)
    assert (row.body, row.edited, row.state) == ("**second**", later(minutes=14, seconds=59), "visible")
    assert "<strong>" in thread_view(desk, "dyad", "PAK-RUS").comments[0].html


def test_the_token_is_worth_nothing_after_fifteen_minutes(desk: Desk) -> None:
    done = posted(desk)
    for _ in range(2):
        with pytest.raises(Expired):
            editing.edit(desk, done.edit, "too late", later(minutes=15, seconds=1))
        with pytest.raises(Expired):
            editing.delete_own(desk, done.edit, later(hours=1))
    assert held_by(desk, done.comment).body == "first"


def test_the_rules_say_for_how_long(desk: Desk) -> None:
    desk.set_rules(edit_minutes=1)
    with pytest.raises(Expired):
        editing.edit(desk, posted(desk).edit, "late", later(minutes=2))


def test_a_token_is_for_its_comment_and_purpose_only(desk: Desk) -> None:
    one, two = posted(desk), posted(desk, "other", who=visitor(2))
    body, _, seal = one.edit.partition(".")
    forged = [
        f"{two.edit.partition('.')[0]}.{seal}",
        body,
        f"{body}.",
        f".{seal}",
        "",
        "ü.ü",
        one.edit + "=",
        one.edit[1:],
    ]
    forged.append(desk.keys().sign("form", str(one.comment), later(days=1)))
    for token in forged:
        with pytest.raises(BadToken):
            editing.edit(desk, token, "forged", later(minutes=1))
    assert held_by(desk, one.comment).body == "first"


def test_a_text_that_cannot_be_taken_changes_nothing(desk: Desk) -> None:
    done = posted(desk)
    for body in ("", "x" * 10_001):
        with pytest.raises(BadInput):
            editing.edit(desk, done.edit, body, later(minutes=1))
    assert held_by(desk, done.comment).body == "first"


def test_taken_back_its_place_stays_for_the_answers(desk: Desk) -> None:
    done = posted(desk)
    said(desk, "answer", visitor(2), parent=done.comment)
    assert editing.delete_own(desk, done.edit, later(minutes=2)) == "Your comment is removed."
    row = held_by(desk, done.comment)
    assert (row.state, row.body, row.author, row.person, row.visitor, row.prefix) == (
        "deleted",
        "",
        None,
        None,
        None,
        None,
    )
    view = thread_view(desk, "dyad", "PAK-RUS")
    assert view.count == 1 and view.comments[0].note == "[removed by its author]"
    assert view.comments[0].html == "" and view.comments[0].author is None
    assert view.comments[0].replies[0].html == "<p>answer</p>\n"
    with pytest.raises(NotAllowed, match="not there any more"):
        editing.edit(desk, done.edit, "back", later(minutes=3))


def test_taken_back_without_answers_nothing_is_shown(desk: Desk) -> None:
    editing.delete_own(desk, posted(desk).edit, later(minutes=2))
    assert thread_view(desk, "dyad", "PAK-RUS").comments == []


def test_a_held_comment_can_be_changed_and_stays_held(desk: Desk) -> None:
    desk.set_rules(trusted_after=1)
    done = say(desk)
    assert isinstance(done, Held)
    editing.edit(desk, done.edit, "better", later(minutes=1))
    assert (held_by(desk, done.comment).state, held_by(desk, done.comment).body) == ("held", "better")


def test_a_change_cannot_bring_in_what_would_have_been_held(desk: Desk) -> None:
    banning.mute(desk, EDITOR, "casino")
    done = posted(desk)
    assert "waits for a moderator" in editing.edit(desk, done.edit, "Casino!", later(minutes=1))
    assert held_by(desk, done.comment).state == "held"


def test_what_a_moderator_rejected_is_not_changed_any_more(desk: Desk) -> None:
    done = posted(desk)
    moderation.reject(desk, EDITOR, done.comment, "no", later(minutes=1))
    with pytest.raises(NotAllowed):
        editing.edit(desk, done.edit, "again", later(minutes=2))
