"""What readers do with a comment: go to it, vote on it, report it; and how many there are."""

import msgspec

from detente.desk.feeding import one
from detente.desk.keys import new_token
from detente.desk.people import Person
from detente.desk.reading import counts, page_of
from detente.desk.reporting import REASONS, report
from detente.desk.voting import vote
from detente.errors import BadInput
from detente.web.discuss.subjects import thread_path
from detente.web.discuss.visit import MONTH, VISITOR, Action, Reply, Visit

MOST = 200
SEPARATOR = "\n"


def permalink(visit: Visit) -> Reply:
    """From a comment's lasting address to where it stands."""
    row = one(visit.desk, _number(visit))
    if row is None:
        return visit.sign("This comment is not there, or not any more.", 404)
    page = page_of(visit.desk, row.id)
    there = thread_path(row.kind, row.key, page=page if page and page > 1 else None)
    return Reply(status=303, location=f"{there}#c-{row.id}")


def voted(visit: Visit) -> Reply:
    """Vote, or take the vote back."""
    person, cookies = known(visit)
    value = visit.form.get("value", "")
    if value not in {"1", "-1", "0"}:
        raise BadInput("a vote is 1, -1 or 0")
    now = vote(visit.desk, _number(visit), int(value), person)
    if visit.form.get("part") == "1":
        return Reply(body=msgspec.json.encode(now), media="application/json", cookies=cookies)
    return Reply(status=303, location=f"/comments/{_number(visit)}", cookies=cookies)


def asked_why(visit: Visit) -> Reply:
    """The form in which a comment is reported."""
    row = one(visit.desk, _number(visit))
    if row is None:
        return visit.sign("This comment is not there, or not any more.", 404)
    return visit.page("comment_report.html", row=row, reasons=REASONS)


def reported(visit: Visit) -> Reply:
    """Tell the moderators of a comment."""
    said = report(
        visit.desk, _number(visit), visit.form.get("reason", ""), visit.person, text=visit.form.get("text", "")
    )
    return visit.sign(said)


def counted(visit: Visit) -> Reply:
    """The number of comments of many threads at once: ?of=dyad:RUS-PAK&of=… as one text with line ends, as JSON."""
    pairs = [
        (kind, key)
        for line in visit.query.get("of", "").split(SEPARATOR)[:MOST]
        for kind, _, key in [line.partition(":")]
        if key
    ]
    found = counts(visit.desk, pairs)
    body = msgspec.json.encode({f"{kind}:{key}": number for (kind, key), number in found.items()})
    return Reply(
        body=body, media="application/json", headers={"access-control-allow-origin": "*", "cache-control": "max-age=60"}
    )


def known(visit: Visit) -> tuple[Person, list[tuple[str, str, int]]]:
    """The person, with a cookie that tells them from others where they had none."""
    if visit.person.known():
        return visit.person, []
    token = new_token()
    return Person(visitor=token, address=visit.address), [(VISITOR, token, 12 * MONTH)]


def _number(visit: Visit) -> int:
    return int(visit.places["number"])


ACTIONS = [
    Action(path="/comments/{number:int}", make=permalink),
    Action(path="/comments/{number:int}/vote", make=voted, writes=True),
    Action(path="/comments/{number:int}/report", make=asked_why),
    Action(path="/comments/{number:int}/reported", make=reported, writes=True),
    Action(path="/comments/counts", make=counted),
]
