"""A thread: read, written in, changed by its author for some minutes."""

from detente.desk.admission import Refusal
from detente.desk.editing import comment_of, delete_own, edit
from detente.desk.forms import form_token
from detente.desk.keys import new_token
from detente.desk.markdown import render as markdown
from detente.desk.people import Person
from detente.desk.posting import Draft, Held, Posted, post
from detente.desk.reading import ORDERS, Order, thread_view
from detente.desk.threads import Subject
from detente.errors import BadInput, NotAllowed
from detente.web.discuss.subjects import LABELS, home_of, name_of, subject_of, thread_path
from detente.web.discuss.visit import MONTH, VISITOR, Action, Reply, Visit

EDIT = "detente_edit_"
EDITS = 5


def thread(visit: Visit, note: str = "", status: int = 200, text: str = "", answer: int | None = None) -> Reply:
    """A thread with its form: a page, or the part that a page of the site takes in."""
    given = dict(visit.query) | dict(visit.form)
    subject = subject_of(given)
    order: Order = next((o for o in ORDERS if o == given.get("order")), "oldest")
    page = int(given["page"]) if given.get("page", "").isdecimal() and len(given["page"]) < 6 else 1
    view = thread_view(visit.desk, subject.kind, subject.key, order=order, page=page, viewer=visit.person)
    whole = given.get("part") != "1"
    return visit.page(
        "thread.html" if whole else "thread_part.html",
        status,
        view=view,
        subject=subject,
        title=subject.title or view.title,
        name=name_of(subject.kind, subject.key, subject.title or view.title),
        label=LABELS[subject.kind],
        home=home_of(subject.kind, subject.key),
        there=lambda **more: thread_path(subject.kind, subject.key, **more),
        token=form_token(visit.desk, subject.kind, subject.key),
        note=note,
        text=text,
        answer=answer or (int(given["answer"]) if given.get("answer", "").isdecimal() else None),
        preview=markdown(text) if text and given.get("preview") else "",
        orders=ORDERS,
        editable=editable(visit),
        part=not whole,
    )


def editable(visit: Visit) -> dict[int, str]:
    """The comments that this browser may still change, with their tokens."""
    found: dict[int, str] = {}
    for name, token in visit.cookies.items():
        if name.startswith(EDIT):
            try:
                found[comment_of(visit.desk, token)] = token
            except NotAllowed:
                continue
    return found


def write(visit: Visit) -> Reply:
    """Take a comment, or show it first."""
    subject = subject_of(dict(visit.form))
    body = visit.form.get("body", "")
    parent = int(visit.form["parent"]) if visit.form.get("parent", "").isdecimal() else None
    if visit.form.get("preview"):
        return thread(visit, text=body, answer=parent)
    visitor = visit.person.visitor
    cookies: list[tuple[str, str, int]] = []
    person = visit.person
    if person.account is None and not visitor:
        visitor = new_token()
        person = Person(visitor=visitor, address=visit.address)
        cookies.append((VISITOR, visitor, 12 * MONTH))
    draft = Draft(subject=_titled(subject), body=body, parent=parent, form=visit.form.get("token", ""), trap=visit.form.get("website", ""))  # fmt: skip
    outcome = post(visit.desk, draft, person)
    if isinstance(outcome, Refusal):
        reply = thread(
            visit, note=outcome.sentence, status=429 if outcome.code == "too many" else 422, text=body, answer=parent
        )
        reply.cookies += cookies
        return reply
    cookies.append((f"{EDIT}{outcome.comment}", outcome.edit, visit.desk.rules().edit_minutes * 60))
    code = "held" if isinstance(outcome, Held) else "posted"
    if visit.form.get("part") == "1":
        visit.person = person
        visit.cookies = dict(visit.cookies) | {name: value for name, value, _ in cookies}
        reply = thread(visit, note=outcome.sentence)
        reply.cookies += cookies
        return reply
    assert isinstance(outcome, Held | Posted)
    there = thread_path(subject.kind, subject.key, said=code) + f"#c-{outcome.comment}"
    return Reply(status=303, location=there, cookies=cookies)


def change(visit: Visit) -> Reply:
    """Change a comment, or take it back, within its minutes."""
    number = int(visit.places["number"])
    token = visit.form.get("edit") or visit.cookies.get(f"{EDIT}{number}", "")
    if comment_of(visit.desk, token) != number:
        raise NotAllowed("This comment cannot be changed from here.")
    subject = subject_of(dict(visit.form))
    cookies: list[tuple[str, str, int]] = []
    if visit.form.get("delete"):
        note = delete_own(visit.desk, token)
        cookies.append((f"{EDIT}{number}", "", 0))
    else:
        note = edit(visit.desk, token, visit.form.get("body", ""))
    if visit.form.get("part") == "1":
        reply = thread(visit, note=note)
        reply.cookies += cookies
        return reply
    return Reply(
        status=303, location=thread_path(subject.kind, subject.key, said="changed") + f"#c-{number}", cookies=cookies
    )


def editor(visit: Visit) -> Reply:
    """The form in which a comment is changed."""
    from detente.desk.tables import Comment, Thread

    number = int(visit.places["number"])
    token = visit.cookies.get(f"{EDIT}{number}", "")
    if comment_of(visit.desk, token) != number:
        raise NotAllowed("This comment cannot be changed any more; its minutes are over.")
    with visit.desk.reading() as session:
        row = session.get(Comment, number)
        about = session.get(Thread, row.thread_id) if row else None
        body = row.body if row else ""
    if row is None or about is None:
        raise BadInput(f"there is no comment {number}")
    return visit.page("comment_edit.html", number=number, body=body, kind=about.kind, key=about.target)


def _titled(subject: Subject) -> Subject:
    name = name_of(subject.kind, subject.key, subject.title)
    return Subject(kind=subject.kind, key=subject.key, url=subject.url, title=name)


ACTIONS = [
    Action(path="/comments/thread", make=thread),
    Action(path="/comments/write", make=write, writes=True),
    Action(path="/comments/{number:int}/edit", make=editor),
    Action(path="/comments/{number:int}/change", make=change, writes=True),
]
