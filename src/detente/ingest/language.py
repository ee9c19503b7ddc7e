"""Text in, its language out: "en" by a count of small words where that is clear, else py3langid's verdict."""

import re
from functools import cache
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
_ENOUGH = 25  # words, for the classifier to be trusted alone
_ENGLISH = frozenset(re.findall(r"\w+", """
the of and that with from his her their its were was has have had which would could should been after before between
against during through about because this these those they who whose into over than when where while said says will are
for by at an is it as not or be
"""))  # fmt: skip
_SURE = frozenset({"the", "of", "and", "that", "with", "from", "their", "were", "has", "have", "which", "would", "after",
                   "between", "against", "said", "says"})  # fmt: skip


def language_of(text: str, hint: str | None = None) -> str:
    """Return the ISO 639-1 code of the language, or "und" where the text is too short to tell.

    `hint` is what the page or the archive declares; it decides only where the text itself does not.
    """
    words = _WORD.findall(text[:_SAMPLE])
    lower = [word.lower() for word in words]
    hits = sum(word in _ENGLISH for word in lower)
    if hits >= 2 and hits >= 0.12 * len(words) and ("the" in lower or len(_SURE.intersection(lower)) > 1):
        return "en"
    if len(words) < _ENOUGH and "the" in lower and text.isascii():
        return "en"
    if not words:
        return "und"
    given = hint[:2].lower() if hint and hint[:2].isalpha() else None
    code, share = _classify(text[:_SAMPLE])
    letters = "".join(words)
    latin = sum(char < "\u0250" for char in letters) > 0.8 * len(letters)
    if len(words) >= _ENOUGH or not latin:
        return code if share > 0.5 or given is None else given
    if given is not None and given != "en":
        return given if share < 0.999 else code
    return _short(words, hits, code, share)


def _short(words: list[str], hits: int, code: str, share: float) -> str:
    """One or two sentences or a heading: names of places and people mislead the classifier, small words do not."""
    if code == "en" or (hits and share < 0.9999):
        return "en"
    plain = sum(word.isascii() for word in words)
    if plain == len(words):
        return code if len(words) >= 6 and share > 0.9999 else "en"
    if len(words) >= 4 and share > 0.9:
        return code
    return "en" if plain * 2 >= len(words) else "und"


def _classify(text: str) -> tuple[str, float]:
    code, share = _identifier().classify(text)
    return str(code), float(share)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Without the languages that have no two-letter code: it takes English headlines for Nigerian Pidgin.
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
