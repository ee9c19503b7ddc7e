"""Rows of a shelf in, the ids of those with certain words out, the newest first, within milliseconds at a million rows.

One SQLite full-text table beside the shelves. A row's number is its day and a count within it, so that the newest first is the
order in which the index lies. Fields (type, actor, status, kind) are words of a column of their own. The index grows with
the record: what is new is added, what was retired is passed over when it is asked for.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from detente.web.sight import Row, Sight

KINDS = {"events": "e", "statements": "s", "documents": "d"}
SELECTS = {
    "events": "SELECT id, day, concat_ws(' ', sentence, array_to_string(source_names, ' '), "
    "array_to_string(target_names, ' '), title, outlet) AS said, concat_ws(' ', 'ke', 't' || type, 'o' || status, 'm' || mode, "
    "array_to_string(list_transform(list_concat(source, target), x -> 'a' || x), ' ')) AS fields FROM events",
    "statements": "SELECT id, day, concat_ws(' ', text, sentence, speaker, role, outlet) AS said, concat_ws(' ', 'ks', "
    "'o' || certainty, 'a' || actor, array_to_string(list_transform(about, x -> 'a' || x), ' ')) AS fields FROM statements",
    "documents": "SELECT id, day, concat_ws(' ', title, outlet, author) AS said, 'kd' AS fields FROM documents "
    "WHERE title IS NOT NULL",
}
BATCH = 20_000
DAY = 1 << 24
"""Row numbers of one day: its ordinal times this, and on."""
NO_DAY = 1
_WORD = re.compile(r"[^\W_]+")


class Hit(Struct, frozen=True):
    """A row found: which table it is of, and its id."""

    table: str
    id: str


class Query(Struct, frozen=True):
    """What is looked for: all of the words (a phrase is several in one string) and one of each group of fields."""

    words: Sequence[str]
    fields: Sequence[Sequence[str]]
    kind: str
    since: date | None = None
    until: date | None = None


class WordIndex:
    """The index of one record, in a file of a folder that is thrown away."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "words.sqlite"
        self.number = -1
        self.done = 0.0
        self._working = Lock()
        self._thread: Thread | None = None
        with closing(self._open()) as held:
            held.executescript(
                "CREATE VIRTUAL TABLE words USING fts5(said, fields, content='', detail=full, "
                "tokenize=\"unicode61 remove_diacritics 2 tokenchars '.'\");"
                "CREATE TABLE keys (number INTEGER PRIMARY KEY, kind TEXT, id TEXT);"
                "CREATE UNIQUE INDEX key_ids ON keys (kind, id);"
                "CREATE TABLE days (day INTEGER PRIMARY KEY, next INTEGER);"
            )

    def ensure(self, sight: "Sight", wait_s: float) -> bool:
        """Whether the index holds all of a sight by now; starts the work where it does not, and waits a little."""
        if self.number >= sight.number:
            return True
        with self._working:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._grow, args=(sight,), daemon=True, name="detente-words")
                self._thread.start()
            thread = self._thread
        thread.join(wait_s)
        return self.number >= sight.number

    def find(self, query: Query, limit: int, skip: int = 0) -> list[Hit]:
        """Rows that fit, the newest first."""
        where, values = _where(query)
        asked = (
            f"SELECT k.kind, k.id FROM words w JOIN keys k ON k.number = w.rowid WHERE {where} "
            "ORDER BY w.rowid DESC LIMIT ? OFFSET ?"
        )
        names = {short: table for table, short in KINDS.items()}
        with closing(self._open()) as held:
            return [Hit(names[kind], key) for kind, key in held.execute(asked, [*values, limit, skip])]

    def count(self, query: Query, most: int) -> int:
        """How many rows fit, counted up to `most`."""
        where, values = _where(query)
        asked = f"SELECT count(*) FROM (SELECT 1 FROM words w WHERE {where} LIMIT ?)"
        with closing(self._open()) as held:
            return int(held.execute(asked, [*values, most]).fetchone()[0])

    def close(self) -> None:
        """Wait for work that is being done."""
        if self._thread is not None:
            self._thread.join()

    def _open(self) -> sqlite3.Connection:
        held = sqlite3.connect(self.file, timeout=60)
        held.execute("PRAGMA journal_mode = WAL")
        held.execute("PRAGMA synchronous = OFF")
        return held

    def _grow(self, sight: "Sight") -> None:
        with closing(self._open()) as held:
            days = dict(held.execute("SELECT day, next FROM days"))
            total = sum(sight.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in KINDS) or 1
            seen = 0
            for table, kind in KINDS.items():
                known = {key for (key,) in held.execute("SELECT id FROM keys WHERE kind = ?", [kind])}
                for rows in sight.batches(SELECTS[table], BATCH):
                    seen += len(rows)
                    self._add(held, kind, [row for row in rows if row["id"] not in known], days)
                    self.done = seen / total
            held.executemany("INSERT OR REPLACE INTO days VALUES (?, ?)", days.items())
            held.commit()
        self.number = sight.number

    def _add(self, held: sqlite3.Connection, kind: str, rows: "list[Row]", days: dict[int, int]) -> None:
        numbers = [_number(row["day"], days) for row in rows]
        held.executemany(
            "INSERT INTO words (rowid, said, fields) VALUES (?, ?, ?)",
            ((n, row["said"], row["fields"]) for n, row in zip(numbers, rows, strict=True)),
        )
        held.executemany(
            "INSERT INTO keys VALUES (?, ?, ?)", ((n, kind, row["id"]) for n, row in zip(numbers, rows, strict=True))
        )
        held.commit()


def _where(query: Query) -> tuple[str, list[object]]:
    parts = [f'fields : "k{KINDS[query.kind]}"']
    parts += [f"said : {_quoted(text)}" for text in query.words if _WORD.search(text)]
    parts += ["(" + " OR ".join(f'fields : "{_plain(one)}"' for one in group) + ")" for group in query.fields if group]
    where, values = ["words MATCH ?"], list[object]([" AND ".join(parts)])
    if query.since is not None:
        where.append("w.rowid >= ?")
        values.append(query.since.toordinal() * DAY)
    if query.until is not None:
        where.append("w.rowid < ?")
        values.append((query.until.toordinal() + 1) * DAY)
    return " AND ".join(where), values


def _number(day: date | None, days: dict[int, int]) -> int:
    ordinal = day.toordinal() if day is not None else NO_DAY
    number = days.get(ordinal, ordinal * DAY)
    days[ordinal] = number + 1
    return number


def _quoted(text: str) -> str:
    """Words as the index takes them: a phrase in quotes, nothing else that it could read as its own language."""
    return f'"{" ".join(_WORD.findall(text))}"'


def _plain(field: str) -> str:
    return "".join(c for c in field if c.isalnum() or c == ".")


def marked_words(words: Iterable[str]) -> "re.Pattern[str] | None":
    """What to mark in a sentence that was found by these words."""
    told = [r"[\W_]+".join(map(re.escape, _WORD.findall(text))) for text in words if _WORD.search(text)]
    return re.compile(rf"\b(?:{'|'.join(told)})\b", re.IGNORECASE) if told else None
