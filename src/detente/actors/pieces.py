"""Text in, pieces out: the catalogue's words found in one Aho-Corasick pass, leftmost-longest, each with one sense chosen."""

from functools import cache
from typing import Any

from detente.actors.ambiguity import dismiss
from detente.actors.catalogue import Catalogue, Sense, catalogue
from detente.actors.people import Person

# of several senses of one form, in this order
_ORDER = {
    "name": 0, "person": 1, "organisation": 2, "group": 3, "agency": 4, "capital": 5, "seat": 6, "adjective": 7, "people": 8,
    "collective": 9, "region": 10, "office:post": 11, "office:body": 11, "office:group": 12, "office:people": 13,
    "office:generic": 14, "block": 20,
}  # fmt: skip
OWNERS = frozenset({"name", "region", "capital", "seat", "adjective", "organisation", "group", "agency", "collective"})


class Piece:
    """Words of the text that the catalogue knows: one sense, or the people a surname may mean."""

    __slots__ = ("end", "kind", "people", "sense", "start")

    def __init__(self, start: int, end: int, sense: Sense | None, people: list[Person] | None) -> None:
        self.start = start
        self.end = end
        self.sense = sense
        self.people = people
        self.kind = "surname" if sense is None else sense.kind


class Index:
    """The automaton over all forms, and what each form can mean."""

    def __init__(self, known: Catalogue) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        forms: dict[str, tuple[list[Sense], list[Person] | None]] = {
            form: (sorted(senses, key=lambda s: _ORDER.get(s.kind, 15)), None) for form, senses in known.senses.items()
        }
        for surname, people in known.surnames.items():
            senses, _ = forms.get(surname, ([], None))
            forms[surname] = (senses, people)
        self.forms = list(forms)
        self.meanings = list(forms.values())
        self.automaton: Any = AhoCorasick(
            self.forms, matchkind=MatchKind.Standard, store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, day: int | None) -> list[Piece]:
        """Pieces in text order, none overlapping; words are whole words."""
        size = len(text)
        hits = []
        for number, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if start and (text[start - 1].isalnum() and text[start].isalnum()):
                continue
            if end < size and text[end].isalnum() and text[end - 1].isalnum():
                continue
            hits.append((start, -end, number))
        hits.sort()
        found: list[Piece] = []
        reached = 0
        for start, minus_end, number in hits:
            if start < reached:
                continue
            senses, people = self.meanings[number]
            if not senses and start and text[start - 1] in "-‐‑–'’":
                continue
            sense = pick(senses, day) if senses else None
            if sense is None and people is None:
                continue
            if sense is not None and sense.kind == "person":
                alike = [s for s in senses if s.kind == "person"]
                if len(alike) > 1:
                    sense = next((s for s in alike if s.person is not None and s.person.near(day)), alike[0])
                people = [s.person for s in alike if s.person is not None]
            reached = -minus_end
            if sense is not None and sense.kind == "block":
                continue
            found.append(Piece(start, reached - (text[reached - 1] in "-–"), sense, people))
        return dismiss(text, found)


def pick(senses: list[Sense], day: int | None) -> Sense | None:
    """The sense that holds on that day; without a day, the one that holds today."""
    if len(senses) == 1:
        only = senses[0]
        # a name, an office or an agency outlives what it names; a capital or a seat does not
        if day is None or only.kind not in ("capital", "seat", "region") or only.start <= day <= only.end:
            return only
        return None
    if day is None:
        return max(senses, key=lambda s: (-_ORDER.get(s.kind, 15), s.end))
    for sense in senses:
        if sense.start <= day <= sense.end:
            return sense
    return next((s for s in senses if s.kind in ("name", "adjective", "agency")), None)


@cache
def index() -> Index:
    """The index, built once."""
    return Index(catalogue())
