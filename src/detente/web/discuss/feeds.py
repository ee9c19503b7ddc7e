"""Comments as Atom: the newest of the site, of a thread, or the answers to one comment."""

from detente.desk.feeding import Row, latest, of_thread, replies_to
from detente.web.discuss.subjects import name_of, subject_of
from detente.web.discuss.visit import Action, Reply, Visit
from detente.web.rooms.feeds import ATOM, clean


def feed(visit: Visit) -> Reply:
    """The feed that the query asks for."""
    if visit.query.get("comment", "").isdecimal():
        number = int(visit.query["comment"])
        rows, title = replies_to(visit.desk, number), f"Answers to comment {number}"
    elif visit.query.get("kind"):
        subject = subject_of(dict(visit.query))
        rows = of_thread(visit.desk, subject.kind, subject.key)
        title = f"Comments on {name_of(subject.kind, subject.key, rows[0].title if rows else None)}"
    else:
        rows, title = latest(visit.desk), "Comments"
    return Reply(body=_atom(visit, title, rows), media=ATOM)


def _atom(visit: Visit, title: str, rows: list[Row]) -> bytes:
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    name = visit.server.settings.title
    made.id(f"tag:detente,2026:comments:{title}")
    made.title(clean(f"{name}: {title}"))
    made.author({"name": name})
    made.link(href="/comments/feed.atom", rel="self")
    if rows:
        made.updated(max(row.edited or row.created for row in rows))
    for row in reversed(rows):
        one = made.add_entry()
        one.id(f"tag:detente,2026:comment:{row.id}")
        one.title(clean(f"{row.author or 'Somebody'} on {name_of(row.kind, row.key, row.title)}"))
        one.updated(row.edited or row.created)
        one.author({"name": clean(row.author or "Somebody")})
        one.link(href=f"/comments/{row.id}", rel="alternate")
        one.content(clean(row.html), type="html")
    return bytes(made.atom_str(pretty=True))


ACTIONS = [Action(path="/comments/feed.atom", make=feed)]
