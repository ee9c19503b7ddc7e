"""An act with its claim in, the actor on whose word it rests out."""

import re

from detente.coding.windows import Entity, Window
from detente.types import Mention, Span

SAYING = (
    r"(?:says?|said|claim(?:s|ed)?|report(?:s|ed)?|stat(?:es|ed)|alleg(?:es|ed)|announc(?:es|ed)|confirm(?:s|ed)?"
    r"|declar(?:es|ed)|insist(?:s|ed)?|maintain(?:s|ed)?|add(?:s|ed)|tells?|told)"
)
AFTER = re.compile(rf"^(?:['’]s)?(?:\s+[\w'’-]+){{0,3}}?\s+{SAYING}\b")
BEFORE = re.compile(rf"\b(?:according to|{SAYING})(?: the| a| an)?(?: [\w-]+)? $", re.IGNORECASE)


def attributed_to(text: str, window: Window, sentence: Span, claim: str, parties: set[str]) -> str | None:
    """The id of the actor that says so; None where the text itself says it, or the sayer is no actor of the window.

    `claim` is "text", "other" (whoever else speaks in the sentence), or the actor's id; `parties` are those of the act.
    """
    if claim == "text":
        return None
    if claim != "other":
        return claim
    others = [entity for entity in window.entities if entity.root not in parties]
    return next((e.root for e in others if any(speaks(text, m, sentence) for m in of(e, sentence))), None)


def of(entity: Entity, sentence: Span) -> list[Mention]:
    """An actor's mentions in a sentence."""
    return [m for m in entity.mentions if sentence[0] <= m.start and m.end <= sentence[1]]


def speaks(text: str, mention: Mention, sentence: Span) -> bool:
    """Whether a word of saying has the mention for its subject, as far as their order shows."""
    behind = text[mention.end : min(mention.end + 60, sentence[1])]
    return bool(AFTER.match(behind) or BEFORE.search(text, max(sentence[0], mention.start - 40), mention.start))
