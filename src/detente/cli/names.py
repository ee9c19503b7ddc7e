"""Names that users type, turned into the ids the record knows: 'Russia' → RUS, 'consult' → CONSULT."""

from typing import get_args

from detente.errors import BadInput, UnknownActor
from detente.types import Status


def actor_id(text: str) -> str:
    """An actor id from an id or a name; raises UnknownActor."""
    from detente import actors

    if actors.lookup(text.upper()) is not None:
        return text.upper()
    found = actors.resolve(text)
    if found is None or not found.id:
        raise UnknownActor(
            f"{text!r} is no actor that the catalogue knows; try an ISO code (RUS) or `detente actor NAME`"
        )
    return found.id


def event_type(text: str) -> str:
    """A PLOVER type from its name in any case; raises BadInput with the list."""
    from detente.ontology import EVENT_TYPES

    if text.upper() not in EVENT_TYPES:
        raise BadInput(f"{text!r} is no event type; types are {', '.join(EVENT_TYPES)}")
    return text.upper()


def status_name(text: str) -> str:
    """A status from its name; raises BadInput with the list."""
    known = get_args(Status)
    if text.lower() not in known:
        raise BadInput(f"{text!r} is no status; choose one of {', '.join(known)}")
    return text.lower()
