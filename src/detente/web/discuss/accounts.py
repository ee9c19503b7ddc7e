"""Accounts: signing in and out, and what is one's own: to see, to take along, to erase."""

from detente.desk import accounts as kept
from detente.desk import sessions
from detente.desk.people import Person
from detente.desk.privacy import erase_mine, export_mine
from detente.errors import BadInput, NotAllowed
from detente.web.discuss.visit import MONTH, SESSION, Action, Reply, Visit


def me(visit: Visit) -> Reply:
    """Who is signed in, and what they may do with what is theirs."""
    return visit.page(
        "me.html", note={"in": "You are signed in.", "out": "You are signed out."}.get(visit.query.get("said", ""), "")
    )


def form(visit: Visit) -> Reply:
    """The form to sign in."""
    return visit.page("sign_in.html", note="", name="", back=_inside(visit.query.get("back", "")))


def sign_in(visit: Visit) -> Reply:
    """Sign in; the cookie holds a token of which only the hash is kept."""
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    back = _inside(visit.form.get("back", ""))
    try:
        token = sessions.sign_in(visit.desk, name, password, address=visit.address, old=visit.cookies.get(SESSION))
    except NotAllowed as error:
        return visit.page("sign_in.html", 403, note=str(error), name=name[:80], back=back)
    return Reply(status=303, location=back or "/me?said=in", cookies=[(SESSION, token, MONTH)])


def sign_up(visit: Visit) -> Reply:
    """Make an account, where the site's owner lets visitors do so."""
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    try:
        sessions.sign_up(visit.desk, name, password, address=visit.address)
        token = sessions.sign_in(visit.desk, name, password, address=visit.address)
    except NotAllowed as error:
        return visit.page("sign_in.html", 403, note=str(error), name=name[:80], back="")
    return Reply(status=303, location="/me?said=in", cookies=[(SESSION, token, MONTH)])


def sign_out(visit: Visit) -> Reply:
    """Sign out here, or everywhere."""
    if visit.form.get("everywhere") and visit.person.account is not None:
        sessions.sign_out_everywhere(visit.desk, visit.person.account)
    elif visit.cookies.get(SESSION):
        sessions.sign_out(visit.desk, visit.cookies[SESSION])
    return Reply(status=303, location="/me?said=out", cookies=[(SESSION, "", 0)])


def password(visit: Visit) -> Reply:
    """Change the password; all other browsers are signed out."""
    account = _signed_in(visit)
    old, new = visit.form.get("old", ""), visit.form.get("new", "")
    try:
        sessions.sign_in(visit.desk, account.name, old, address=visit.address)
        kept.set_password(visit.desk, account.name, new, by=account)
    except BadInput as error:
        return visit.page("me.html", 400, note=f"{str(error)[:1].upper()}{str(error)[1:]}.")
    token = sessions.sign_in(visit.desk, account.name, new, address=visit.address)
    return Reply(status=303, location="/me?said=in", cookies=[(SESSION, token, MONTH)])


def export(visit: Visit) -> Reply:
    """All that is kept of this person, as JSON."""
    headers = {"content-disposition": 'attachment; filename="mine.json"'}
    return Reply(body=export_mine(visit.desk, visit.person), media="application/json", headers=headers)


def erase(visit: Visit) -> Reply:
    """Erase all comments, votes, reports and subscriptions of this person."""
    if visit.form.get("sure") != "yes":
        return visit.page("me.html", 400, note="Tick the box to say that you are sure.")
    number = erase_mine(visit.desk, visit.person)
    return visit.sign(
        f"Erased: {number:,} comments, and your votes, reports and subscriptions. Answers of others keep their place."
    )


def _signed_in(visit: Visit) -> Person:
    if visit.person.account is None or not visit.cookies.get(SESSION):
        raise NotAllowed("Sign in first.")
    return visit.person


def _inside(path: str) -> str:
    """A path of this site to go back to; nothing else is followed."""
    return (
        path
        if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and len(path) < 500
        else ""
    )


ACTIONS = [
    Action(path="/me", make=me),
    Action(path="/me/export.json", make=export),
    Action(path="/me/erase", make=erase, writes=True),
    Action(path="/me/password", make=password, writes=True),
    Action(path="/sign-in", make=form),
    Action(path="/sign-in", make=sign_in, writes=True),
    Action(path="/sign-up", make=sign_up, writes=True),
    Action(path="/sign-out", make=sign_out, writes=True),
]
