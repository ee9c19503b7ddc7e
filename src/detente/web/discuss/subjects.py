"""What a thread is about in, the page it stands on out; and the other way round."""

from urllib.parse import quote

from detente.desk.threads import Subject, key_of
from detente.errors import BadInput
from detente.web.wording import actor_name

LABELS = {
    "dyad": "this relation",
    "event": "this event",
    "document": "this page",
    "brief": "this brief",
    "sentence": "this sentence",
    "page": "this page",
}


def subject_of(given: dict[str, str]) -> Subject:
    """The subject that a query or a form names by kind and key. Raises BadInput."""
    kind, key = given.get("kind", ""), given.get("key", "")
    key = key_of(kind, key)
    if kind in {"dyad", "brief"} and key.count("-") < 1:
        raise BadInput(f"the key of a {kind} is two actors, as RUS-PAK")
    return Subject(kind=kind, key=key, url=key if kind == "page" else None, title=given.get("title", "")[:300] or None)


def home_of(kind: str, key: str) -> str:
    """The address of the page that a thread is about."""
    if kind in {"dyad", "brief"}:
        a, _, b = key.partition("-")
        return f"{'/brief' if kind == 'brief' else ''}/{quote(a)}/{quote(b)}"
    if kind in {"event", "sentence"}:
        return f"/e/{quote(key)}"
    return f"/d/{quote(key)}" if kind == "document" else key


def name_of(kind: str, key: str, title: str | None) -> str:
    """What a thread is called."""
    if kind in {"dyad", "brief"}:
        a, _, b = key.partition("-")
        return f"{actor_name(a)} – {actor_name(b)}" + (": brief" if kind == "brief" else "")
    return title or key


def thread_path(kind: str, key: str, **more: object) -> str:
    """The address of a thread's own page."""
    told = {"kind": kind, "key": key} | {k: str(v) for k, v in more.items() if v not in (None, "")}
    return "/comments/thread?" + "&".join(f"{k}={quote(v, safe='')}" for k, v in told.items())
