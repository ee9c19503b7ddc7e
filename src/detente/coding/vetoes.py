"""A coded act in, whether it is none out: its source only expects or judges it, or the text only imagines it."""

import re

from detente.coding.deciding import Coded

SPEECH = {
    "ACCUSE",
    "THREATEN",
    "REQUEST",
    "REJECT",
    "SUPPORT",
    "CONSULT",
    "AGREE",
}  # here believing or judging may be the act
BELIEF = r"(?:expect|believ|think|hope|fear|anticipat|suspect|assum|guess|await)(?:s|es|ed|e)?"
WAITING = r"(?:look(?:s|ed)? out|watch(?:es|ed)?|wait(?:s|ed)?|brac(?:es|ed|e)) for\b(?!.*(?:[,;]|\b(?:and|but|then|before|until|when|while)\b))"
JUDGING = r"(?:condemn|critici[sz]e|denounce|deplore|oppose|decr|lament|slam|welcome|regret)(?:s|es|ed|d|ied|ies|med)?"
SUBJECT = re.compile(
    rf"^(?:['’]s)?(?:\s+[\w'’-]+){{0,2}}?\s+(?:(?:{BELIEF}|{JUDGING})\b|{WAITING})", re.IGNORECASE | re.DOTALL
)

IMAGINED = re.compile(
    r"\b[Ii]f\b[^,;.]{0,60}\bever\b[^,;.]*|\b[Hh]ad (?:the )?[A-Z][^,;.]{2,80},(?=[^.;]{0,80}\bwould have\b)"
)


def imagined(text: str, act: Coded) -> bool:
    """Whether the act stands in a condition that the text does not hold with: 'if it ever armed', 'had it agreed, it would have'."""
    start, end = act.verdict.window.span
    found = IMAGINED.finditer(text[start:end])
    return any(m.start() <= act.trigger[0] - start < m.end() for m in found)


def outsider(text: str, act: Coded) -> bool:
    """Whether the source (of a joint act, either party) is the subject of such a verb that stands before the act."""
    if act.type in SPEECH:
        return False
    parties = (act.source, act.target) if act.mutual else (act.source,)
    return any(
        mention.end < act.trigger[0] and SUBJECT.match(text[mention.end : act.trigger[0]]) is not None
        for party in parties
        for mention in party.mentions
    )
