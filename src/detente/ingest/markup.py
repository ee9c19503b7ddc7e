"""HTML in, its visible text out, by one linear scan: for fragments, and for pages too deep or too large to parse."""

import html
import re

_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>|<[!?][^<>]*>")
_HIDDEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button", "nav",
           "footer", "aside", "head", "figure", "math"}  # fmt: skip
_CLOSES = {name: re.compile(rf"</{name}\b[^<>]*>?", re.IGNORECASE) for name in _HIDDEN}
_CODE = re.compile(r"<(script|style|svg)\b[^<>]*>", re.IGNORECASE)
_RAW = {"script", "style", "template", "textarea", "iframe", "noscript"}
_LINE = {"br"}
_INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
           "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
           "var", "wbr", "img"}  # fmt: skip
_NEWLINES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")
_FAR = 200_000


def visible_text(markup: str) -> str:
    """Return the text between the tags, paragraphs parted by an empty line; menus and scripts are left out.

    Takes time linear in the length of the input, whatever its nesting; tags that never close do no harm.
    """
    parts: list[str] = []
    at, unclosed = 0, set[str]()
    while found := _TAG.search(markup, at):
        parts.append(_flat(markup[at : found.start()]))
        at = found.end()
        if found[0] == "<!--":
            at = _after_comment(markup, at, unclosed)
            continue
        name = (found[2] or "").lower()
        if name in _HIDDEN and not found[1] and not found[0].endswith("/>"):
            at = _after_hidden(markup, at, name, unclosed)
        if name in _LINE:
            parts.append("\n")
        elif name and name not in _INLINE:
            parts.append("\n\n")
    parts.append(_flat(markup[at:]))
    text = html.unescape("".join(parts))
    return re.sub(r"\n{3,}", "\n\n", _NEWLINES.sub("\n", text)).strip()


def without_code(markup: str) -> str:
    """Return HTML without its scripts (but JSON-LD), styles and drawings; from the first that never closes on, as it is."""
    parts: list[str] = []
    at = 0
    while opening := _CODE.search(markup, at):
        closing = _CLOSES[opening[1].lower()].search(markup, opening.end())
        if closing is None:
            break
        parts.append(markup[at : closing.end() if "ld+json" in opening[0] else opening.start()])
        at = closing.end()
    return "".join(parts) + markup[at:]


def is_fragment(markup: str) -> bool:
    """Tell whether HTML is a piece of a page (an entry of a feed, one field), not a page with menus round its text."""
    return re.search(r"<(?:!doctype|html|head|body|frameset)[\s>]", markup[:4000], re.IGNORECASE) is None


def _flat(text: str) -> str:
    return text.replace("\n", " ") if text else text


def _after_comment(markup: str, at: int, unclosed: set[str]) -> int:
    end = -1 if "<!--" in unclosed else markup.find("-->", at)
    if end < 0:
        unclosed.add("<!--")
        return at
    return end + 3


def _after_hidden(markup: str, at: int, name: str, unclosed: set[str]) -> int:
    """Skip to the closing tag; text after a tag that never closes, or only far below, is kept unless it is code."""
    found = None if name in unclosed else _CLOSES[name].search(markup, at)
    if found is None:
        unclosed.add(name)
        return len(markup) if name in ("script", "style") else at
    if name not in _RAW and found.end() - at > _FAR:
        return at
    return found.end()
