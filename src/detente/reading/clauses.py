"""A verb of saying in a sentence in, where what is said begins and ends out."""

import re

from detente.types import Span

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did|do|cannot|won['’]t|isn['’]t|wasn['’]t|didn['’]t|doesn['’]t)\b"
)
FINITE = re.compile(
    rf"{_AUXILIARY.pattern}|\b(?!need|speed|indeed|hundred)[a-z]{{2,}}ed\b"
    r"|\b(?:be|go|kill|remain|continue|face|need|want|plan|seek|hold|support|expect|show|deserve|depend|require|mean|believe|belong|intend|include|reject)s\b"
)
LATER = re.compile(
    r"\s+(?:on\s+\w+day|\w+day|yesterday|today|late\s+\w+day|on\s+[A-Z]\w+|in\s+an?\s+(?:\w+\s+)?(?:statement|interview|report|speech|address|letter|tweet)|again)\b,?"
)
_SAID_OF_THING = re.compile(r"\s*(?:of|for|to|about|in|on|at|by|with|from|yes|so|responsibility|goodbye|sorry)\b")
_PARTICIPLE = re.compile(
    r",?[\"”’]?,?\s(?:saying|stating|adding|claiming|suggesting|alleging|arguing|insisting|warning|noting|explaining|accusing|calling|citing|prompting|while\s(?:\w+\s)?(?:also\s)?\w+ing)\b"
    r"|,?\s(?:and|but)\s(?:also\s)?(?:calls?\s(?:on|for)|urges?|urged|asks?|asked|demands?|demanded|threatens?|condemns?|condemned|accuses?|accused|announces?|adds|added|warns|warned|says|said|insists|insisted|stresses|stressed|vows|vowed|summons|summoned|recalls|recalled|expels|expelled)\b|;\s"
    r"|,\s(?:and|but|while)\s(?:the\s)?[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}\s(?:accuse[sd]|says|said|denie[sd]|rejects|rejected|warns|warned|condemns|condemned"
    r"|summons|summoned|demands|demanded)\b"
)
_AND_THAT = re.compile(r",? (?:and|but) that ")
_THAT = re.compile(
    r"(?:,[^,;:\"“”]{3,70},|\s(?:in|on|to|at|with|before|after|during|via|through|by)\s[^,;:\"“”]{3,60}?|\s(?:publicly|again|today|yesterday|later))?,?\s+that\s+"
)
A_CLAIM = re.compile(
    r",\s(?:(?:a|an|the)\s(?:claim|charge|allegation|report|accusation)\s(?:that\s|which\s)?|which\s)(?P<who>(?:the\s)?[\w’'. -]{2,40}?)\s(?P<cue>denies|denied|rejects|rejected|disputes|disputed)\b"
)
_WHILE = re.compile(r"(?:While|Although|Though|Whereas)\s")
_OTHER = re.compile(
    r",\s(?=(?:the\s)?[\w’'. -]{2,50}?\s(?:says?|said|predicts?|predicted|believes?|believed|warns?|warned|claims?|claimed|suggests?|suggested|insists?|insisted|thinks?|thought|den(?:ies|ied))\b)"
)
_SAY = re.compile(r"\b(?:say|says|said)(?:\s(?:on\s)?\w+day)?$")
_TO_HAVE = re.compile(r"\sto (?:have|be)\b")
_OWN = re.compile(r"\s(?:it|he|she|they|we|there|(?:its|his|her|their|our)\s(?:\w+\s){1,3}?(?=\w+ed\b))\s?")
_CLAIM = re.compile(r"\bclaim(?:s|ed|ing)?$")
_RELATIVE = re.compile(r"[,;:]|\s(?:that|which|who|whose|where|after|as|because|to)\s")


def clauses(text: str, start: int, begin: int, stop: int) -> list[Span | None]:
    """The content of a cue: to the end of the sentence or to a participle of the reporter; 'that …, and that …' are two."""
    cut = _PARTICIPLE.search(text, begin + 20, stop)
    stop = cut.start() if cut else stop
    denied = A_CLAIM.search(text, begin, stop)
    stop = denied.start() if denied else stop
    other = _OTHER.search(text, begin, stop) if _WHILE.match(text, start) else None
    stop = other.start() if other else stop
    joint = _AND_THAT.search(text, begin, stop)
    return [tidy(text, begin, joint.start()), tidy(text, joint.end(), stop)] if joint else [tidy(text, begin, stop)]


def ending(text: str, start: int, stop: int) -> int:
    """Where a clause without a subject of its own ends: at what the sentence adds about something else."""
    cut = re.compile(r", (?:the|a|which|who|while|as|after|but|and|with) |; ").search(text, start, stop)
    return cut.start() if cut else stop


def begins(text: str, position: int, stop: int, frame: str) -> int | None:
    """Where the clause of content begins after a verb, or None where none can be seen."""
    later = LATER.match(text, position, stop)
    position = later.end() if later else position
    that = _THAT.match(text, position, stop)
    if that and frame != "quote":
        return that.end()
    if frame == "to" and text.startswith(" to ", position, stop):
        return position + 1
    if frame == "object" or (frame == "warned" and not that):
        hearer = re.compile(r"(?:\s+(?!to\s)[\w’'.-]+){1,6}?\s+that\s+").match(text, position, stop)
        if hearer or frame == "object":
            return hearer.end() if hearer else None
        frame = "aux"
    bare = frame in ("clause", "aux", "to") and text[position : position + 1] == " "
    if bare and _CLAIM.search(text[max(0, position - 9) : position]) and _TO_HAVE.match(text, position, stop):
        return position + 1
    return _bare(text, position, stop, frame) if bare and not _SAID_OF_THING.match(text, position, stop) else None


def _bare(text: str, position: int, stop: int, frame: str) -> int | None:
    """Where a clause without 'that' begins, or an infinitive ('claims to have won'); None where none can be seen."""
    if (
        frame == "clause"
        and _SAY.search(text[max(0, position - 24) : position])
        and len(text[position:stop].split()) >= 4
    ):
        return position + 1
    plain = frame == "clause" or _OWN.match(text, position, stop) is not None
    verb = (FINITE if plain else _AUXILIARY).search(text, position, min(stop, position + (220 if plain else 90)))
    if verb is None or not text[position : verb.start()].strip():
        return None
    bare = frame == "clause" and not _CLAIM.search(text[max(0, position - 9) : position])
    return position + 1 if bare or not _RELATIVE.search(text, position, verb.start()) else None


def tidy(text: str, start: int, end: int, least: int = 3) -> Span | None:
    """A span without blanks and commas around it; None where it has fewer words than `least`."""
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return (start, end) if len(text[start:end].split()) >= least else None
