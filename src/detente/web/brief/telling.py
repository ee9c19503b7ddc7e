"""A Brief in, its sentences of numbers out: the same words on a page, in a PDF and in Markdown."""

from detente.types import Turn
from detente.web.brief.model import Brief, Line, Met, Said, Sold, Source
from detente.web.wording import (
    actor_name,
    adjective,
    between,
    counted,
    day,
    month,
    number,
    plural,
    ratio_words,
    signed,
    tone_words,
)

METHOD = (
    "Levels are log ratios of cooperation to conflict, each act weighing half after 180 days, with an 80 % interval. "
    "A turn is a month whose acts differ more from the two years before than the accepted rate of false alarms allows. "
    "Sentences are quoted from the pages named; nothing here was written by hand. A page is evidence of what was "
    "reported, not of what is true."
)


def title(brief: Brief) -> str:
    """Russia – Pakistan."""
    return f"{actor_name(brief.a)} – {actor_name(brief.b)}"


def under(brief: Brief) -> str:
    """The stretch of days, and as known when."""
    known = f"as known on {day(brief.as_of)}" if brief.as_of else "as the record stands"
    return f"{day(brief.since)} to {day(brief.until)}, {known}"


def finding(brief: Brief) -> str:
    """How the two stood at the end, and what turned last."""
    if brief.last is None:
        return "Too few acts to say how they stand"
    told = tone_words(brief.last.level)
    turned = brief.turnings[-1].turn if brief.turnings else None
    head = f"{told[:1].upper()}{told[1:]}"
    return f"{head}; {adjective(turned.direction)} in {month(turned.month)}" if turned else f"{head}; no turn"


def summary(brief: Brief) -> list[str]:
    """What the record holds, and how the level went, in three sentences or fewer."""
    counts, totals = brief.counts, brief.totals
    if not counts["events"]:
        told = ["The record holds no event between the two in these days."]
    else:
        plans = f", {plural(counts['not done'], 'plan or denial', 'plans or denials')}" if counts["not done"] else ""
        told = [
            f"The record holds {plural(counts['events'], 'event')} between the two: {number(counts['cooperation'])} of "
            f"cooperation, {number(counts['conflict'])} of conflict{plans}; from {plural(counts['pages'], 'page')} of "
            f"{plural(counts['outlets'], 'outlet')}."
        ]
    if brief.first and brief.last:
        told.append(
            f"The level went from {_point(brief.first)} in {month(brief.first.period)} to {_point(brief.last)} in "
            f"{month(brief.last.period)}: {ratio_words(brief.last.level)}."
        )
    others = [
        f"{plural(totals['meetings'], 'meeting')} ({number(totals['held'])} held)" if totals["meetings"] else "",
        plural(totals["deals"], "arms deal") if totals["deals"] else "",
        plural(totals["statements"], "statement") if totals["statements"] else "",
    ]
    if any(others):
        told.append(f"It also holds {', '.join(o for o in others if o)}.")
    return told


def turn_words(turn: Turn) -> str:
    """What a turn was: warmed in Sep 2012, alarm on 26 Sep 2012, it lasted."""
    lasted = "it lasted" if turn.confirmed else "not known to have lasted"
    head = adjective(turn.direction)
    return f"{head[:1].upper()}{head[1:]} in {month(turn.month)} (alarm {day(turn.alarm_date)}; {lasted})"


def line_words(line: Line) -> str:
    """What an event was, before its sentence."""
    return f"{day(line.day, line.precision)} · {line.parties} · {line.what}"


def met_words(met: Met) -> str:
    """A meeting and what became of it."""
    s = met.sitting
    when = between(s.start, s.end, s.precision) if s.start else "no day known"
    others = f"{', '.join(actor_name(p) for p in s.participants)}: " if len(s.participants) > 2 else ""
    place = f" in {s.place}" if s.place else ""
    fate = {"lapsed": "its day went by without a report"}.get(s.status, s.status)
    return f"{when} · {others}{s.series or s.format}{place} · {fate}"


def sold_words(sold: Sold) -> str:
    """A deal and its stage."""
    d = sold.deal
    sides = [" and ".join(actor_name(x) for x in side) or "?" for side in (d.supplier, d.recipient)]
    return f"{day(d.day)} · {sides[0]} → {sides[1]} · {counted(d.item, d.number)} · {d.stage}"


def said_words(said: Said) -> str:
    """Who said it, when, how surely, and what became of it."""
    role = f", {said.role}" if said.role else ""
    who = f" ({actor_name(said.actor)})" if said.actor else ""
    fate = ""
    if said.fate is not None:
        state = {"true": "came true", "false": "did not come true", "due": "past its day without a verdict",
                 "uncheckable": "cannot be checked"}.get(said.fate.state, said.fate.state)  # fmt: skip
        fate = f" · forecast, {state}"
    return f"{day(said.published)} · {said.speaker}{role}{who} · {said.certainty}{fate}"


def source_words(source: Source) -> str:
    """A footnote without its address."""
    parts = [source.outlet, source.title, day(source.published) if source.published else None, source.document]
    return ". ".join(part for part in parts if part)


def _point(point: object) -> str:
    level, low, high = (getattr(point, name) for name in ("level", "low", "high"))
    return f"{signed(level)} (80 % between {signed(low)} and {signed(high)})"
