"""GDELT 2.0 mentions: a row of 16 tab-separated fields in, an ExternalRow of kind mention out, and back."""

from msgspec import json

from detente.record.exchange import values
from detente.record.exchange.row import ExternalRow

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
HEADER = False
NATIVE_LENGTH = len(COLUMNS)
_WEB = "1"


def parse(fields: list[str]) -> ExternalRow:
    """One line; `story` is the GLOBALEVENTID it mentions. Raises ValueError where it is no GDELT 2.0 mention."""
    if len(fields) == len(COLUMNS) - 1:  # the empty last field is missing in some releases
        return _row([*fields, ""], fields)
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{len(fields)} fields, not the {len(COLUMNS)} of GDELT 2.0 mentions")
    return _row(fields, fields)


def _row(fields: list[str], original: list[str]) -> ExternalRow:
    if not fields[0].isdigit():
        raise ValueError(f"GLOBALEVENTID {fields[0][:40]!r} is no number")
    values.number(fields[11], "Confidence")
    return ExternalRow(
        external_id=f"{fields[0]}:{values.digest(*fields[2:7])}",
        kind="mention",
        date=values.day(fields[2], "MentionTimeDate"),
        url=fields[5] or None,
        story=fields[0],
        payload=json.encode(original).decode(),
    )


def render(row: ExternalRow) -> list[str]:
    """One line that says in which page an event was read. Raises ValueError without a date."""
    if row.date is None:
        raise ValueError("no date")
    fields = [""] * len(COLUMNS)
    event = row.story if row.kind == "mention" and row.story else row.external_id
    fields[0] = str(values.whole(event))
    fields[1] = fields[2] = f"{row.date:%Y%m%d}000000"
    fields[3] = _WEB
    fields[4], fields[5] = _host(row.url or ""), row.url or ""
    fields[6:10] = ["1", "-1", "-1", "-1"]
    fields[10] = "1"
    return fields


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
