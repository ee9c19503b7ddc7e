"""The coder's acts in, the meetings among them out."""

from msgspec.structs import replace

from detente.coding.coder import Acts
from detente.coding.deciding import Coded
from detente.coding.meetings.fate import fate, undone
from detente.coding.meetings.shaping import shaped
from detente.coding.meetings.words import ACCEPTS, MEETING, NAMED
from detente.coding.merging import Group, merge, unanimous
from detente.reading import complete
from detente.reading.text import AnnotatedText
from detente.types import Meeting, Status

SURE_ENOUGH = 0.45  # probability from which an act of consulting counts where its words name a meeting
LINKS = 0.3  # … and from which an act of another kind shows between whom a meeting was called off
UNDOING = {"SANCTION", "REJECT", "CONSULT", "PROTEST"}


def coded(text: AnnotatedText, acts: list[Acts]) -> list[Meeting]:
    """Meetings that are acts of consulting, and those that other acts call off."""
    out = []
    for of in acts:
        words = text.document.text
        every = [*of.sure, *of.weak]
        chosen = [act for act in every if act.type == "CONSULT" and counts(words, act, of.sure)]
        rest = [act for act in every if act.type == "CONSULT" and act not in chosen]
        out += [m for group in merge(unanimous(chosen), rest) if (m := meeting(text, of, group)) is not None]
        if not chosen:
            found = [*off(words, every, of), *accepted(words, every, of)]
            out += [m for group in found if (m := meeting(text, of, group)) is not None]
    return out


def counts(text: str, act: Coded, sure: list[Coded]) -> bool:
    """Whether an act of consulting is a meeting: it was coded, or nearly so; and its words name one."""
    span = act.verdict.window.span
    named = MEETING.search(text, *act.trigger) is not None or undone(text, span, act.trigger) is not None
    return named and (act in sure or (act.probability >= SURE_ENOUGH and near(text, act)))


def near(text: str, act: Coded) -> bool:
    """Whether both parties stand in the clause of an unsure act's words: not in 'as a blow to India, the visit …'."""
    start, end = act.trigger
    return all(
        any("," not in text[min(m.end, end) : max(m.start, start)] for m in party.mentions)
        for party in (act.source, act.target)
    )


def off(text: str, every: list[Coded], of: Acts) -> list[Group]:
    """What remains of acts that put a meeting off or call it off: 'Pakistan cancels the visit of …'."""
    span = of.window.span
    if NAMED.search(text, *span) is None:
        return []
    found = [
        act for act in every if act.type in UNDOING and act.probability >= LINKS and undone(text, span, act.trigger)
    ]
    return merge(unanimous(found))


def accepted(text: str, every: list[Coded], of: Acts) -> list[Group]:
    """Agreements whose words say that the parties will meet: 'accepts the proposal of military talks'."""
    found = [act for act in every if act.type == "AGREE" and act.probability >= SURE_ENOUGH]
    kept = []
    for act in found:
        words = ACCEPTS.search(text, act.trigger[0], min(of.window.span[1], act.trigger[1] + 70))
        if words and words.start() <= act.trigger[1]:
            kept.append(replace(act, trigger=words.span(), status="planned"))
    return merge(unanimous(kept))


def meeting(text: AnnotatedText, of: Acts, group: Group) -> Meeting | None:
    """One meeting of one act's parties; None where it is only imagined."""
    first = max(group.of, key=lambda c: c.probability)
    status: Status = first.status
    became = fate(text.document.text, of.window.span, first.trigger, status)
    if became is None:
        return None
    parties = [*group.sources, *group.targets]
    mentions = [party.mentions[0] for party in parties]
    confidence = sum(c.confidence for c in group.of) / len(group.of)
    return shaped(complete(text), of.window, first.trigger, mentions, became, round(confidence, 3))
