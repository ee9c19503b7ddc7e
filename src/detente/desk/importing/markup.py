"""A comment's HTML, however hostile or broken, in; Markdown with the same words out."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from detente.desk.importing.inline import Inline, fenced, lines

LONGEST = 200_000
"""Characters of one message's HTML; what stands beyond is cut."""
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li", "pre", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = (
    frozenset({"p", "div", "section", "article", "header", "footer", "figure", "figcaption", "address", "center"})
    | frozenset({"table", "tr", "dl", "dt", "dd"})
    | _HEADINGS
    | _CONTAINERS
)
_MARKS = dict.fromkeys(_HEADINGS | {"b", "strong", "th"}, "**") | dict.fromkeys(("i", "em", "cite"), "*")
_MARKS |= dict.fromkeys(("code", "tt", "kbd", "samp"), "code")
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "embed", "head", "title", "textarea"}
)
_BREAKS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]{0,4000}>")
_ENDS = re.compile(r"<(?:p|br|div|/p|/div)\b[^<>]{0,4000}>", re.IGNORECASE)
_DEEP = 6


def markdown(html: str) -> str:
    """Return Markdown for a fragment of HTML: p, br, a, b, i, code, pre, blockquote and lists keep their meaning.

    All other marks are dropped and their words kept; script, style and frames go with their content. Where the fragment
    has no p, br or div, its line breaks count. Never raises. The result still goes through the sanitiser when shown.
    """
    html = _CONTROLS.sub("", html[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    if not _BREAKS.search(html):
        html = "<p>" + re.sub(r"\n{2,}", "<p>", html.strip("\n")).replace("\n", "<br>")
    writer = _Writer()
    tree = _parsed(html)
    if tree is None:
        return _plain(html)
    _walk(tree, writer)
    writer.flush()
    return "\n".join(writer.out).strip("\n")


def text(plain: str) -> str:
    """Return Markdown that shows a plain text as it is, line by line."""
    writer = _Writer()
    for line in _CONTROLS.sub("", plain).splitlines():
        if line.strip():
            writer.inline.text(line)
            writer.inline.newline()
        else:
            writer.flush()
    writer.flush()
    return "\n".join(writer.out).strip("\n")


def address(href: str) -> str | None:
    """A link's target if it is one we would follow (http, https, mailto); the click counter of Disqus is taken off."""
    href = "".join(href.split())
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.netloc.lower() in {"disq.us", "www.disq.us"} and parts.path.startswith("/url"):
        inner = parse_qs(parts.query).get("url", [""])[0]
        return address(re.sub(r":[\w-]{20,40}$", "", inner)) if inner and "disq.us/url" not in inner else None
    safe = parts.scheme.lower() in {"http", "https"} and parts.netloc
    return href if len(href) <= 2000 and (safe or parts.scheme.lower() == "mailto") else None


class _Writer:
    """Collects finished lines; `prefix` is what stands before each line of the open quotes and lists."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.inline = Inline()
        self.containers: list[_Container] = []
        self.flattened = 0

    def flush(self) -> None:
        """End the paragraph."""
        if self.inline.empty:
            return
        written = lines(self.inline)
        self.inline = Inline(self.inline)
        if written:
            self.block(written)

    def enter(self, first: str, rest: str) -> None:
        """Begin a quote or list item; nested deeper than we show, it adds nothing."""
        if self.flattened or len(self.containers) >= _DEEP:
            self.flattened += 1
        else:
            self.containers.append(_Container(first, rest))

    def leave(self) -> None:
        """End what `enter` began."""
        if self.flattened:
            self.flattened -= 1
        elif self.containers:
            self.containers.pop()

    def block(self, written: list[str]) -> None:
        """Add a block after an empty line, with the marks of its containers."""
        if self.out:
            self.out.append("".join(c.blank() for c in self.containers).rstrip())
        for line in written:
            prefix = "".join(c.next() for c in self.containers)
            self.out.append(f"{prefix}{line}".rstrip())


class _Container:
    """An open quote or list item: its mark on the first line, its indent on the others."""

    def __init__(self, first: str, rest: str) -> None:
        self._first: str | None = first
        self._rest = rest

    def next(self) -> str:
        """What stands before the next line."""
        mark, self._first = (self._rest if self._first is None else self._first), None
        return mark

    def blank(self) -> str:
        """What stands on the empty line before the next block: nothing where the container begins after it."""
        return self._rest if self._first is None else ""


def _parsed(html: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(f"<div>{html}</div>".encode(), parser)
    except (etree.LxmlError, ValueError):
        return None
    return None if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log) else tree


def _plain(html: str) -> str:
    """The words alone, of a fragment that the parser gives up on (nested hundreds deep)."""
    return text(unescape(_TAG.sub(" ", _ENDS.sub("\n", html))))


def _walk(tree: Any, writer: _Writer) -> None:
    """Visit the tree without recursion, so that deep nesting costs nothing but its length."""
    from lxml import etree

    skipped = 0
    counters: list[int | None] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipped or name in _DROPPED:
                skipped += 1
                continue
            _open(name, element, writer, counters)
            if name == "pre":
                skipped += 1
            elif element.text:
                writer.inline.text(element.text)
            continue
        if skipped:
            skipped -= 1
        if not skipped:
            if name not in _DROPPED:
                _close(name, writer, counters)
            if element.tail:
                writer.inline.text(element.tail)


def _open(name: str, element: Any, writer: _Writer, counters: list[int | None]) -> None:
    if name in _BLOCKS:
        writer.flush()
    if name in _CONTAINERS:
        _contain(name, element, writer, counters)
    inline = writer.inline
    if name == "br":
        inline.newline()
    elif name == "a":
        inline.open("a", address(element.get("href") or ""))
    elif name == "img":
        target = address(element.get("src") or "")
        inline.open("a", target)
        inline.text(element.get("alt") or (target or ""))
        inline.close("a")
    elif name in _MARKS:
        inline.open(_MARKS[name])


def _contain(name: str, element: Any, writer: _Writer, counters: list[int | None]) -> None:
    if name == "pre":
        for line_end in element.iter("br"):
            line_end.text = "\n"
        body = "".join(element.itertext())
        if body.strip():
            writer.block(fenced(body))
    elif name == "blockquote":
        writer.enter("> ", "> ")
    elif name in {"ul", "ol"}:
        counters.append(1 if name == "ol" else None)
    elif name == "li":
        number = counters[-1] if counters else None
        if number is not None:
            counters[-1] = number + 1
        mark = "- " if number is None else f"{number}. "
        writer.enter(mark, " " * len(mark))


def _close(name: str, writer: _Writer, counters: list[int | None]) -> None:
    if name in _MARKS:
        writer.inline.close(_MARKS[name])
    elif name == "a":
        writer.inline.close("a")
    elif name == "td":
        writer.inline.text(" ")
    if name in _BLOCKS:
        writer.flush()
    if name in {"blockquote", "li"}:
        writer.leave()
    elif name in {"ul", "ol"} and counters:
        counters.pop()
