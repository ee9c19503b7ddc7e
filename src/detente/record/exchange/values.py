"""Cells of a table in, typed values out; a cell that cannot be read raises ValueError with a reason fit for a user."""

import hashlib
import math
from datetime import date

from detente.errors import BadInput
from detente.ontology.cameo import CameoCode, nearest


def day(text: str, what: str) -> date:
    """A day written YYYY-MM-DD, YYYYMMDD, or either with a time after it."""
    digits = text[:10] if "-" in text[:10] else text[:8]
    try:
        return date.fromisoformat(digits)
    except ValueError:
        raise ValueError(f"{what} {text[:40]!r} is no date (YYYY-MM-DD)") from None


def number(text: str, what: str) -> float | None:
    """A finite number; None for an empty cell or NA."""
    if text in {"", "NA", "None"}:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{what} {text[:40]!r} is no number")
    return value


def coordinate(text: str, what: str, limit: float) -> float | None:
    """Degrees within -limit..limit; None for an empty cell or NA."""
    value = number(text, what)
    if value is not None and abs(value) > limit:
        raise ValueError(f"{what} {text!r} is outside -{limit:g}..{limit:g}")
    return value


def cameo(text: str) -> CameoCode:
    """The entry of a CAMEO code."""
    try:
        return nearest(text)
    except BadInput as error:
        raise ValueError(str(error)) from None


def present(text: str) -> str | None:
    """The text, or None for an empty cell or NA."""
    return None if text in {"", "NA", "None"} else text


def digest(*parts: str) -> str:
    """Sixteen hex digits that stand for the parts."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def whole(text: str) -> int:
    """A number that stands for an id in formats that want one: 15 digits, so that a float holds it exactly."""
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return int(text)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") % 10**15


def shown(value: float | None) -> str:
    """A number as tables write it: no trailing zeros, "" for None."""
    return "" if value is None else f"{value:.12g}"
