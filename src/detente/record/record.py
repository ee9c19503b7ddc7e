"""An open record: readings and imported events in, tables out."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from detente.record.acts import choose_dataset, datasets, select_acts, select_reach
from detente.record.correcting import Correction, correct, select_corrections, select_training, undo
from detente.record.external import add_rows, read_rows
from detente.record.framequeries import select_frames
from detente.record.frames import meeting_of, statement_of, transfer_of
from detente.record.lake import Lake
from detente.record.queries import current, select_events
from detente.record.resolving import Resolution, resolve
from detente.record.rows import Row, event_of
from detente.record.status import Status, read_status
from detente.record.structure import select_structure
from detente.record.tracing import frames_of, imported_of, versions_of
from detente.record.writing import Batch, BatchReport, Entry
from detente.types import Document, Event, Meeting, Reading, Skip, Statement, Transfer

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.record.shelf import Shelf

PAGE = 1000
_OWN = ", ".join(f"d.{name}" for name in Document.__struct_fields__)


class Record:
    """A record's folder, open; use it as a context manager."""

    def __init__(self, folder: Path, *, create: bool = True, read_only: bool = False) -> None:
        self._lake = Lake(folder, create=create and not read_only, read_only=read_only)
        self.folder = folder

    def beside(self) -> Self:
        """The same record for use in another thread; close it on its own."""
        other = copy(self)
        other._lake = self._lake.beside()
        return other

    def shelf(self, folder: Path, name: str, dataset: str) -> "Shelf":
        """A copy of what stands now, laid out for reading fast, in a file of that folder; see `record.shelf`."""
        from detente.record.shelf import Shelf

        return Shelf(self._lake, folder, name, dataset)

    def snapshot(self) -> int:
        """The number of the newest commit: while it stays, every read gives the same."""
        return self._lake.snapshot()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the record; everything committed stays."""
        self._lake.close()

    def add(
        self,
        entries: Sequence[Entry | Reading],
        skips: Sequence[Skip] = (),
        *,
        coder: str,
        origin: str = "",
        same: Callable[[bytes, bytes], bool] | None = None,
    ) -> BatchReport:
        """Keep a batch of readings, in one transaction.

        A document already there with the same text is left alone, or its coding replaced if `coder` is another one;
        one with a changed text is revised. What is replaced is retired, not deleted. `same` says of two signatures
        whether their texts are copies; without it no copies are looked for. Raises RecordError, with nothing written.
        """
        taken = [Entry(reading=item) if isinstance(item, Reading) else item for item in entries]
        return self._lake.write(lambda: Batch(self._lake, coder, origin, same).take(taken, skips))

    def known_raws(self, digests: list[str], coder: str) -> set[str]:
        """Which raw items, by digest, the record took in already, of documents coded by this coder now."""
        rows = self._lake.run(
            "SELECT d.raw_digest FROM documents d JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
            "WHERE c.coder = ? AND d.raw_digest IN (SELECT unnest(?::VARCHAR[]))",
            [coder, digests],
        ).fetchall()
        return {row[0] for row in rows}

    def events(self, **filters: Any) -> "pa.Table":
        """Coded events as an Arrow table with the columns of `schema.EVENT_COLUMNS`, by date.

        Filters: actor, dyad=(a, b), type, since, until, status, document, id, as_of (a date: only what was published
        by then), at (a time: what the record itself held then), copies (count syndicated copies), limit (newest).
        """
        return self._lake.run(*select_events(**filters)).to_arrow_table()

    def statements(self, **filters: Any) -> "pa.Table":
        """Statements as an Arrow table, by publication.

        Filters: actor, dyad, since, until, document, id, as_of, at, copies as in `events`; speaker (a part of the
        name), spoken_for (an actor id), kind, certainty, forecast (True or False).
        """
        return self._lake.run(*select_frames("statements", **filters)).to_arrow_table()

    def meetings(self, **filters: Any) -> "pa.Table":
        """Reports of meetings as an Arrow table, by the meeting's day; one row a report, see `relations.calendar`.

        Filters: actor, dyad, since, until, document, id, as_of, at, copies as in `events`; status, format.
        """
        return self._lake.run(*select_frames("meetings", **filters)).to_arrow_table()

    def transfers(self, **filters: Any) -> "pa.Table":
        """Reports of arms transfers as an Arrow table, by day; one row a report, see `relations.arms`.

        Filters: actor, dyad, since, until, document, id, as_of, at, copies as in `events`; supplier, recipient, stage,
        item_class.
        """
        return self._lake.run(*select_frames("transfers", **filters)).to_arrow_table()

    def acts(self, dataset: str | None = None, **filters: Any) -> "pa.Table":
        """What each actor did to each other one, one row an act (of a type, a day), for the measures of `relations`.

        dataset: "coded" or the name of an imported one; default the record's own events, of none the largest imported.
        Filters: dyads (a list of pairs), since, until, as_of, at. Raises BadInput for a dataset that is not there.
        """
        return select_acts(self._lake, choose_dataset(self._lake, dataset), filters)

    def reach(self, dataset: str | None = None, as_of: date | None = None) -> tuple[date, date] | None:
        """The days of the first and of the last act between any two, None of no acts; `dataset` as in `acts`."""
        return select_reach(self._lake, choose_dataset(self._lake, dataset), as_of)

    def datasets(self) -> dict[str, int]:
        """How many events between two actors the record itself ("coded") and each imported dataset hold."""
        return datasets(self._lake)

    def frames(self, document_id: str, *, as_of: date | None = None) -> dict[str, list[Row]]:
        """All that stands of one document, a copy or not: full rows by table, in text order."""
        return frames_of(self._lake, document_id, as_of)

    def versions(self, event_id: str) -> list[Row]:
        """Every coding of an event that the record ever held, the newest first."""
        return versions_of(self._lake, event_id)

    def imported_event(self, event_id: str) -> list[Row]:
        """The rows of imported datasets under an id, those that stand first."""
        return imported_of(self._lake, event_id)

    def event(self, event_id: str) -> Event | None:
        """One current event, as it was coded; None if there is none of that id."""
        row = self._one("events", event_id)
        return event_of(row) if row else None

    def statement(self, statement_id: str) -> Statement | None:
        """One current statement, as it was coded; None if there is none of that id."""
        row = self._one("statements", statement_id)
        return statement_of(row) if row else None

    def meeting(self, meeting_id: str) -> Meeting | None:
        """One current report of a meeting, as it was coded; None if there is none of that id."""
        row = self._one("meetings", meeting_id)
        return meeting_of(row) if row else None

    def transfer(self, transfer_id: str) -> Transfer | None:
        """One current report of a transfer, as it was coded; None if there is none of that id."""
        row = self._one("transfers", transfer_id)
        return transfer_of(row) if row else None

    def _one(self, table: str, key: str) -> dict[str, Any] | None:
        found = self._lake.run(f"SELECT * FROM {table} WHERE id = ? AND retired_at IS NULL", [key]).to_arrow_table()
        row: dict[str, Any] | None = found.to_pylist()[0] if found.num_rows else None
        return row

    def resolve(
        self, statement_id: str, outcome: str, reason: str, *, event: str | None = None, person: str | None = None
    ) -> None:
        """Write down what became of a forecast ("true", "false", "uncheckable", or "open" to take an outcome back).

        What was written before is retired, not lost. Raises BadInput if there is no such forecast, event or outcome,
        or no reason.
        """
        self._lake.write(lambda: resolve(self._lake, Resolution(statement_id, outcome, reason, event, person)))

    def resolutions(self, *, at: datetime | None = None, history: bool = False) -> "pa.Table":
        """What people wrote of forecasts: now, at a time, or all that was ever written."""
        where = "TRUE" if history else current("r", at)
        values = {} if history or at is None else {"at": at}
        query = f"SELECT * FROM resolutions r WHERE {where} ORDER BY recorded_at, statement"
        return self._lake.run(query, values).to_arrow_table()

    def correct(self, said: Correction) -> None:
        """Keep what an editor accepted as wrong with an event; measures use it from that day on. Raises BadInput."""
        self._lake.write(lambda: correct(self._lake, said))

    def uncorrect(self, correction_id: str) -> None:
        """Take a correction back; it stays in the history. Raises BadInput where there is none."""
        self._lake.write(lambda: undo(self._lake, correction_id))

    def training(self) -> list[dict[str, Any]]:
        """Sentences of corrected events with their events as corrected, in the form that `detente evaluate` reads."""
        return select_training(self._lake)

    def corrections(self, **filters: Any) -> list[dict[str, Any]]:
        """Accepted corrections beside what was coded, oldest first. Filters: event, as_of, history (retired ones, too)."""
        return select_corrections(self._lake, **filters)

    def document(self, document_id: str, *, at: datetime | None = None) -> Document | None:
        """One document with its text, as it stands or stood `at` a time; None if there is none of that id."""
        values = {"id": document_id} | ({} if at is None else {"at": at})
        row = self._lake.run(f"SELECT {_OWN} FROM documents d WHERE id = $id AND {current('d', at)}", values).fetchone()
        return Document(**dict(zip(Document.__struct_fields__, row, strict=True))) if row else None

    def documents(
        self, ids: Sequence[str] | None = None, *, not_by: str | None = None, as_of: date | None = None
    ) -> Iterator[Document]:
        """Current documents, streamed by the day they were known: all, or those of some ids.

        not_by: only those that this coder has not coded. as_of: only those known by the end of that day.
        """
        wanted = None if ids is None else list(ids)
        keys = self._lake.run(
            "SELECT d.id, d.known FROM documents d JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
            "WHERE d.retired_at IS NULL AND ($by::VARCHAR IS NULL OR c.coder <> $by) "
            "AND ($day::DATE IS NULL OR d.known <= $day) "
            "AND ($ids::VARCHAR[] IS NULL OR d.id IN (SELECT unnest($ids::VARCHAR[]))) ORDER BY d.known, d.id",
            {"by": not_by, "day": as_of, "ids": wanted},
        ).fetchall()
        for start in range(0, len(keys), PAGE):
            page = keys[start : start + PAGE]
            rows = self._lake.run(
                f"SELECT {_OWN} FROM documents d WHERE retired_at IS NULL AND known BETWEEN ? AND ? "
                "AND id IN (SELECT unnest(?::VARCHAR[])) ORDER BY known, id",
                [page[0][1], page[-1][1], [key for key, _ in page]],
            ).fetchall()
            for row in rows:
                yield Document(**dict(zip(Document.__struct_fields__, row, strict=True)))

    def add_external(self, dataset: str, rows: "pa.Table", key: str = "external_id") -> dict[str, int]:
        """Keep rows of another dataset, in one transaction; says how many were new, revised and unchanged."""
        return self._lake.write(lambda: add_rows(self._lake, dataset, rows, key))

    def external(self, dataset: str) -> Iterator["pa.RecordBatch"]:
        """Current rows of an imported dataset in their original order, in Arrow batches."""
        return read_rows(self._lake, dataset)

    def imported(self, dataset: str, a: str, b: str | None = None) -> "pa.Table":
        """Current rows of an imported dataset that name `a` (and `b`) on either side, by date."""
        return self._lake.run(
            "SELECT date, source, target, source_raw, target_raw, payload FROM external_events WHERE dataset = $dataset "
            "AND retired_at IS NULL AND (source = $a OR target = $a) "
            "AND ($b::VARCHAR IS NULL OR source = $b OR target = $b) ORDER BY date, row_no",
            {"dataset": dataset, "a": a, "b": b},
        ).to_arrow_table()

    def slow(self, a: str, b: str, *, until: date | None = None) -> dict[str, "pa.Table"]:
        """Imported rows of slow structure about two states, by name of the table, for `relations.structure`."""
        return select_structure(self._lake, a, b, until)

    def status(self) -> Status:
        """Counts, coverage, freshness, and what was skipped and why."""
        return read_status(self._lake)
