"""A pair and the type of its event in, the word that expresses the act out."""

from typing import Any

from detente.coding.candidates import Pair
from detente.coding.features import join, word
from detente.coding.lexicon import types_of
from detente.coding.scorer import head

POS = {"VERB", "NOUN", "ADJ", "AUX", "PROPN"}


def candidates(pair: Pair) -> list[Any]:
    """The words of the sentence that may express an act: none of the parties' own name."""
    held = {n for p in pair.sentence.parties for n in range(p.first, p.last + 1)}
    return [
        t
        for t in pair.sentence.doc
        if t.pos_ in POS
        and (t.i not in held or (t.pos_ == "NOUN" and types_of(t)))
        and not (t.pos_ == "PROPN" and t.text[0].isupper())
    ]


def describe(pair: Pair, kind: str) -> list[tuple[Any, list[str]]]:
    """Every candidate word with its features as trigger of an event of type `kind`."""
    doc = pair.sentence.doc
    up, top, down = join(doc[pair.a.own], doc[pair.b.own])
    path = {t.i for t in (*up[1:], *down[:-1])}
    out = []
    for token in candidates(pair):
        named = types_of(token)
        where = "<" if token.i < pair.a.first else ">" if token.i > pair.b.last else "="
        role = "top" if token.i == top.i else "path" if token.i in path else "under" if token.head.i == top.i else "off"
        lemma, fits = word(token), "fits" if kind in named else "other" if named else "none"
        near = min(abs(token.i - pair.a.own), abs(token.i - pair.b.own))
        row = [
            "bias", f"pos={token.pos_}", f"dep={token.dep_}", f"role={role}", f"where={where}", f"fits={fits}",
            f"w={lemma}", f"wt={lemma}|{kind}", f"rf={role}|{fits}|{token.pos_}", f"wf={where}|{fits}",
            f"near={min(near // 2, 6)}", f"pf={token.pos_}|{fits}", f"dr={token.dep_}|{role}",
        ]  # fmt: skip
        if any(kind in types_of(c) for c in token.children if c.dep_ in {"dobj", "xcomp", "prep"}):
            row.append("child-fits")
        if kind in types_of(token.head) and token.head.i != token.i:
            row.append(f"head-fits={token.dep_}")
        out.append((token, row))
    return out


def trigger(pair: Pair, kind: str) -> Any | None:
    """The likeliest word, or None where the sentence has no word for an act."""
    scored = [(float(s[1] - s[0]), t) for t, row in describe(pair, kind) for s in [head("trigger").scores(row)]]
    return max(scored, key=lambda x: x[0])[1] if scored else None
