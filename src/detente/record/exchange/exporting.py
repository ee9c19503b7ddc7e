"""The record's events in, a file in a format of the field out: coded events, or an imported dataset as it came."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from msgspec import json

from detente.errors import BadInput
from detente.record.exchange import lines, polecat, typed
from detente.record.exchange.coded import coded_rows
from detente.record.exchange.columns import NAMES
from detente.record.exchange.importing import FIXED
from detente.record.exchange.row import ExportCount, ExternalRow

FORMATS = ("gdelt", "gdelt-mentions", "icews", "polecat", "dyadic", "csv", "jsonl", "parquet")
PLAIN = tuple(name for name in NAMES if name not in {"payload", "row_no"})
CODED = ("status", "contexts", "confidence", "published", "document")
Progress = Callable[[int], None]
Convert = Callable[[ExternalRow], dict[str, Any]]


class Store(Protocol):
    """What an export needs of a record."""

    def external(self, dataset: str) -> Iterator[Any]:
        """Arrow batches of an imported dataset's current rows, in their original order."""

    def events(self, **filters: Any) -> Any:
        """An Arrow table of coded events."""


def export_file(
    record: Store,
    out: str | Path,
    form: str,
    *,
    dataset: str | None = None,
    since: date | None = None,
    until: date | None = None,
    progress: Progress | None = None,
    **filters: Any,
) -> ExportCount:
    """Write events to a file, which appears whole or not at all; .gz and .zip are packed.

    form: gdelt, gdelt-mentions, icews, polecat, dyadic (the columns the file had; .csv, .tsv or .parquet by name), or
    csv, jsonl, parquet (our own columns). dataset: an imported dataset; None: the coded events, one row an ordered
    pair. since, until: first and last day. filters: further ones of `Record.events` (coded events only).

    Imported rows go out in their own format exactly as they came. What a format cannot say is left out and counted in
    the result's `left_out`. Raises BadInput for an unknown format or dataset, or a path that cannot be written.
    """
    if form not in FORMATS:
        raise BadInput(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    if dataset is not None and filters:
        raise BadInput(f"{next(iter(filters))}: filters coded events; an imported dataset takes only dates")
    left_out: Counter[str] = Counter()

    def rows() -> Iterator[ExternalRow]:
        found = (
            coded_rows(record, since=since, until=until, **filters)
            if dataset is None
            else _imported(record, dataset, since, until)
        )
        for number, row in enumerate(found, 1):
            if progress and number % 10_000 == 0:
                progress(number)
            yield row

    out = Path(out)
    if form in FIXED:
        return ExportCount(_write_fixed(out, form, rows(), left_out), dict(left_out))
    extra = () if dataset is not None else CODED
    convert = _converter(form, extra)
    columns = _columns(form, rows(), convert, extra)

    def records() -> Iterator[dict[str, Any]]:
        for row in rows():
            try:
                yield convert(row)
            except ValueError as error:
                left_out[str(error)] += 1

    return ExportCount(_write_named(out, form, columns, records()), dict(left_out))


def _imported(record: Store, dataset: str, since: date | None, until: date | None) -> Iterator[ExternalRow]:
    empty = True
    for batch in record.external(dataset):
        for values in batch.select(list(NAMES)).to_pylist():
            empty = False
            row = ExternalRow(**values)
            if (since is None or (row.date and row.date >= since)) and (
                until is None or (row.date and row.date <= until)
            ):
                yield row
    if empty:
        raise BadInput(f"no imported dataset {dataset!r} in this record; `detente status` lists them")


def _write_fixed(out: Path, form: str, rows: Iterable[ExternalRow], left_out: Counter[str]) -> int:
    module, count = FIXED[form], 0
    with lines.line_writer(out) as write:
        if module.HEADER:
            write(module.COLUMNS)
        for row in rows:
            try:
                write(_fields(row, module))
            except ValueError as error:
                left_out[str(error)] += 1
            else:
                count += 1
    return count


def _fields(row: ExternalRow, module: Any) -> list[str]:
    if row.payload.startswith("["):
        fields: list[str] = json.decode(row.payload)
        if module.NATIVE_LENGTH - len(fields) in ({0, 1} if module is FIXED["gdelt-mentions"] else {0}):
            return fields
    _sayable(row, mentions=module is FIXED["gdelt-mentions"])
    made: list[str] = module.render(row)
    return made


def _converter(form: str, extra: tuple[str, ...]) -> Convert:
    if form == "polecat":
        return _as_polecat
    return _as_dyadic if form == "dyadic" else lambda row: _plain(row, extra)


def _sayable(row: ExternalRow, *, mentions: bool = False) -> None:
    if row.kind == "repeat":
        raise ValueError("repeats another row under its parent code")
    if row.kind == "mention" and not mentions:
        raise ValueError("is a mention, not an event")
    reason = getattr(row, "unsayable", None)
    if reason:
        raise ValueError(reason)


def _own(row: ExternalRow) -> dict[str, Any] | None:
    return json.decode(row.payload) if row.payload.startswith("{") else None


def _as_polecat(row: ExternalRow) -> dict[str, Any]:
    own = _own(row)
    if own is not None and "Event ID" in own and "Event Type" in own:
        return own
    _sayable(row)
    return polecat.render(row, ";".join(getattr(row, "contexts", ())))


def _as_dyadic(row: ExternalRow) -> dict[str, Any]:
    own = _own(row)
    return own if own is not None else _plain(row, CODED if hasattr(row, "status") else ())


def _plain(row: ExternalRow, extra: tuple[str, ...]) -> dict[str, Any]:
    made = {name: getattr(row, name) for name in (*PLAIN, *extra)}
    for name in ("date", "published"):
        if made.get(name) is not None:
            made[name] = {"$date": made[name].isoformat()}
    if "contexts" in made:
        made["contexts"] = ";".join(made["contexts"])
    return made


def _columns(form: str, rows: Iterable[ExternalRow], convert: Convert, extra: tuple[str, ...]) -> list[str]:
    """Columns of the file: fixed for our own formats, else all that the rows have, in the order they first appear."""
    if form not in {"dyadic", "polecat"}:
        return [*PLAIN, *extra]
    found: dict[str, None] = {}
    for row in rows:
        own = _own(row)
        found.update(
            dict.fromkeys(own if own is not None else polecat.COLUMNS if form == "polecat" else (*PLAIN, *extra))
        )
    return list(found) or list(polecat.COLUMNS if form == "polecat" else (*PLAIN, *extra))


def _write_named(out: Path, form: str, columns: list[str], records: Iterable[dict[str, Any]]) -> int:
    suffixes = [suffix.lower() for suffix in out.suffixes]
    if form == "parquet" or (form == "dyadic" and suffixes[-1:] == [".parquet"]):
        with lines.written(out) as temporary:
            return typed.write(temporary, columns, _chunks(records))
    if form == "jsonl":
        return _write_jsonl(out, columns, records)
    count = 0
    with lines.line_writer(out, "," if form == "csv" or ".csv" in suffixes else "\t") as write:
        write(columns)
        for count, record in enumerate(records, 1):  # noqa: B007
            write([_cell(record.get(name)) for name in columns])
    return count


def _write_jsonl(out: Path, columns: list[str], records: Iterable[dict[str, Any]]) -> int:
    count = 0
    with lines.raw_writer(out) as write:
        for count, record in enumerate(records, 1):  # noqa: B007
            write(json.encode({name: typed.unwrap(record.get(name)) for name in columns}) + b"\n")
    return count


def _cell(value: Any) -> str:
    value = typed.unwrap(value)
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else repr(value) if isinstance(value, float) else str(value)


def _chunks(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == typed.BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
