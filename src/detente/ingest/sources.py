"""A path, folder, URL, feed, archive or "-" in, a stream of raw items out, with flat memory."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from detente.errors import BadInput
from detente.ingest.archives import read_warc
from detente.ingest.encoding import decode
from detente.ingest.feeds import read_feed, read_json_feed
from detente.ingest.lines import read_json, read_lines
from detente.ingest.markdown import plain
from detente.ingest.separated import read_separated
from detente.ingest.sniff import HEAD, Kind, sniff
from detente.ingest.streams import open_source, read_bounded
from detente.ingest.tables import read_parquet
from detente.types import Raw, Skip, SkipReason

LIMIT = 20_000_000
"""Bytes of one item; a feed or a JSON document may be larger, since its entries count singly."""
RECORD = ("catalog.sqlite", "write.lock")  # what a folder holds that is a record
_CONTAINER = 10
_REFUSED: dict[Kind, tuple[SkipReason, str]] = {
    "empty": ("empty", "is empty"),
    "pdf": ("unsupported", "is a PDF; extract its text first, e.g. with pdftotext"),
    "zip": ("unsupported", "is a ZIP archive or office document; unpack it or save it as text"),
    "zstd": ("unsupported", "is packed with Zstandard; unpack it first, e.g. with `zstd -d`"),
    "binary": ("binary", "holds binary data, not text"),
}


class Fetched(Protocol):
    """An answer from the web."""

    url: str
    body: bytes
    encoding: str | None


class Fetching(Protocol):
    """What brings pages in: `fetch.Fetcher`, or a fake in tests."""

    def fetch(self, url: str) -> Fetched | Skip | None:
        """Return the answer, a Skip that says why there is none, or None where nothing changed since the last time."""


def iterate(
    source: str,
    *,
    published: date | None = None,
    allow_private: bool = False,
    limit_bytes: int = LIMIT,
    columns: Mapping[str, str] | None = None,
    follow: bool = False,
    fetcher: Fetching | None = None,
) -> Iterator[Raw | Skip]:
    """Yield every item of a source in a fixed order: a Raw, or a Skip that says why it was not taken.

    source: a file (text, HTML, RSS/Atom/JSON feed, WARC, JSON lines, JSON, CSV, TSV, Parquet; all but Parquet also packed with
        gzip, bzip2 or xz), a folder of these (hidden files left out), an http(s) URL, or "-" for standard input.
    published: the day for items whose archive or feed states none; for a page it goes before what the page states.
    allow_private: let URLs lead to this machine and private networks.
    limit_bytes: larger items are skipped, without reading them whole.
    columns: {field: column} for Parquet, CSV and JSON lines, see `fields.FIELDS`.
    follow: fetch the pages that a feed's entries link to, in place of their summaries.
    fetcher: what fetches URLs; None: a polite `fetch.Fetcher` with its default settings.

    Raises BadInput where the source does not exist or `columns` does not fit it.
    """
    reader = _Reader(published, allow_private, limit_bytes, columns, follow, fetcher)
    if source == "-":
        return reader.file(None)
    if not source.strip():
        raise BadInput("the name of what to read is empty")
    if source[:8].lower().startswith(("http://", "https://")):
        return reader.url(source)
    if "://" in source[:12]:
        raise BadInput(f"{source}: only http and https addresses can be read")
    path = Path(source)
    if not path.exists():
        raise BadInput(f"{source}: no such file or folder")
    return reader.folder(path) if path.is_dir() else reader.file(path)


class _Reader:
    """One run over a source, with its options."""

    def __init__(
        self,
        published: date | None,
        allow_private: bool,
        limit: int,
        columns: Mapping[str, str] | None,
        follow: bool,
        fetcher: Fetching | None,
    ) -> None:
        self.published, self.limit, self.columns, self.follow = published, limit, columns, follow
        self._allow_private, self._fetcher = allow_private, fetcher

    def folder(self, folder: Path) -> Iterator[Raw | Skip]:
        """Yield the items of all files under a folder, sorted by path."""
        found = False
        paths = sorted(folder.rglob("*"))
        records = {path.parent for path in paths if path.name == RECORD[0] and (path.parent / RECORD[1]).exists()}
        for record in sorted(records):
            found = True
            yield Skip(
                origin=str(record), reason="unsupported", detail="is a record, not pages; its files are left alone"
            )
        for path in paths:
            if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
                continue
            if records.intersection(path.parents):
                continue
            found = True
            try:
                yield from self.file(path)
            except BadInput as error:
                yield Skip(origin=str(path), reason="unsupported", detail=str(error).removeprefix(f"{path}: "))
        if not found:
            yield Skip(origin=str(folder), reason="empty", detail="the folder holds no file")

    def file(self, path: Path | None) -> Iterator[Raw | Skip]:
        """Yield the items of one file, or of standard input (None)."""
        name = str(path) if path else "standard input"
        try:
            kind, stream = open_source(path)
        except OSError as error:
            yield Skip(origin=name, reason="failed", detail=f"cannot be opened: {error.strerror or error}")
            return
        with stream:
            if kind == "parquet" and path is not None:
                yield from read_parquet(path, limit=self.limit, published=self.published, columns=self.columns)
            elif kind == "warc":
                yield from read_warc(stream, name, limit=self.limit, unfold=self.unfold)
            elif kind in ("lines", "csv"):
                options = {"limit": self.limit, "published": self.published, "columns": self.columns}
                read = read_lines if kind == "lines" else read_separated
                yield from read(stream, name, fetch=self.page, **options)  # type: ignore[arg-type]
            else:
                yield from self._whole(kind, stream, name, path)

    def _whole(self, kind: Kind, stream: BinaryIO, name: str, path: Path | None) -> Iterator[Raw | Skip]:
        limit = self.limit * (_CONTAINER if kind in ("feed", "jsonfeed", "json") else 1)
        if kind not in _REFUSED and path is not None and path.stat().st_size > limit:
            yield self._too_large(name, limit)
            return
        if kind in _REFUSED or kind == "parquet":
            yield from self.unfold(kind, b"", name)
            return
        body, more, broken = read_bounded(stream, limit)
        if more:
            yield self._too_large(name, limit)
            return
        if body.strip():
            yield from self.unfold(kind, body, name)
        if broken:
            yield Skip(origin=name, reason="truncated", detail=f"{broken}; what came before was read")

    def url(self, url: str) -> Iterator[Raw | Skip]:
        """Yield what a URL holds: a page, the entries of a feed, or nothing where it has not changed."""
        answer = self.fetcher.fetch(url)
        if isinstance(answer, Skip):
            yield answer
        elif answer is not None:
            kind = sniff(answer.body[:HEAD], answer.url.split("?")[0])
            yield from self.unfold(kind, answer.body, url, url=answer.url, encoding=answer.encoding)

    def page(self, url: str) -> Raw | Skip:
        """Return the one page at a URL."""
        answer = self.fetcher.fetch(url)
        if isinstance(answer, Skip):
            return answer
        if answer is None:
            return Skip(origin=url, reason="empty", detail="has not changed since it was last read", url=url)
        kind = sniff(answer.body[:HEAD], answer.url.split("?")[0])
        if kind not in ("html", "text"):
            return Skip(origin=url, reason="unsupported", detail="is not a page of text", url=url)
        return next(self._page(kind, answer.body, url, url=answer.url, encoding=answer.encoding))

    def unfold(
        self, kind: Kind, body: bytes, origin: str, *, url: str | None = None, encoding: str | None = None,
        language: str | None = None,
    ) -> Iterator[Raw | Skip]:  # fmt: skip
        """Yield the items of one body: the entries of a feed, the objects of a JSON document, or one page."""
        if kind in ("feed", "jsonfeed"):
            read = read_feed if kind == "feed" else read_json_feed
            yield from map(self._followed, read(body, origin, published=self.published))
        elif kind == "json":
            yield from read_json(body, origin, published=self.published, columns=self.columns, fetch=self.page)
        elif kind == "lines":
            import io

            options = {"limit": self.limit, "published": self.published, "columns": self.columns}
            yield from read_lines(io.BytesIO(body), origin, fetch=self.page, **options)  # type: ignore[arg-type]
        elif kind in ("html", "text"):
            yield from self._page(kind, body, origin, url=url, encoding=encoding, language=language)
        else:
            reason, detail = _REFUSED.get(kind, ("unsupported", f"holds {kind} data, which is read from files only"))
            yield Skip(origin=origin, reason=reason, detail=detail, url=url)

    def _page(
        self, kind: Kind, body: bytes, origin: str, *, url: str | None = None, encoding: str | None = None,
        language: str | None = None,
    ) -> Iterator[Raw | Skip]:  # fmt: skip
        make = partial(Raw, origin=origin, url=url, encoding=encoding, language=language, published=self.published)
        if origin.lower().endswith((".md", ".markdown")) and (text := decode(body, encoding)) is not None:
            yield make(kind="text", body=plain(text))
        else:
            yield make(kind="html" if kind == "html" else "text", body=body)

    def _followed(self, item: Raw | Skip) -> Raw | Skip:
        """The page behind a feed's entry, with what the feed says of it; the entry itself where that cannot be had."""
        if not self.follow or isinstance(item, Skip) or item.url is None:
            return item
        page = self.page(item.url)
        if isinstance(page, Skip):
            return item
        page.title, page.published, page.source = item.title, item.published, item.source
        page.origin, page.author = item.origin, item.author
        page.url = item.url
        return page

    @property
    def fetcher(self) -> Fetching:
        """The fetcher given, or one made at first need."""
        if self._fetcher is None:
            from detente.ingest.fetch import Fetcher

            self._fetcher = Fetcher(allow_private=self._allow_private)
        return self._fetcher

    def _too_large(self, name: str, limit: int) -> Skip:
        return Skip(origin=name, reason="too-large", detail=f"is larger than {limit:,} bytes for one item; split it")
