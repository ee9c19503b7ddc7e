"""An open record: readings and imported events in, tables out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from detente.record.external import add_rows, read_rows
from detente.record.lake import Lake
from detente.record.queries import current, select_events
from detente.record.rows import event_of
from detente.record.status import Status, read_status
from detente.record.writing import Batch, BatchReport, Entry
from detente.types import Document, Event, Skip

if TYPE_CHECKING:
    import pyarrow as pa


class Record:
    """A record's folder, open; use it as a context manager."""

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self._lake = Lake(folder, create=create)
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the record; everything committed stays."""
        self._lake.close()

    def add(
        self,
        entries: list[Entry],
        skips: list[Skip] | None = None,
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
        return self._lake.write(lambda: Batch(self._lake, coder, origin, same).take(entries, skips or []))

    def known_raws(self, digests: list[str], coder: str) -> set[str]:
        """Which raw items, by digest, stand in the record already, coded by this coder."""
        rows = self._lake.run(
            "SELECT d.raw_digest FROM documents d JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
            "WHERE d.retired_at IS NULL AND c.coder = ? AND d.raw_digest IN (SELECT unnest(?::VARCHAR[]))",
            [coder, digests],
        ).fetchall()
        return {row[0] for row in rows}

    def events(self, **filters: Any) -> "pa.Table":
        """Coded events as an Arrow table with the columns of `schema.EVENT_COLUMNS`, by date.

        Filters: actor, dyad=(a, b), type, since, until, status, document, id, as_of (a date: only what was published
        by then), at (a time: what the record itself held then), copies (count syndicated copies), limit (newest).
        """
        return self._lake.run(*select_events(**filters)).to_arrow_table()

    def event(self, event_id: str) -> Event | None:
        """One current event, as it was coded; None if there is none of that id."""
        found = self._lake.run("SELECT * FROM events WHERE id = ? AND retired_at IS NULL", [event_id]).to_arrow_table()
        return event_of(found.to_pylist()[0]) if found.num_rows else None

    def document(self, document_id: str, *, at: datetime | None = None) -> Document | None:
        """One document with its text, as it stands or stood `at` a time; None if there is none of that id."""
        parameters: list[Any] = [document_id]
        stands = current("d", at, parameters)
        columns = ", ".join(Document.__struct_fields__)
        row = self._lake.run(f"SELECT {columns} FROM documents d WHERE id = ? AND {stands}", parameters).fetchone()
        return Document(**dict(zip(Document.__struct_fields__, row, strict=True))) if row else None

    def documents(self, *, not_by: str | None = None, as_of: date | None = None) -> Iterator[Document]:
        """Current documents, streamed by date; `not_by`: only those that this coder has not coded."""
        columns = ", ".join(f"d.{name}" for name in Document.__struct_fields__)
        query = (
            f"SELECT {columns} FROM documents d JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
            "WHERE d.retired_at IS NULL AND (?::VARCHAR IS NULL OR c.coder <> ?) AND (?::DATE IS NULL OR d.known <= ?) "
            "ORDER BY d.known, d.id"
        )
        ids = self._lake.run(query.replace(columns, "d.id"), [not_by, not_by, as_of, as_of]).fetchall()
        for start in range(0, len(ids), 1000):
            some = [row[0] for row in ids[start : start + 1000]]
            rows = self._lake.run(
                f"SELECT {columns} FROM documents d WHERE retired_at IS NULL AND id IN (SELECT unnest(?::VARCHAR[])) "
                "ORDER BY d.known, d.id",
                [some],
            ).fetchall()
            for row in rows:
                yield Document(**dict(zip(Document.__struct_fields__, row, strict=True)))

    def add_external(self, dataset: str, rows: "pa.Table", key: str = "external_id") -> dict[str, int]:
        """Keep rows of another dataset, in one transaction; says how many were new, revised and unchanged."""
        return self._lake.write(lambda: add_rows(self._lake, dataset, rows, key))

    def external(self, dataset: str) -> Iterator["pa.RecordBatch"]:
        """Current rows of an imported dataset in their original order, in Arrow batches."""
        return read_rows(self._lake, dataset)

    def status(self) -> Status:
        """Counts, coverage, freshness, and what was skipped and why."""
        return read_status(self._lake)
