"""The words of saying and thinking: which forms a verb has, what it expresses, what may follow it."""

import re
from functools import cache
from importlib.resources import files


@cache
def verbs() -> dict[str, tuple[str, str]]:
    """Form of a verb → what it expresses (said, belief) and what may follow it (see data/cues.tsv)."""
    table: dict[str, tuple[str, str]] = {}
    for line in files("detente.reading").joinpath("data/cues.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, forms, kind, frame = line.split("\t")
            chunks = forms.split() if " " not in lemma else re.findall(r"\S+ \S+", forms)
            table |= dict.fromkeys(chunks, (kind, frame))
    return table


@cache
def pattern() -> re.Pattern[str]:
    """Any of them, whole."""
    forms = sorted(verbs(), key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w’'-])")
