"""Times, flags and words as archives write them, in; UTC times, booleans and clean strings out."""

import re
from datetime import UTC, datetime

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
LONGEST_NAME = 200
LONGEST_TITLE = 500
LONGEST_URL = 2000


def moment(text: object) -> datetime | None:
    """A time as ISO 8601 (or with a blank for the T), to UTC; without an offset it is taken as UTC; None if unreadable."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year > 1969 else None


def epoch(seconds: object) -> datetime | None:
    """A time as seconds since 1970, to UTC; None if it is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def flag(text: str | None) -> bool:
    """Whether an archive says yes."""
    return (text or "").strip().lower() in {"true", "1", "yes"}


def words(text: object, longest: int = LONGEST_NAME) -> str | None:
    """A name or title on one line without control characters, at most `longest` characters; None if nothing is left."""
    if not isinstance(text, str):
        return None
    return " ".join(_BIDI.sub("", _CONTROLS.sub("", text[: 4 * longest])).split())[:longest].strip() or None


def prose(text: object) -> str:
    """A text that is Markdown already, without control characters and with plain line ends."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip() if isinstance(text, str) else ""
