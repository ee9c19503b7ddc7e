"""The features of a pair and the type of its event in, who acts on whom out."""

from functools import cache

from detente.coding.lexicon import rows
from detente.coding.scorer import head

STRUCTURE = ("ad0=", "bd0=", "amod=", "bmod=", "shape=", "up=", "down=", "l1=", "toplx=", "ka=", "kb=")


def features(names: list[str], kind: str) -> list[str]:
    """The pair's features, the type, and the type together with the grammar."""
    return [*names, f"T={kind}", *(f"T={kind}&{n}" for n in names if n.startswith(STRUCTURE))]


def direction(names: list[str], kind: str) -> tuple[str, float]:
    """('>' from a to b, '<' from b to a, '=' mutual) and its probability."""
    found = head("direction").probabilities(features(names, kind))
    best = max(found, key=lambda d: found[d])
    return best, found[best]


@cache
def joint() -> frozenset[tuple[str, str]]:
    """(lemma, type) of acts that are always done together (table data/mutual.tsv)."""
    return frozenset((lemma, kind) for lemma, kind in rows("mutual.tsv"))
