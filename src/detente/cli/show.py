"""A Reading as a person wants to see it: events in time order, each with its sentence and the deciding words marked."""

import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from detente.types import Actor, Event, Evidence, Meeting, Reading, Statement, Transfer

if TYPE_CHECKING:
    from datetime import date

    from detente.coding import Explained
    from detente.coding.explaining import Reason
    from detente.relations.sittings import Sitting

STATUS_STYLE = {
    "occurred": "",
    "ongoing": "",
    "planned": "cyan",
    "hypothetical": "dim",
    "denied": "dim",
    "alleged": "yellow",
}
CONFLICT = "dark_orange3"
COOPERATION = "dark_cyan"


def show_reading(reading: Reading, explained: "Sequence[Explained]" = (), origin: str = "") -> None:
    """Print one Reading to standard output; with `explained` (in the events' order) each event says why.

    origin: where it was found, which heads a text that has neither title nor address.
    """
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    document = reading.document
    console.print(Text(document.title or document.url or origin or document.id, style="bold"))
    facts = [document.source, document.published and document.published.isoformat(), document.author, document.language]
    console.print(Text(" · ".join(str(x) for x in facts if x), style="dim"))
    if document.language != "en":
        console.print(f"\nNot coded: the text is not in English (language: {document.language}).")
        return
    console.print(Text(f"\n{_count(len(reading.events), 'event')}", style="bold"))
    for event, why in zip_longest(reading.events, explained):
        _show_event(console, event, document.text)
        if why:
            show_reason(console, why.reason, why.note)
    for name, frames in (
        ("statement", reading.statements),
        ("meeting", reading.meetings),
        ("transfer", reading.transfers),
    ):
        if frames:
            console.print(Text(f"\n{_count(len(frames), name)}", style="bold"))
        for frame in frames:
            _show_frame(console, frame, document.text)


def _count(n: int, noun: str) -> str:
    return f"No {noun}s" if n == 0 else f"{n} {noun}" + ("s" if n > 1 else "")


def _show_event(console: Console, event: Event, text: str) -> None:
    line = Text("\n")
    line.append(f"{when(event):<17}")
    line.append(parties(event.source, event.target, event.mutual), style="bold")
    line.append(
        "  " + event.type + (f"/{event.mode}" if event.mode else ""),
        style=COOPERATION if event.intensity >= 0 else CONFLICT,
    )
    line.append(f"  {event.status}", style=STATUS_STYLE[event.status])
    extras = [
        event.place.name if event.place else "",
        ", ".join(event.contexts),
        f"{event.intensity:+.1f}",
        f"conf. {event.confidence:.2f}",
    ]
    line.append("  " + " · ".join(x for x in extras if x), style="dim")
    console.print(line, soft_wrap=True)
    console.print(Padding(quote(event.evidence, text), (0, 0, 0, 17)))


def show_reason(console: Console, reason: "Reason | None", note: str = "") -> None:
    """Print why an event was coded: what was likely beside what was chosen, and which words named the parties."""
    if reason is None:
        console.print(Padding(Text(f"why: {note}", style="dim"), (0, 0, 0, 17)))
        return
    lines = [
        ("type", likely(reason.types) + f"   (coded from {reason.threshold:.2f})"),
        ("direction", likely(reason.direction)),
        ("status", likely(reason.status) + ("   (decided by the words before the act)" if reason.tense else "")),
        ("said by", likely(reason.claim)),
        ("words", f"“{reason.trigger[0]}” {reason.trigger[1]:.2f}"),
        ("parties", "; ".join(f"“{words}” = {actor} ({why})" for words, actor, why in reason.parties)),
    ]
    if reason.ruled:
        lines.append(("rule", "changed by your rules.toml"))
    for name, value in lines:
        line = Text(f"{name:>10}  ", style="bold dim").append(value, style="not bold dim")
        console.print(Padding(line, (0, 0, 0, 17)))


def likely(found: list[tuple[str, float]]) -> str:
    """'ACCUSE 0.91, REJECT 0.12': the likeliest, without what is next to impossible."""
    return ", ".join(f"{name} {p:.2f}" for n, (name, p) in enumerate(found) if n == 0 or p >= 0.01)


def when(event: "Event | Meeting | Sitting") -> str:
    """An event's date at its precision."""
    return at_precision(event.start, event.end, event.precision)


def at_precision(start: "date | None", end: "date | None", precision: str) -> str:
    """2012-09-26, 2012-09-26/09-28, 2012-09, 2012, 1960s, or a dash."""
    if start is None:
        return "–"
    if precision == "day" and end and end != start:
        return f"{start}/{end:%m-%d}"
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "decade": "%Ys"}.get(precision)
    return start.strftime(form) if form else "–"


def parties(source: list[Actor], target: list[Actor], mutual: bool) -> str:
    """RUS → PAK, or RUS – PAK for a mutual act."""
    joined = [" + ".join(dict.fromkeys(a.id for a in side)) for side in (source, target)]
    if mutual:
        return " – ".join(dict.fromkeys(a.id for a in [*source, *target]))
    return f"{joined[0]} → {joined[1]}" if joined[1] else joined[0]


def office(role: str | None, former: bool) -> str:
    """A speaker's role; "former" goes before it where its own words do not say so."""
    said = re.search(r"\b(?:former|formerly|ex|late|retired)\b", role or "") is not None
    return " ".join(x for x in ("former" if former and not said else "", role or "") if x)


def quote(evidence: Evidence, text: str) -> Text:
    """The evidence sentence with its trigger underlined."""
    shown = Text(text[evidence.start : evidence.end], style="dim")
    if evidence.trigger:
        start, end = (offset - evidence.start for offset in evidence.trigger)
        shown.stylize("not dim underline", max(start, 0), max(end, 0))
    return shown


def _show_frame(console: Console, frame: Statement | Meeting | Transfer, text: str) -> None:
    line = Text("\n")
    if isinstance(frame, Statement):
        speaker = frame.speaker
        role = office(speaker.role, speaker.former)
        line.append(speaker.name or "(unnamed)", style="bold")
        line.append(
            f"{', ' + role if role else ''}  {frame.kind} · {frame.certainty}{' · forecast' if frame.forecast else ''}"
        )
    elif isinstance(frame, Meeting):
        line.append(f"{when(frame):<17}")
        line.append(" – ".join(frame.participants), style="bold")
        line.append(f"  {frame.format} {frame.status}{'  ' + frame.place.name if frame.place else ''}")
    else:
        line.append(f"{' + '.join(frame.supplier) or '?'} → {' + '.join(frame.recipient) or '?'}", style="bold")
        line.append(f"  {frame.item}  {frame.stage}")
        value = f"{frame.value:,.0f} {frame.currency or ''}".strip() if frame.value else ""
        extras = (frame.item_class, "" if frame.form == "complete" else frame.form, value)
        line.append("  " + " · ".join(x for x in extras if x), style="dim")
    console.print(line, soft_wrap=True)
    if isinstance(frame, Statement):
        said = f"“{frame.text}”" if frame.kind == "quote" else frame.text
        console.print(Padding(Text(said, style="dim"), (0, 0, 0, 17)))
        return
    console.print(Padding(quote(frame.evidence, text), (0, 0, 0, 17)))
