"""Names of those without an account: one a thread and person, none twice in a thread, no thread telling of another."""

from pathlib import Path

import pytest

from desks import NOON, held_by, new_desk, said, visitor
from detente.desk import Desk
from detente.desk.people import Person
from detente.desk.pseudonyms import name_in_thread, new_visitor, person_hash, two_words, words
from detente.desk.tables import Comment, Thread
from detente.desk.threads import Subject


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_there_are_words_enough_and_none_is_a_sentence() -> None:
    adjectives, nouns = words()
    for some in (adjectives, nouns):
        assert len(some) >= 200 and len(set(some)) == len(some)
        assert all(word.isascii() and word.isalpha() and word.islower() and 2 < len(word) < 13 for word in some)


def test_one_person_has_one_name_in_a_thread_and_others_elsewhere(desk: Desk) -> None:
    threads = [Subject(kind="event", key=f"e{n}") for n in range(12)]
    names = []
    for number, subject in enumerate(threads):
        first = held_by(desk, said(desk, f"one {number}", subject=subject, at=NOON.replace(hour=number)))
        second = held_by(desk, said(desk, f"two {number}", subject=subject, at=NOON.replace(hour=number)))
        assert first.author == second.author and first.person == second.person
        names.append((first.author, first.person))
    assert len({name for name, _ in names}) > 10 and len({person for _, person in names}) == 12


def test_nobody_shares_a_name_in_a_thread_of_thousands(desk: Desk) -> None:
    with desk.writing() as session:
        thread = Thread(kind="event", target="crowd", created=NOON)
        session.add(thread)
        session.flush()
        names = []
        for number in range(1500):
            person = visitor(number)
            names.append(name_in_thread(desk, session, thread.id, person))
            session.add(
                Comment(
                    thread_id=thread.id, author=names[-1], person=person_hash(desk, thread.id, person), body="x",
                    state="visible", created=NOON,
                )
            )  # fmt: skip
            session.flush() if number % 50 == 0 else None
    assert len(set(names)) == len(names)


def test_an_account_cannot_be_mistaken_for_a_pseudonym(desk: Desk) -> None:
    from detente.desk.accounts import key
    from detente.errors import BadInput

    with pytest.raises(BadInput):
        key(two_words("0" * 32))
    assert name_in_thread_of(desk, Person(account=1, name="Ann")) == "Ann"


def name_in_thread_of(desk: Desk, person: Person) -> str:
    with desk.reading() as session:
        return name_in_thread(desk, session, 1, person)


def test_cookies_are_long_and_differ() -> None:
    assert len({new_visitor() for _ in range(100)}) == 100 and len(new_visitor()) >= 43
