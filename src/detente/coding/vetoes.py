"""A coded act in, whether its words show that the source only expects or only judges it out: no party to it then."""

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
BELIEF = r"(?:expect|believ|think|hope|fear|anticipat|suspect|assum|guess)(?:s|es|ed|e)?"
JUDGING = r"(?:condemn|critici[sz]e|denounce|deplore|oppose|decr|lament|slam|welcome|regret)(?:s|es|ed|d|ied|ies|med)?"
SUBJECT = re.compile(rf"^(?:['’]s)?(?:\s+[\w'’-]+){{0,2}}?\s+(?:{BELIEF}|{JUDGING})\b", re.IGNORECASE)


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
