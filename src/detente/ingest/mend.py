"""Text in, text with its encoding damage mended out: mojibake, entities, odd spaces, characters that were lost.

A lost character is a "?" or U+FFFD where a space, an apostrophe, a quotation mark or a dash stood
("Indo-Russian?relationship", "India?s"). Only cases without a second reading are mended: questions, addresses and
names whose letter was lost ("Erdo?an") stay as they are.
"""

import html
import re

_ODD_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b\x0c]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\r\u0085\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|amp|quot|lt|gt|nbsp|apos|[lr][sd]quo|[mn]dash|hellip|[a-zA-Z]{2,6}(?:acute|grave|uml|cedil|tilde|circ));")  # fmt: skip
# What is decoded wrongly shows as two letters beyond ASCII in a row, or as one of these; ftfy's own test is 20 times slower.
_SUSPECT = re.compile(r"[^\x00-\x7f’“”–—‘…](?:[^\x00-\x7f]|(?<=[ÂÃâ\x80-\x9f]))")
_LOST = re.compile(r"\?[A-Za-z]")
_CONTRACTION = re.compile(r"(?<=[A-Za-z])[?\ufffd](?=(?:s|re|ve|ll|d|m)\b)|(?<=[nN])[?\ufffd](?=t\b)")
_ELISION = re.compile(r"(?<![A-Za-z])([OdDlL])[?\ufffd](?=[A-Z][a-z])")
_PLURAL = re.compile(r"(?<=[a-z]s)\ufffd(?= [a-z])")
_QUOTED = re.compile(r"(?<![^\s(])[?\ufffd]([A-Za-z][^?\ufffd\n]{0,600}?[A-Za-z0-9%][.,!]?)[?\ufffd](?=[\s,.;:)]|$)")
_DASH = re.compile(r"(?<=[A-Za-z0-9,\"”]) [?\ufffd] (?=[a-z0-9])|(?<=[A-Za-z0-9]) \ufffd (?=\w)")
_JOINT = re.compile(r"(?<![A-Za-z-])([A-Za-z][A-Za-z-]*)([?\ufffd])([A-Za-z]+)")
_ADDRESS = re.compile(r"://|www\.|[=&/@]|\.\w{2,5}$")
_SUFFIXES = re.compile(r"(?:ship|tion|sion|ment|ments|ness|ity|ies|ing|ed|ly|ers|tions|ments|ance|ence|ism|ists?)$")
_SMALL = frozenset(re.findall(r"\w+", """
and are as at but by for from had has have he his in into is it its nor not of on or over said says she that the their
they this to under was were which while who will with would
"""))  # fmt: skip


def mend(text: str) -> str:
    """Return the text with Unix line ends, plain spaces, no invisible characters, and its damage mended."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not text.isascii():
        text = _mend_unicode(text)
    text = _BREAKS.sub("\n", text.replace("\r\n", "\n"))
    text = _INVISIBLE.sub("", _ODD_SPACES.sub(" ", text))
    return mend_lost(text) if "\ufffd" in text or " ? " in text or _LOST.search(text) else text


def mend_lost(text: str) -> str:
    """Put back spaces, apostrophes, quotation marks and dashes that became "?" or U+FFFD, where that is certain."""
    text = _CONTRACTION.sub("'", text)
    text = _ELISION.sub(r"\1'", text)
    text = _PLURAL.sub("'", text)
    text = _QUOTED.sub(r'"\1"', text)
    text = _DASH.sub(" – ", text)
    return _JOINT.sub(lambda found: _space(found, text), text)


def _space(found: re.Match[str], text: str) -> str:
    left, mark, right = found.groups()
    certain = mark == "\ufffd" and right[0].isupper()
    if right[0].isupper() and not certain:  # "Why?Because": a question
        return found[0]
    if len(left) < 2 or _ADDRESS.search(_token(text, found.start(), found.start(2))):
        return found[0]
    if right in _SMALL or _SUFFIXES.search(right) or certain or _stands_alone(right, text):
        return f"{left} {right}"
    return found[0]


def _token(text: str, start: int, mark: int) -> str:
    """What stands before the mark without a blank, and a little after it."""
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    after = text[mark + 1 : mark + 40].split(" ", maxsplit=1)[0]
    before = text[left:mark]
    return before + ("=" if re.search(r"[=&/]", after) else "")


def _stands_alone(word: str, text: str) -> bool:
    return len(word) >= 4 and re.search(rf"(?<![\w?\ufffd]){word}(?![\w?\ufffd])", text) is not None


def _mend_unicode(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    import ftfy
    from ftfy.badness import is_bad

    if is_bad(text):
        config = ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=False, normalization="NFC")
        return str(ftfy.fix_text(text, config))
    return text
