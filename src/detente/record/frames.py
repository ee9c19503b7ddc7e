"""Readings in, rows of statements, meetings and transfers out; and rows back in, the same structs out."""

from datetime import date, datetime
from typing import Any

from detente.record.rows import Ids, Row, evidence_columns, evidence_of, place_columns, place_of
from detente.types import Meeting, Reading, Speaker, Statement, Transfer

Frame = Statement | Meeting | Transfer
_STATEMENT = ("text", "kind", "certainty", "forecast", "checkable", "horizon", "about", "stance", "confidence")
_MEETING = ("participants", "format", "series", "precision", "topic", "status", "moved", "confidence")
_TRANSFER = ("supplier", "recipient", "item", "item_class", "form", "number", "value", "currency", "stage", "precision",
             "confidence")  # fmt: skip


def frame_rows(reading: Reading, coder: str, *, known: date, at: datetime) -> dict[str, list[Row]]:
    """Rows by table, in text order; ids are stable over runs of the same coder on the same text."""
    document = reading.document
    out: dict[str, list[Row]] = {}
    makers: tuple[tuple[str, list[Any], Any], ...] = (
        ("statements", reading.statements, _statement),
        ("meetings", reading.meetings, _meeting),
        ("transfers", reading.transfers, _transfer),
    )
    for table, frames, make in makers:
        ids = Ids(document.id)
        out[table] = []
        for seq, frame in enumerate(frames):
            facts, own = make(frame)
            out[table].append({
                "id": ids.new(table, *facts), "document": document.id, "coder": coder, "seq": seq, **own,
                **evidence_columns(document, frame.evidence), "known": known, "recorded_at": at, "retired_at": None,
            })  # fmt: skip
    return out


def _statement(frame: Statement) -> tuple[tuple[object, ...], Row]:
    speaker = frame.speaker
    return (speaker.name, frame.kind, frame.parts, frame.text), {
        "speaker": speaker.name, "actor": speaker.actor, "role": speaker.role, "former": speaker.former,
        "part_starts": [start for start, _ in frame.parts], "part_ends": [end for _, end in frame.parts],
        "dyad": list(frame.dyad) if frame.dyad else None, **_own(frame, _STATEMENT),
    }  # fmt: skip


def _meeting(frame: Meeting) -> tuple[tuple[object, ...], Row]:
    days = {"start_day": frame.start, "end_day": frame.end}
    facts = (frame.participants, frame.format, frame.status, frame.start, frame.evidence.start, frame.evidence.trigger)
    return facts, {**days, **place_columns(frame.place), **_own(frame, _MEETING)}


def _transfer(frame: Transfer) -> tuple[tuple[object, ...], Row]:
    facts = (frame.supplier, frame.recipient, frame.item, frame.stage, frame.evidence.start, frame.evidence.trigger)
    return facts, {"start_day": frame.start, **_own(frame, _TRANSFER)}


def _own(frame: Frame, names: tuple[str, ...]) -> Row:
    return {name: getattr(frame, name) for name in names}


def statement_of(row: Row) -> Statement:
    """The Statement that a full row was made of."""
    speaker = Speaker(name=row["speaker"], actor=row["actor"], role=row["role"], former=row["former"])
    parts = list(zip(row["part_starts"], row["part_ends"], strict=True))
    dyad = (row["dyad"][0], row["dyad"][1]) if row["dyad"] else None
    own = {name: row[name] for name in _STATEMENT}
    return Statement(speaker=speaker, parts=parts, dyad=dyad, evidence=evidence_of(row), **own)


def meeting_of(row: Row) -> Meeting:
    """The Meeting that a full row was made of."""
    own = {name: row[name] for name in _MEETING}
    return Meeting(start=row["start_day"], end=row["end_day"], place=place_of(row), evidence=evidence_of(row), **own)


def transfer_of(row: Row) -> Transfer:
    """The Transfer that a full row was made of."""
    own = {name: row[name] for name in _TRANSFER}
    return Transfer(start=row["start_day"], evidence=evidence_of(row), **own)
