"""The record's current rows in, a DuckDB file laid out for reading out: each table once by day, once by pair of actors.

A lake keeps everything that ever was; a page wants the newest fifty acts of one pair within milliseconds. The shelf is
thrown away and made anew when the record grows. Rows: what stands now, copies of pages left out.

Tables, each with `day` and `known` (as-of reads: `known <= day`): `events`, `statements`, `meetings`, `transfers`;
`documents` (all that is known of a page but its text), `versions` (when each event was coded, by what), `corrections`; the first four with `a` < `b` in front as `event_pairs`, `statement_pairs`, `meeting_pairs`, `transfer_pairs`.
"""

from pathlib import Path
from typing import Any

from detente.record.acts import CODED
from detente.record.framequeries import select_frames
from detente.record.lake import Lake
from detente.record.queries import select_events

MANY = 24
"""Actors named in one row beyond which no pairs are made of it: a list of members is no relation of each with each."""
_EVENTS = (
    'SELECT r.id, \'coded\' AS origin, r.document, coalesce(r."start", r.published) AS day, r."start", r."end", '
    "r.precision, r.type, r.mode, r.contexts, r.source_ids AS source, r.target_ids AS target, r.source_names, "
    "r.target_names, r.mutual, r.status, r.intensity, r.confidence, r.attributed_to, r.place_name AS place, r.sentence, "
    "r.trigger, r.published, x.known, r.title, r.url, r.outlet, {places} FROM ({query}) r JOIN events x ON x.id = r.id "
    "AND x.retired_at IS NULL"
)
_PLACES = (
    "seq", "sentence_start", "sentence_end", "trigger_start", "trigger_end", "source_sectors", "source_starts",
    "source_ends", "target_sectors", "target_starts", "target_ends", "place_country", "place_lat", "place_lon",
)  # fmt: skip
"""Where an event's words stand in its document; not among what is kept by pair."""
_DOCUMENTS = (
    "SELECT d.id, d.published AS day, d.known, d.title, d.url, d.source AS outlet, d.author, d.language, d.published, "
    "d.cluster, c.coder FROM documents d LEFT JOIN codings c ON c.document = d.id AND c.retired_at IS NULL "
    "WHERE d.retired_at IS NULL"
)
_IMPORTED = (
    'SELECT external_id AS id, dataset AS origin, NULL AS document, date AS day, date AS "start", date AS "end", '
    "'day' AS precision, type, mode, []::VARCHAR[] AS contexts, [source] AS source, [target] AS target, "
    "[source_raw] AS source_names, [target_raw] AS target_names, false AS mutual, 'occurred' AS status, "
    "coalesce(intensity, goldstein) AS intensity, NULL::DOUBLE AS confidence, NULL AS attributed_to, place_name AS place, "
    "text AS sentence, NULL AS trigger, date AS published, date AS known, NULL AS title, url, NULL AS outlet "
    "FROM external_events WHERE dataset = $dataset AND retired_at IS NULL AND type IS NOT NULL AND source IS NOT NULL "
    "AND target IS NOT NULL AND date IS NOT NULL"
)
_VERSIONS = "SELECT id, coder, recorded_at, retired_at, known, known AS day FROM events"
_INDEXED = (
    ("events", "id"), ("events", "document"), ("statements", "document"), ("documents", "id"), ("documents", "cluster"),
    ("versions", "id"),
)  # fmt: skip
"""Columns by which one row is looked for among millions."""
_DAY = {
    "statements": "r.published",
    "meetings": 'coalesce(r."start", r.published)',
    "transfers": 'coalesce(r."start", r.published)',
}
_LEFT_OUT = f" EXCLUDE ({', '.join(_PLACES)})"
_SIDES = {
    "events": ("source", "CASE WHEN len(target) = 0 THEN source ELSE target END"),
    "statements": ("list_concat(about, CASE WHEN actor IS NULL THEN [] ELSE [actor] END)",) * 2,
    "meetings": ("participants",) * 2,
    "transfers": ("supplier", "recipient"),
}
"""Between whom a row lies: each of the one side with each of the other."""


class Shelf:
    """A shelf attached to the connection of a lake; `cursor` reads it in any thread."""

    def __init__(self, lake: Lake, folder: Path, name: str, dataset: str) -> None:
        self.name = name
        self.file = folder / f"{name}.duckdb"
        self._lake = lake.beside()
        self._lake.run(f"ATTACH '{str(self.file).replace(chr(39), chr(39) * 2)}' AS {name}")
        for table, (query, values) in _queries(dataset).items():
            self._lake.run(
                f"CREATE TABLE {name}.{table} AS SELECT * FROM ({query}) ORDER BY day NULLS FIRST, id", values
            )
        for table, column in _INDEXED:
            self._lake.run(f"CREATE INDEX {table}_{column} ON {name}.{table} ({column})")
        for table, (one, other) in _SIDES.items():
            self._lake.run(
                f"CREATE TABLE {name}.{table.removesuffix('s')}_pairs AS SELECT DISTINCT ON (p.a, p.b, r.id) p.a, p.b, "
                f"r.*{_LEFT_OUT if table == 'events' else ''} "
                f"FROM {name}.{table} r, (SELECT id AS key, least(x, y) AS a, greatest(x, y) AS b FROM "
                f"(SELECT id, x, unnest(ys) AS y FROM (SELECT id, unnest({one}) AS x, {other} AS ys FROM {name}.{table} "
                f"WHERE len({one}) + len({other}) <= {2 * MANY})) WHERE x <> y) p WHERE p.key = r.id "
                "ORDER BY p.a, p.b, r.day, r.id"
            )

    def cursor(self) -> Any:
        """A connection for one thread that sees the shelf's tables by their names."""
        cursor = self._lake.connection.cursor()
        cursor.execute(f"USE {self.name}")
        return cursor

    def drop(self) -> None:
        """Take the shelf away; no cursor may read it any more."""
        self._lake.run(f"DETACH {self.name}")
        self._lake.close()
        self.file.unlink(missing_ok=True)


def _queries(dataset: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """The SELECT of each table."""
    query, values = select_events()
    events = _EVENTS.format(query=query, places=", ".join(f"x.{name}" for name in _PLACES))
    if dataset != CODED:
        events, values = f"{events} UNION ALL BY NAME {_IMPORTED}", {**values, "dataset": dataset}
    found: dict[str, tuple[str, dict[str, Any]]] = {
        "events": (events, values),
        "documents": (_DOCUMENTS, {}),
        "versions": (_VERSIONS, {}),
        "corrections": ("SELECT *, known AS day FROM corrections WHERE retired_at IS NULL", {}),
    }
    for table, day in _DAY.items():
        query, values = select_frames(table)
        joined = f"FROM ({query}) r JOIN {table} x ON x.id = r.id AND x.retired_at IS NULL"
        found[table] = (f"SELECT r.*, {day} AS day, x.known {joined}", values)
    return found
