"""Mail goes to those who confirmed, once a comment, until one click; no text of a visitor adds a header."""

import smtplib
import socket
import threading
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from desks import DYAD, EDITOR, NOON, later, new_desk, said, say, visitor
from detente.desk import Desk, editing, moderation, subscriptions
from detente.desk.mail import Smtp, compose, server, smtp_settings
from detente.desk.outbox import Delivered, deliver, enqueue
from detente.desk.posting import Held, Posted
from detente.desk.tables import Mail, Subscription
from detente.desk.threads import Subject
from detente.errors import BadInput, NotAllowed

ANN = "ann@example.org"


class Postman(list[EmailMessage]):
    """A mail server that keeps what it gets, or fails."""

    down = False

    def __call__(self, message: EmailMessage) -> None:
        if self.down:
            raise smtplib.SMTPServerDisconnected("gone\nfor lunch")
        self.append(BytesParser(policy=default).parsebytes(message.as_bytes()))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.set_rules(trusted_after=0, site="https://news.example", per_prefix_minute=99)
    return made


@pytest.fixture
def post() -> Postman:
    return Postman()


def run(desk: Desk, post: Postman, **by: float) -> Delivered:
    return deliver(desk, post, sender="Comments <comments@news.example>", now=later(**by))


def link(message: EmailMessage, path: str) -> str:
    """The token of a link in a mail."""
    text = message.get_content()
    found = next(w for w in text.split() if urlsplit(w).path == path)
    return parse_qs(urlsplit(found).query)["token"][0]


def subscribed(desk: Desk, post: Postman, email: str = ANN, who: int = 80, comment: int | None = None) -> None:
    subscriptions.subscribe(desk, DYAD, email, visitor(who), comment=comment, now=NOON)
    run(desk, post)
    subscriptions.confirm(desk, link(post.pop(), "/comments/confirm"), NOON)


def everything(desk: Desk) -> str:
    with desk.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return "\n".join(raw.iterdump())


def test_the_address_is_kept_only_once_its_owner_confirmed(desk: Desk, post: Postman) -> None:
    assert "sent a mail" in subscriptions.subscribe(desk, DYAD, ANN, visitor(), now=NOON)
    assert run(desk, post) == Delivered(1, 0, 0)
    assert ANN not in everything(desk)
    token = link(post[0], "/comments/confirm")
    assert token not in everything(desk)
    said(desk, "too early", visitor(2))
    assert run(desk, post, minutes=1).sent == 0
    assert subscriptions.confirm(desk, token, NOON).startswith("Confirmed")
    assert "already" in subscriptions.confirm(desk, token, NOON)
    said(desk, "news *here*", visitor(2))
    assert run(desk, post, minutes=2).sent == 1
    mail = post[-1]
    assert mail["To"] == ANN and "Russia and Pakistan" in mail["Subject"] and "news here" in mail.get_content()
    assert "https://news.example/comments/2" in mail.get_content()


def test_a_wish_that_is_not_confirmed_is_forgotten(desk: Desk, post: Postman) -> None:
    subscriptions.subscribe(desk, DYAD, ANN, visitor(), now=NOON)
    run(desk, post)
    with pytest.raises(NotAllowed, match="not valid any more"):
        subscriptions.confirm(desk, link(post[0], "/comments/confirm"), later(days=4))
    run(desk, post, days=4)
    with desk.reading() as session:
        assert session.scalars(select(Subscription)).all() == []
    with pytest.raises(NotAllowed):
        subscriptions.confirm(desk, "guess", NOON)


def test_one_click_ends_it_and_a_second_says_the_same(desk: Desk, post: Postman) -> None:
    subscribed(desk, post)
    said(desk, "one", visitor(2))
    run(desk, post)
    header = post[0]["List-Unsubscribe"]
    assert post[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = parse_qs(urlsplit(header.strip("<>")).query)["token"][0]
    assert token == link(post[0], "/comments/unsubscribe")
    number, _, seal = token.partition(".")
    for wrong in ("", ".", "x.y", f"{int(number) + 1}.{seal}", token[:-1], "²." + seal, "9" * 30 + ".x", "1.é"):
        with pytest.raises(NotAllowed):
            subscriptions.unsubscribe(desk, wrong)
    assert subscriptions.unsubscribe(desk, token) == subscriptions.unsubscribe(desk, token)
    said(desk, "two", visitor(2))
    assert run(desk, post).sent == 0 and ANN not in everything(desk)


def test_one_click_can_end_all_of_an_address(desk: Desk, post: Postman) -> None:
    top = said(desk, "one", visitor(2))
    subscribed(desk, post)
    subscribed(desk, post, comment=top)
    subscribed(desk, post, email="ben@example.org")
    said(desk, "two", visitor(3))
    run(desk, post)
    token = link(next(m for m in post if m["To"] == ANN), "/comments/unsubscribe")
    subscriptions.unsubscribe(desk, token, everything=True)
    with desk.reading() as session:
        assert session.scalars(select(Subscription.email)).all() == ["ben@example.org"]


def test_each_gets_one_mail_a_comment_and_none_about_their_own(desk: Desk, post: Postman) -> None:
    top = said(desk, "one", visitor(2))
    other = said(desk, "another", visitor(3))
    subscribed(desk, post, who=5)
    subscribed(desk, post, who=5, comment=top)
    subscribed(desk, post, "ben@example.org", who=6, comment=other)
    said(desk, "answer", visitor(4), parent=top)
    run(desk, post)
    assert [m["To"] for m in post] == [ANN]
    said(desk, "own words", visitor(5))
    assert run(desk, post).sent == 0
    said(desk, "to ben", visitor(4), parent=other)
    run(desk, post)
    assert sorted(m["To"] for m in post[1:]) == [ANN, "ben@example.org"]


def test_a_held_comment_is_told_of_when_it_is_let_through_and_once(desk: Desk, post: Postman) -> None:
    subscribed(desk, post)
    desk.set_rules(trusted_after=1)
    done = say(desk, "waits", visitor(7))
    assert isinstance(done, Held) and run(desk, post).sent == 0
    moderation.approve(desk, EDITOR, done.comment, NOON)
    moderation.approve(desk, EDITOR, done.comment, NOON)
    assert run(desk, post).sent == 1 and run(desk, post).sent == 0


def test_what_was_taken_back_in_time_is_not_mailed(desk: Desk, post: Postman) -> None:
    subscribed(desk, post)
    done = say(desk, "oops", visitor(7))
    assert isinstance(done, Posted)
    editing.delete_own(desk, done.edit, later(minutes=1))
    assert run(desk, post, minutes=2).sent == 0


def test_confirming_twice_gives_one_subscription(desk: Desk, post: Postman) -> None:
    subscribed(desk, post)
    subscribed(desk, post, "Ann@Example.org")
    said(desk, "one", visitor(2))
    assert run(desk, post).sent == 1


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a b@example.org", "a@example.org\nBcc: all@example.org", "a@example.org,b@example.org",
              "<a@example.org>", "a@example.org\r\n\r\nbody", "a@-.", "a" * 65 + "@example.org", "a@" + "x." * 200 + "org"]
)  # fmt: skip
def test_what_is_no_address_is_refused(desk: Desk, email: str) -> None:
    with pytest.raises(NotAllowed, match="no e-mail address"):
        subscriptions.subscribe(desk, DYAD, email, visitor(), now=NOON)


def test_nobody_can_be_flooded_with_questions(desk: Desk) -> None:
    for number in range(3):
        subscriptions.subscribe(desk, DYAD, ANN, visitor(number), now=NOON)
    with pytest.raises(NotAllowed, match="too often"):
        subscriptions.subscribe(desk, DYAD, ANN.upper(), visitor(9), now=NOON)
    for number in range(10):
        subscriptions.subscribe(desk, DYAD, f"{number}@example.org", visitor(20), now=NOON)
    with pytest.raises(NotAllowed, match="too often"):
        subscriptions.subscribe(desk, DYAD, "11@example.org", visitor(20), now=NOON)


def test_answers_to_a_comment_of_another_thread(desk: Desk) -> None:
    other = said(desk, subject=Subject(kind="event", key="e"))
    with pytest.raises(NotAllowed, match="not there"):
        subscriptions.subscribe(desk, DYAD, ANN, visitor(), comment=other, now=NOON)


def test_no_text_adds_a_header_or_a_recipient(desk: Desk, post: Postman) -> None:
    evil = "x\r\nBcc: all@example.org\r\n\r\n<script>"
    subject = Subject(kind="event", key="e", title=evil)
    subscriptions.subscribe(desk, subject, ANN, visitor(), now=NOON)
    with desk.writing() as session:
        enqueue(session, key=evil, recipient=ANN, subject=evil, body=evil, unsubscribe="https://x.example", now=NOON)
        enqueue(session, key="y", recipient=f"{ANN}\r\nBcc: b@example.org", subject="s", body="b", now=NOON)
    assert run(desk, post) == Delivered(2, 0, 1)
    for mail in post:
        assert mail["Bcc"] is None and mail.get_all("To") == [ANN] and mail["Auto-Submitted"] == "auto-generated"
    assert "Bcc" in post[1]["Subject"] and "\n" not in post[1]["Subject"]


def test_a_key_is_sent_once(desk: Desk, post: Postman) -> None:
    for _ in range(2):
        with desk.writing() as session:
            enqueue(session, key="same", recipient=ANN, subject="s", body="b", now=NOON)
    assert run(desk, post).sent == 1
    with desk.writing() as session:
        assert not enqueue(session, key="same", recipient=ANN, subject="s", body="b", now=NOON)


def test_a_server_that_is_down_is_tried_again_and_at_last_given_up(desk: Desk, post: Postman) -> None:
    with desk.writing() as session:
        enqueue(session, key="k", recipient=ANN, subject="s", body="b", now=NOON)
    post.down = True
    assert run(desk, post) == Delivered(0, 1, 0)
    assert run(desk, post, seconds=30) == Delivered(0, 0, 0)
    for days in range(1, 7):
        assert run(desk, post, days=days * 2) == Delivered(0, 1, 0)
    assert run(desk, post, days=20) == Delivered(0, 0, 1)
    with desk.reading() as session:
        row = session.scalars(select(Mail)).one()
    assert row.error == "gone for lunch" and row.recipient is None and row.due is None


def test_the_same_mail_has_the_same_id_on_every_try() -> None:
    mail = Mail(key="k", recipient=ANN, subject="s", body="b")
    one, two = (compose(mail, sender="c@x.example", site="https://x.example", at=later(days=n)) for n in (0, 1))
    assert one["Message-ID"] == two["Message-ID"] and one["Message-ID"].endswith("@x.example>")


def speaks_smtp(listening: socket.socket, heard: list[bytes]) -> None:
    """One conversation of a mail server, as short as it can be."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 here\r\n")
        for line in lines:
            heard.append(line)
            word = line[:4].upper()
            if word == b"DATA":
                connection.sendall(b"354 go on\r\n")
                heard.extend(iter(lines.readline, b".\r\n"))
            connection.sendall(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


def test_mail_reaches_a_server(desk: Desk) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        waiter = threading.Thread(target=speaks_smtp, args=(listening, heard))
        waiter.start()
        subscriptions.subscribe(desk, DYAD, ANN, visitor(), now=NOON)
        settings = Smtp(host="127.0.0.1", port=listening.getsockname()[1], sender="c@news.example", security="none")
        with server(settings) as send:
            assert deliver(desk, send, sender=settings.sender, now=NOON) == Delivered(1, 0, 0)
        waiter.join(10)
    spoken = b"".join(heard)
    assert b"rcpt TO:<ann@example.org>" in spoken and b"https://news.example/comments/confirm?token=" in spoken


def test_a_server_that_is_not_there_is_one_line(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        pytest.raises(BadInput, match="cannot be used"),
        server(Smtp(host="127.0.0.1", port=port, sender="c@x.example")),
    ):
        pass


def test_settings_of_the_server_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD", "FROM"):
        monkeypatch.delenv(f"DETENTE_SMTP_{name}", raising=False)
    with pytest.raises(BadInput, match="DETENTE_SMTP_HOST"):
        smtp_settings()
    monkeypatch.setenv("DETENTE_SMTP_HOST", "mail.example")
    monkeypatch.setenv("DETENTE_SMTP_FROM", "Comments <c@example.org>")
    assert (smtp_settings().port, smtp_settings().security) == (587, "starttls")
    for name, value in (("FROM", "nobody"), ("SECURITY", "ssl3"), ("PORT", "x")):
        with monkeypatch.context() as inner:
            inner.setenv(f"DETENTE_SMTP_{name}", value)
            with pytest.raises(BadInput, match=f"DETENTE_SMTP_{name}"):
                smtp_settings()
