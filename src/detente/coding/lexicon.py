"""A token in, the PLOVER types its word may name out (table data/acts.tsv)."""

from functools import cache
from importlib.resources import files
from typing import Any

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


def rows(name: str) -> list[list[str]]:
    """The rows of a table under data/, without comments and header."""
    text = files("detente.coding").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return lines[1:]


@cache
def acts() -> dict[tuple[str, str], tuple[str, ...]]:
    """(lemma, 'v' or 'n') -> types."""
    return {(lemma, pos): tuple(types.split()) for lemma, pos, types in rows("acts.tsv")}


def types_of(token: Any) -> tuple[str, ...]:
    """The types a token may name; () for a name or a word that tells nothing."""
    if token.pos_ == "VERB":
        particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
        lemma = token.lemma_.lower()
        return acts().get((f"{lemma}_{particle}", "v")) or acts().get((lemma, "v"), ())
    if token.pos_ in {"NOUN", "ADJ"} or (token.pos_ == "PROPN" and token.lower_ != token.text):
        return acts().get((token.lemma_.lower(), "n"), ())
    return ()
