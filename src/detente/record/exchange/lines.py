"""A text file of rows, plain or packed (.gz, .zip), in; its lines as fields out; and files written whole or not at all."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from detente.errors import BadInput
from detente.record.exchange.row import BadLine

Fields = tuple[int, list[str]]
PACKED = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, unpacking .gz and the one file in a .zip. Raises BadInput where it cannot."""
    try:
        with path.open("rb") as head:
            magic = head.read(4)
        if magic[:2] == b"\x1f\x8b":
            with gzip.open(path, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]
        elif magic == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if not name.endswith("/")]
                if len(names) != 1:
                    raise BadInput(f"{path}: holds {len(names)} files; unpack it and import them one by one")
                with archive.open(names[0]) as member:
                    yield member
        else:
            with path.open("rb") as plain:
                yield plain
    except FileNotFoundError:
        raise BadInput(f"{path}: no such file") from None
    except (IsADirectoryError, PermissionError) as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except PACKED as error:
        raise BadInput(f"{path}: damaged archive ({error})") from None


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet does."""
    with opened(path) as stream:
        return stream.read(4) == b"PAR1"


def named(found: Iterable[Fields | BadLine], header: list[str]) -> Iterator[tuple[int, dict[str, str]] | BadLine]:
    """Lines as (line number, values by the header's names); a line of another length comes as a BadLine."""
    for item in found:
        if isinstance(item, BadLine):
            yield item
        elif len(item[1]) != len(header):
            yield BadLine(item[0], f"{len(item[1])} fields under a header of {len(header)}")
        else:
            yield item[0], dict(zip(header, item[1], strict=True))


def split_lines(path: Path, delimiter: str = "\t") -> Iterator[Fields | BadLine]:
    """Lines of a file as (line number, fields); a line that is not UTF-8 text comes as a BadLine.

    Tab-separated lines have no quoting: the fields are exactly what stands between the tabs. Other delimiters follow
    the CSV rules. Blank lines are passed over. A file that breaks off inside a packed part ends with a BadLine.
    """
    with opened(path) as stream:
        yield from (_split_tabs(stream) if delimiter == "\t" else _split_csv(stream, delimiter))


def _split_tabs(stream: IO[bytes]) -> Iterator[Fields | BadLine]:
    number = 0
    try:
        for number, raw in enumerate(stream, 1):
            line = raw.rstrip(b"\r\n")
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line:
                continue
            if b"\0" in line:
                yield BadLine(number, "holds a zero byte: not a text line")
                continue
            try:
                yield number, line.decode("utf-8").split("\t")
            except UnicodeDecodeError as error:
                yield BadLine(number, f"not UTF-8 at byte {error.start}")
    except PACKED as error:
        yield BadLine(number + 1, f"the file breaks off here: {error}")


def _split_csv(stream: IO[bytes], delimiter: str) -> Iterator[Fields | BadLine]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    reader = csv.reader(text, delimiter=delimiter)
    last = 0
    try:
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadLine(reader.line_num, str(error))
                continue
            number, last = last + 1, reader.line_num
            if not fields:
                continue
            if any(_odd(value) for value in fields):
                yield BadLine(number, "not UTF-8 text")
            else:
                yield number, fields
    except PACKED as error:
        yield BadLine(last + 1, f"the file breaks off here: {error}")
    finally:
        with suppress(ValueError):
            text.detach()


def _odd(value: str) -> bool:
    return (not value.isascii() and any("\udc80" <= letter <= "\udcff" for letter in value)) or "\0" in value


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; it takes the name `path` if the block ends well, else it is removed."""
    if not path.parent.is_dir():
        raise BadInput(f"{path.parent}: no such folder")
    if path.is_dir():
        raise BadInput(f"{path}: is a folder, not a file")
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as made:
        temporary = Path(made.name)
    try:
        temporary.chmod(0o644)
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def line_writer(path: Path, delimiter: str = "\t") -> Iterator[Callable[[Iterable[str]], None]]:
    """Yield a function that writes one row of fields; packed where the name ends in .gz or .zip.

    A tab or a line break inside a field of a tab-separated file becomes a space, as it cannot be written.
    """
    with written(path) as temporary, _packing(temporary, path) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        if delimiter == "\t":
            yield lambda fields: (text.write("\t".join(map(_flat, fields)) + "\n"), None)[1]
        else:
            rows = csv.writer(text, delimiter=delimiter, lineterminator="\n")
            yield lambda fields: (rows.writerow(list(fields)), None)[1]
        text.flush()
        text.detach()


@contextmanager
def raw_writer(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Yield a function that writes bytes; packed where the name ends in .gz or .zip."""
    with written(path) as temporary, _packing(temporary, path) as raw:
        yield lambda data: (raw.write(data), None)[1]


@contextmanager
def _packing(temporary: Path, path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".zip":
        with (
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open(path.stem, "w", force_zip64=True) as member,
        ):
            yield member
    elif path.suffix.lower() == ".gz":
        with temporary.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
            yield packed  # type: ignore[misc]
    else:
        with temporary.open("wb") as raw:
            yield raw


def _flat(value: str) -> str:
    if "\t" in value or "\n" in value or "\r" in value:
        return value.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return value
