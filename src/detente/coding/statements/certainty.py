"""What is said and the words with which it is said in, how sure the speaker is out: five steps from certain to denied."""

import re
from functools import cache

from detente.coding.wording import rows
from detente.types import Certainty

REACH = 16  # words of a clause among which its first verb stands
CONDITION = re.compile(
    r"^(?:that )?(?:if|unless|when|once|while|although|though|after|before|because|since)\b[^,]{3,120},\s",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"\b(?:who|which|that|where|if|unless|because|when|while|after|before)\b")
QUOTED = re.compile(r"(?<=\w\s)[\"“][^\"“”]{2,60}[\"”]")


@cache
def table(scope: str) -> list[tuple[Certainty, re.Pattern[str]]]:
    """The steps with a pattern of their words, of one scope ("verb" or "clause")."""
    return [
        (step, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))  # type: ignore[misc]
        for where, step, words in rows("certainty.tsv")
        if where == scope
    ]


def certainty(content: str, cue: str) -> Certainty:
    """The step of the words around the first verb of what is said; else that of the cue; else certain.

    Words in a subordinate clause do not count: 'says the army, which may strike, is ready' is certain.
    """
    by_cue = next((step for step, pattern in table("verb") if pattern.fullmatch(cue)), None)
    if by_cue == "denied":
        return "denied"
    head = clause(content)
    by_words = min(
        ((m.start(), step) for step, pattern in table("clause") if (m := pattern.search(head))),
        default=(0, None),
        key=lambda f: f[0],
    )[1]
    if by_words == "denied" and by_cue == "doubtful":
        return "doubtful"
    return by_words or by_cue or "certain"


def clause(content: str) -> str:
    """The main clause of what is said, up to its first verbs: without a condition before it, and what hangs on it behind."""
    rest = QUOTED.sub("", CONDITION.sub("", content, count=1))
    head = " ".join(rest.split()[:REACH])
    inner = RELATIVE.search(head, 3)
    return head[: inner.start()] if inner else head
