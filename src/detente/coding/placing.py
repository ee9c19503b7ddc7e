"""An act in its sentence in, the place where it happened out."""

import re

from detente.coding.windows import Window, root
from detente.coding.wording import apart, bases
from detente.reading.text import AnnotatedText, within
from detente.types import Place, Span

WHERE = re.compile(
    r"\b(?:in|at|near|outside|off|inside|around)(?: (?:the|central|northern|southern|eastern|western|downtown))* $",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\b(?:to|in|at|for|near|visit(?:s|ed|ing)?)(?: the)? $", re.IGNORECASE)
GOING = {"visit", "arrive", "travel", "fly", "return", "go", "trip", "come", "tour"}
FAR = 12  # words beyond which a place is not the act's; a clause limit counts as eight


def placing(text: AnnotatedText, window: Window, sentence: Span, trigger: Span) -> Place | None:
    """The place behind in/at/near … (or to, with an act of going) nearest to the act; None where there is none."""
    words = text.document.text
    led = TOWARDS if bases(words, trigger) & GOING else WHERE
    found = []
    for span, place in [*named(text, sentence), *capitals(window, sentence)]:
        if led.search(words, max(sentence[0], span[0] - 24), span[0]):
            away = apart(words, span, trigger)
            if away <= FAR:
                found.append((away, span[0] - span[1], span[0], place))
    return min(found, key=lambda f: f[:3])[3] if found else None


def named(text: AnnotatedText, sentence: Span) -> list[tuple[Span, Place]]:
    """The places that the reading found in the sentence."""
    return [((p.start, p.end), p.place) for p in within(text.places, sentence)]


def capitals(window: Window, sentence: Span) -> list[tuple[Span, Place]]:
    """Capitals that the scan took for an actor: a capital may be named as the place only ("a summit in Islamabad")."""
    return [
        ((m.start, m.end), Place(name=m.text, country=root(m.id)))
        for entity in window.entities
        for m in entity.mentions
        if m.role in {"place", "capital"} and sentence[0] <= m.start and m.end <= sentence[1]
    ]
