"""The record's tables: their columns in order, as DuckDB types. A change here comes with a migration and a new VERSION.

`known` is the day from which a document could be known: its publication, else the day it was recorded. A row is
current while `retired_at` is empty; nothing is deleted. `cluster` is the id of the first document taken in of those
that are copies of one another.
"""

VERSION = 3

_LIFE = {"known": "DATE", "recorded_at": "TIMESTAMPTZ", "retired_at": "TIMESTAMPTZ"}
_EVIDENCE = {"sentence_start": "INTEGER", "sentence_end": "INTEGER", "trigger_start": "INTEGER", "trigger_end": "INTEGER",
             "sentence": "VARCHAR", "published": "DATE"}  # fmt: skip
_CODED = {"id": "VARCHAR", "document": "VARCHAR", "coder": "VARCHAR", "seq": "INTEGER"}
_PARTY = {"ids": "VARCHAR[]", "sectors": "VARCHAR[]", "names": "VARCHAR[]", "starts": "INTEGER[]", "ends": "INTEGER[]"}

TABLES: dict[str, dict[str, str]] = {
    "meta": {"name": "VARCHAR", "value": "VARCHAR"},
    "documents": {
        "id": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "published": "DATE", "language": "VARCHAR",
        "text": "VARCHAR", "source": "VARCHAR", "author": "VARCHAR", "digest": "VARCHAR", "raw_digest": "VARCHAR",
        "signature": "BLOB", "cluster": "VARCHAR", "origin": "VARCHAR", "batch": "VARCHAR", **_LIFE,
    },
    "bands": {"band": "BIGINT", "document": "VARCHAR", "known": "DATE"},
    "codings": {"document": "VARCHAR", "coder": "VARCHAR", "events": "INTEGER", **_LIFE},
    "events": {
        **_CODED,
        "type": "VARCHAR", "mode": "VARCHAR", "contexts": "VARCHAR[]",
        **{f"{side}_{name}": kind for side in ("source", "target") for name, kind in _PARTY.items()},
        "mutual": "BOOLEAN", "status": "VARCHAR", "start_day": "DATE", "end_day": "DATE", "precision": "VARCHAR",
        "place_name": "VARCHAR", "place_country": "VARCHAR", "place_lat": "DOUBLE", "place_lon": "DOUBLE",
        "intensity": "DOUBLE", "confidence": "DOUBLE", "attributed_to": "VARCHAR",
        **_EVIDENCE, **_LIFE,
    },
    "statements": {
        **_CODED,
        "speaker": "VARCHAR", "actor": "VARCHAR", "role": "VARCHAR", "former": "BOOLEAN",
        "text": "VARCHAR", "part_starts": "INTEGER[]", "part_ends": "INTEGER[]", "kind": "VARCHAR", "certainty": "VARCHAR",
        "forecast": "BOOLEAN", "checkable": "BOOLEAN", "horizon": "DATE", "about": "VARCHAR[]", "dyad": "VARCHAR[]",
        "stance": "VARCHAR", "confidence": "DOUBLE", **_EVIDENCE, **_LIFE,
    },
    "meetings": {
        **_CODED,
        "participants": "VARCHAR[]", "format": "VARCHAR", "series": "VARCHAR", "start_day": "DATE", "end_day": "DATE",
        "precision": "VARCHAR", "place_name": "VARCHAR", "place_country": "VARCHAR", "place_lat": "DOUBLE",
        "place_lon": "DOUBLE", "topic": "VARCHAR", "status": "VARCHAR", "moved": "DATE", "confidence": "DOUBLE",
        **_EVIDENCE, **_LIFE,
    },
    "transfers": {
        **_CODED,
        "supplier": "VARCHAR[]", "recipient": "VARCHAR[]", "item": "VARCHAR", "item_class": "VARCHAR", "form": "VARCHAR",
        "number": "INTEGER", "value": "DOUBLE", "currency": "VARCHAR", "stage": "VARCHAR", "start_day": "DATE",
        "precision": "VARCHAR", "confidence": "DOUBLE", **_EVIDENCE, **_LIFE,
    },
    "resolutions": {
        "statement": "VARCHAR", "outcome": "VARCHAR", "reason": "VARCHAR", "event": "VARCHAR", "person": "VARCHAR",
        "recorded_at": "TIMESTAMPTZ", "retired_at": "TIMESTAMPTZ",
    },
    "corrections": {
        "id": "VARCHAR", "event": "VARCHAR", "kind": "VARCHAR", "value": "VARCHAR", "note": "VARCHAR", "person": "VARCHAR",
        "decided_by": "VARCHAR", **_LIFE,
    },
    "outcomes": {
        "origin": "VARCHAR", "url": "VARCHAR", "document": "VARCHAR", "result": "VARCHAR", "reason": "VARCHAR",
        "detail": "VARCHAR", "batch": "VARCHAR", "recorded_at": "TIMESTAMPTZ",
    },
    "batches": {
        "id": "VARCHAR", "origin": "VARCHAR", "coder": "VARCHAR", "items": "INTEGER", "kept": "INTEGER",
        "revised": "INTEGER", "unchanged": "INTEGER", "skipped": "INTEGER", "events": "INTEGER",
        "recorded_at": "TIMESTAMPTZ",
    },
    "external_events": {
        "dataset": "VARCHAR", "external_id": "VARCHAR", "kind": "VARCHAR", "date": "DATE", "source": "VARCHAR",
        "target": "VARCHAR", "source_raw": "VARCHAR", "target_raw": "VARCHAR", "source_sectors": "VARCHAR",
        "target_sectors": "VARCHAR", "type": "VARCHAR", "mode": "VARCHAR", "cameo": "VARCHAR", "goldstein": "DOUBLE",
        "intensity": "DOUBLE", "place_name": "VARCHAR", "country": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE",
        "text": "VARCHAR", "url": "VARCHAR", "story": "VARCHAR", "payload": "VARCHAR", "row_no": "BIGINT",
        "recorded_at": "TIMESTAMPTZ", "retired_at": "TIMESTAMPTZ",
    },
}  # fmt: skip

CODED = ("events", "statements", "meetings", "transfers")
"""Tables whose rows a coder makes of a document."""

EVENT_COLUMNS = (
    "id", "document", "coder", "type", "mode", "contexts", "source_ids", "source_sectors", "source_names", "target_ids",
    "target_sectors", "target_names", "mutual", "status", "start", "end", "precision", "place_name", "place_country",
    "place_lat", "place_lon", "intensity", "confidence", "attributed_to", "sentence", "trigger", "published", "copy",
    "title", "url", "outlet",
)  # fmt: skip
"""What `Record.events` returns, in this order."""


def create_statements() -> list[str]:
    """The CREATE TABLE statements of an empty record."""
    return [create_statement(table) for table in TABLES]


def create_statement(table: str) -> str:
    """The CREATE TABLE statement of one table."""
    return f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in TABLES[table].items())})"


MIGRATIONS: dict[int, list[str]] = {
    1: [*map(create_statement, ("statements", "meetings", "transfers", "resolutions")), "DROP TABLE frames"],
    2: [create_statement("corrections")],
}
"""Statements that bring a record from the schema of that number to the next."""
