"""What a person says became of a forecast in, one row of the record out; what was said before is retired."""

from datetime import UTC, datetime
from typing import NamedTuple

from detente.errors import BadInput
from detente.record.lake import Lake

OUTCOMES = ("true", "false", "uncheckable", "open")


class Resolution(NamedTuple):
    """What became of a forecast, why, by which event of the record, and who says so."""

    statement: str
    outcome: str
    reason: str
    event: str | None = None
    person: str | None = None


def resolve(lake: Lake, said: Resolution) -> None:
    """Keep a resolution, within the transaction of the caller; "open" takes the one before back.

    Raises BadInput if the outcome is unknown, the reason empty, or no such forecast or event is in the record.
    """
    if said.outcome not in OUTCOMES:
        raise BadInput(f"{said.outcome!r} is no outcome; choose one of {', '.join(OUTCOMES)}")
    if not said.reason.strip():
        raise BadInput("a resolution needs a reason: --reason 'the visit took place on 4 October'")
    found = lake.run("SELECT forecast FROM statements WHERE id = ? AND retired_at IS NULL", [said.statement]).fetchone()
    if found is None:
        raise BadInput(f"no statement {said.statement!r} in this record; `detente forecasts --json` lists their ids")
    if not found[0]:
        raise BadInput(f"{said.statement} is a statement about what is or was, not a forecast")
    if said.event is not None:
        event = lake.run("SELECT 1 FROM events WHERE id = ? AND retired_at IS NULL", [said.event]).fetchone()
        if event is None:
            raise BadInput(f"no event {said.event!r} in this record; `detente events --json` lists their ids")
    now = datetime.now(UTC)
    lake.connection.execute(
        "UPDATE resolutions SET retired_at = ? WHERE statement = ? AND retired_at IS NULL", [now, said.statement]
    )
    if said.outcome != "open":
        lake.connection.execute(
            "INSERT INTO resolutions VALUES (?, ?, ?, ?, ?, ?, NULL)",
            [said.statement, said.outcome, said.reason.strip(), said.event, said.person, now],
        )
