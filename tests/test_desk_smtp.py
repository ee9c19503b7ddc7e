"""The way to a mail server over TLS, from the start or after STARTTLS, with a name and a password."""

import base64
import shutil
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from detente.desk.mail import Smtp, server
from detente.errors import BadInput
from sites import make_certificate

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
PASSWORD = "open sesame"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of localhost and its key."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "DNS:localhost")


class Heard:
    """What a mail server was told, and whether that was over TLS."""

    def __init__(self) -> None:
        self.lines: list[tuple[bool, bytes]] = []


def converse(
    link: socket.socket, upgrade: Callable[[socket.socket], socket.socket], secure: bool, heard: Heard
) -> None:
    """One conversation; AUTH PLAIN with the right password, and STARTTLS, are understood."""
    link.sendall(b"220 here\r\n") if not heard.lines else None
    lines = link.makefile("rb")
    for line in lines:
        heard.lines.append((secure, line))
        word = line.split()[0].upper()
        if word == b"EHLO":
            link.sendall(
                b"250-here\r\n250-AUTH PLAIN\r\n" + (b"" if secure else b"250-STARTTLS\r\n") + b"250 8BITMIME\r\n"
            )
        elif word == b"STARTTLS":
            link.sendall(b"220 go on\r\n")
            converse(upgrade(link), upgrade, True, heard)
            return
        elif word == b"AUTH":
            right = base64.b64decode(line.split()[2]) == f"\0ann\0{PASSWORD}".encode()
            link.sendall(b"235 welcome\r\n" if right else b"535 no\r\n")
        elif word == b"DATA":
            link.sendall(b"354 go on\r\n")
            heard.lines.extend((secure, one) for one in iter(lines.readline, b".\r\n"))
            link.sendall(b"250 kept\r\n")
        else:
            link.sendall(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@contextmanager
def mail_server(certificate: tuple[Path, Path], *, at_once: bool) -> Iterator[tuple[int, Heard]]:
    """A mail server on localhost that speaks TLS at once or when asked to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    heard = Heard()

    def upgrade(link: socket.socket) -> socket.socket:
        return context.wrap_socket(link, server_side=True)

    def serve() -> None:
        link, _ = listening.accept()
        with link:
            try:
                converse(upgrade(link) if at_once else link, upgrade, at_once, heard)
            except (OSError, ssl.SSLError):
                return  # the other side did not trust us

    with socket.create_server(("localhost", 0)) as listening:
        waiter = threading.Thread(target=serve, daemon=True)
        waiter.start()
        yield listening.getsockname()[1], heard
        waiter.join(10)


def settings(port: int, security: str, password: str = PASSWORD) -> Smtp:
    return Smtp(host="localhost", port=port, sender="c@news.example", security=security, user="ann", password=password)  # type: ignore[arg-type]


def letter() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "c@news.example", "ann@example.org", "News"
    made.set_content("There is news.")
    return made


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_and_password_go_over_tls_alone(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with mail_server(certificate, at_once=security == "tls") as (port, heard), server(settings(port, security)) as send:
        send(letter())
    spoken = b"".join(line for _, line in heard.lines)
    assert b"There is news." in spoken and b"rcpt TO:<ann@example.org>" in spoken
    assert all(secure for secure, line in heard.lines if line.upper().startswith((b"AUTH", b"MAIL", b"RCPT", b"THERE")))
    assert any(line.upper().startswith(b"AUTH PLAIN") for _, line in heard.lines)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_password_is_one_line(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with (
        mail_server(certificate, at_once=security == "tls") as (port, _),
        pytest.raises(BadInput, match=r"cannot be used: .*535"),
        server(settings(port, security, "guess")),
    ):
        pass


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_is_not_who_it_says_gets_nothing(certificate: tuple[Path, Path], security: str) -> None:
    with (
        mail_server(certificate, at_once=security == "tls") as (port, heard),
        pytest.raises(BadInput, match="cannot be used"),
        server(settings(port, security)),
    ):
        pass
    assert not any(line.upper().startswith((b"AUTH", b"MAIL")) for _, line in heard.lines)
