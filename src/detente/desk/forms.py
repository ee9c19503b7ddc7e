"""The form that a comment is written in: what it carries when shown in; whether a person can have filled it in, out."""

from datetime import datetime, timedelta

import msgspec

from detente.desk.desk import Desk, clock
from detente.desk.keys import BadToken, Expired
from detente.desk.threads import key_of

QUICKEST = timedelta(seconds=3)
OLDEST = timedelta(hours=24)


def form_token(desk: Desk, kind: str, key: str, now: datetime | None = None) -> str:
    """What a form carries: signed, for this thread, with the moment it was shown."""
    at = clock(now)
    payload = msgspec.json.encode([kind, key_of(kind, key), at.timestamp()]).decode()
    return desk.keys().sign("form", payload, at + OLDEST)


def fault(desk: Desk, kind: str, key: str, token: str, trap: str, now: datetime) -> tuple[str, str] | None:
    """A code and a sentence that say why a form is not taken; None for one that is.

    `trap` is the content of a field that people do not see.
    """
    if trap:
        return "trap", (
            "A field that is hidden from people was filled in. If your browser did that, empty it and send again."
        )
    try:
        its_kind, its_key, shown = msgspec.json.decode(
            desk.keys().read("form", token, now), type=tuple[str, str, float]
        )
    except Expired:
        return "old form", "This form was open for more than a day. Copy your text, open the page again and send it."
    except BadToken:
        return "bad form", "This form is not one of this page. Copy your text, open the page again and send it."
    if (its_kind, its_key) != (kind, key_of(kind, key)):
        return "bad form", "This form belongs to another page. Copy your text, open the page again and send it."
    if now.timestamp() - shown < QUICKEST.total_seconds():
        return "too quick", "That was quicker than anyone writes. Wait a few seconds and send it again."
    return None
