"""PLOVER's event types, modes and contexts: names in, what they mean and their quad class out."""

from functools import cache

from msgspec import Struct

from detente.errors import BadInput
from detente.ontology.tables import document, rows, words


class EventType(Struct, kw_only=True, frozen=True, rename={"not_": "not"}):
    """One of the sixteen types. `quad` 1..4, `cameo` the code for the type alone, `planned` for its announcement."""

    name: str
    quad: int
    cameo: str
    planned: str | None = None
    intensity: float
    definition: str
    example: str
    not_: str


class Mode(Struct, kw_only=True, frozen=True):
    """How an act is done. `origin`: plover, cameo (a distinction CAMEO makes) or own; `intensity` None: by its code."""

    type: str
    name: str
    cameo: str
    intensity: float | None
    origin: str
    meaning: str


class Context(Struct, kw_only=True, frozen=True):
    """What an act is about; `aliases` are names that other datasets give it."""

    name: str
    aliases: tuple[str, ...]
    meaning: str


def _types() -> dict[str, EventType]:
    table = document("types.toml")
    return {name: EventType(name=name, not_=row.pop("not"), **row) for name, row in table.items()}


def _modes() -> dict[str, dict[str, Mode]]:
    found: dict[str, dict[str, Mode]] = {name: {} for name in EVENT_TYPES}
    for row in rows("modes.tsv"):
        found[row["type"]][row["mode"]] = Mode(
            type=row["type"],
            name=row["mode"],
            cameo=row["cameo"],
            intensity=float(row["intensity"]) if row["intensity"] else None,
            origin=row["origin"],
            meaning=row["meaning"],
        )
    return found


def _contexts() -> dict[str, Context]:
    return {
        row["context"]: Context(name=row["context"], aliases=words(row["aliases"]), meaning=row["meaning"])
        for row in rows("contexts.tsv")
    }


EVENT_TYPES = _types()
MODES = _modes()
CONTEXTS = _contexts()
_ALIASES = {alias: entry.name for entry in CONTEXTS.values() for alias in (entry.name, *entry.aliases)}


def event_type(name: str) -> EventType:
    """The type of that name. Raises BadInput for a name that PLOVER does not have."""
    try:
        return EVENT_TYPES[name]
    except KeyError:
        raise BadInput(f"unknown event type {name!r}; the types are {', '.join(EVENT_TYPES)}") from None


def quad(name: str) -> int:
    """Quad class of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return event_type(name).quad


def penta(name: str | None) -> int:
    """Penta class: 0 where there is no event, else the quad class."""
    return 0 if name is None else quad(name)


def context(name: str) -> str | None:
    """Our name for a context as any dataset writes it, or None where we have none."""
    return _ALIASES.get(name.strip().lower().replace(" ", "_"))


def type_of_word(word: str) -> str | None:
    """The type that an everyday word means (talks: CONSULT), or the type of that name; None where there is none."""
    return word.upper() if word.upper() in EVENT_TYPES else _everyday().get(word.lower())


@cache
def _everyday() -> dict[str, str]:
    return {row["word"]: row["type"] for row in rows("everyday.tsv")}
