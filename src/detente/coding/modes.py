"""An act's words in, how it was done (PLOVER mode) and what it was about (contexts) out."""

from functools import cache
from typing import Any

from detente.coding.candidates import Sentence
from detente.coding.lexicon import rows


@cache
def modes() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Type -> [(mode, lemmas that show it)], in order of preference (table data/modes.tsv)."""
    out: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for kind, mode, lemmas in rows("modes.tsv"):
        out.setdefault(kind, []).append((mode, frozenset(lemmas.split())))
    return out


@cache
def contexts() -> dict[str, frozenset[str]]:
    """Context -> lemmas that show it (table data/contexts.tsv)."""
    return {name: frozenset(lemmas.split()) for name, lemmas in rows("contexts.tsv")}


def mode(kind: str, trigger: Any) -> str | None:
    """The first mode of the type that the trigger, or a word hanging on it, shows; None where none does."""
    near = {trigger.lemma_.lower()} | {t.lemma_.lower() for t in trigger.subtree if abs(t.i - trigger.i) <= 8}
    own = {trigger.lemma_.lower()}
    for words in (own, near):
        for name, lemmas in modes().get(kind, []):
            if words & lemmas:
                return name
    return None


def about(sentence: Sentence) -> list[str]:
    """The contexts whose words the sentence holds, in the table's order."""
    lemmas = {t.lemma_.lower() for t in sentence.doc if not t.is_punct}
    return [name for name, words in contexts().items() if lemmas & words]
