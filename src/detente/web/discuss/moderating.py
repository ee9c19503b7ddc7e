"""The moderators' page: what waits, decisions about it, bans, muted words, and the log of all that was decided."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from detente.desk import moderation
from detente.desk.auditing import log
from detente.desk.banning import WHATS, What, ban_author, bans, mute, muted, unban, unmute
from detente.desk.people import require
from detente.errors import BadInput
from detente.web.discuss.subjects import home_of, name_of, thread_path
from detente.web.discuss.visit import Action, Reply, Visit

SIZE = 25
LOGGED = 30


def page(visit: Visit) -> Reply:
    """What waits for a moderator, and what was decided lately."""
    require(visit.person, "editor")
    after = int(visit.query["after"]) if visit.query.get("after", "").isdecimal() else 0
    waits = moderation.queue(visit.desk, visit.person, limit=SIZE + 1, after=after)
    return visit.page(
        "moderate.html",
        waits=waits[:SIZE],
        more=waits[SIZE - 1].id if len(waits) > SIZE else None,
        total=moderation.waiting(visit.desk),
        entries=log(visit.desk, limit=LOGGED),
        bans=bans(visit.desk),
        muted=muted(visit.desk),
        name_of=name_of,
        thread_path=thread_path,
        home_of=home_of,
        whats=WHATS,
        said=visit.query.get("said", ""),
    )


def decide(visit: Visit) -> Reply:
    """One decision about one comment."""
    number, what = int(visit.places["number"]), visit.form.get("what", "")
    by, reason = visit.person, visit.form.get("reason", "").strip()
    done: dict[str, Callable[[], object]] = {
        "approve": lambda: moderation.approve(visit.desk, by, number),
        "reject": lambda: moderation.reject(visit.desk, by, number, reason),
        "spam": lambda: moderation.spam(visit.desk, by, number),
        "remove": lambda: moderation.remove(visit.desk, by, number, reason),
        "pin": lambda: moderation.pin(visit.desk, by, number),
        "unpin": lambda: moderation.pin(visit.desk, by, number, False),
        "ban": lambda: ban_author(
            visit.desk, by, number, _what(visit), reason or "against the rules", until=_until(visit)
        ),
    }
    if what not in done:
        raise BadInput(f"there is no decision {what!r}")
    require(by, "editor")
    done[what]()
    return _back(visit, f"Comment {number}: {what}.")


def lock(visit: Visit) -> Reply:
    """Lock a thread, or open it."""
    locked = visit.form.get("what") == "lock"
    moderation.lock(visit.desk, visit.person, visit.form.get("kind", ""), visit.form.get("key", ""), locked)
    return Reply(status=303, location=thread_path(visit.form.get("kind", ""), visit.form.get("key", "")))


def rule(visit: Visit) -> Reply:
    """Mute a word or let it pass again; lift a ban."""
    word, ban = visit.form.get("word", "").strip(), visit.form.get("ban", "")
    if visit.form.get("what") == "mute":
        mute(visit.desk, visit.person, word)
    elif visit.form.get("what") == "unmute":
        unmute(visit.desk, visit.person, word)
    elif ban.isdecimal():
        unban(visit.desk, visit.person, int(ban))
    return _back(visit, "Done.")


def _what(visit: Visit) -> What:
    found = next((w for w in WHATS if w == visit.form.get("of")), None)
    if found is None:
        raise BadInput(f"choose whom to ban: {', '.join(WHATS)}")
    return found


def _until(visit: Visit) -> datetime | None:
    days = visit.form.get("days", "")
    return datetime.now(UTC) + timedelta(int(days)) if days.isdecimal() and 0 < int(days) < 4000 else None


def _back(visit: Visit, said: str) -> Reply:
    from urllib.parse import quote

    return Reply(status=303, location=f"/moderate?said={quote(said)}")


ACTIONS = [
    Action(path="/moderate", make=page),
    Action(path="/moderate/{number:int}", make=decide, writes=True),
    Action(path="/moderate/lock", make=lock, writes=True),
    Action(path="/moderate/rule", make=rule, writes=True),
]
