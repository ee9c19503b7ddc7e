"""What is said in, which actors it is about, which pair of them, and whether the speaker welcomes or rejects it out."""

import re

from detente.coding.parties import mentioned
from detente.coding.statements.certainty import clause
from detente.coding.windows import root
from detente.reading.text import AnnotatedText
from detente.types import Span, Speaker, Stance

OWN = re.compile(
    r"\b(?:it|its|they|their|them|we|our|us|he|she|his|her|the (?:country|nation|government|group|organi[sz]ation))\b",
    re.IGNORECASE,
)
WELCOMES = re.compile(
    r"\b(?:welcom\w+|prais\w+|hail\w*|support(?:s|ed|ing)?|back(?:s|ed)|applaud\w*|endors\w+|congratulat\w+|in favou?r of|a (?:good|positive|great|historic|welcome) (?:step|sign|signal|move|day)"
    r"|grateful|proud of|success\w*|encourag(?:ing|ed))\b",
    re.IGNORECASE,
)
REJECTS = re.compile(
    r"\b(?:condemn\w*|reject\w*|oppos\w+|criticis\w+|criticiz\w+|denounc\w+|unacceptable|illegal|illegitimate|wrong|mistake|provocation\w*|violat\w+|outrage\w*|shameful|strange|deplor\w+"
    r"|not a good|would be a loss|against the|dangerous|absurd|baseless|groundless|slander\w*|sham|aggression|draconian|regret\w*|terroris[tm]\w*|crime\w*|protest\w*|unjust\w*|undermin\w+)\b",
    re.IGNORECASE,
)


def about(text: AnnotatedText, parts: list[Span], speaker: Speaker) -> list[str]:
    """The ids of the actors that what is said names, in its order; the speaker's own where a pronoun may stand for it, or nobody is named."""
    found = [m.id for part in sorted(parts) for m in mentioned(text, part)]
    words = " ".join(text.document.text[a:b] for a, b in parts)
    if speaker.actor and (not found or OWN.search(words[:60])):
        found.insert(0, speaker.actor)
    seen: dict[str, str] = {}
    for actor in found:
        seen.setdefault(actor, actor)
    return list(seen)


def dyad(topics: list[str], speaker: Speaker) -> tuple[str, str] | None:
    """The pair of actors that a statement is about, in alphabetical order: the two that it names, or the one with the speaker's own."""
    named = list(dict.fromkeys(root(actor) for actor in topics))
    if len(named) == 1 and speaker.actor and root(speaker.actor) != named[0]:
        named.append(root(speaker.actor))
    if len(named) != 2:
        return None
    a, b = sorted(named)
    return a, b


def stance(content: str, cue: str) -> Stance | None:
    """Whether the speaker welcomes or rejects what it is about, where the words say so, and only one of both."""
    words = f"{cue} {clause(content)}"
    good, bad = WELCOMES.search(words) is not None, REJECTS.search(words) is not None
    return None if good == bad else "welcomes" if good else "rejects"
