"""What was read in; the `Mention` that says it out."""

import re
from typing import NamedTuple

from detente.actors.people import Person
from detente.actors.pieces import Piece
from detente.types import Mention, MentionKind

_KINDS: dict[str, MentionKind] = {
    "name": "state", "region": "state", "capital": "state", "seat": "state", "adjective": "state", "people": "state",
    "organisation": "organisation", "group": "group", "agency": "agency", "collective": "collective", "person": "person",
}  # fmt: skip
_BODIES = re.compile(r"(?:groups?|agenc(?:y|ies)|organi[sz]ations?|NGOs?)$", re.IGNORECASE)
_AT_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round) $")


class Span(NamedTuple):
    """Characters of the text."""

    start: int
    end: int


def from_piece(text: str, piece: Piece, posting: bool) -> Mention:
    """A name that stands for itself; `posting`: the place or state an envoy is sent to."""
    sense = piece.sense
    assert sense is not None
    role = sense.role
    if posting:
        role = "posting"
    elif piece.kind == "capital" and _AT_PLACE.search(text, max(0, piece.start - 9), piece.start):
        role = "place"
    return Mention(start=piece.start, end=piece.end, text=text[piece.start : piece.end], id=sense.id,
                   kind=_KINDS.get(piece.kind, "generic"), sector=sense.sector, name=sense.name, role=role, why=sense.source)  # fmt: skip


def from_office(
    text: str,
    span: Span,
    owner: Piece | None,
    office: Piece,
    former: bool,
    name: str | None,
    holder: Person | None = None,
) -> Mention:
    """An office with the actor it belongs to (None: not said here), and its holder's name where the text gives one."""
    sense = office.sense
    assert sense is not None
    actor, sector, label, why = "", sense.sector, sense.name, "offices.tsv"
    if owner is not None and owner.sense is not None:
        actor, label, why = owner.sense.id, f"{owner.sense.name}: {sense.name}", f"{owner.sense.source} + offices.tsv"
        if owner.kind in ("organisation", "group", "collective"):
            sector = owner.sense.sector
    elif holder is not None:
        actor, label, why = holder.actor, f"{holder.name}: {sense.name}", f"people.tsv {holder.name} + offices.tsv"
    kind: MentionKind = "generic" if office.kind == "office:generic" else "office"
    if name is not None:
        kind, label = "office" if sector == "BUS" else "person", name
    return Mention(start=span.start, end=span.end, text=text[span.start : span.end], id=actor, kind=kind, sector=sector, name=label,
                   role=sense.role, former=former, why=why)  # fmt: skip


def from_nobody(text: str, span: Span) -> Mention | None:
    """ "Human rights groups", of no country that the text names: they act as NGOs. A "charity" or "foundation" alone may be anything."""
    words = text[slice(*span)]
    if not _BODIES.search(words):
        return None
    return Mention(start=span.start, end=span.end, text=words, id="NGO", kind="organisation", sector="NGO",
                   name="Non-governmental organisations", role="ngo", why="offices.tsv")  # fmt: skip


def from_person(
    text: str,
    span: Span,
    person: Person,
    day: int | None,
    role: str | None,
    former: bool,
    owner: str | None,
    by_surname: bool,
) -> Mention:
    """A person of the catalogue, with the role that the text gives or else the term that holds on that day."""
    term, out = person.term(day)
    # a known name outweighs the title's state while its holder is in office
    actor = owner if owner and (by_surname or term is None or out) else person.actor
    if role is None:
        former = former or out
        role = term.office if term else None
    why = f"people.tsv {person.name}" + (f", {term.office}" if term else "")
    return Mention(start=span.start, end=span.end, text=text[span.start : span.end], id=actor, kind="person",
                   sector=term.sector if term else "GOV", name=person.name, role=role, former=former, why=why)  # fmt: skip
