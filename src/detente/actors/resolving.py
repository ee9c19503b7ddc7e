"""One name in; the actor it stands for on a day, or None."""

from datetime import date

from msgspec.structs import replace

from detente.actors.catalogue import catalogue
from detente.actors.people import choose
from detente.actors.scanner import scan
from detente.types import Mention

FORMER = {"former", "ex", "late", "the former", "the late", "erstwhile", "one-time", "onetime", "past"}


def resolve_name(text: str, on: date | None) -> Mention | None:
    """A mention that covers the whole of `text` (start 0, end its length); an article before it is passed over."""
    name = " ".join(text.split())
    if not name:
        return None
    for form in dict.fromkeys([name, _without_article(name), _cased(name)]):
        found = [m for m in scan(form, on) if m.id or m.kind != "generic"]
        whole = [m for m in found if m.end - m.start >= len(form) - 2 or _only_former(form, m)]
        if len(whole) == 1:
            return replace(
                whole[0], start=0, end=len(text), text=text, role=None if whole[0].role == "place" else whole[0].role
            )
    people = catalogue().surnames.get(name, [])
    person = choose(people, on.toordinal() if on else None, None, None) if people else None
    if person is not None:
        term, former = person.term(on.toordinal() if on else None)
        return Mention(start=0, end=len(text), text=text, id=person.actor, kind="person", name=person.name,
                       role=term.office if term else None, former=former, why=f"people.tsv {person.name}")  # fmt: skip
    return None


def _only_former(form: str, mention: Mention) -> bool:
    """Whether all that stands before the mention says that its office is past: 'former Russian president'."""
    return mention.former and mention.end == len(form) and form[: mention.start].strip(" -").lower() in FORMER


def _without_article(name: str) -> str:
    return name[4:] if name[:4].lower() == "the " else name


def _cased(name: str) -> str:
    return name.title() if name.islower() else name
