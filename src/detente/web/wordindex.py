"""A shelf's rows in, their words and fields as arrays out, so that any search is a few operations on whole arrays.

A row is told by its number in its table, which lies by day; so the newest are the last. The places of a word are kept as
(row, position) in two files beside the shelf that the system maps into memory as they are read; which part of them is a
word's stands in a table of the shelf. Days, types, statuses and actors are arrays in memory, about 25 bytes an event.
"""

from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente.errors import RecordError
from detente.record.shelf import Shelf

Ints = NDArray[np.signedinteger[Any]] | NDArray[np.unsignedinteger[Any]]
Rows = NDArray[np.int64]

BLOCK = 100_000
"""Rows whose words are sorted at once: bounds the memory that indexing takes."""
LONGEST = 40
"""Characters of a word at most; longer ones are addresses and noise."""
NO_DAY = np.iinfo(np.int32).min
NORMAL = r"regexp_extract_all(lower(strip_accents({0})), '[\p{{L}}\p{{N}}]+')"
"""A text's words; the same for what is indexed and for what is looked for."""
STOP = frozenset(
    "a an and are as at be been but by for from had has have he her his in is it its not of on or she that the their they "  # noqa: SIM905
    "this to was were which who will with would".split()
)
"""Words that nearly every sentence has: not indexed, and passed over in a query."""


class Source(Struct, frozen=True):
    """What is indexed of a table: `said` its words, `label` and `state` two fields, `actors` a list of ids."""

    said: str
    label: str
    state: str
    actors: str
    joined: str = ""


_FRAMES = (
    "LEFT JOIN (SELECT document, string_agg(DISTINCT said, ' ') AS said, list_distinct(flatten(list(actors))) AS actors FROM "
    "(SELECT document, sentence AS said, list_concat(source, target) AS actors FROM events UNION ALL "
    "SELECT document, text, about FROM statements) WHERE document IS NOT NULL GROUP BY document) f ON f.document = t.id"
)
SOURCES = {
    "events": Source(
        "concat_ws(' ', sentence, place, array_to_string(source_names, ' '), array_to_string(target_names, ' '), outlet)",
        "type", "status", "list_concat(source, target)",
    ),
    "statements": Source(
        "concat_ws(' ', text, speaker, role, outlet)",
        "kind", "certainty", "list_concat(about, CASE WHEN actor IS NULL THEN [] ELSE [actor] END)",
    ),
    "documents": Source(
        "concat_ws(' ', title, author, outlet, f.said)", "language", "''", "coalesce(f.actors, []::VARCHAR[])", _FRAMES
    ),
}  # fmt: skip
"""Of a page only what anybody may read: its title and what was coded from it, not the text."""


class Table(Struct):
    """The index of one table. Arrays by row: day and known in days since 1970, label and state as places in their lists."""

    name: str
    day: Ints
    known: Ints
    year: Ints
    label: Ints
    state: Ints
    labels: list[str]
    states: list[str]
    actors: list[str]
    actor_row: Ints
    actor_code: Ints
    rows: Ints
    places: Ints

    def __len__(self) -> int:
        return len(self.day)


class WordIndex:
    """The index of one shelf, made once, in a thread of its own; `ready` says whether it is there."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.tables: dict[str, Table] = {}
        self.done = 0.0
        self._ended, self._stop = Event(), Event()
        self._failed = ""
        self._starting = Lock()
        self._thread: Thread | None = None

    def ready(self, wait_s: float | None = None) -> bool:
        """Whether all is indexed; starts the work where nobody did, and waits so long (None: to the end). Raises RecordError."""
        self.start()
        self._ended.wait(wait_s)
        if self._failed:
            raise RecordError(f"the words could not be indexed: {self._failed}")
        return bool(self.tables) and self._ended.is_set()

    def start(self) -> None:
        """Begin the work, once."""
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._make, daemon=True, name="detente-words")
                self._thread.start()

    def _make(self) -> None:
        try:
            self._make_all()
        except Exception as error:  # told to whoever asks; the other pages do without
            self._failed = str(error).split("\n")[0]
        finally:
            self._ended.set()

    def _make_all(self) -> None:
        cursor = self.shelf.cursor()
        try:
            sizes = {name: cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in SOURCES}
            total, before, made = sum(sizes.values()) or 1, 0, dict[str, Table]()
            for name, source in SOURCES.items():
                table = self._table(cursor, name, source, sizes[name], (before / total, sizes[name] / total))
                if table is None:
                    return
                made[name] = table
                before += sizes[name]
            self.tables = made
        finally:
            cursor.close()

    def close(self) -> None:
        """Leave off work that is being done."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def drop(self) -> None:
        """Take the files away, with the shelf they belong to."""
        self.close()
        self.tables = {}
        for name in SOURCES:
            for part in ("rows", "places"):
                self._file(name, part).unlink(missing_ok=True)

    def _file(self, name: str, part: str) -> Path:
        return self.shelf.file.with_suffix(f".{name}.{part}")

    def _table(self, cursor: Any, name: str, source: Source, size: int, share: tuple[float, float]) -> Table | None:
        files = [self._file(name, part).open("wb") for part in ("rows", "places")]
        cursor.execute("CREATE OR REPLACE TEMP TABLE held (word VARCHAR, first BIGINT, size BIGINT)")
        at = 0
        try:
            for low in range(0, size, BLOCK):
                if self._stop.is_set():
                    return None
                cursor.execute(_tokens(name, source, low))
                found = cursor.execute("SELECT row, place FROM tokens").fetchnumpy()
                for file, column, kind in zip(files, ("row", "place"), (np.uint32, np.uint16), strict=True):
                    file.write(np.ascontiguousarray(found[column], kind).data)
                cursor.execute(
                    "INSERT INTO held SELECT word, min(rowid) + $before, count(*) FROM tokens GROUP BY word",
                    {"before": at},
                )
                at += len(found["row"])
                self.done = share[0] + share[1] * min(1.0, (low + BLOCK) / size)
        finally:
            for file in files:
                file.close()
        cursor.execute(f"CREATE TABLE {name}_words AS SELECT word, first, size FROM held ORDER BY word, first")
        columns = _columns(cursor, name, source)
        return Table(
            name=name,
            rows=self._mapped(name, "rows", np.uint32),
            places=self._mapped(name, "places", np.uint16),
            **columns,
        )

    def _mapped(self, name: str, part: str, kind: type) -> Any:
        file = self._file(name, part)
        return np.memmap(file, kind, "r") if file.stat().st_size else np.zeros(0, kind)


def _tokens(name: str, source: Source, low: int) -> str:
    stop = ", ".join(f"'{word}'" for word in sorted(STOP))
    return (
        "CREATE OR REPLACE TEMP TABLE tokens AS SELECT word, row, place FROM (SELECT row, unnest(said) AS word, "
        f"unnest(range(len(said))) AS place FROM (SELECT t.rowid AS row, {NORMAL.format(source.said)} AS said "
        f"FROM {name} t {source.joined} WHERE t.rowid >= {low} AND t.rowid < {low + BLOCK})) "
        f"WHERE len(word) <= {LONGEST} AND place < 65535 AND word NOT IN ({stop}) ORDER BY word, row, place"
    )


def _columns(cursor: Any, name: str, source: Source) -> dict[str, Any]:
    """Everything of a table but its words."""
    names = {part: _distinct(cursor, name, getattr(source, part)) for part in ("label", "state")}
    found = cursor.execute(
        f"SELECT coalesce(day - DATE '1970-01-01', {NO_DAY})::INTEGER AS day, (known - DATE '1970-01-01')::INTEGER AS known, "
        f"coalesce(year(day), 0)::SMALLINT AS year, (list_position($label, coalesce({source.label}, '')) - 1)::USMALLINT AS label, "
        f"(list_position($state, coalesce({source.state}, '')) - 1)::USMALLINT AS state FROM {name} t ORDER BY t.rowid",
        names,
    ).fetchnumpy()
    made: dict[str, Any] = {part: np.ascontiguousarray(values) for part, values in found.items()}
    made |= {f"{part}s": values for part, values in names.items()}
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE sides AS SELECT t.rowid AS row, unnest(list_distinct({source.actors})) AS actor "
        f"FROM {name} t {source.joined}"
    )
    ranked = cursor.execute("SELECT actor, count(*) AS n FROM sides GROUP BY actor ORDER BY n DESC, actor").fetchall()
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE ranks AS SELECT actor, row_number() OVER (ORDER BY count(*) DESC, actor) - 1 AS code "
        "FROM sides GROUP BY actor"
    )
    pairs = cursor.execute(
        "SELECT row::UINTEGER AS row, code::UINTEGER AS code FROM sides JOIN ranks USING (actor) ORDER BY row"
    )
    sides = pairs.fetchnumpy()
    made |= {"actors": [actor for actor, _ in ranked], "actor_row": np.ascontiguousarray(sides["row"])}
    return made | {"actor_code": np.ascontiguousarray(sides["code"])}


def _distinct(cursor: Any, name: str, column: str) -> list[str]:
    return [
        row[0] for row in cursor.execute(f"SELECT DISTINCT coalesce({column}, '') FROM {name} ORDER BY 1").fetchall()
    ]
