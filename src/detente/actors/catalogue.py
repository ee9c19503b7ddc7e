"""The tables under actors/data in; the catalogue out: who exists (`ActorEntry`) and which words name them (`Sense`)."""

import os
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from detente.actors import tables
from detente.actors.people import Person, load_people
from detente.errors import BadInput
from detente.types import MentionKind


class Member(NamedTuple):
    """One spell of membership, in day numbers."""

    state: str
    start: int
    end: int


class ActorEntry(Struct, kw_only=True):
    """One actor of the catalogue; `start`..`end` are the first and last day it existed (None: open)."""

    id: str
    name: str
    kind: MentionKind
    sector: str = "GOV"
    start: date | None = None
    end: date | None = None
    home: str | None = None  # where it sits or comes from: an actor id
    spells: list[tuple[date | None, date | None]] = field(default_factory=list)
    membership: list[Member] = field(default_factory=list)

    def existed(self, on: date) -> bool:
        """Whether it existed on that day."""
        spells = self.spells or [(self.start, self.end)]
        return any((start is None or start <= on) and (end is None or on <= end) for start, end in spells)

    def members(self, on: date | None = None) -> list[str]:
        """Ids of its members on that day, sorted; None: today."""
        day = (on or date.today()).toordinal()  # noqa: DTZ011
        return sorted({m.state for m in self.membership if m.start <= day <= m.end})


class Sense(NamedTuple):
    """One thing that a form of words can mean, in the days `start`..`end`."""

    kind: str  # name region adjective people capital seat organisation group agency collective office generic …
    id: str
    name: str
    sector: str
    role: str | None
    start: int
    end: int
    source: str  # table and row, for `Mention.why`
    person: Person | None = None


class Catalogue:
    """Entries by id, senses by form, people by surname."""

    def __init__(self) -> None:
        self.entries: dict[str, ActorEntry] = {}
        self.senses: dict[str, list[Sense]] = defaultdict(list)
        self.surnames: dict[str, list[Person]] = defaultdict(list)

    def add_entry(self, entry: ActorEntry) -> ActorEntry:
        """Add an actor; of several rows for one id the first stands."""
        return self.entries.setdefault(entry.id, entry)

    def add_sense(self, form: str, sense: Sense) -> None:
        """Let a form of words mean something."""
        if "'" in form:
            self.add_sense(form.replace("'", "’"), sense)
        known = self.senses[form]
        if not any(
            (s.kind, s.id, s.start, s.role, s.person) == (sense.kind, sense.id, sense.start, sense.role, sense.person)
            for s in known
        ):
            known.append(sense)

    def add_person(self, person: Person) -> None:
        """Let full names mean a person; a one-word name needs a title or an office beside it."""
        for form in person.names:
            if " " in form:
                self.add_sense(form, Sense("person", person.actor, person.name, "GOV", None, *person.span,
                                           f"people.tsv {person.name}", person))  # fmt: skip
        for surname in person.surnames:
            self.surnames[surname].append(person)


def _ordinals(row: dict[str, str]) -> tuple[int, int]:
    return tables.first_day(row.get("start", "")), tables.last_day(row.get("end", ""))


def _load_states(found: Catalogue) -> None:
    for row in tables.rows("states.tsv"):
        start, end = _ordinals(row)
        entry = found.add_entry(
            ActorEntry(
                id=row["id"], name=row["name"], kind="state", start=tables.as_date(start), home=row["home"] or None
            )
        )
        entry.spells.append((tables.as_date(start), tables.as_date(end)))
        entry.end = tables.as_date(end)
    for row in tables.rows("names.tsv"):
        entry = found.entries[row["id"]]
        sense = Sense(row["kind"], row["id"], entry.name, "CVL" if row["kind"] == "people" else "GOV",
                      None if row["kind"] == "name" else {"adjective": "demonym"}.get(row["kind"], row["kind"]),
                      *_ordinals(row), f"names.tsv {row['kind']} of {row['id']}")  # fmt: skip
        found.add_sense(row["alias"], sense)
        if row["kind"] == "name" and len(row["alias"]) > 4 and row["alias"].upper() != row["alias"]:
            found.add_sense(row["alias"].upper(), sense)


_TABLES: tuple[tuple[str, MentionKind], ...] = (
    ("organisations.tsv", "organisation"), ("groups.tsv", "group"), ("agencies.tsv", "agency"), ("others.tsv", "agency"), ("blocs.tsv", "collective"),
)  # fmt: skip


def _load_organisations(found: Catalogue) -> None:
    for name, kind in _TABLES:
        for row in tables.rows(name):
            start, end = _ordinals(row)
            sector = row.get("sector") or "GOV"
            home = row.get("seat") or row.get("home") or None
            if kind != "agency":
                entry = found.add_entry(ActorEntry(id=row["id"], name=row["name"], kind=kind, sector=sector, home=home,
                                                   start=tables.as_date(start), end=tables.as_date(end)))  # fmt: skip
                for state in row.get("members", "").split():
                    entry.membership.append(Member(state, start, end))
            # names outlive what they name: "the former Warsaw Pact" still means it
            spell = (start, end) if kind == "agency" else (tables.FIRST, tables.LAST)
            sense = Sense(
                kind, row["id"], row["name"], sector, row.get("role") or None, *spell, f"{name} {row['name']}"
            )
            for alias in dict.fromkeys([row["name"], *tables.words(row.get("aliases", ""))]):
                form = alias.removeprefix("the ").removeprefix("The ")
                if len(form) > 1 and "-led " not in form:  # compounds.py says who leads
                    found.add_sense(form, sense)
    for row in tables.rows("members.tsv"):
        if row["org"] in found.entries:
            found.entries[row["org"]].membership.append(Member(row["state"], *_ordinals(row)))


def _load_offices(found: Catalogue) -> None:
    for row in tables.rows("offices.tsv"):
        for form in tables.words(row["forms"]):
            word, alone = form.rstrip("*"), "alone" if form.endswith("*") else "attached"
            sense = Sense(f"office:{row['kind']}", "", row["role"], row["sector"], row["role"], tables.FIRST, tables.LAST,
                          alone)  # fmt: skip
            for variant in {word, word[0].upper() + word[1:], _title(word)}:
                found.add_sense(variant, sense)


def _title(form: str) -> str:
    small = {"of", "the", "for", "and", "in", "to", "on"}
    return " ".join(w if w in small else "-".join(p[:1].upper() + p[1:] for p in w.split("-")) for w in form.split(" "))


def _load_blocks(found: Catalogue) -> None:
    for form in tables.document("ambiguous.toml")["phrases"]:
        found.add_sense(form, Sense("block", "", form, "", None, tables.FIRST, tables.LAST, "ambiguous.toml"))


def _load_extra(found: Catalogue, path: Path) -> None:
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not a readable actors.toml: {error}") from error
    actors = data.get("actor", [])
    for number, row in enumerate(actors if isinstance(actors, list) else [None], 1):
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("name"), str):
            raise BadInput(f"{path}: [[actor]] number {number} needs id and name")
        if not isinstance(row.get("aliases", []), list):
            raise BadInput(f"{path}: [[actor]] {row['id']}: aliases is a list of names")
        try:
            start, end = tables.first_day(str(row.get("start", ""))), tables.last_day(str(row.get("end", "")))
        except ValueError as error:
            raise BadInput(
                f"{path}: [[actor]] {row['id']}: start and end are dates like 2014-04-07 ({error})"
            ) from error
        kind = row.get("kind", "group")
        if kind not in ("state", "organisation", "group", "agency", "collective"):
            raise BadInput(f"{path}: [[actor]] {row['id']}: kind is state, organisation, group, agency or collective")
        entry = ActorEntry(id=row["id"], name=row["name"], kind=kind, sector=row.get("sector", "GOV"),
                           start=tables.as_date(start), end=tables.as_date(end))  # fmt: skip
        found.add_entry(entry)
        sense = Sense(
            "name" if kind == "state" else kind, entry.id, entry.name, entry.sector, None, start, end, path.name
        )
        for alias in [entry.name, *row.get("aliases", [])]:
            found.senses.pop(alias, None)
            found.add_sense(alias, sense)


VARIABLE = "DETENTE_ACTORS"  # names a user's actors.toml; worker processes inherit it
_extras: list[Path] = []


@cache
def catalogue() -> Catalogue:
    """The whole catalogue, read once (some tens of milliseconds)."""
    found = Catalogue()
    _load_states(found)
    _load_organisations(found)
    _load_offices(found)
    _load_blocks(found)
    for person in load_people():
        found.add_person(person)
    named = os.environ.get(VARIABLE)
    for path in [*([Path(named)] if named else []), *_extras]:
        _load_extra(found, path)
    return found


def add_file(path: Path) -> None:
    """Read a user's actors.toml from now on; raises BadInput, and then keeps the catalogue as it was."""
    _load_extra(Catalogue(), path)
    if path not in _extras:
        _extras.append(path)
    catalogue.cache_clear()
