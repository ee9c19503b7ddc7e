"""Corrections on the site: what is wrong with an event said by those signed in, decided by editors, kept in the record."""

from detente.desk.corrections import accept, proposals, propose, reject
from detente.desk.people import require
from detente.errors import BadInput
from detente.measured import MeasuredRecord
from detente.ontology import EVENT_TYPES
from detente.record.correcting import KINDS, STATUSES
from detente.web.discuss.visit import Action, Reply, Visit
from detente.web.sight import Row

WORDS = {
    "not_event": "this is not an event",
    "type": "the type is",
    "status": "its status is",
    "source": "who did it is",
    "target": "to whom is",
    "date": "the day is",
}


def form(visit: Visit) -> Reply:
    """The form in which an event is corrected, and what was said of it so far."""
    key = visit.query.get("event", "")
    return visit.page("correct.html", row=_event(visit, key), words=WORDS, kinds=KINDS, types=sorted(EVENT_TYPES), statuses=STATUSES,
                      proposals=proposals(visit.desk, state=None, event=key))  # fmt: skip


def proposed(visit: Visit) -> Reply:
    """Take what somebody says is wrong."""
    kind = visit.form.get("kind", "")
    value = visit.form.get(f"value_{kind}", "") if kind != "not_event" else None
    with MeasuredRecord(visit.server.sights.folder, create=False, read_only=True) as record:
        number = propose(
            visit.desk, record, visit.person, visit.form.get("event", ""), kind, value, note=visit.form.get("note", "")
        )
    return visit.sign(f"Thank you: proposal {number} waits for an editor. The record shows it once it is accepted.")


def waiting(visit: Visit) -> Reply:
    """What waits for an editor's decision."""
    require(visit.person, "editor")
    found = [(one, _event(visit, one.event, missing=True)) for one in proposals(visit.desk)]
    return visit.page("corrections.html", found=found, words=WORDS, said=visit.query.get("said", ""))


def decided(visit: Visit) -> Reply:
    """Accept a proposal into the record, or not."""
    number, reason = int(visit.places["number"]), visit.form.get("reason", "")
    if visit.form.get("what") == "accept":
        require(visit.person, "editor")
        with MeasuredRecord(visit.server.sights.folder, create=False) as record:
            accept(visit.desk, record, visit.person, number, reason=reason)
    elif visit.form.get("what") == "reject":
        reject(visit.desk, visit.person, number, reason)
    else:
        raise BadInput("a proposal is accepted or rejected")
    return Reply(status=303, location=f"/moderate/corrections?said=Proposal+{number}:+{visit.form['what']}ed")


def _event(visit: Visit, key: str, *, missing: bool = False) -> Row:
    found = visit.server.sights.held.rows("SELECT * FROM events WHERE id = $id LIMIT 1", {"id": key})
    if not found and not missing:
        raise BadInput(f"there is no event {key[:80]!r}")
    return (
        found[0]
        if found
        else {"id": key, "sentence": None, "type": "?", "source": [], "target": [], "status": "?", "day": None}
    )


ACTIONS = [
    Action(path="/corrections", make=form),
    Action(path="/corrections/propose", make=proposed, writes=True),
    Action(path="/moderate/corrections", make=waiting),
    Action(path="/moderate/corrections/{number:int}", make=decided, writes=True),
]
