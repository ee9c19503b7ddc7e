"""Annotated text in, events in text order out."""

from detente.coding.attribution import attributed_to
from detente.coding.candidates import Party, Sentence, sentences
from detente.coding.deciding import decide
from detente.coding.merging import Group, merge
from detente.coding.modes import about, mode
from detente.coding.placing import placing
from detente.coding.series import accompany, sittings
from detente.coding.timing import timing
from detente.ontology import intensity
from detente.reading.text import AnnotatedText
from detente.types import Actor, Event, Evidence

CODER = "rules-1"


def code(text: AnnotatedText) -> list[Event]:
    """The events that the text itself reports between two different actors; a text without any gives []."""
    found = [event(text, s, group) for s in sentences(text) for group in merge(decide(s))]
    found = accompany(text, found)
    return sorted([*found, *sittings(text, found)], key=lambda e: e.evidence.start)


def event(text: AnnotatedText, sentence: Sentence, group: Group) -> Event:
    """One event with its date, place, manner and evidence."""
    first = group.of[0]
    word, low = first.trigger, sentence.span[0]
    start, end, precision = timing(text, sentence, word, first.status)
    how = mode(first.type, word)
    return Event(
        type=first.type,
        mode=how,
        contexts=about(sentence),
        source=[actor(p) for p in group.sources],
        target=[actor(p) for p in group.targets],
        mutual=first.mutual,
        status=first.status,
        start=start,
        end=end,
        precision=precision,
        place=placing(text, sentence, word),
        intensity=intensity(first.type, how, first.status),
        confidence=round(max(c.confidence for c in group.of), 3),
        attributed_to=attributed_to(sentence, word, first.status),
        evidence=Evidence(start=low, end=sentence.span[1], trigger=(low + word.idx, low + word.idx + len(word))),
    )


def actor(party: Party) -> Actor:
    """A party as it stands in an event."""
    mention = party.mention
    return Actor(id=mention.id, sector=mention.sector, name=mention.name, mention=(mention.start, mention.end))
