"""Readings and skips in, one committed transaction out: what is new is added, what changed retires what it replaces."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import uuid4

from msgspec import Struct, field

from detente.record.frames import frame_rows
from detente.record.lake import Lake
from detente.record.rows import Row, as_table, document_row, event_rows, text_digest
from detente.record.schema import CODED
from detente.types import Reading, Skip

CLUSTER_DAYS = 14
Same = Callable[[bytes, bytes], bool]


class Entry(Struct, kw_only=True):
    """One reading on its way into the record, with what is needed to find its copies and to know it again."""

    reading: Reading
    origin: str = ""
    raw_digest: str = ""
    signature: bytes = b""
    bands: list[int] = field(default_factory=list)


class BatchReport(Struct, kw_only=True):
    """What became of a batch; `events` counts events written."""

    items: int = 0
    kept: int = 0
    revised: int = 0
    unchanged: int = 0
    uncoded: int = 0
    copies: int = 0
    skipped: int = 0
    events: int = 0

    def add(self, other: "BatchReport") -> None:
        """Add another report's counts to this one."""
        for name in other.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Known(Struct, kw_only=True):
    """What the record holds of a document: its digest, those of its earlier texts, its coder, the day it was known."""

    digest: str
    coder: str | None
    known: date
    earlier: list[str]


class Batch:
    """The rows of one transaction while they are gathered."""

    def __init__(self, lake: Lake, coder: str, origin: str, same: Same | None) -> None:
        self.lake, self.coder, self.origin, self.same = lake, coder, origin, same
        self.id, self.at = uuid4().hex[:16], datetime.now(UTC)
        self.report = BatchReport()
        self.rows: dict[str, list[Row]] = {}
        self.retire: dict[str, list[str]] = {name: [] for name in ("documents", "codings", *CODED)}

    def take(self, entries: Sequence[Entry], skips: Sequence[Skip]) -> BatchReport:
        """Compare with the record, gather rows, write them; nothing is written where nothing is new."""
        self.report.items = len(entries) + len(skips)
        latest = {entry.reading.document.id: entry for entry in entries}
        known = self._known(list(latest))
        self._supersede([entry for entry in entries if latest[entry.reading.document.id] is not entry], latest, known)
        fresh = []
        for key, entry in latest.items():
            old, digest = known.get(key), text_digest(entry.reading.document)
            if old is None or digest not in {old.digest, *old.earlier}:
                fresh.append(entry)
            elif digest == old.digest and old.coder != self.coder:
                self._recode(entry, old)
            else:
                self.report.unchanged += 1
        clusters = self._clusters(fresh)
        for entry in fresh:
            key = entry.reading.document.id
            self._new(entry, clusters[key], known.get(key))
        for skip in self._new_skips(skips):
            self._outcome(skip.origin, skip.url, None, "skipped", skip.reason, skip.detail)
        self.report.skipped += len(skips)
        self._write()
        return self.report

    def _supersede(self, entries: Iterable[Entry], latest: dict[str, Entry], known: dict[str, Known]) -> None:
        """Texts that a later one of the same batch replaces go straight to the history."""
        seen = {(key, text_digest(entry.reading.document)) for key, entry in latest.items()}
        seen |= {(key, digest) for key, old in known.items() for digest in (old.digest, *old.earlier)}
        for entry in entries:
            document = entry.reading.document
            version = (document.id, text_digest(document))
            self.report.unchanged += 1
            if version not in seen:
                seen.add(version)
                row = self._row(entry, document.id, document.published or self.at.date())
                self._add("documents", row | {"retired_at": self.at})

    def _row(self, entry: Entry, cluster: str, known: date) -> Row:
        return document_row(
            entry.reading.document, raw_digest=entry.raw_digest, signature=entry.signature, cluster=cluster,
            origin=entry.origin, batch=self.id, known=known, recorded_at=self.at,
        )  # fmt: skip

    def _known(self, ids: list[str]) -> dict[str, Known]:
        rows = self.lake.run(
            "SELECT d.id, max(d.digest) FILTER (d.retired_at IS NULL), max(c.coder), "
            "max(d.known) FILTER (d.retired_at IS NULL), list(d.digest) FILTER (d.retired_at IS NOT NULL) "
            "FROM documents d LEFT JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
            "WHERE d.id IN (SELECT unnest(?::VARCHAR[])) GROUP BY d.id",
            [ids],
        ).fetchall()
        return {
            key: Known(digest=digest, coder=coder, known=known, earlier=earlier or [])
            for key, digest, coder, known, earlier in rows
        }

    def _recode(self, entry: Entry, old: Known) -> None:
        for table in ("codings", *CODED):
            self.retire[table].append(entry.reading.document.id)
        self._coded(entry.reading, known=old.known)
        self.report.revised += 1

    def _new(self, entry: Entry, cluster: str, old: Known | None) -> None:
        document = entry.reading.document
        known = document.published or (old.known if old else self.at.date())
        if old:
            for gone in self.retire.values():
                gone.append(document.id)
        self._add("documents", self._row(entry, cluster, known))
        self._coded(entry.reading, known=known)
        if document.language != "en":
            self.report.uncoded += 1
            self._outcome(entry.origin, document.url, document.id, "not-coded", "language", document.language)
        if cluster != document.id:
            self.report.copies += 1
            self._outcome(entry.origin, document.url, document.id, "copy", "near-duplicate", cluster)
        else:
            for band in entry.bands:
                self._add("bands", {"band": band, "document": document.id, "known": known})
        if old:
            self.report.revised += 1
        else:
            self.report.kept += 1

    def _coded(self, reading: Reading, *, known: date) -> None:
        life = {"known": known, "recorded_at": self.at, "retired_at": None}
        events = event_rows(reading, self.coder, known=known, at=self.at)
        self.rows.setdefault("events", []).extend(events)
        for table, rows in frame_rows(reading, self.coder, known=known, at=self.at).items():
            self.rows.setdefault(table, []).extend(rows)
        coding = {"document": reading.document.id, "coder": self.coder, "events": len(events), **life}
        self._add("codings", coding)
        self.report.events += len(events)

    def _clusters(self, entries: list[Entry]) -> dict[str, str]:
        """For each new document the first document of its near-duplicate cluster: itself, where there is none.

        Only first documents are compared with, so a much copied text costs no more than any other.
        """
        found = {entry.reading.document.id: entry.reading.document.id for entry in entries}
        if self.same is None:
            return found
        there = self._candidates(entries)
        first: dict[int, list[Entry]] = {}
        for entry in entries:
            key = entry.reading.document.id
            near = (other for other, signature in there.get(key, ()) if self.same(entry.signature, signature))
            within = (
                o.reading.document.id for band in entry.bands for o in first.get(band, ()) if self._near(entry, o)
            )
            found[key] = next(chain(near, within), key)
            if found[key] == key:
                for band in entry.bands:
                    first.setdefault(band, []).append(entry)
        return found

    def _near(self, a: Entry, b: Entry) -> bool:
        first, second = (x.reading.document.published or self.at.date() for x in (a, b))
        assert self.same is not None
        return abs((first - second).days) <= CLUSTER_DAYS and self.same(a.signature, b.signature)

    def _candidates(self, entries: list[Entry]) -> dict[str, list[tuple[str, bytes]]]:
        """Documents of the record that share a band with a new one and were known within CLUSTER_DAYS of it."""
        days = {e.reading.document.id: e.reading.document.published or self.at.date() for e in entries}
        rows = [{"band": band, "document": e.reading.document.id, "known": days[e.reading.document.id]}
                for e in entries for band in e.bands]  # fmt: skip
        if not rows:
            return {}
        low, high = min(days.values()) - timedelta(CLUSTER_DAYS), max(days.values()) + timedelta(CLUSTER_DAYS)
        self.lake.connection.register("new_bands", as_table("bands", rows))
        pairs = self.lake.run(
            "SELECT DISTINCT n.document, b.document FROM new_bands n JOIN bands b ON b.band = n.band "
            "WHERE b.known BETWEEN ?::DATE AND ?::DATE AND abs(b.known - n.known) <= ? AND b.document <> n.document",
            [low, high, CLUSTER_DAYS],
        ).fetchall()
        if not pairs:
            return {}
        found = self.lake.run(
            "SELECT id, signature FROM documents WHERE retired_at IS NULL AND cluster = id "
            "AND known BETWEEN ?::DATE AND ?::DATE AND id IN (SELECT unnest(?::VARCHAR[]))",
            [low, high, sorted({other for _, other in pairs})],
        ).fetchall()
        signatures = dict(found)
        result: dict[str, list[tuple[str, bytes]]] = {}
        for key, near in sorted(pairs):
            if near in signatures:
                result.setdefault(key, []).append((near, signatures[near]))
        return result

    def _new_skips(self, skips: Sequence[Skip]) -> Iterable[Skip]:
        """Skips that the record does not list already, so that a second run changes nothing."""
        if not skips:
            return []
        rows = self.lake.run(
            "SELECT origin, reason, detail FROM outcomes WHERE result = 'skipped' "
            "AND origin IN (SELECT unnest(?::VARCHAR[]))",
            [[skip.origin for skip in skips]],
        ).fetchall()
        known = {tuple(row) for row in rows}
        return [skip for skip in skips if (skip.origin, skip.reason, skip.detail) not in known]

    def _outcome(
        self, origin: str, url: str | None, document: str | None, result: str, reason: str, detail: str
    ) -> None:
        self._add("outcomes", {"origin": origin, "url": url, "document": document, "result": result, "reason": reason,
                               "detail": detail, "batch": self.id, "recorded_at": self.at})  # fmt: skip

    def _add(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)

    def _write(self) -> None:
        if not any(self.rows.values()):
            return
        counts: dict[str, Any] = {name: getattr(self.report, name) for name in
                                  ("items", "kept", "revised", "unchanged", "skipped", "events")}  # fmt: skip
        self._add(
            "batches", {"id": self.id, "origin": self.origin, "coder": self.coder, "recorded_at": self.at, **counts}
        )
        for table, ids in self.retire.items():
            if ids:
                column = "id" if table == "documents" else "document"
                self.lake.connection.execute(
                    f"UPDATE {table} SET retired_at = ? WHERE retired_at IS NULL "
                    f"AND {column} IN (SELECT unnest(?::VARCHAR[]))",
                    [self.at, ids],
                )
        for table, rows in self.rows.items():
            if rows:
                self.lake.connection.register("new_rows", as_table(table, rows))
                self.lake.connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows")
        self.lake.connection.unregister("new_rows")
