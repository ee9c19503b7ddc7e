"""The record and two states in, the imported rows of slow structure about the two out: votes by year, points, alliances …

Which actor of the past goes on as which of today: see `exchange.codes.LINEAGE`. `until` cuts by the rows' own dates.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from detente.record.exchange.codes import LINEAGE
from detente.record.lake import Lake

if TYPE_CHECKING:
    import pyarrow as pa

_HELD = "retired_at IS NULL AND ($until::DATE IS NULL OR date <= $until OR date IS NULL)"
_ALIKE = (
    "WHEN one.vote = other.vote THEN 1.0::DOUBLE WHEN 'abstain' IN (one.vote, other.vote) THEN 0.5::DOUBLE ELSE 0 END"
)
_VOTES = f"""
WITH calls AS (SELECT story, max(date) AS day, bool_or(mode = 'important') AS important FROM external_events
               WHERE kind = 'roll-call' AND {_HELD} GROUP BY story),
one AS (SELECT story, max(text) AS vote FROM external_events WHERE kind = 'vote' AND retired_at IS NULL
        AND list_contains($a::VARCHAR[], source) GROUP BY story),
other AS (SELECT story, max(text) AS vote FROM external_events WHERE kind = 'vote' AND retired_at IS NULL
          AND list_contains($b::VARCHAR[], source) GROUP BY story)
SELECT year(day) AS year, count(*) AS n, count_if(coalesce(important, false))::INTEGER AS important,
  sum(CASE {_ALIKE}) AS alike,
  coalesce(sum(CASE WHEN NOT coalesce(important, false) THEN 0 {_ALIKE}), 0) AS alike_important
FROM one JOIN other USING (story) JOIN calls USING (story) GROUP BY 1 ORDER BY 1
"""
_STATES = f"""
SELECT kind, year(date) AS year, list_contains($a::VARCHAR[], source) AS first, story, mode, payload FROM external_events
WHERE kind IN ('ideal-point', 'membership') AND {_HELD}
AND (list_contains($a::VARCHAR[], source) OR list_contains($b::VARCHAR[], source)) ORDER BY date, story
"""
_PAIRS = f"""
SELECT DISTINCT kind, year(date) AS year, payload FROM external_events
WHERE kind IN ('alliance', 'dispute', 'rivalry') AND {_HELD}
AND ((list_contains($a::VARCHAR[], source) AND list_contains($b::VARCHAR[], target))
  OR (list_contains($b::VARCHAR[], source) AND list_contains($a::VARCHAR[], target))) ORDER BY 2, 1
"""
_ARMS = f"""
SELECT year(date) AS year, list_contains($a::VARCHAR[], target) AS first,
  sum(CAST(payload->>'value' AS DOUBLE)) AS imports,
  coalesce(sum(CAST(payload->>'value' AS DOUBLE)) FILTER (
    list_contains(CASE WHEN list_contains($a::VARCHAR[], target) THEN $b::VARCHAR[] ELSE $a::VARCHAR[] END, source)), 0) AS bought
FROM external_events WHERE kind = 'tiv' AND {_HELD}
AND (list_contains($a::VARCHAR[], target) OR list_contains($b::VARCHAR[], target)) GROUP BY 1, 2 ORDER BY 1, 2
"""


def select_structure(lake: Lake, a: str, b: str, until: date | None = None) -> dict[str, "pa.Table"]:
    """Tables by name: votes (year, n, alike, …), states, pairs, arms; all empty where no such file was imported."""
    values: dict[str, Any] = {"a": line(a), "b": line(b), "until": until}
    queries = {"votes": _VOTES, "states": _STATES, "pairs": _PAIRS, "arms": _ARMS}
    return {name: lake.run(query, values).to_arrow_table() for name, query in queries.items()}


def line(actor: str) -> list[str]:
    """The actor and those whose series it goes on with."""
    return [actor, *LINEAGE.get(actor, ())]
