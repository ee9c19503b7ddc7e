"""One page or text through the reading wing: a path, URL, text or raw item in, a Reading out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from detente.errors import BadInput
from detente.types import Document, Raw, Reading, Skip

if TYPE_CHECKING:
    from detente.coding import Explained

NOUN = "a noun tells of what is kept up, or due on a day"


def read_document(document: Document) -> Reading:
    """Code one cleaned document; a document that is not in English is kept and not coded."""
    from detente import coding, reading

    if document.language != "en":
        return Reading(document=document)
    text = reading.outline(document)
    acts = coding.acts(text)
    transfers = coding.transfers(text)
    events = coding.agreeing([event for event, _ in coding.events_of(text, acts)], transfers)
    events = sorted([*events, *coding.nouns(text, events, transfers)], key=lambda e: e.evidence.start)
    return Reading(
        document=document,
        events=events,
        statements=coding.statements(text),
        meetings=coding.meetings(text, acts, events),
        transfers=transfers,
    )


def explain(document: Document) -> "list[Explained]":
    """The events of one document with the words and probabilities behind each decision."""
    from detente import coding, reading

    if document.language != "en":
        return []
    text = reading.outline(document)
    found, transfers = coding.explain(text), coding.transfers(text)
    events = coding.agreeing([one.event for one in found], transfers)
    out = [replace(one, event=event) for one, event in zip(found, events, strict=True)]
    out += [coding.Explained(event, None, NOUN) for event in coding.nouns(text, events, transfers)]
    return sorted(out, key=lambda one: one.event.evidence.start)


def read_raw(raw: Raw) -> Reading | Skip:
    """Clean and code one raw item; what cannot be read comes back as a Skip that says why."""
    from detente import ingest

    document = ingest.clean(raw)
    return document if isinstance(document, Skip) else read_document(document)


def read_each(source: str | Path, *, published: date | None = None, **options: Any) -> Iterator[Reading | Skip]:
    """Read every item of a file, folder, feed, archive or URL, or of standard input ("-"), in order.

    `options` go to `ingest.iterate` (limits, column mapping, `allow_private`). Raises BadInput where the source
    itself cannot be opened; single items that cannot be read are yielded as Skip.
    """
    from detente import ingest

    for item in ingest.iterate(str(source), published=published, **options):
        yield item if isinstance(item, Skip) else read_raw(item)


def read(source: str | Path, *, published: date | str | None = None, **options: Any) -> Reading:
    """Read one text, file or URL.

    source: running text; or a path, a URL or "-" for standard input. A string is running text if it holds a line
        break or a space and no such file exists.
    published: the day the text appeared (a date, or "YYYY-MM-DD"); relative dates in the text count from it.

    Raises BadInput if the source holds nothing readable, or more than one item (use `read_each` there).
    """
    day = parse_day(published) if isinstance(published, str) else published
    if isinstance(source, str) and _is_text(source):
        result = read_raw(Raw(origin="text", body=source, published=day))
    else:
        items = read_each(source, published=day, **options)
        result = next(items, Skip(origin=str(source), reason="empty", detail="holds nothing to read"))
        more = next(items, None)
        if isinstance(more, Skip):
            result = more
        elif more is not None:
            raise BadInput(f"{source}: holds more than one item; use detente.read_each, or `detente ingest`")
    if isinstance(result, Skip):
        raise BadInput(f"{result.origin}: {result.detail}")
    return result


def parse_day(text: str) -> date:
    """Turn "YYYY-MM-DD" into a date; raises BadInput otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a date; write it as YYYY-MM-DD, e.g. 2012-09-17") from None


def _is_text(source: str) -> bool:
    if source == "-" or "://" in source[:12]:
        return False
    if "\n" in source or len(source) > 1000:
        return True
    try:
        return " " in source and not Path(source).exists()
    except OSError:  # longer than a file name can be
        return True
