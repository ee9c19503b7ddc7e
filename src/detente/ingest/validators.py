"""What servers said of the pages fetched last (ETag, Last-Modified), kept in one small JSON file."""

from pathlib import Path

import msgspec


class Validators:
    """The conditional-request headers of URLs; nothing is on disk until `save`, so that it can follow a commit."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known: dict[str, dict[str, str]] = {}
        if path is not None and path.exists():
            try:
                self._known = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, str]])
            except msgspec.DecodeError:
                self._known = {}  # a damaged cache costs one full fetch

    def headers(self, url: str) -> dict[str, str]:
        """Return the request headers that ask for a page only if it has changed."""
        known = self._known.get(url, {})
        names = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {header: known[field] for header, field in names if field in known}

    def note(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keep what the server said of a page."""
        known = {field: value for field, value in (("etag", etag), ("last-modified", modified)) if value}
        if known:
            self._known[url] = known
        else:
            self._known.pop(url, None)

    def save(self) -> None:
        """Write the file whole or not at all."""
        if self._path is not None:
            part = self._path.with_name(self._path.name + ".part")
            part.write_bytes(msgspec.json.encode(self._known))
            part.replace(self._path)
