"""Markdown in, plain text out: headings, emphasis, links and code marks become words."""

import re

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"^(?:```|~~~).{0,50000}?^(?:```|~~~)\s*$", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_RULED = re.compile(r"^(.+)\n(?:={3,}|-{3,})$", re.MULTILINE)
_LEAD = re.compile(r"^\s{0,3}(?:>\s?|[*+-]\s+|\d{1,3}[.)]\s+)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"`([^`\n]{1,200})`")


def plain(text: str) -> str:
    """Return the running text of a Markdown document; headings stand alone between empty lines."""
    text = _FENCE.sub("", _FRONT.sub("", text.replace("\r\n", "\n")))
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _HEADING.sub(r"\1\n", _RULED.sub(r"\1\n", text))
    return _CODE.sub(r"\1", _EMPHASIS.sub(r"\2", _LEAD.sub("", text)))
