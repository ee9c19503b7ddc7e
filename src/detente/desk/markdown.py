"""A comment's Markdown in; HTML that is safe to show out: no raw HTML, no pictures, no styles, only outward links."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener noreferrer"
_SAFE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.IGNORECASE)
_BARE = re.compile(r"\bhttps?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]*_]")


@lru_cache(maxsize=4096)
def render(text: str) -> str:
    """The HTML of a comment; the same text is rendered once."""
    import nh3

    return nh3.clean(
        _markdown().render(text),
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        attribute_filter=_filter,
        url_schemes=SCHEMES,
        link_rel=REL,
    )


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The words of a comment, for mails and previews."""
    from html import unescape

    html = re.sub(r"<br ?/?>|</p>|</li>|</pre>", "\n", render(text))
    return re.sub(r"\n{3,}", "\n\n", unescape(re.sub(r"<[^>]*>", "", html))).strip()


def links(text: str) -> int:
    """How many links a comment has."""
    return render(text).count("<a ")


def _filter(tag: str, name: str, value: str) -> str | None:
    return value if name == "rel" or (name == "href" and _SAFE.match(value)) else None


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    made.disable(["html_block", "html_inline", "image", "heading", "lheading", "hr", "reference"])
    made.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]
    made.core.ruler.push("bare_links", _bare_links)
    return made


def _bare_links(state: Any) -> None:
    """Make links of addresses that stand bare in the text."""
    for block in state.tokens:
        if block.type != "inline" or "://" not in block.content:
            continue
        inside = 0
        found: list[Any] = []
        for token in block.children:
            inside += token.nesting if token.type.startswith("link_") else 0
            found += [token] if inside or token.type != "text" else _split(token)
        block.children = found


def _split(token: Any) -> Sequence[Any]:
    from markdown_it.token import Token

    parts: list[Token] = []
    end = 0
    for match in _BARE.finditer(token.content):
        parts += [
            Token("text", "", 0, content=token.content[end : match.start()]),
            Token("link_open", "a", 1, attrs={"href": match.group()}),
            Token("text", "", 0, content=match.group()),
            Token("link_close", "a", -1),
        ]
        end = match.end()
    return [*parts, Token("text", "", 0, content=token.content[end:])] if parts else [token]
