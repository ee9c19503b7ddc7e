"""The words before or after a verb of saying in, the span of who speaks out."""

import re
from functools import cache
from importlib.resources import files

from detente.types import Span

_TOKEN = re.compile(r"[^\s,;:\"“”()]+")


@cache
def words(kind: str) -> frozenset[str]:
    """The words that the table of speakers holds under this kind, in lower case."""
    for line in files("detente.reading").joinpath("data/speaker_words.tsv").read_text("utf-8").splitlines():
        name, _, row = line.partition("\t")
        if name == kind:
            return frozenset(row.split())
    return frozenset()


def before(text: str, low: int, high: int) -> Span | None:
    """Who is the subject of the verb at `high`; nothing left of `low` counts. None where no speaker is recognised."""
    end = _skip_asides(text, low, high)
    end = _skip_apposition(text, low, end)
    if end > low and text[end - 1] == ")":  # "Rep. Gwen Moore (D-Wis.) said"
        end = max(low, text.rfind("(", low, end))
        end = low + len(text[low:end].rstrip())
    tokens = list(_TOKEN.finditer(text, max(low, end - 160), end))
    if not tokens or text[tokens[-1].end() : end].strip():
        return None
    head = tokens[-1].group()
    if head.lower() in words("pronoun") or head == "who":
        return tokens[-1].span() if head != "who" else None
    if not (
        head[0].isupper() or head.lower().removesuffix("’s").removesuffix("'s") in words("noun")
    ) or head.lower() in words("lead"):
        return None
    start = tokens[-1].start()
    for token in reversed(tokens[:-1]):
        word = token.group()
        leads = word[0].isupper() and word.lower() in words("lead")
        if leads or text[token.end() : start].strip() or start - token.end() > 2:
            break
        if word.lower() in words("determiner"):
            start = token.start()
            break
        if not _belongs(word, head, start, tokens[-1].start()):
            break
        start = token.start()
    return trim(text, start, tokens[-1].end())


def _belongs(word: str, head: str, start: int, head_start: int) -> bool:
    """Tell whether a word to the left is still part of the speaker's name or description."""
    if word[0].isupper() or word in words("particle") or word.lower() in words("title"):
        return True
    adjective = re.fullmatch(r"[a-z]+(?:al|ic|an|ior|ish|ese|ive|ous|top|ary|ern|ign|cal|eral|lican|ate|ent|or)", word)
    return start == head_start and head[0].islower() and (adjective is not None or word in words("noun"))


_VERBAL = re.compile(r"(?:is|are|was|were|has|have|had|will|would|both|can|could|may|\w+(?:ed|es|[^s]s))$")


def subject(text: str, low: int, high: int) -> Span | None:
    """The subject of a sentence that begins at `low`, as far as its first words show: all before its first verb."""
    start = low
    opening = re.compile(r"(?:On|In|At|After|During|Following|Speaking|Meanwhile|However|Later)\b[^,]{0,80},\s").match(
        text, low, high
    )
    if opening:
        start = opening.end()
    tokens = list(_TOKEN.finditer(text, start, min(high, start + 160)))[:14]
    end = -1
    for n, token in enumerate(tokens):
        word = token.group()
        gap = text[end if end > 0 else start : token.start()]
        if n and (gap.strip() or (word[0].islower() and _VERBAL.match(word) and word.lower() not in words("noun"))):
            break
        ahead = [t.group() for t in tokens[n + 1 : n + 6]]
        goes_on = word == "and" and any(w[0].isupper() for w in ahead) and not any(_VERBAL.match(w) for w in ahead[:2])
        if n and word in words("stop") - {"on", "from", "in"} and not goes_on:
            break
        end = token.end()
    return trim(text, start, end) if end > 0 else None


_PREPOSITION = re.compile(r"\s(?:in|on|at|from|with|for|near|who|which|that|based|led|representing|after|under)\b")
_RUNNING = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|said|says|to)\b|[;:\"“”]")


def opening(text: str, low: int, high: int) -> Span | None:
    """All that stands between the start of a sentence and its first verb at `high`, where that is a noun phrase of a few words.

    'Syrian refugees in rented houses say': the noun phrase without what hangs on it. None where it is too long or holds a verb.
    """
    adverbial = re.compile(r"(?:On|In|At|After|During|Following|Meanwhile|However|Later)\b[^,]{0,80},\s").match(
        text, low, high
    )
    low = adverbial.end() if adverbial else low
    while_ = re.compile(r"(?:While|Although|Though|Whereas|As|Even as)\s").match(text, low, high)
    low = while_.end() if while_ else low
    high = _skip_asides(text, low, high)
    words_in = text[low:high].split()
    appositive = re.match(r"[^,]{3,80},\s(?P<name>(?:[A-Z][\w.'’-]+ ?){2,5}),$", text[low:high].strip())
    if appositive:
        start = low + text[low:high].index(appositive["name"])
        return trim(text, start, start + len(appositive["name"].rstrip()))
    if not words_in or len(words_in) > 12 or "," in text[low:high] or _RUNNING.search(text, low, high):
        return None
    cut = _PREPOSITION.search(text, low, high)
    return trim(text, low, cut.start() if cut and cut.start() > low else high)


def after(text: str, low: int, high: int) -> Span | None:
    """Who follows the verb that ends at `low`: "said Rana Banerji, a Pakistan expert"."""
    start = end = -1
    position = low
    for count, token in enumerate(_TOKEN.finditer(text, low, high)):
        word, gap = token.group(), text[position : token.start()]
        if gap.strip() or "\n" in gap or count > 11 or word in words("stop"):
            break
        bare = word.rstrip(".?!")
        if start < 0:
            start = token.start()
        if word[0].islower() and not (
            bare.lower() in words("particle") | words("determiner") | words("noun") | words("title") or count < 3
        ):
            break
        position = end = token.end()
        if word[-1] in ".?!" and bare.lower() + "." not in words("title") and len(bare) > 2:
            end -= 1
            break
    if end < 0:
        return None
    last = text[start:end].rsplit(maxsplit=1)[-1]
    named = last[0].isupper() or last.lower() in words("noun") | words("pronoun")
    return trim(text, start, end) if named else None


def trim(text: str, start: int, end: int) -> Span | None:
    """The name without article, titles and dangling particles: "President Vladimir Putin" → "Vladimir Putin"."""
    tokens = list(_TOKEN.finditer(text, start, end))
    while tokens and tokens[0].group().lower() in words("determiner") | words("particle"):
        tokens.pop(0)
    while tokens and tokens[-1].group() in words("particle"):
        tokens.pop()
    if not tokens:
        return None
    titles = [n for n, t in enumerate(tokens[:-1]) if t.group().lower().removeprefix("ex-") in words("title")]
    rest = tokens[titles[-1] + 1 :] if titles else tokens
    named = rest and all(t.group()[0].isupper() or t.group() in words("particle") for t in rest)
    if titles and named and rest[0].group() not in words("particle"):
        tokens = rest
    return (tokens[0].start(), tokens[-1].end())


def _skip_asides(text: str, low: int, high: int) -> int:
    """Step over auxiliaries and adverbs between the speaker and the verb."""
    end = high
    for _ in range(4):
        stretch = text[low:end].rstrip()
        word = re.search(r"[\w’'-]+$", stretch)
        if not word or not (word.group() in words("aside") or re.fullmatch(r"[a-z]{3,}ly", word.group())):
            return low + len(stretch)
        end = low + word.start()
    return end


def _skip_apposition(text: str, low: int, end: int) -> int:
    """Step over what stands between commas after the name: "Prabhat Shukla, former envoy to Russia, says"."""
    if end <= low or text[end - 1] != ",":
        return end
    window = text[max(low, end - 160) : end - 1]
    comma = window.rfind(",")
    if comma <= 0:
        return low
    first = window.find(",")
    if first != comma and window[first + 1 :].count(",") <= 2 and re.search(r"[A-Z][\w.'’-]*$", window[:first]):
        comma = first
    return max(low, end - 160) + comma
