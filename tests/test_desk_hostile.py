"""Any text and any number from outside: an answer, or a refusal in a sentence; never a fault of the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desks import DYAD, NOON, empty_postgres, later, new_desk, said
from detente.desk import Desk, editing, feeding, privacy, sessions, subscriptions
from detente.desk.admission import Refusal
from detente.desk.forms import form_token
from detente.desk.markdown import plain, render
from detente.desk.people import Person
from detente.desk.posting import Draft, Held, Posted, post
from detente.desk.reading import counts, page_of, thread_view
from detente.desk.reporting import report
from detente.desk.threads import Subject
from detente.desk.voting import vote
from detente.errors import BadInput, NotAllowed

TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\0", "\ud800", "é\u0301", "%s", "'; --", "a" * 5000, "١٢"]
)
NUMBER = st.integers() | st.sampled_from([0, -1, 2**63 - 1, 2**63, 10**40])
LOOK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with new_desk(folder(tmp_path_factory)) if request.param == "sqlite" else Desk.open(empty_postgres()) as opened:
        opened.set_rules(trusted_after=0, per_prefix_minute=10**6, per_prefix_day=10**6)
        said(opened)
        yield opened


def folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("hostile")


@LOOK
@given(TEXT, TEXT, TEXT, NUMBER | st.none(), TEXT | st.none(), TEXT | st.none())
def test_comments(
    desk: Desk, body: str, key: str, title: str, parent: int | None, cookie: str | None, address: str | None
) -> None:
    subject = Subject(kind="event", key=key, title=title, url=title)
    person = Person(visitor=cookie, address=address)
    try:
        form = form_token(desk, subject.kind, key, NOON)
    except BadInput:
        form = key
    done = post(desk, Draft(subject=subject, body=body, parent=parent, form=form), person, later(seconds=5))
    assert isinstance(done, Posted | Held | Refusal) and done.sentence.endswith(".")
    if isinstance(done, Posted):
        shown = thread_view(desk, "event", key, viewer=person)
        assert shown.count >= 1 and counts(desk, [("event", key)]) == {("event", key): shown.count}


@LOOK
@given(TEXT, TEXT, NUMBER | st.just(1), st.integers(-3, 3), st.ip_addresses(v=4))
def test_everything_else_that_the_web_hands_on(
    desk: Desk, text: str, other: str, number: int, small: int, address: object
) -> None:
    person = Person(visitor=other or None, address=str(address))
    for tried in (
        lambda: editing.edit(desk, text, other, NOON),
        lambda: editing.delete_own(desk, text, NOON),
        lambda: vote(desk, number, small, person, NOON),
        lambda: report(desk, number, "other", person, text=text, now=NOON),
        lambda: report(desk, number, text, person, now=NOON),
        lambda: subscriptions.subscribe(desk, DYAD, text, person, comment=number, now=NOON),
        lambda: subscriptions.subscribe(desk, DYAD, f"{other}@example.org", person, comment=number, now=NOON),
        lambda: subscriptions.confirm(desk, text, NOON),
        lambda: subscriptions.unsubscribe(desk, text),
        lambda: subscriptions.unsubscribe(desk, f"{number}.{text}"),
        lambda: privacy.erase_mine(desk, person, comment=number, now=NOON),
        lambda: privacy.export_mine(desk, person, NOON),
        lambda: sessions.person_of(desk, text, now=NOON),
        lambda: sessions.csrf_fits(desk, text, other),
        lambda: thread_view(desk, "event", text, page=number, size=number, viewer=person),
        lambda: thread_view(desk, text, other),
        lambda: feeding.of_thread(desk, "page", text, limit=number),
        lambda: (feeding.one(desk, number), feeding.replies_to(desk, number), page_of(desk, number)),
    ):
        try:
            tried()
        except (NotAllowed, BadInput) as error:
            assert str(error)


@settings(LOOK, max_examples=6)
@given(TEXT, TEXT)
def test_signing_in(desk: Desk, name: str, password: str) -> None:
    with pytest.raises(NotAllowed):
        sessions.sign_in(desk, name, password, address=name, now=NOON)


@LOOK
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_has_its_words(text: str) -> None:
    assert isinstance(render(text) + plain(text), str)
