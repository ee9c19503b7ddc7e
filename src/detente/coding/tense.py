"""The words before an act and the status that the network gives it in, the status that these words leave open out.

Each rule holds in four of five cases or more among the labelled items that the coder learns from (training/labels).
"""

import re

from detente.types import Span, Status

BACK = 90  # characters before the act that are looked at
VERBAL = {
    "THREATEN",
    "REJECT",
    "REQUEST",
    "ACCUSE",
    "AGREE",
}  # saying that one will is already the act: "will not accept"
ACCUSED = re.compile(r"\baccus(?:e|es|ed|ing)\b[^.;]{0,80}\bof (?:\w+ly )?[\"“]?$", re.IGNORECASE)
WILL = re.compile(r"\b(?:will|shall)(?: \w+ly)?(?: be)? $", re.IGNORECASE)
TO = re.compile(
    r"\b(?:plans?|intends?|agree[sd]?|set|due|expected|scheduled|ready|vow(?:s|ed)|decide[sd]?)(?: \w+ly)? to (?:be )?$",
    re.IGNORECASE,
)
HAS = re.compile(r"(?<!would )(?<!could )(?<!might )(?<!may )(?<!to )\b(?:has|have) (?:been )?$", re.IGNORECASE)

_TELLING = r"(?:\w+ly )?(?:accus|blam|condemn|critici|denounc|threaten|warn|ask|request|demand|call(?:ed)? (?:for|on)|urg|agree|invit)"
TELLING = re.compile(_TELLING, re.IGNORECASE)
"""Verbs of the types in VERBAL. Behind "has not", other words are what is said: "states that it has not cooperated"."""
NO = re.compile(r"no (?!longer|choice|doubt|more\b)", re.IGNORECASE)
NO_ACTS = frozenset({"AGREE", "AID", "ASSAULT", "CONSULT", "MOBILIZE"})

_NOT = r"(?:did|has|have|had|was|were)(?: not|n['’]t| never)"
NOT = re.compile(rf"\b{_NOT}(?: \w+ly)? (?:been )?$", re.IGNORECASE)
NOT_TOLD = re.compile(rf"{_NOT} {_TELLING}", re.IGNORECASE)
NOT_DONE = re.compile(rf"{_NOT}\b(?! (?:only|stop|cease|hesitate|fail)\w*)", re.IGNORECASE)


def _negated(kind: str, before: str, words: str, act: str) -> bool:
    """Whether the words before an act, or its first ones, say that it was not done; of a refusal they say that it was."""
    if kind == "REJECT":
        return False
    if kind in NO_ACTS and NO.match(words):
        return True
    if kind in VERBAL:
        return bool((NOT.search(before) and TELLING.match(act)) or NOT_TOLD.match(words))
    return bool(NOT.search(before) or NOT_DONE.match(words))


def settled(status: Status, kind: str, text: str, sentence: Span, trigger: Span) -> Status:
    """'alleged' for what somebody is accused of, 'planned' behind 'will' or 'agreed to', 'occurred' behind 'has', 'denied' behind 'did not'."""
    start = trigger[0]
    words = text[start : trigger[1]].lower()
    if words.startswith("will "):
        start += len("will ")
    elif words.startswith(("has ", "have ")):
        start += len(words.split(" ")[0]) + 1
    before = text[max(sentence[0], start - BACK) : start]
    if status == "occurred" and kind != "ACCUSE" and ACCUSED.search(before):
        return "alleged"
    if status == "occurred" and kind not in VERBAL and (WILL.search(before) or TO.search(before)):
        return "planned"
    if status in {"occurred", "ongoing"} and _negated(kind, before, words, text[start : trigger[1]]):
        return "denied"
    if status in {"planned", "hypothetical"} and HAS.search(before):
        return "occurred"
    return status
