"""Rows of people.tsv and leaders.tsv in; people with their terms of office out, and who of several is meant."""

from collections.abc import Iterable
from typing import NamedTuple

from detente.actors import tables
from detente.actors.words import WORDS

# how long after a term a bare surname still means that person, in days
GRACE = 120
_FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HKG", "SGP"})
# names without a family name, or second mention by the first word
_NO_SURNAME = frozenset({"MMR", "ETH", "ERI", "THA", "IDN", "MNG", "BTN", "VAT"})


class Term(NamedTuple):
    """One term of office, in day numbers."""

    office: str
    sector: str
    start: int
    end: int
    known: bool = True  # False: the source ends on that day, or later offices are not followed


class Person:
    """Someone who acts for a state, organisation or group."""

    __slots__ = ("actor", "alone", "name", "names", "single", "surnames", "terms")

    def __init__(self, name: str, actor: str, alone: str = "") -> None:
        self.name = name
        self.actor = actor
        self.alone = alone
        self.names: list[str] = []
        self.surnames: list[str] = []
        self.single: frozenset[str] = frozenset()  # the words that name them without a title
        self.terms: list[Term] = []

    @property
    def span(self) -> tuple[int, int]:
        """Names hold for ever; the terms say when the office did."""
        return tables.FIRST, tables.LAST

    def term(self, day: int | None) -> tuple[Term | None, bool]:
        """The term that holds on that day, and whether the person is out of office by then; None: the last term."""
        if not self.terms:
            return None, False
        if day is None:
            return max(self.terms, key=lambda t: (t.end, t.start)), False
        held = [t for t in self.terms if t.start <= day <= t.end]
        if held:
            return max(held, key=lambda t: t.start), False
        past = [t for t in self.terms if t.end < day and t.known]
        if past and len(past) == len(self.terms):
            return max(past, key=lambda t: t.end), True
        return None, False

    def serves(self, day: int) -> list[Term]:
        """The terms that hold on that day, or ended before and it is not known what came then."""
        return [t for t in self.terms if t.start <= day and (day <= t.end or not t.known)]

    def near(self, day: int | None, grace: int = GRACE) -> bool:
        """Whether some term holds on that day or ended shortly before."""
        return day is None or any(t.start - 30 <= day <= t.end + grace for t in self.terms)


def surname_of(name: str, actor: str) -> str:
    """The word by which news speaks of someone on second mention; "" where the catalogue cannot tell."""
    words = name.split(" ")
    if len(words) == 1:
        return name
    if actor in _FAMILY_FIRST:
        return words[0] if len(words[0]) > 1 else ""
    return "" if actor in _NO_SURNAME else words[-1]


def load_people() -> Iterable[Person]:
    """All people; rows of one name and actor are one person with several terms."""
    found: dict[tuple[str, str], Person] = {}
    for table in ("people.tsv", "leaders.tsv"):
        for row in tables.rows(table):
            key = (row["name"], row["actor"])
            person = found.get(key)
            if person is None:
                person = found[key] = Person(row["name"], row["actor"], row.get("alone", ""))
                person.names.append(row["name"])
            person.alone = person.alone or row.get("alone", "")
            for alias in tables.words(row.get("aliases", "")):
                if alias not in person.names:
                    person.names.append(alias)
            followed = (
                table == "people.tsv" or not row["office"].endswith("minister") or row["office"] == "prime minister"
            )
            end = tables.last_day(row["end"].rstrip("?"))
            person.terms.append(Term(row["office"], row.get("sector") or "GOV", tables.first_day(row["start"]), end,
                                     followed and not row["end"].endswith("?")))  # fmt: skip
    for person in found.values():
        if person.alone == "never":  # the surname is a given name or a common word
            person.alone = ""
            continue
        single = [n for n in person.names if " " not in n]
        derived = [surname_of(n, person.actor) for n in person.names]
        person.surnames = [n for n in dict.fromkeys([*single, *derived]) if len(n) > 1]
        words = person.name.split(" ")
        if len(words) > 2 and words[-2].lower() in WORDS["particles"]:
            derived[0] = ""
        usual = single or ([] if person.actor in _FAMILY_FIRST | _NO_SURNAME else [d for d in derived[:1] if d])
        person.single = frozenset(usual) if person.alone else frozenset()
    return found.values()


_ROLE_WORDS = {
    "president": ("president", "leader", "monarch"),
    "leader": ("leader", "president", "prime minister", "supreme leader", "commander"), "king": ("monarch", "leader"), "officer": ("leader", "commander", "president"),
    "prime minister": ("prime minister", "premier", "chancellor", "leader"),
    "foreign minister": ("foreign minister", "foreign secretary", "secretary of state"),
    "defence minister": ("defence minister", "defence secretary"), "envoy": ("envoy", "ambassador"), "ambassador": ("envoy", "ambassador", "ambassador to the UN"),
}  # fmt: skip


def choose(people: list[Person], day: int | None, role: str | None, owner: str | None) -> Person | None:
    """Who is meant by a surname beside a title (`role`) and perhaps a state (`owner`); None where it stays open."""
    fit = [p for p in people if owner is None or p.actor == owner]
    if role is not None:
        titled = [p for p in fit if any(_same_role(role, t.office) for t in p.terms)]
        fit = titled or (fit if owner else [])
    if day is not None:
        fit = [p for p in fit if p.near(day)] or ([] if owner is None else fit)
    ids = {(p.name, p.actor) for p in fit}
    return fit[0] if len(ids) == 1 else None


def _same_role(role: str, office: str) -> bool:
    return role == office or office in _ROLE_WORDS.get(role, ()) or role in office
