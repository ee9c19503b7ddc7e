"""Annotated text in, events in text order out."""

from msgspec import Struct

from detente.coding.attribution import attributed_to
from detente.coding.corrections import corrected, mark
from detente.coding.deciding import Coded, decide
from detente.coding.doubting import divided
from detente.coding.encoding import pieces
from detente.coding.explaining import Reason, reason
from detente.coding.merging import Group, merge, unanimous
from detente.coding.modes import mode
from detente.coding.network import Verdict, settings, verdicts
from detente.coding.parties import party
from detente.coding.placing import placing
from detente.coding.series import accompany, sittings
from detente.coding.timing import timing
from detente.coding.vetoes import imagined, outsider
from detente.coding.windows import Entity, Window, distance, windows
from detente.ontology import intensity
from detente.reading import complete
from detente.reading.text import AnnotatedText
from detente.types import Actor, Event, Evidence, Mention, Span


class Explained(Struct):
    """An event with the reasons for it; where it was no verdict of the network, None and a line that says what it was."""

    event: Event
    reason: Reason | None
    note: str = ""


SITTING = "a further sitting of the meeting named before"
FRAMES = ".f4"  # the rules for dates, statements, meetings and transfers; a change that finds others comes with another number


def version() -> str:
    """The coder in use, as the record names it: its weights, its rules, and the user's rules where there are any."""
    return settings().version + FRAMES + mark()


class Acts(Struct):
    """The acts found in one window: those coded for themselves, and those that are too unsure for that."""

    window: Window
    sure: list[Coded]
    weak: list[Coded]


def code(text: AnnotatedText) -> list[Event]:
    """The events that the text itself reports between two different actors; a text without any gives []."""
    return [event for event, _ in events_of(text, acts(text))]


def explain(text: AnnotatedText) -> list[Explained]:
    """`code` with the words and probabilities behind each decision."""
    words, by = text.document.text, settings()
    return [
        Explained(event, reason(words, act, by)) if act else Explained(event, None, SITTING)
        for event, act in events_of(text, acts(text))
    ]


def judge(text: AnnotatedText) -> list[list[Verdict]]:
    """The verdicts on every window of a text. Nothing outside the text has a part in them."""
    found = windows(text)
    return verdicts(found, pieces(text.document.text, found))


def acts(text: AnnotatedText) -> list[Acts]:
    """The acts of every window that has any, corrected by the user's rules."""
    words, by = text.document.text, settings()
    out = []
    for of in judge(text):
        found = [act for act in decide(words, of, by) if not (outsider(words, act) or imagined(words, act))]
        kept = [act for a in found if (act := corrected(words, a.verdict.window.span, a)) is not None]
        if kept:
            out.append(Acts(of[0].window, *divided(kept, by)))
    return out


def events_of(text: AnnotatedText, found: list[Acts]) -> list[tuple[Event, Coded | None]]:
    """The events of a text in text order; with each, the act that it was made from."""
    made = []
    for of in found:
        for group in merge(unanimous(of.sure), of.weak):
            first = max(group.of, key=lambda c: c.probability)
            made.append((event(complete(text), of.window, group, first), first))
    events = accompany(text, [event for event, _ in made])
    more = [(event, None) for event in sittings(text, events)]
    both = [*zip(events, (act for _, act in made), strict=True), *more]
    return sorted(both, key=lambda e: e[0].evidence.start)


def event(text: AnnotatedText, window: Window, group: Group, first: Coded) -> Event:
    """One event with its date, place, manner and evidence; `first` is the surest of its pairs."""
    words, sentence = text.document.text, window.span
    start, end, precision = timing(text, sentence, first.trigger, first.status)
    how = mode(first.type, words, first.trigger, sentence)
    return Event(
        type=first.type,
        mode=how,
        contexts=first.contexts,
        source=[actor(p, group.of) for p in group.sources],
        target=[actor(p, group.of) for p in group.targets],
        mutual=first.mutual,
        status=first.status,
        start=start,
        end=end,
        precision=precision,
        place=placing(text, window, sentence, first.trigger),
        intensity=intensity(first.type, how, first.status),
        confidence=round(sum(c.confidence for c in group.of) / len(group.of), 3),
        attributed_to=attributed_to(words, window, sentence, first.claim, {first.source.root, first.target.root}),
        evidence=Evidence(start=sentence[0], end=sentence[1], trigger=first.trigger),
    )


def actor(who: Entity, of: list[Coded]) -> Actor:
    """A party as it stands in an event: by its mention that is nearest to the act's words."""
    own = next(c for c in of if who.root in (c.source.root, c.target.root))
    mention = min(who.mentions, key=lambda m: (distance(m, at(own.trigger)), m.start))
    return party(mention)


def at(span: Span) -> Mention:
    """A span as a mention, to measure from."""
    return Mention(start=span[0], end=span[1], text="", id="", kind="generic")
