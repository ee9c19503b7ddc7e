"""An index and a query in, the rows that fit out: all of them counted, the newest or the best first."""

import re
from collections.abc import Sequence
from datetime import date
from math import log

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from detente.web.sight import Sight
from detente.web.wordindex import NORMAL, STOP, Ints, Rows, Table

Mask = NDArray[np.bool_]
EPOCH = date(1970, 1, 1)
PREFIXED = 300
"""Words that one beginning with a * stands for at most, the most frequent first."""
GAP = 1 << 17
"""Between the positions of two rows, where a phrase is looked for."""


class Query(Struct, frozen=True):
    """What is looked for. words: each a word, a phrase ("joint drill"), a beginning (helic*), or one not wanted (-arms);
    actors: all of them; label, state, since, until narrow it; known: what was known by that day."""

    words: Sequence[str] = ()
    actors: Sequence[str] = ()
    labels: Sequence[str] = ()
    states: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    known: date | None = None


class Term(Struct):
    """One word or phrase of a query: the rows that have it, and the forms in which it stands there."""

    rows: Ints
    forms: list[str]
    wanted: bool = True


class Found(Struct, kw_only=True):
    """rows: all that fit, in order; some: nothing had all the words, and these have some; forms: the words as they stand there."""

    rows: Rows
    mask: Mask
    forms: list[str] = field(default_factory=list)
    some: bool = False


def search(sight: Sight, table: Table, query: Query, *, best: bool = False) -> Found:
    """The rows that have all that is asked for; where none has all the words, those that have some, the best first."""
    fits = _fields(table, query)
    terms = [term for text in query.words if (term := _term(sight, table, text)) is not None]
    wanted = [term for term in terms if term.wanted]
    for term in terms:
        if not term.wanted:
            fits[term.rows] = False
    every = fits.copy()
    for term in wanted:
        every &= _mask(len(table), term.rows)
    forms = [form for term in wanted for form in term.forms]
    if len(wanted) > 1 and not every.any():
        score = _score(len(table), wanted)
        rows = _ranked(np.flatnonzero(fits & (score > 0)), score)
        return Found(rows=rows, mask=fits & (score > 0), forms=forms, some=True)
    rows = np.flatnonzero(every)
    if best and wanted:
        return Found(rows=_ranked(rows, _closeness(len(table), wanted)), mask=every, forms=forms)
    return Found(rows=rows[::-1], mask=every, forms=forms)


def counts(table: Table, found: Found) -> dict[str, list[tuple[str, int]]]:
    """How many of what was found are of each label, state, year and actor, the most frequent first."""
    rows = found.rows
    named = {
        "label": _most(table.labels, table.label[rows]),
        "state": _most(table.states, table.state[rows]),
        "actor": _most(table.actors, table.actor_code[found.mask[table.actor_row]]),
    }
    years, sizes = np.unique(table.year[rows], return_counts=True)
    told = [(str(y), int(n)) for y, n in zip(years.tolist(), sizes.tolist(), strict=True) if y]
    return named | {"year": sorted(told, key=lambda pair: (-pair[1], pair[0]))}


def normal(sight: Sight, text: str) -> list[str]:
    """The words of a text as the index writes them."""
    found: list[str] = sight.rows(f"SELECT {NORMAL.format('$text::VARCHAR')} AS words", {"text": text})[0]["words"]
    return found


def numbers(word: str) -> list[str]:
    """A word and its other number: sale, sales; country, countries; embargo, embargoes."""
    found = [word, f"{word}s", f"{word}es"]
    if word.endswith("y"):
        found.append(f"{word[:-1]}ies")
    if word.endswith("s") and len(word) > 3:
        found.append(word[:-1])
    if word.endswith("es") and len(word) > 4:
        found.append(word[:-2])
    if word.endswith("ies") and len(word) > 4:
        found.append(f"{word[:-3]}y")
    return list(dict.fromkeys(found))


def _fields(table: Table, query: Query) -> Mask:
    fits = np.ones(len(table), np.bool_)
    if query.since is not None:
        fits[: np.searchsorted(table.day, (query.since - EPOCH).days)] = False
    if query.until is not None:
        fits[np.searchsorted(table.day, (query.until - EPOCH).days, "right") :] = False
        fits[: np.searchsorted(table.day, np.iinfo(np.int32).min, "right")] = False
    if query.known is not None:
        fits &= table.known <= (query.known - EPOCH).days
    for names, values, chosen in ((table.labels, table.label, query.labels), (table.states, table.state, query.states)):
        if chosen:
            fits &= np.isin(values, [n for n, name in enumerate(names) if name in chosen])
    for actor in query.actors:
        code = table.actors.index(actor) if actor in table.actors else -1
        fits &= _mask(len(table), table.actor_row[table.actor_code == code])
    return fits


def _term(sight: Sight, table: Table, text: str) -> Term | None:
    """A word or phrase of a query; None where it holds nothing that is indexed."""
    wanted, begins = not text.startswith("-"), text.endswith("*")
    words = normal(sight, text)
    spoken = [(n, word) for n, word in enumerate(words) if word not in STOP]
    if not spoken:
        return None
    if len(spoken) > 1 or (" " in text.strip() and len(words) > 1):
        return Term(_phrase(sight, table, spoken), [" ".join(words)], wanted)
    word = spoken[0][1]
    held = _lookup(sight, table, [word], begins) if begins else _lookup(sight, table, numbers(word))
    parts = [np.zeros(0, np.uint32), *(table.rows[at : at + n] for places in held.values() for at, n in places)]
    return Term(np.concatenate(parts, dtype=np.uint32), sorted(held), wanted)


def _lookup(sight: Sight, table: Table, words: list[str], begins: bool = False) -> dict[str, list[tuple[int, int]]]:
    """Where in the files the rows of each word are; of words, or of all that begin like the one."""
    where = "word IN (SELECT unnest($words::VARCHAR[]))"
    if begins:
        where = "word >= $words AND starts_with(word, $words)"
    rows = sight.rows(
        f"SELECT word, list(first ORDER BY first) AS firsts, list(size ORDER BY first) AS sizes FROM {table.name}_words WHERE {where} "
        f"GROUP BY word ORDER BY sum(size) DESC, word LIMIT {PREFIXED}",
        {"words": words[0] if begins else words},
    )
    return {row["word"]: list(zip(row["firsts"], row["sizes"], strict=True)) for row in rows}


def _phrase(sight: Sight, table: Table, spoken: list[tuple[int, str]]) -> Ints:
    """The rows in which words stand one after the other, each so far from the first as in the phrase."""
    held = _lookup(sight, table, [word for _, word in spoken])
    if any(word not in held for _, word in spoken):
        return np.zeros(0, np.uint32)
    starts: Rows | None = None
    for offset, word in sorted(spoken, key=lambda pair: sum(n for _, n in held[pair[1]])):
        parts = [
            table.rows[at : at + n].astype(np.int64) * GAP + table.places[at : at + n] - offset for at, n in held[word]
        ]
        own = np.concatenate(parts)
        starts = own if starts is None else starts[_inside(starts, own)]
    assert starts is not None
    return (starts // GAP).astype(np.uint32)


def _inside(some: Rows, ordered: Rows) -> Mask:
    """Which of some numbers are among others, which are in order."""
    at = np.searchsorted(ordered, some)
    mask: Mask = ordered[np.minimum(at, len(ordered) - 1)] == some
    return mask


def _mask(size: int, rows: Ints) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[rows] = True
    return mask


def _score(size: int, terms: list[Term]) -> NDArray[np.float32]:
    """How many of the words each row has, rare ones counting more."""
    score = np.zeros(size, np.float32)
    for term in terms:
        score += _mask(size, term.rows) * np.float32(log(1 + size / (1 + len(term.rows))))
    return score


def _closeness(size: int, terms: list[Term]) -> NDArray[np.float32]:
    """How often each row has the words, rare ones counting more."""
    score = np.zeros(size, np.float32)
    for term in terms:
        often = np.minimum(np.bincount(term.rows, minlength=size), 3)
        score += np.sqrt(often, dtype=np.float32) * np.float32(log(1 + size / (1 + len(term.rows))))
    return score


def _ranked(rows: Rows, score: NDArray[np.float32]) -> Rows:
    return rows[::-1][np.argsort(-score[rows[::-1]], kind="stable")]


def _most(names: list[str], codes: Ints) -> list[tuple[str, int]]:
    sizes = np.bincount(codes, minlength=len(names)) if len(codes) else np.zeros(len(names), np.int64)
    order = np.argsort(-sizes, kind="stable")
    return [(names[n], int(sizes[n])) for n in order.tolist() if sizes[n] and names[n]]


def marking(forms: Sequence[str]) -> "re.Pattern[str] | None":
    """What to mark in a text that was found by words in these forms; accents and capitals do not count."""
    told = [
        r"[\W_]+".join("".join(_LOOSE.get(c, re.escape(c)) for c in word) for word in form.split())
        for form in forms
        if form
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(told)})(?![^\W_])", re.IGNORECASE) if told else None


_LOOSE = {
    "a": "[aàáâãäåāăą]", "c": "[cçćč]", "e": "[eèéêëēęě]", "g": "[gğģ]", "i": "[iìíîïīıi̇]", "n": "[nñńň]", "o": "[oòóôõöøōő]",
    "s": "[sśşš]", "u": "[uùúûüūůű]", "y": "[yýÿ]", "z": "[zźżž]", "r": "[rř]", "l": "[lł]", "d": "[dďđ]", "t": "[tťţ]",
}  # fmt: skip
