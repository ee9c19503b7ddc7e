"""An HTML page in, its main text and what it says of itself out; never raises, whatever the page."""

import re
from functools import cache
from typing import Any

from detente.ingest.markup import is_fragment, visible_text, without_code
from detente.ingest.metadata import Metadata, read_metadata

LARGEST = 4_000_000
"""Characters; a page above this, once scripts and styles are out, is read by a linear scan."""
_MOST_TAGS = 60_000  # trafilatura's time grows with the square of the number of elements from here on
_SHORT = 250
_DATA = re.compile(r"data:[\w/+.;-]{0,60},[A-Za-z0-9+/=%]{200,}")


def read_page(markup: str, url: str | None = None) -> tuple[list[str], Metadata]:
    """Return the paragraphs of a page's main text, and its metadata; an empty list where it holds none.

    Pages go through trafilatura without comments and tables: its fast mode first, its slower comparison with other
    extractors where that finds little. Fragments, and pages that cannot be parsed, give all their visible text.
    """
    if is_fragment(markup):
        return _lines(visible_text(markup)), Metadata()
    if markup.count("<") > _MOST_TAGS or len(markup) > LARGEST:
        markup = _DATA.sub("", without_code(markup))
    if markup.count("<") > _MOST_TAGS or len(markup) > LARGEST:
        return _lines(visible_text(markup)), _head_only(markup, url)
    tree = _parse(markup)
    if tree is None:
        return _lines(visible_text(markup)), Metadata()
    metadata = _metadata(tree, url)
    text = _extract(tree, fast=True)
    if len(text) < _SHORT:
        text = max(text, _extract(tree, fast=False), key=len)
    if not text or (
        len(text) < _SHORT and len(visible := visible_text(markup)) > 100 * _SHORT and _cut_off(tree, visible)
    ):
        text = visible_text(markup)
    return _lines(text), metadata


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _parse(markup: str) -> Any:
    from trafilatura.utils import load_html

    try:
        return load_html(markup)
    except Exception:  # lxml raises many kinds on hostile input, and none matters: the scan takes over
        return None


def _metadata(tree: Any, url: str | None) -> Metadata:
    try:
        return read_metadata(tree, url)
    except Exception:  # a page's text counts even where its head is beyond reading
        return Metadata()


def _extract(tree: Any, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, options=_options(fast))
    except Exception:  # see _parse
        return ""
    return getattr(found, "text", None) or ""


@cache
def _options(fast: bool) -> Any:
    """What is to be extracted, made once: reading trafilatura's settings takes as long as a short page."""
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    return Extractor(config=DEFAULT_CONFIG, output_format="python", fast=fast, comments=False, tables=False)


def _cut_off(tree: Any, visible: str) -> bool:
    """The parser gave up amid the page (nesting): most of what is visible is not in the tree."""
    return len(tree.text_content()) * 4 < len(visible)


def _head_only(markup: str, url: str | None) -> Metadata:
    end = markup.lower().find("</head>", 0, 500_000)
    tree = _parse(f"{markup[:end]}</head><body><p>-</p></body></html>") if end > 0 else None
    return _metadata(tree, url) if tree is not None else Metadata()
