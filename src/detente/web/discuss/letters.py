"""Mail about new comments: asked for, confirmed, ended with one click."""

from detente.desk.subscriptions import confirm, subscribe, unsubscribe
from detente.web.discuss.subjects import subject_of
from detente.web.discuss.visit import Action, Reply, Visit
from detente.web.discuss.votes import known


def asked(visit: Visit) -> Reply:
    """Ask for mail about a thread or about answers to one comment."""
    person, cookies = known(visit)
    comment = int(visit.form["comment"]) if visit.form.get("comment", "").isdecimal() else None
    said = subscribe(visit.desk, subject_of(dict(visit.form)), visit.form.get("email", ""), person, comment=comment)
    reply = visit.sign(said)
    reply.cookies += cookies
    return reply


def confirming(visit: Visit) -> Reply:
    """The button that confirms: a mail program that opens links must not confirm by itself."""
    return visit.page(
        "mail_button.html",
        token=visit.query.get("token", ""),
        action="/comments/confirm",
        what="Yes, send me mail about new comments",
    )


def confirmed(visit: Visit) -> Reply:
    """Keep the address."""
    return visit.sign(confirm(visit.desk, visit.form.get("token", "")))


def ending(visit: Visit) -> Reply:
    """The button that ends it."""
    return visit.page(
        "mail_button.html",
        token=visit.query.get("token", ""),
        action="/comments/unsubscribe",
        what="Send me no more of this mail",
    )


def ended(visit: Visit) -> Reply:
    """End it: by the button, or by the one click of a mail program (RFC 8058), which sends the token in the address."""
    token = visit.form.get("token") or visit.query.get("token", "")
    return visit.sign(unsubscribe(visit.desk, token, everything=bool(visit.form.get("everything"))))


ACTIONS = [
    Action(path="/comments/subscribe", make=asked, writes=True),
    Action(path="/comments/confirm", make=confirming),
    Action(path="/comments/confirm", make=confirmed, writes=True),
    Action(path="/comments/unsubscribe", make=ending),
    Action(path="/comments/unsubscribe", make=ended, writes=True),
]
