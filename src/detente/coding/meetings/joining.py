"""Meetings found in different ways in, each meeting of the text once out; those of a series before it in the text lend parties."""

from msgspec.structs import replace

from detente.coding.merging import touch
from detente.coding.windows import root
from detente.reading.text import AnnotatedText
from detente.types import Event, Evidence, Meeting


def join(text: AnnotatedText, found: list[Meeting], events: list[Event]) -> list[Meeting]:
    """The meetings of a text in its order; of two with the same parties in the same sentence the surer one stays."""
    out: list[Meeting] = []
    for meeting in sorted([*found, *sittings(found, events)], key=lambda m: -m.confidence):
        twin = next((n for n, m in enumerate(out) if same(m, meeting)), None)
        if twin is None:
            out.append(meeting)
        else:
            out[twin] = filled(out[twin], meeting)
    out = [placed_in_time(m, events) for m in out]
    return sorted(out, key=lambda m: (m.evidence.start, m.evidence.trigger or (0, 0)))


def placed_in_time(meeting: Meeting, events: list[Event]) -> Meeting:
    """A meeting without a date takes that of the event it is, which may have it from another sentence."""
    if meeting.start is not None or meeting.status not in {"held", "scheduled"}:
        return meeting
    parties = set(meeting.participants)
    fitting = (e for e in events if e.type == "CONSULT" and e.start and e.evidence.start == meeting.evidence.start)
    own = next((e for e in fitting if {a.id for a in (*e.source, *e.target)} == parties), None)
    return replace(meeting, start=own.start, end=own.end, precision=own.precision) if own else meeting


def same(a: Meeting, b: Meeting) -> bool:
    """Whether two meetings of one text are one: the same parties, nothing that speaks against it."""
    mine, theirs = ({root(p) for p in m.participants} for m in (a, b))
    if visiting(a, b) and mine == theirs:
        return True
    one = a.evidence.trigger and b.evidence.trigger and touch(a.evidence.trigger, b.evidence.trigger)
    named = a.evidence.start == b.evidence.start and b.series and a.series == b.series
    if (one or named) and mine & theirs and a.status == b.status:
        return True
    where = {m.place.country for m in (a, b) if m.place and m.place.country}
    if (
        len(where) > 1
        or a.status != b.status
        or not (mine <= theirs or theirs <= mine)
        or {a.format, b.format} == {"call", "visit"}
    ):
        return False
    if a.evidence.start == b.evidence.start and len(mine & theirs) > 1:
        return a.start == b.start or "day" not in {a.precision, b.precision}
    return mine == theirs and (a.start == b.start or None in {a.start, b.start})


def visiting(a: Meeting, b: Meeting) -> bool:
    """Whether one sentence tells of a visit and of the talks it is for: 'visits Moscow in order to meet the president'."""
    apart = {a.format, b.format} == {"visit", "talks"} and {a.status, b.status} == {"held", "scheduled"}
    return apart and a.evidence.start == b.evidence.start


def filled(a: Meeting, b: Meeting) -> Meeting:
    """A meeting with what only its twin knows."""
    later = {
        n: getattr(b, n)
        for n in ("series", "place", "topic", "moved")
        if getattr(a, n) is None and getattr(b, n) is not None
    }
    if a.start is None and b.start is not None:
        later |= {"start": b.start, "end": b.end, "precision": b.precision}
    parties = list(dict.fromkeys([*a.participants, *b.participants]))
    form = b.format if a.format == "talks" and b.format != "talks" else a.format
    if visiting(a, b):
        later |= {"status": "held", "start": a.start or b.start, "end": a.end or b.end}
    return replace(a, participants=parties, format=form, **later)


def sittings(found: list[Meeting], events: list[Event]) -> list[Meeting]:
    """Further sittings of a meeting, which the coder took over from an event before ('it last met in 2011')."""
    seen = {m.evidence.start for m in found}
    out = []
    for event in events:
        if event.type != "CONSULT" or event.evidence.start in seen or event.status != "occurred" or not event.mutual:
            continue
        parties = [a.id for a in event.source]
        before = next((m for m in found if m.participants == parties), None)
        if before is not None:
            evidence = Evidence(start=event.evidence.start, end=event.evidence.end, trigger=event.evidence.trigger)
            out.append(
                replace(
                    before, start=event.start, end=event.end, precision=event.precision, place=event.place, status="held",
                    topic=None, moved=None, evidence=evidence,
                )
            )  # fmt: skip
    return out
