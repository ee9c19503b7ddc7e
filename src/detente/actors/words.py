"""The lists of words.toml in; sets of words out."""

from detente.actors import tables

WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in tables.document("words.toml").items()}
