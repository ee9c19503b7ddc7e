"""Readings in, rows of the record's tables out; and rows back in, the same Event out."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from detente.record.schema import TABLES
from detente.types import Actor, Document, Event, Evidence, Place, Reading

Row = dict[str, Any]


def digest(*parts: object) -> str:
    """A short stable digest: 16 hex digits."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def document_row(document: Document, **more: Any) -> Row:
    """A row of `documents`; `more` holds the columns that are not the document's own."""
    own = {name: getattr(document, name) for name in document.__struct_fields__}
    return {**own, "digest": text_digest(document), "retired_at": None, **more}


def text_digest(document: Document) -> str:
    """Changes when anything of the document changes that coding could depend on."""
    return digest(document.title, document.published, document.language, document.text)


def event_rows(reading: Reading, coder: str, *, known: date, at: datetime) -> list[Row]:
    """Rows of `events`, in text order; ids are stable over runs of the same coder on the same text."""
    document = reading.document
    rows, ids = [], Ids(document.id)
    for seq, event in enumerate(reading.events):
        sides = _party(event.source, "source") | _party(event.target, "target")
        span = event.evidence
        key = ids.new(event.type, event.status, sides["source_ids"], sides["target_ids"], span.start, span.trigger)
        rows.append({
            "id": key, "document": document.id, "coder": coder, "seq": seq,
            "type": event.type, "mode": event.mode, "contexts": event.contexts, **sides, "mutual": event.mutual,
            "status": event.status, "start_day": event.start, "end_day": event.end, "precision": event.precision,
            **place_columns(event.place), "intensity": event.intensity, "confidence": event.confidence,
            "attributed_to": event.attributed_to, **evidence_columns(document, span),
            "known": known, "recorded_at": at, "retired_at": None,
        })  # fmt: skip
    return rows


class Ids:
    """Gives ids within one document: the same for the same facts, another for the next that has the same."""

    def __init__(self, document: str) -> None:
        self.document, self.seen = document, set[str]()

    def new(self, *facts: object) -> str:
        """An id that no row of the document has yet."""
        key = digest(*facts)
        while key in self.seen:
            key = digest(key)
        self.seen.add(key)
        return f"{self.document}:{key}"


def place_columns(place: Place | None) -> Row:
    """The columns of a place, empty where there is none."""
    at = place or Place(name="")
    return {"place_name": at.name or None, "place_country": at.country, "place_lat": at.lat, "place_lon": at.lon}


def evidence_columns(document: Document, span: Evidence) -> Row:
    """The columns of a sentence and its deciding words, and the day the document was published."""
    trigger = span.trigger or (None, None)
    return {
        "sentence_start": span.start, "sentence_end": span.end, "trigger_start": trigger[0], "trigger_end": trigger[1],
        "sentence": document.text[span.start : span.end], "published": document.published,
    }  # fmt: skip


def place_of(row: Row) -> Place | None:
    """The place in a row."""
    if not row["place_name"]:
        return None
    return Place(name=row["place_name"], country=row["place_country"], lat=row["place_lat"], lon=row["place_lon"])


def evidence_of(row: Row) -> Evidence:
    """The evidence in a row."""
    trigger = None if row["trigger_start"] is None else (row["trigger_start"], row["trigger_end"])
    return Evidence(start=row["sentence_start"], end=row["sentence_end"], trigger=trigger)


def event_of(row: Row) -> Event:
    """The Event that a full row of `events` was made of."""
    return Event(
        type=row["type"], mode=row["mode"], contexts=row["contexts"], source=_actors(row, "source"),
        target=_actors(row, "target"), mutual=row["mutual"], status=row["status"], start=row["start_day"],
        end=row["end_day"], precision=row["precision"], place=place_of(row), intensity=row["intensity"],
        confidence=row["confidence"], attributed_to=row["attributed_to"], evidence=evidence_of(row),
    )  # fmt: skip


def as_table(table: str, rows: Iterable[Row]) -> Any:
    """Rows as an Arrow table with the columns and types of a record's table."""
    import pyarrow as pa

    kinds = {
        "VARCHAR": pa.string(), "DATE": pa.date32(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(), "BLOB": pa.binary(), "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
    }  # fmt: skip
    fields = [
        (name, pa.list_(kinds[kind[:-2]]) if kind.endswith("[]") else kinds[kind])
        for name, kind in TABLES[table].items()
    ]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))


def _party(actors: list[Actor], side: str) -> Row:
    spans = [actor.mention or (-1, -1) for actor in actors]
    return {
        f"{side}_ids": [actor.id for actor in actors],
        f"{side}_sectors": [actor.sector for actor in actors],
        f"{side}_names": [actor.name for actor in actors],
        f"{side}_starts": [start for start, _ in spans],
        f"{side}_ends": [end for _, end in spans],
    }


def _actors(row: Row, side: str) -> list[Actor]:
    columns = (row[f"{side}_{name}"] for name in ("ids", "sectors", "names", "starts", "ends"))
    return [
        Actor(id=key, sector=sector, name=name, mention=None if start < 0 else (start, end))
        for key, sector, name, start, end in zip(*columns, strict=True)
    ]
