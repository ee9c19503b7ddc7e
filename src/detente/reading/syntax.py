"""A sentence's words and grammar (spaCy small English), parsed only where a coder asks for it."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any


@cache
def _pipeline() -> Any:
    import en_core_web_sm

    return en_core_web_sm.load(exclude=["ner", "senter"])


def parse(sentences: Iterable[str], batch_size: int = 64) -> Iterator[Any]:
    """Yield a spaCy Doc a sentence; token.idx is a character offset into that sentence."""
    yield from _pipeline().pipe(sentences, batch_size=batch_size)
