"""Annotated text in, events in text order out."""

from collections.abc import Iterable, Iterator
from itertools import tee

from detente.coding.attribution import attributed_to
from detente.coding.candidates import Party, Sentence, sentences, sentences_each
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
    return events_of(text, sentences(text))


def code_each(texts: Iterable[AnnotatedText]) -> Iterator[list[Event]]:
    """`code` for many texts, in order: the same events, faster, since their sentences are parsed together."""
    kept, parsed = tee(texts)
    for text, found in zip(kept, sentences_each(parsed), strict=True):
        yield events_of(text, found)


def events_of(text: AnnotatedText, found: list[Sentence]) -> list[Event]:
    """The events of a text from its parsed sentences, in text order."""
    events = accompany(text, [event(text, s, group) for s in found for group in merge(decide(s))])
    return sorted([*events, *sittings(text, events)], key=lambda e: e.evidence.start)


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
