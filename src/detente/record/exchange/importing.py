"""A file of another dataset in, its rows in the record: streamed, in batches, each bad line named, twice the same as once."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from detente.errors import BadInput
from detente.record.exchange import dyadic, gdelt, icews, lines, mentions, polecat, sipri, structure, typed
from detente.record.exchange.row import BadLine, ExternalRow, ImportReport

FORMATS = ("gdelt", "gdelt-mentions", "icews", "polecat", "dyadic", *sipri.FORMATS, *structure.FORMATS)
FIXED: dict[str, Any] = {"gdelt": gdelt, "gdelt-mentions": mentions, "icews": icews}
BATCH = 50_000
HOPELESS = 200
Parsed = tuple[int, ExternalRow] | BadLine
Parse = Callable[[Any], ExternalRow]


class Store(Protocol):
    """What an import needs of a record."""

    def add_external(self, dataset: str, rows: Any, key: str = "external_id") -> dict[str, int]:
        """Store an Arrow table of `external_events` rows in one transaction; says how many were new, revised and unchanged."""


def import_file(
    record: Store,
    path: str | Path,
    form: str,
    mapping: dict[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
    *,
    dataset: str | None = None,
) -> ImportReport:
    """Bring a file's rows into the record, beside the coded events.

    form: one of FORMATS. mapping: for dyadic, which column holds what.
    dataset: the name to keep the rows under; default is the format's name, for dyadic the file's name.
    progress: called with the number of rows read so far.

    Bad lines are reported, the others imported, one transaction a batch. Raises BadInput where the file cannot be
    read, or is plainly not of that format (its first 200 rows all bad).
    """
    path = Path(path)
    report = ImportReport(dataset=dataset or default_name(path, form))
    rows = read_rows(path, form, mapping)
    for batch in _batches(_unique(_repeats(rows) if form == "dyadic" else rows), report, path, form):
        counts = record.add_external(report.dataset, _table(batch))
        report.new += counts["new"]
        report.revised += counts["revised"]
        report.unchanged += counts["unchanged"]
        if progress:
            progress(report.rows)
    return report


def default_name(path: Path, form: str) -> str:
    """The dataset's name where none is given."""
    return form if form != "dyadic" else path.name.split(".")[0] or form


def read_rows(path: Path, form: str, mapping: dict[str, str] | None = None) -> Iterator[Parsed]:
    """Rows of a file in order, each with its line number; a line that cannot be used comes as a BadLine.

    Raises BadInput for an unknown format, a mapping where none belongs, or a file that cannot be opened.
    """
    if form not in FORMATS:
        raise BadInput(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    if mapping and form != "dyadic":
        raise BadInput(f"--map belongs to --format dyadic; {form} has its own columns")
    if form == "dyadic" and lines.is_parquet(path):
        parse = dyadic.parser(dyadic.complete(mapping, typed.columns_of(path), str(path)))
        return _each(enumerate(typed.records(path), 1), parse)
    if form in FIXED:
        return _fixed(path, FIXED[form])
    if form in sipri.FORMATS:
        return sipri.read(path, form)
    if form in structure.FORMATS:
        return structure.read(path, form)
    return _headed(path, form, mapping)


def _fixed(path: Path, module: Any) -> Iterator[Parsed]:
    found = lines.split_lines(path)
    if module.HEADER:
        first = next(found, None)
        header = first[1] if isinstance(first, tuple) and not isinstance(first, BadLine) else []
        if header != list(module.COLUMNS):
            raise BadInput(f"{path}:1: not the header of ICEWS ({', '.join(module.COLUMNS[:4])}, …)")
    yield from _each(found, module.parse)


def _headed(path: Path, form: str, mapping: dict[str, str] | None) -> Iterator[Parsed]:
    found = lines.split_lines(path, _delimiter(path))
    first = next(found, None)
    if first is None:
        raise BadInput(f"{path}: is empty")
    if isinstance(first, BadLine):
        raise BadInput(f"{path}:{first.number}: {first.reason}")
    header = first[1]
    if len(set(header)) < len(header):
        raise BadInput(f"{path}:1: two columns have the same name")
    if form == "polecat":
        polecat.check_header(header, str(path))
        parse: Parse = polecat.parse
    else:
        parse = dyadic.parser(dyadic.complete(mapping, header, str(path)))
    yield from _each(lines.named(found, header), parse)


def _delimiter(path: Path) -> str:
    with lines.opened(path) as stream:
        first = stream.readline(1 << 20)
    return max(("\t", ",", ";"), key=lambda mark: first.count(mark.encode()))


def _each(found: Iterable[Any], parse: Parse) -> Iterator[Parsed]:
    for item in found:
        if isinstance(item, BadLine):
            yield item
            continue
        number, fields = item
        try:
            yield number, parse(fields)
        except ValueError as error:
            yield BadLine(number, str(error))


def _repeats(rows: Iterable[Parsed]) -> Iterator[Parsed]:
    """Mark the rows that the next row says again under a finer code."""
    last: Parsed | None = None
    for row in rows:
        if last is not None:
            if not isinstance(last, BadLine) and not isinstance(row, BadLine) and dyadic.repeats(last[1], row[1]):
                last[1].kind = "repeat"
            yield last
        last = row
    if last is not None:
        yield last


def _unique(rows: Iterable[Parsed]) -> Iterator[Parsed]:
    """Number the rows that come again under the same id within a file, so that all are kept: "123", "123#2"."""
    seen: dict[int, int] = {}
    for row in rows:
        if not isinstance(row, BadLine):
            made = row[1]
            key = hash(made.external_id)
            seen[key] = times = seen.get(key, 0) + 1
            if times > 1:
                made.external_id = f"{made.external_id}#{times}"
            made.row_no = row[0]
        yield row


def _batches(rows: Iterable[Parsed], report: ImportReport, path: Path, form: str) -> Iterator[list[ExternalRow]]:
    batch: list[ExternalRow] = []
    for row in rows:
        report.rows += 1
        if isinstance(row, BadLine):
            report.bad.append(row)
            if len(report.bad) == report.rows == HOPELESS:
                number, reason = report.bad[0]
                raise BadInput(f"{path}:{number}: {reason}; is this {form}? (the first {HOPELESS} lines are all bad)")
            continue
        batch.append(row[1])
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _table(rows: list[ExternalRow]) -> Any:
    import pyarrow as pa

    from detente.record.exchange.columns import SCHEMA

    return pa.table(
        {name: pa.array([getattr(row, name) for row in rows], SCHEMA.field(name).type) for name in SCHEMA.names}
    )
