"""Parts of a path in, actor ids out; and how a pair is told in words."""

from detente import actors
from detente.errors import BadInput, UnknownActor
from detente.web.sight import Sight
from detente.web.wording import actor_name, adjective, month, tone_words


def known(sight: Sight, text: str) -> bool:
    """Whether an id is in the catalogue or in the record."""
    return actors.lookup(text) is not None or text in sight.names


def actor_of(sight: Sight, text: str) -> str:
    """The id that a part of a path names: RUS, rus, or russia. Raises UnknownActor."""
    for form in (text, text.upper()):
        if known(sight, form):
            return form
    found = actors.resolve(text.replace("_", " "))
    if found is None or not found.id:
        raise UnknownActor(
            f"No state or organisation is called {text[:60]!r} here; try a name (Russia) or a code (RUS)."
        )
    return found.id


def dyad_of(sight: Sight, a: str, b: str) -> tuple[str, str]:
    """Two ids. Raises UnknownActor, and BadInput where both are the same."""
    found = actor_of(sight, a), actor_of(sight, b)
    if found[0] == found[1]:
        raise BadInput(f"A relation needs two different actors, not {found[0]} twice.")
    return found


def dyad_name(a: str, b: str) -> str:
    """Two actors as a headline writes them."""
    return f"{actor_name(a)} – {actor_name(b)}"


def standing(sight: Sight, a: str, b: str, level: float | None) -> str:
    """How a pair stands, in one line: its tone, and its last turn."""
    turned = sight.turns_of(a, b)
    name = dyad_name(a, b)
    if level is None:
        return f"{name}: too few acts to say how they stand"
    told = f"{name}: {tone_words(level)}"
    return f"{told}; {adjective(turned[-1].direction)} in {month(turned[-1].month)}" if turned else told
