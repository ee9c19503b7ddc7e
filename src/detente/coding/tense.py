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

_NOT = r"(?:did|has|have|had|was|were)(?: not|n['’]t| never)"
NOT = re.compile(rf"\b{_NOT}(?: \w+ly)? (?:been )?$", re.IGNORECASE)
NOT_DONE = re.compile(rf"{_NOT}\b(?! (?:only|stop|cease|hesitate|fail)\w*)", re.IGNORECASE)


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
    if status in {"occurred", "ongoing"} and kind not in VERBAL and (NOT.search(before) or NOT_DONE.match(words)):
        return "denied"
    if status in {"planned", "hypothetical"} and HAS.search(before):
        return "occurred"
    return status
