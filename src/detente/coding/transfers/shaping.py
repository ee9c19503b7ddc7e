"""A move and its sentence in, the Transfer out: form, value, day, confidence."""

import re

from detente.coding.timing import timing
from detente.coding.transfers.moves import Move
from detente.reading.text import AnnotatedText
from detente.types import Evidence, Span, Status, Transfer, TransferForm

CONFIDENCE = {
    "give": 0.93,
    "get": 0.87,
    "arm": 0.85,
    "passive": 0.8,
    "noun": 0.87,
    "again": 0.6,
    "embargo": 0.9,
    "tender": 0.7,
}
"""How often a transfer found by a rule is right, on the items it was developed on."""
SPARES = re.compile(
    r"\b(?:spares?|spare parts|maintenance|overhaul\w*|repair\w*|upgrad(?:e|es|ing)|moderni[sz]\w+|servic(?:e|ing))\b",
    re.IGNORECASE,
)
LICENCE = re.compile(
    r"\b(?:licen[cs]ed?(?: production| manufacture| assembly)?|under licen[cs]e|local(?:ly)? (?:production|assembl\w+|built|produced)|technology transfer|transfer of technology"
    r"|co-?produc\w+|joint(?:ly)? (?:production|produce\w*))\b",
    re.IGNORECASE,
)
EXPORT_LICENCE = re.compile(r"\bexport licen[cs]", re.IGNORECASE)
TENDER = re.compile(
    r"\b(?:lost|loses?|losing|fell by the wayside|dropped from|eliminated from|ruled out of|beaten)\b[^.;]{0,60}\b(?:tender|competition|contract|bid|deal)\b",
    re.IGNORECASE,
)
SYMBOLS = {
    "$": "USD",
    "US$": "USD",
    "USD": "USD",
    "USD$": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "A$": "AUD",
    "C$": "CAD",
    "NT$": "TWD",
}
NAMES = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "rouble": "RUB",
    "ruble": "RUB",
    "yen": "JPY",
    "rupee": "INR",
    "yuan": "CNY",
    "franc": "FRF",
    "mark": "DEM",
}
SCALE = {"million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "": 1.0}
MONEY = re.compile(
    r"(?P<symbol>US\$|USD ?\$?|NT\$|A\$|C\$|EUR|\$|€|£|¥|₹)\s?(?P<a>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<sa>million|billion|trillion|bn|mn|m|b)?\b"
    r"|(?P<b>\d[\d,]*(?:\.\d+)?)[\s-](?P<sb>million|billion|trillion)[\s-](?P<name>dollar|euro|pound|rouble|ruble|yen|rupee|yuan|franc|mark)s?\b",
    re.IGNORECASE,
)


def shaped(text: AnnotatedText, sentence: Span, move: Move) -> Transfer:
    """The transfer that a sentence of a whole text reports."""
    words = text.document.text
    status: Status = "planned" if move.stage in {"expected", "offered"} else "occurred"
    start, _, precision = timing(text, sentence, move.trigger, status)
    value, currency = money(words, sentence)
    return Transfer(
        supplier=list(dict.fromkeys(m.id for m in move.supplier)),
        recipient=list(dict.fromkeys(m.id for m in move.recipient)),
        item=words[move.goods.start : move.goods.end],
        item_class=move.goods.item_class,
        form=form(words, sentence, move),
        number=move.goods.number,
        value=value,
        currency=currency,
        stage=move.stage,
        start=start,
        precision=precision,
        confidence=CONFIDENCE[move.rule],
        evidence=Evidence(start=sentence[0], end=sentence[1], trigger=move.trigger),
    )


def form(text: str, sentence: Span, move: Move) -> TransferForm:
    """Complete systems, or spares, production under licence, a lost tender."""
    low, high = min(move.goods.start, move.trigger[0]), max(move.goods.end, move.trigger[1])
    near = text[max(sentence[0], low - 30) : min(sentence[1], high + 40)]
    if SPARES.search(text, move.goods.start, move.goods.end) or re.search(
        r"\b(?:supply|delivery) of (?:these |the )?spares\b", near
    ):
        return "spares"
    if LICENCE.search(near) and not EXPORT_LICENCE.search(near):
        return "licence"
    if move.rule == "tender" or (move.stage == "refused" and TENDER.search(text, *sentence)):
        return "tender"
    return "complete"


def money(text: str, sentence: Span) -> tuple[float | None, str | None]:
    """The first sum of money of a sentence in units of its currency; (None, None) where there is none."""
    found = MONEY.search(text, *sentence)
    if found is None:
        return None, None
    number = float((found["a"] or found["b"]).replace(",", ""))
    scale = SCALE[(found["sa"] or found["sb"] or "").lower()]
    currency = SYMBOLS.get((found["symbol"] or "").replace(" ", "").upper()) or NAMES.get((found["name"] or "").lower())
    return number * scale, currency
