"""A text and its publication date in, the dates in its sentences out, resolved to days with their precision."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from detente.reading import date_rules_relative  # noqa: F401  (registers its rules)
from detente.reading import date_words as w
from detente.reading.date_rules import RULES, Resolver, Scene
from detente.reading.periods import Period, join
from detente.reading.sentences import split
from detente.reading.text import DateSpan
from detente.types import Span

_TRIGGERS = {  # a group's rules are tried where one of these letters stands in the text
    "month": [*w.FULL.split("|"), "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "week": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "weekend"],
    "digits": ["15", "16", "17", "18", "19", "20", "'2", "'3", "'4", "'5", "'6", "'7", "'8", "'9", "’2", "’3", "’4", "’5",
               "’6", "’7", "’8", "’9", "‘2", "‘3", "‘4", "‘5", "‘6", "‘7", "‘8", "‘9"],
    "near": ["oday", "onight", "omorrow", "esterday", "morning", "afternoon", "evening", "night"],
    "unit": [" day", "-day", "week", "fortnight", "month", "year", "quarter", "decade", "half of"],
    "season": ["spring", "summer", "autumn", "fall", "winter", "Spring", "Summer", "Autumn", "Winter"],
    "named": ["Day", "Eve", "Christmas", "Halloween", "Epiphany", "9/11", "26/11", "7/7", "of July", "11"],
}  # fmt: skip
_CLOSE = 80  # characters within which a year named before is also the year of a month named after
_CONNECTED = re.compile(r"\s*(?:-|–|—|to|until|till|through|(?P<both>and))\s*(?:the\s+|in\s+|on\s+)?", re.IGNORECASE)
_BROKEN = re.compile(r"(?:[^.!?\s]|\b[A-Z][a-z]{2,3}\.)[ \t]*\n[ \t]*\Z")  # "on 5", "Aug.", and the line ends there
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*\Z")
_FROM = re.compile(r"\b(?:from|(?P<both>between))\s+(?:the\s+|about\s+)?$", re.IGNORECASE)


def find(text: str, published: date | None = None, sentences: Sequence[Span] | None = None) -> list[DateSpan]:
    """Return the dates in `text` in order, none overlapping.

    What counts from the publication date ("yesterday", "September 26") is left out where `published` is None, and so
    is what names no time that could be resolved ("recently", "in recent years").
    """
    named = _named(text)
    if not named:
        return []
    sentences = split(text) if sentences is None else sentences
    stretches = {group: _stretches(text, sentences, places) for group, places in named.items()}
    candidates: list[tuple[int, int, int, re.Match[str], Resolver]] = []
    for rank, (group, pattern, resolver) in enumerate(RULES):
        for start, end in stretches.get(group, ()):
            candidates += [(*_extent(match), rank, match, resolver) for match in pattern.finditer(text, start, end)]
    candidates.sort(key=lambda c: (c[0], -c[1], c[2]))
    return _resolve(text, published, sentences, candidates)


@cache
def _triggers() -> tuple[Any, list[str]]:
    import ahocorasick_rs

    words = {word: group for group, words in _TRIGGERS.items() for word in words}
    return ahocorasick_rs.AhoCorasick(list(words)), list(words.values())


def _named(text: str) -> dict[str, list[int]]:
    """Where the triggers of each group of rules stand, in text order."""
    automaton, groups = _triggers()
    found: dict[str, list[int]] = {}
    for n, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        found.setdefault(groups[n], []).append(start)
    if "month" in found:  # "5 May": a day's number is no trigger
        found["digits"] = sorted(found["month"] + found.get("digits", []))
    return found


def _stretches(text: str, sentences: Sequence[Span], places: list[int]) -> list[Span]:
    """The sentences that hold one of the places, with the lines beside where one was broken; those of a paragraph that
    follow each other are one stretch."""
    bounds = [start for start, _ in sentences] + [len(text)]
    out: list[Span] = []
    for n in sorted({max(bisect_right(bounds, place) - 1, 0) for place in places}):
        first, last = n, min(n + 1, len(bounds) - 1)
        if first > 0 and _BROKEN.search(text, bounds[first - 1], bounds[first]):
            first -= 1
        if last + 1 < len(bounds) and _BROKEN.search(text, bounds[n], bounds[last]):
            last += 1
        start, end = bounds[first] if first else 0, bounds[last]
        if out and out[-1][1] >= start and not _PARAGRAPH.search(text, bounds[first - 1], start):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _extent(match: re.Match[str]) -> Span:
    return match.span("x") if "x" in match.re.groupindex else match.span()


def _resolve(
    text: str,
    published: date | None,
    sentences: Sequence[Span],
    candidates: list[tuple[int, int, int, re.Match[str], Resolver]],
) -> list[DateSpan]:
    starts = [start for start, _ in sentences]
    found: list[DateSpan] = []
    scene = Scene(text, published)
    for start, end, _, match, resolver in candidates:
        if found and start < found[-1].end:
            continue
        place = bisect_right(starts, start) - 1
        sentence = sentences[place] if place >= 0 else (0, len(text))
        if sentence != scene.sentence or (found and start - found[-1].end > _CLOSE):
            scene.sentence, scene.previous_here = sentence, None
        if w.NOT_A_YEAR_BEFORE.search(text, max(0, start - 12), start):
            continue
        period = _try(resolver, match, scene)
        if period is None:
            continue
        scene.previous = scene.previous_here = period
        found.append(_span(text, start, end, period))
        _join_last(text, found)
    return found


def _try(resolver: Resolver, match: re.Match[str], scene: Scene) -> Period | None:
    try:
        return resolver(match, scene)
    except (ValueError, OverflowError):  # past the ends of the calendar: no date
        return None


def _span(text: str, start: int, end: int, period: Period) -> DateSpan:
    while text[end - 1].isspace():
        end -= 1
    return DateSpan(
        start=start, end=end, text=text[start:end], first=period.first, last=period.last, precision=period.precision
    )


def _join_last(text: str, found: list[DateSpan]) -> None:
    """Make one span of two that stand as 'from A to B' or 'between A and B'."""
    if len(found) < 2:
        return
    a, b = found[-2:]
    connected = _CONNECTED.fullmatch(text, a.end, b.start) if b.start - a.end <= 16 else None
    opened = _FROM.search(text, max(0, a.start - 20), a.start)
    if not connected or not opened or bool(connected["both"]) != bool(opened["both"]) or b.last < a.first:
        return
    period = join(Period(a.first, a.last, a.precision), Period(b.first, b.last, b.precision))
    found[-2:] = [_span(text, a.start, b.end, period)]
