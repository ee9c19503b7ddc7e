"""The record in, one row an act between two actors out: what the measures of relations are computed from.

Several reports of one act on one day are one row, with a weight that grows with the number of independent outlets and
levels off. Acts that did not happen (planned, hypothetical, denied) are left out.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from detente.errors import BadInput
from detente.ontology import CAMEO
from detente.record.correcting import any_corrections, corrected
from detente.record.lake import Lake
from detente.record.queries import current, select_documents

if TYPE_CHECKING:
    import pyarrow as pa

CODED = "coded"
"""The name of the record's own events, beside those of imported datasets."""
STATUS = {"occurred": 1.0, "ongoing": 1.0, "alleged": 0.5}
"""What an act of each status counts; others do not count."""
RECALLED = 366
"""Days after which a page that mentions an act recalls it: such acts are history, not news, and are left out."""
AGAIN = 0.5
"""How much each further independent report of an act adds, of what the one before it added: the sum stays under 2."""
_WEIGHT = f"(1 - pow({AGAIN}, n)) / {1 - AGAIN}"
_PAIRS = (
    "SELECT id, day, type, contexts, intensity, weight, outlet, x AS source, y AS target, mutual FROM "
    "(SELECT *, unnest(CASE WHEN len(target_ids) = 0 THEN source_ids ELSE target_ids END) AS y FROM "
    "(SELECT *, unnest(source_ids) AS x FROM held)) "
    "WHERE x <> y AND (len(target_ids) > 0 OR (mutual AND x < y))"
)


def select_acts(lake: Lake, dataset: str, filters: dict[str, Any]) -> "pa.Table":
    """Rows (day, source, target, mutual, type, contexts, intensity, weight, id), by day.

    dataset: CODED or the name of an imported one. filters: dyads (list of pairs; either direction), since, until,
    as_of, at. An act between two (`mutual`) is one row, with the source first in the alphabet.
    """
    query, parameters = _coded(lake, **filters) if dataset == CODED else _imported(dataset, **filters)
    return lake.run(query, parameters).to_arrow_table()


def select_reach(lake: Lake, dataset: str, as_of: date | None = None) -> tuple[date, date] | None:
    """The days of the first and of the last act, of any pair; None of no acts."""
    query, parameters = _coded(lake, as_of=as_of) if dataset == CODED else _imported(dataset, as_of=as_of)
    first, last = lake.run(f"SELECT min(day), max(day) FROM ({query})", parameters).fetchall()[0]
    return None if first is None else (first, last)


def choose_dataset(lake: Lake, asked: str | None) -> str:
    """The dataset asked for, else the record's own events, else the largest imported one.

    Raises BadInput, with the list, for a name that the record does not hold.
    """
    held = {name: n for name, n in datasets(lake).items() if n}
    if asked is None:
        return CODED if CODED in held or not held else max(held, key=lambda name: held[name])
    if asked not in held and asked != CODED:
        known = ", ".join(held) or "none yet"
        raise BadInput(f"the record holds no events named {asked!r}; it has: {known}")
    return asked


def datasets(lake: Lake) -> dict[str, int]:
    """How many events the record itself and each imported dataset hold."""
    own = lake.run("SELECT count(*) FROM events WHERE retired_at IS NULL").fetchone()
    rows = lake.run(
        "SELECT dataset, count(*) FROM external_events WHERE retired_at IS NULL AND type IS NOT NULL "
        "AND source IS NOT NULL AND target IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {CODED: own[0] if own else 0} | dict(rows)


def _coded(
    lake: Lake,
    *,
    dyads: list[tuple[str, str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    at: datetime | None = None,
) -> tuple[str, dict[str, Any]]:
    counted = " ".join(f"WHEN '{status}' THEN {weight}" for status, weight in STATUS.items())
    events = corrected(as_of, at) if any_corrections(lake) else "events"
    own = (
        "WITH held AS (SELECT e.id, coalesce(e.start_day, e.published) AS day, e.type, e.contexts, e.intensity, "
        f"e.confidence * CASE e.status {counted} END AS weight, coalesce(d.outlet, e.document) AS outlet, "
        f"e.source_ids, e.target_ids, e.mutual FROM {events} e JOIN ({select_documents(as_of=as_of, at=at)}) d "
        f"ON d.id = e.document WHERE {current('e', at)} AND NOT d.copy "
        f"AND (e.published IS NULL OR e.start_day IS NULL OR e.start_day BETWEEN e.published - {RECALLED} "
        f"AND e.published + 1) "
        f"AND e.status IN ({_listed(STATUS)})" + (" AND e.known <= $as_of" if as_of else "") + "), "
        f"pairs AS ({_PAIRS})"
    )
    where, parameters = _narrow(dyads, since, until)
    if as_of:
        parameters["as_of"] = as_of
        where += " AND day <= $as_of"
    if at:
        parameters["at"] = at
    return (
        f"{own} SELECT day, source, target, mutual, type, contexts, intensity, {_WEIGHT} * weight AS weight, id FROM ("
        "SELECT day, source, target, mutual, type, flatten(list(contexts)) AS contexts, avg(intensity) AS intensity, "
        "max(weight) AS weight, count(DISTINCT outlet) AS n, arg_max(id, weight) AS id "
        f"FROM pairs WHERE {where} GROUP BY ALL) ORDER BY day, source, target, type, id"
    ), parameters


def _imported(
    dataset: str,
    *,
    dyads: list[tuple[str, str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    at: datetime | None = None,
) -> tuple[str, dict[str, Any]]:
    where, parameters = _narrow(dyads, since, until)
    if as_of:
        parameters["as_of"] = as_of
        where += " AND day <= $as_of"
    if at:
        parameters["at"] = at
    contexts = ", ".join(f"('{code}', [{_listed(entry.contexts)}])" for code, entry in CAMEO.items() if entry.contexts)
    return (
        "SELECT day, source, target, false AS mutual, type, c.contexts, intensity, "
        f"{_WEIGHT} AS weight, id FROM (SELECT date AS day, source, target, type, "
        "arg_max(cameo, abs(coalesce(intensity, goldstein, 0))) AS cameo, "
        "avg(coalesce(intensity, goldstein)) AS intensity, count(*) AS n, min(external_id) AS id "
        f"FROM external_events x WHERE dataset = $dataset AND {current('x', at)} AND type IS NOT NULL "
        "AND source IS NOT NULL AND target IS NOT NULL AND source <> target AND date IS NOT NULL "
        "GROUP BY date, source, target, type) "
        f"LEFT JOIN (VALUES {contexts}) AS c(code, contexts) ON c.code = cameo "
        f"WHERE {where} ORDER BY day, source, target, type, id"
    ), {"dataset": dataset, **parameters}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _narrow(dyads: list[tuple[str, str]] | None, since: date | None, until: date | None) -> tuple[str, dict[str, Any]]:
    where, parameters = ["day IS NOT NULL"], dict[str, Any]()
    if dyads is not None:
        where.append("list_contains($pairs::VARCHAR[], least(source, target) || ' ' || greatest(source, target))")
        parameters["pairs"] = [f"{min(a, b)} {max(a, b)}" for a, b in dyads]
    if since is not None:
        where.append("day >= $since")
        parameters["since"] = since
    if until is not None:
        where.append("day <= $until")
        parameters["until"] = until
    return " AND ".join(where), parameters
