"""A Brief in, Markdown out, with footnotes."""

import re

from detente.web.brief import telling
from detente.web.brief.model import Brief, Line
from detente.web.wording import safe_link, signed

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def as_markdown(brief: Brief) -> str:
    """The brief as CommonMark with footnotes ([^1])."""
    parts = [
        f"# {plain(telling.title(brief))}",
        f"*{plain(telling.under(brief))}*",
        f"**{plain(telling.finding(brief))}.**",
    ]
    parts.append(" ".join(plain(s) for s in telling.summary(brief)))
    if brief.turnings:
        parts.append("## Where it turned")
        parts += [_turning(t.turn, t.lines) for t in brief.turnings]
    if any(p.level is not None for p in brief.series.series):
        parts += ["## Level by year", _levels(brief)]
    if brief.account:
        parts.append("## What happened")
        for year, lines in brief.account.items():
            parts += [f"### {year}", "\n".join(_item(line) for line in lines)]
        if brief.left_out:
            parts.append(f"*{brief.left_out:,} more in the record.*")
    for head, items in (
        ("Meetings", [(telling.met_words(m), None, m.source) for m in brief.meetings]),
        ("Arms", [(telling.sold_words(d), None, d.source) for d in brief.deals]),
        ("What was said", [(telling.said_words(s), s.text, s.source) for s in brief.said]),
    ):
        if items:
            parts += [f"## {head}", "\n".join(_entry(*item) for item in items)]
    parts += ["## How to read this", plain(telling.METHOD)]
    if brief.sources:
        parts += ["## Sources", "\n".join(f"[^{s.number}]: {plain(telling.source_words(s))}{_link(s.url)}" for s in brief.sources)]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if len(m[2]) == 1 else f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


def _turning(turn: object, lines: list[Line]) -> str:
    head = f"- **{plain(telling.turn_words(turn))}**"  # type: ignore[arg-type]
    return "\n".join([head, *(f"  {_item(line)}" for line in lines)])


def _item(line: Line) -> str:
    sign = "▲" if line.cooperative else "▼"
    return f"- {sign} {plain(telling.line_words(line))}: “{plain(line.sentence)}”[^{line.source}]"


def _entry(words: str, quote: str | None, source: int | None) -> str:
    said = f": “{plain(quote)}”" if quote else ""
    return f"- {plain(words)}{said}" + (f"[^{source}]" if source else "")


def _levels(brief: Brief) -> str:
    """The last level known in each year, as a table."""
    years = {p.period.year: p for p in brief.series.series if p.level is not None}
    rows = [
        f"| {year} | {signed(p.level, 2)} | {signed(p.low, 2)} … {signed(p.high, 2)} |" for year, p in years.items()
    ]
    return "\n".join(["| Year | Level at its end | 80 % interval |", "|---|--:|--:|", *rows])


def _link(url: str | None) -> str:
    link = safe_link(url)
    return f" <{link}>" if link and not set(link) & set("<> \n") else ""
