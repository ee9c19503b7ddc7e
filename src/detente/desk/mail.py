"""A row of the outbox in; a mail that no text of a visitor can add a header to, out; and the way to an SMTP server."""

import os
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from urllib.parse import urlsplit

from msgspec import Struct

from detente.desk.accounts import EMAIL
from detente.desk.importing.values import words
from detente.desk.tables import Mail
from detente.errors import BadInput

PATIENCE_S = 30


class Smtp(Struct, frozen=True, kw_only=True):
    """How to reach the mail server. security: starttls, tls or none."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str | None = None
    password: str | None = None


def compose(mail: Mail, *, sender: str, site: str, at: datetime) -> EmailMessage:
    """A message with one recipient; text of visitors is in its subject, on one line, and in its body.

    The same mail has the same Message-ID on every try. Raises ValueError for a recipient that is no address.
    """
    if not mail.recipient or not EMAIL.fullmatch(mail.recipient):
        raise ValueError("the recipient is no e-mail address")
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = words(mail.subject, 200) or "Comments"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{urlsplit(site).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body or "")
    return message


def smtp_settings() -> Smtp:
    """The mail server that the environment names: DETENTE_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD, _FROM.

    Raises BadInput for what is missing or odd.
    """
    given = {name: os.environ.get(f"DETENTE_SMTP_{name.upper()}") for name in ("host", "from", "user", "password")}
    if not given["host"] or not given["from"]:
        raise BadInput("no mail server is named; set DETENTE_SMTP_HOST and DETENTE_SMTP_FROM")
    if not EMAIL.fullmatch(parseaddr(given["from"])[1]):
        raise BadInput(f"DETENTE_SMTP_FROM: {given['from']!r} is no e-mail address")
    security = os.environ.get("DETENTE_SMTP_SECURITY", "starttls")
    if security not in {"starttls", "tls", "none"}:
        raise BadInput(f"DETENTE_SMTP_SECURITY: {security!r} is none of starttls, tls, none")
    port = os.environ.get("DETENTE_SMTP_PORT", "465" if security == "tls" else "587")
    if not port.isdecimal():
        raise BadInput(f"DETENTE_SMTP_PORT: {port!r} is no number")
    return Smtp(
        host=given["host"],
        sender=given["from"],
        port=int(port),
        security=security,
        user=given["user"],
        password=given["password"],
    )


@contextmanager
def server(settings: Smtp) -> Iterator[Callable[[EmailMessage], None]]:
    """A connection to the mail server, as something that sends a message. Raises BadInput where it cannot be reached."""
    import ssl

    try:
        if settings.security == "tls":
            context = ssl.create_default_context()
            link: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=PATIENCE_S, context=context)
        else:
            link = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE_S)
        if settings.security == "starttls":
            link.starttls(context=ssl.create_default_context())
        if settings.user:
            link.login(settings.user, settings.password or "")
    except (OSError, smtplib.SMTPException) as error:
        raise BadInput(f"the mail server {settings.host}:{settings.port} cannot be used: {error}") from None

    def send(message: EmailMessage) -> None:
        link.send_message(message)

    with link:
        yield send
