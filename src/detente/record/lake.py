"""A folder in, a DuckDB connection on its DuckLake out: SQLite catalog beside Parquet files, one writer at a time.

The folder holds catalog.sqlite, data/ and write.lock. A Parquet file that no commit names (left by a process that was
killed) is never read.
"""

import importlib.util
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from detente.errors import RecordError
from detente.record.schema import MIGRATIONS, TABLES, VERSION, create_statements

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")
CATALOG = "catalog.sqlite"
LOCK = "write.lock"
DESK = "desk.sqlite"
EXTENSIONS = {"sqlite_scanner": "duckdb_extension_sqlite_scanner", "ducklake": "duckdb_extension_ducklake"}
TRIES = 9
LOCK_PATIENCE_S = 600
BUSY_MS = 30_000
MANY_FILES = 150
TIDY_EVERY = 8
OPTIONS = {"parquet_compression": "zstd", "parquet_row_group_size": "20000", "target_file_size": "128MB"}


class Lake:
    """An open record folder; `run` reads, `write` commits one transaction."""

    def __init__(self, folder: Path, *, create: bool, read_only: bool = False) -> None:
        self.folder = folder
        self.many_files = MANY_FILES
        self._writes = 0
        self._read_only = read_only
        if not (folder / CATALOG).exists():
            _check_new(folder, create)
        self.connection = _connect()
        try:
            with nullcontext() if read_only else self._alone():
                self._check_catalog()
                self._attach()
                if self._tables() == set() and create:
                    self._commit(self._create)
            self._check_version()
        except RecordError:
            self.connection.close()
            raise
        except Exception as error:
            self.connection.close()
            raise RecordError(f"{folder}: cannot be opened as a record: {_first_line(error)}") from None

    def run(self, query: str, parameters: "list[Any] | dict[str, Any] | None" = None) -> "duckdb.DuckDBPyConnection":
        """Run one statement; errors that mean damage become a RecordError."""
        import duckdb

        try:
            return self.connection.execute(query, parameters or [])
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException) as error:
            raise RecordError(f"{self.folder}: the record cannot be read: {_first_line(error)}") from None

    def beside(self) -> "Lake":
        """The same record for another thread: a lake of its own connection, which is to be closed on its own."""
        other = copy(self)
        other.connection = self.connection.cursor()
        other.connection.execute("USE lake")
        return other

    def snapshot(self) -> int:
        """The number of the newest commit; another number says that something was written."""
        row = self.run("SELECT id FROM ducklake_current_snapshot('lake')").fetchone()
        return int(row[0]) if row else 0

    def write(self, work: Callable[[], T]) -> T:
        """Do `work` in one transaction, alone among all writers; repeated where the catalog was busy."""
        with self._alone():
            result = self._commit(work)
            if self._writes % TIDY_EVERY == 0:
                self._tidy()
            self._writes += 1
        return result

    def _tidy(self) -> None:
        """Merge small files where there are many, and remove those that no reader of the last hour can need."""
        import duckdb

        row = self.connection.execute("SELECT sum(file_count) FROM ducklake_table_info('lake')").fetchone()
        if not row or (row[0] or 0) <= self.many_files:
            return
        try:
            self.connection.execute("CALL ducklake_flush_inlined_data('lake')")
            self.connection.execute("CALL ducklake_merge_adjacent_files('lake')")
            self.connection.execute("CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL '1 hour')")
            self.connection.execute(
                "CALL ducklake_delete_orphaned_files('lake', older_than => now() - INTERVAL '1 day')"
            )
        except duckdb.Error:
            return  # what was to be written is committed; tidying is tried again with the next writes

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: two that commit at once may give the same numbers to two snapshots."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / LOCK, timeout=LOCK_PATIENCE_S)
        try:
            lock.acquire()
        except Timeout:
            raise RecordError(f"{self.folder}: another process has been writing for {LOCK_PATIENCE_S} s") from None
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        """Close the connection; committed batches are on disk already."""
        self.connection.close()

    def _commit(self, work: Callable[[], T]) -> T:
        import duckdb

        for attempt in range(TRIES):
            try:
                self.connection.execute("BEGIN TRANSACTION")
                result = work()
                self.connection.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                passing = isinstance(error, duckdb.Error) and _is_passing(error)
                if passing and attempt < TRIES - 1:
                    time.sleep(0.05 * 2**attempt * (0.5 + random.random()))  # noqa: S311
                    continue
                if isinstance(error, duckdb.Error):
                    raise RecordError(f"{self.folder}: nothing was written: {_first_line(error)}") from None
                raise
            return result
        raise AssertionError("unreachable")

    def _roll_back(self) -> None:
        import duckdb

        try:
            self.connection.execute("ROLLBACK")
        except duckdb.Error:
            return

    def _check_catalog(self) -> None:
        """Refuse a database of somebody else before DuckLake adds its own tables to it."""
        if not (self.folder / CATALOG).exists():
            return
        try:
            with closing(sqlite3.connect(self.folder / CATALOG, timeout=BUSY_MS / 1000)) as catalog:
                tables = {row[0] for row in catalog.execute("SELECT name FROM sqlite_master")}
        except sqlite3.Error as error:
            raise RecordError(f"{self.folder}: cannot be opened as a record: {CATALOG}: {error}") from None
        if tables and "ducklake_metadata" not in tables:
            raise RecordError(f"{self.folder}: its {CATALOG} is the database of another program, not a record")

    def _attach(self) -> None:
        data = self.folder / "data"
        if not self._read_only:
            data.mkdir(parents=True, exist_ok=True)
        catalog = _quote(f"ducklake:sqlite:{self.folder / CATALOG}")
        self.connection.execute(
            f"ATTACH {catalog} AS lake (DATA_PATH {_quote(str(data.resolve()) + '/')}, OVERRIDE_DATA_PATH true, "
            f"META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT {BUSY_MS}{', READ_ONLY' if self._read_only else ''})"
        )
        self.connection.execute("USE lake")

    def _create(self) -> None:
        for statement in create_statements():
            self.connection.execute(statement)
        self.connection.execute("INSERT INTO meta VALUES ('schema', ?)", [str(VERSION)])
        for name, value in OPTIONS.items():
            self.connection.execute(f"CALL lake.set_option({_quote(name)}, {_quote(value)})")

    def _tables(self) -> set[str]:
        query = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'"
        return {row[0] for row in self.connection.execute(query).fetchall()}

    def _check_version(self) -> None:
        tables = self._tables()
        if not {"meta", "documents"} <= tables:
            raise RecordError(f"{self.folder}: is a DuckLake, but not a record of Détente")
        row = self.connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        found = int(row[0]) if row else 0
        if found > VERSION:
            raise RecordError(f"{self.folder}: was made by a newer Détente (schema {found}); please upgrade")
        if found < VERSION and self._read_only:
            raise RecordError(
                f"{self.folder}: was made by an older Détente; run `detente status` on it once to renew it"
            )
        if found < VERSION:
            self.write(lambda: self._migrate(found))
        elif not set(TABLES) <= tables:
            raise RecordError(f"{self.folder}: is damaged, the table {min(set(TABLES) - tables)} is missing")

    def _migrate(self, found: int) -> None:
        for version in range(found, VERSION):
            if version not in MIGRATIONS:
                raise RecordError(f"{self.folder}: its schema {found} is older than this Détente reads ({VERSION})")
            for statement in MIGRATIONS[version]:
                self.connection.execute(statement)
        self.connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(VERSION)])


def _connect() -> "duckdb.DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect(config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"})
    connection.execute("SET GLOBAL TimeZone = 'UTC'")  # for its cursors, too
    connection.execute("SET enable_progress_bar = false")
    for extension, package in EXTENSIONS.items():
        spec = importlib.util.find_spec(package)
        folder = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}" if spec and spec.origin else Path()
        file = folder / f"{extension}.duckdb_extension"
        if file.exists():
            connection.execute(f"LOAD {_quote(str(file))}")
        else:
            connection.execute(f"INSTALL {extension}; LOAD {extension}")
    return connection


def _check_new(folder: Path, create: bool) -> None:
    if folder.is_file():
        raise RecordError(f"{folder}: is a file; a record is a folder")
    if not create:
        raise RecordError(f"{folder}: holds no record (no {CATALOG}); make one with `detente ingest`")
    if folder.is_dir() and any(not _is_ours(entry.name) for entry in folder.iterdir()):
        raise RecordError(f"{folder}: is not empty and holds no record; choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(f"{folder}: cannot be made: {error.strerror}") from None


def _is_ours(name: str) -> bool:
    """Whether a file is part of a record that another process may be making at this moment, or of the desk beside it."""
    return name in {"data", LOCK} or name.startswith((CATALOG, DESK))


def _is_passing(error: Exception) -> bool:
    text = str(error).lower()
    return "locked" in text or "busy" in text or "conflict" in text


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
