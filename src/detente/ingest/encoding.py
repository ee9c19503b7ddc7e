"""Bytes in, text out: the encoding that the bytes show, then the one declared, then the likeliest."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the web means by these names (WHATWG Encoding Standard): the larger Windows sets.
_ALIASES = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LIKELY = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2", "koi8_r",
           "big5", "gb18030", "cp932", "euc_jp", "cp949", "cp874"]  # fmt: skip
_SAMPLE = 20_000


def is_binary(head: bytes) -> bool:
    """Tell whether the first bytes of something are no text in any encoding (NUL or many control characters)."""
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return False
    return b"\x00" in head or len(_CONTROL.findall(head)) > len(head) // 50


def decode(body: bytes, declared: str | None = None) -> str | None:
    """Return the text of some bytes, or None where no encoding gives readable text.

    A byte-order mark decides; then valid UTF-8 (other encodings hardly ever look like it by chance); then the
    encoding that the server declares, then that of the page itself; then a guess from the letters; then Windows-1252.
    """
    names = [name for name in (_known(declared), _known(_named_inside(body))) if name]
    if sure := _sure(body, names):
        return body.decode(sure, errors="replace")
    text = _mostly_utf8(body) or _as_declared(body, names) or body.decode(_guess(body), errors="replace")
    return None if text.count("\ufffd") * 10 > len(text) else text


def _sure(body: bytes, names: list[str]) -> str | None:
    """The encoding that the bytes themselves show."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name
    if b"\x1b" in body[:_SAMPLE] and "iso2022_jp" in names:
        return "iso2022_jp"
    if wide := _wide(body):
        return wide
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _as_declared(body: bytes, names: list[str]) -> str | None:
    for name in names:
        text = body.decode(name, errors="replace")
        if name != "utf-8" and text.count("\ufffd") * 200 < len(text):
            return text
    return None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name if name else None
    except (LookupError, ValueError):
        return None
    if found is None or found in ("hex", "base64", "bz2", "zlib", "rot13", "uu", "quopri", "punycode", "idna", "utf-7"):
        return None
    return _ALIASES.get(found, found)


def _named_inside(body: bytes) -> str | None:
    head = body[:4096]
    found = _META.search(head) or _XML.search(head)
    return found[1].decode("ascii", errors="ignore") if found else None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Western text is NUL."""
    sample = head[:400]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else None


def _mostly_utf8(body: bytes) -> str | None:
    """UTF-8 with a few broken bytes: a cut at the end, or an insertion in another encoding."""
    text = body.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(body) - len(text)  # every well-formed sequence of n bytes adds n - 1 here
    return text if good > 8 * bad else None


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = body if len(body) <= _SAMPLE else body[: _SAMPLE // 2] + body[-_SAMPLE // 2 :]
    letters = sum(byte >= 0x80 for byte in sample)
    if letters * 20 < len(sample):  # a few accents and typographic quotes
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_LIKELY).best()
    return _ALIASES.get(best.encoding, best.encoding) if best else "cp1252"
