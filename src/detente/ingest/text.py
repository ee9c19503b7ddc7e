"""Plain text in, paragraphs out: hard-wrapped lines joined, title and date line taken from the head."""

import re
from datetime import date
from itertools import pairwise

from detente.ingest.dates import dateline_day, is_date_line, to_day
from detente.ingest.furniture import is_furniture, strip_furniture
from detente.ingest.mend import mend

_SPACES = re.compile(r"  +")
_BLANK = re.compile(r"\n[ ]*\n\s*")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to)\b)")
_LONGEST_TITLE = 200
_WRAPPED = range(40, 101)
_BYLINE = re.compile(
    r"^by (?P<name>(?:[A-Z][\w.'’-]+(?: (?:and |de |van |von |al-)?|, (?:and )?)?){1,8})$", re.IGNORECASE
)

Body = tuple[str, str | None, date | None, str | None]


def tidy(text: str, title: str | None = None) -> Body:
    """Return (text, title, date, author) of a plain text: paragraphs parted by one empty line, furniture gone.

    A first line parted from the rest by an empty line, without a full stop, is the title and leaves the text; so does
    a line that repeats the title given. Date and author come from lines of their own under the title, the date also
    from a dateline that names the year.
    """
    lines = paragraphs(mend(text))
    headed = len(lines) > 1 and _has_gap_after_first(text)
    lines = strip_furniture(lines) if len(lines) > 1 else [line for line in lines if not is_furniture(line)]
    day, author = None, None
    if lines and title is None and headed and len(lines) > 1 and _is_title(lines[0]):
        title, lines = lines[0], lines[1:]
    elif lines and title and same_words(lines[0], title) and len(lines) > 1:
        lines = lines[1:]
    for _ in range(3):
        if len(lines) > 1 and is_date_line(lines[0]):
            day, lines = day or to_day(lines[0]), lines[1:]
        elif len(lines) > 1 and len(lines[0]) < 100 and (byline := _BYLINE.match(lines[0])):
            author, lines = author or byline["name"].strip(), lines[1:]
    if day is None and lines:
        day = dateline_day(lines[0])
    return "\n\n".join(lines), title, day, author


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text whose lines may be wrapped or not, inner blanks collapsed to one."""
    text = text.strip()
    if "\n" not in text:
        return [_SPACES.sub(" ", text)] if text else []
    result: list[str] = []
    for block in _BLANK.split(text):
        result.extend(_join([line.strip() for line in block.split("\n")]))
    return [_SPACES.sub(" ", line) for line in result if line]


def _join(lines: list[str]) -> list[str]:
    """Join the lines of one block that run on into the next."""
    wrapped = len(lines) > 2 and max(map(len, lines)) <= _WRAPPED.stop and min(map(len, lines[:-1])) >= _WRAPPED.start
    groups = [lines[:1]]
    for before, line in pairwise(lines):
        if before and line and (wrapped or line[0].islower() or _runs_on(before, line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_HYPHEN.sub("-", " ".join(group)) if len(group) > 1 else group[0] for group in groups]


def _runs_on(before: str, line: str) -> bool:
    """A line as long as a wrapped one that ends amid a sentence, before another line of text."""
    return len(before) in range(55, 101) and not _END.search(before) and len(line) > 20


def _has_gap_after_first(text: str) -> bool:
    head = text.lstrip("\ufeff \t\r\n")[: _LONGEST_TITLE * 4].replace("\r\n", "\n").replace("\r", "\n")
    return re.match(r"[^\n]+\n[ \t\u00a0]*\n", head) is not None


def _is_title(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or line.endswith((".", ":", ",", ";")) or len(line.split()) < 2:
        return False
    return not re.match(r"[A-Z .,]{4,40},? .{0,40}(?: -+ | – | — )", line) and not is_date_line(line)


def same_words(line: str, title: str) -> bool:
    """Tell whether two lines have the same letters and digits, whatever their case and punctuation."""
    return re.sub(r"\W+", "", line).casefold() == re.sub(r"\W+", "", title).casefold()
