"""Sentences in, visits out that a text tells by the journey alone: 'Sadat landed in Israel', 'Koizumi will go to Delhi'."""

import re
from collections.abc import Iterator

from detente.coding.meetings.fate import undone
from detente.coding.meetings.shaping import shaped
from detente.coding.windows import Window, entities, naming, root
from detente.reading import complete
from detente.reading.text import AnnotatedText
from detente.types import Meeting, MeetingStatus, Mention, Span

GOES = re.compile(
    r"^(?:,[^,]{2,60},)?\s(?:(?:and|has|had|have|also|will|is|was|are|were|to|then|soon|later|now|already|himself|herself|secretly|briefly)\s|\w+ly\s){0,4}"
    r"(?P<go>(?:land(?:s|ed|ing)?|touch(?:es|ed) down|arriv(?:es|ed|ing)|set foot|spent \w+ (?:days?|hours?|weeks?)|stop(?:s|ped)|stay(?:s|ed)|is|are|was|were|due) in"
    r"|(?:fl(?:y|ies|ew|own|ying)|trav(?:el|els|elled|eled|elling|eling)|go(?:es|ing)?|went|c[oa]me(?:s)?|coming|journey(?:s|ed)?|return(?:s|ed)?|head(?:s|ed|ing)?|sail(?:s|ed)?) to"
    r"|cross(?:es|ed) into|reach(?:es|ed)|visit(?:s|ed|ing)?)\s(?:the\s)?"
)
NOT = re.compile(
    r"\b(?:would|could|may|might|should|refus\w+ to|not|never|cannot|wants? to|hopes? to|invited to|if|plane|body|remains|exile|asylum|jail|custody|prison|court)\b",
    re.IGNORECASE,
)
THERE = re.compile(r"\b(?:exile|asylum|jail|custody|prison|detention|hospital|hiding|born)\b", re.IGNORECASE)
WILL = re.compile(
    r"\b(?:will|shall|is due|are due|plans to|is to|are to|due to|scheduled to|going to|intends to|prepar\w+ to|agree[sd]? to)\b",
    re.IGNORECASE,
)
TO = re.compile(r"\bto (?:\w+ly )?$")
OFFICES = {"person", "office"}
CIVIL = {"GOV", "IGO", "LEG", "PTY", "OPP"}
SURE = 0.65


def travels(text: AnnotatedText) -> list[Meeting]:
    """Visits of persons in office to another state, by a verb of travel."""
    return [m for span, inside in naming(text) for m in sentence(text, span, inside)]


def ahead(lead: str) -> MeetingStatus | None:
    """Whether the words before a verb of travel put it in the future; None where it only describes somebody ('the highest official to visit')."""
    if WILL.search(lead):
        return "scheduled"
    return None if TO.search(lead) else "held"


def sentence(text: AnnotatedText, span: Span, inside: list[Mention]) -> Iterator[Meeting]:
    """The visits of one sentence."""
    words = text.document.text
    for n, traveller in enumerate(inside):
        if traveller.kind not in OFFICES or traveller.sector not in CIVIL or traveller.former:
            continue
        found = GOES.match(words[traveller.end : span[1]])
        if found is None or NOT.search(words[max(span[0], traveller.start - 30) : traveller.end + found.end()]):
            continue
        trigger = (traveller.end + found.start("go"), traveller.end + found.end("go"))
        hosts = [
            m
            for m in inside[n + 1 :]
            if 0 <= m.start - traveller.end - found.end() <= 4 and root(m.id) != root(traveller.id)
        ]
        if not hosts or hosts[0].kind != "state" or THERE.search(words[hosts[0].end : hosts[0].end + 40]):
            continue
        status = undone(words, span, trigger) or ahead(words[max(span[0], traveller.start - 20) : trigger[0]])
        if status is None:
            continue
        window = Window(span, entities(inside), ())
        made = shaped(complete(text), window, trigger, [traveller, hosts[0]], status, SURE)
        made.format = "visit"
        yield made
