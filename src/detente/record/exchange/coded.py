"""The record's coded events in, one ExternalRow an ordered pair of actors out, ready for any format."""

import datetime as dt
from collections.abc import Iterator
from itertools import permutations, product
from typing import Any

from msgspec import field

from detente.ontology import goldstein, plover_to_cameo
from detente.ontology.cameo import expressible
from detente.record.exchange.row import ExternalRow

Party = tuple[str, str, str]


class CodedRow(ExternalRow, kw_only=True, gc=False):
    """A coded event between one source and one target. `unsayable`: why formats that know only acts leave it out."""

    status: str = "occurred"
    contexts: list[str] = field(default_factory=list)
    confidence: float | None = None
    published: dt.date | None = None
    document: str = ""
    unsayable: str = ""


def coded_rows(record: Any, **filters: Any) -> Iterator[CodedRow]:
    """Rows of the coded events that pass the filters of `Record.events`, in its order.

    A mutual event between A and B gives a row A to B and a row B to A, as the field's datasets have it; an event of
    several sources or targets gives a row for each pair. The day is that of the event, else that of its document.
    """
    table = record.events(**{name: value for name, value in filters.items() if value is not None})
    number = 0
    for batch in table.to_batches(max_chunksize=10_000):
        for event in batch.to_pylist():
            for position, (source, target) in enumerate(pairs(event), 1):
                number += 1
                yield _row(event, source, target, position, number)


def pairs(event: dict[str, Any]) -> list[tuple[Party, Party | None]]:
    """Ordered pairs of an event's parties, each party as (id, sector, name)."""
    sources, targets = _parties(event, "source"), _parties(event, "target")
    if event["mutual"] and not targets:
        return list(permutations(sources, 2)) if len(sources) > 1 else [(party, None) for party in sources]
    if not targets:
        return [(party, None) for party in sources]
    both: list[tuple[Party, Party | None]] = list(product(sources, targets))
    return both + list(product(targets, sources)) if event["mutual"] else both


def _parties(event: dict[str, Any], side: str) -> list[Party]:
    ids = event[f"{side}_ids"] or []
    sectors = event.get(f"{side}_sectors") or [""] * len(ids)
    names = event.get(f"{side}_names") or [""] * len(ids)
    return list(zip(ids, sectors, names, strict=True))


def _row(event: dict[str, Any], source: Party, target: Party | None, position: int, number: int) -> CodedRow:
    kind, mode, status = event["type"], event["mode"], event["status"]
    code = plover_to_cameo(kind, mode, status)
    other = target or ("", "", "")
    when = event["start"] or event.get("published")
    return CodedRow(
        external_id=event["id"] if position == 1 else f"{event['id']}/{position}",
        date=when,
        source=source[0] or None,
        target=other[0] or None,
        source_raw=source[2] or None,
        target_raw=other[2] or None,
        source_sectors=source[1] or None,
        target_sectors=other[1] or None,
        type=kind,
        mode=mode,
        cameo=code,
        goldstein=goldstein(code),
        intensity=event["intensity"],
        place_name=event.get("place_name"),
        country=event.get("place_country"),
        lat=event.get("place_lat"),
        lon=event.get("place_lon"),
        text=event.get("sentence"),
        url=event.get("url"),
        row_no=number,
        status=status,
        contexts=list(event["contexts"] or []),
        confidence=event.get("confidence"),
        published=event.get("published"),
        document=event["document"],
        unsayable="" if expressible(kind, status) else f"{status} {'act' if status != 'planned' else 'conflict'}",
    )
