"""The words of meetings: which name one, which form it has, whether it was put off, called off or only proposed."""

import re

from detente.types import MeetingFormat, Span

NOUN = (
    r"(?:visits?|trips?|tours?|summits?|talks|meetings?|conferences?|dialogues?|negotiations|consultations|sessions?|forum"
    r"|assembly|gathering|conclave|state dinner|journeys?|stopovers?|congress|invitations?|(?:phone|telephone|video) (?:calls?|conversations?)|audience)"
)
VERB = (
    r"(?:visit(?:s|ed|ing)?|meets?|met|meeting|arriv(?:es?|ed|ing)|travel(?:s|led|ed|ling|ing)?|fl(?:y|ies|ew)|tour(?:s|ed)?"
    r"|hold(?:s|ing)?|held|host(?:s|ed|ing)?|receiv(?:es?|ed)|welcom(?:es?|ed)|attend(?:s|ed|ing)?"
    r"|confer(?:s|red)?|phon(?:es?|ed)|call(?:s|ed)?|speak(?:s|ing)?|spoke|talk(?:s|ed|ing)?|gather(?:s|ed)?|conven(?:es?|ed)"
    r"|sit(?:s)? down|sat down|return(?:s|ed)?|greet(?:s|ed)?|shook hands|shake hands|handshake|dined|embraced|face to face|came together|land(?:s|ed)|touch(?:es|ed) down|confronted|awaits?|discussions?|leaves for|left for|heads? (?:to|for)|sends? a (?:delegation|team)|arrival|discuss(?:es|ed|ing)?|consult(?:s|ed)?)"
)
MEETING = re.compile(rf"\b(?:{NOUN}|{VERB}|quadrilateral|trilateral)\b", re.IGNORECASE)
NAMED = re.compile(rf"\b{NOUN}\b", re.IGNORECASE)

FORMATS: list[tuple[MeetingFormat, re.Pattern[str]]] = [
    ("call", re.compile(r"\b(?:(?:tele)?phon(?:e|es|ed)|video ?(?:call|conference|link)|by phone|phone call|telephone)\b", re.IGNORECASE)),
    ("summit", re.compile(r"\bsummits?\b", re.IGNORECASE)),
    ("visit", re.compile(r"\b(?:visit\w*|trips?|tours?|toured|arriv\w+|travel\w*|fl(?:y|ies|ew)|state dinner|return(?:s|ed)|delegation)\b", re.IGNORECASE)),
    ("dialogue", re.compile(r"\bdialogues?\b", re.IGNORECASE)),
    ("conference", re.compile(r"\b(?:conferences?|forum|assembly|congress|conclave|ministerial|sessions?|attend\w*)\b", re.IGNORECASE)),
]  # fmt: skip

POSTPONE = re.compile(
    r"\b(?:postpon\w+|put(?:s|ting)? off|delay(?:s|ed|ing)?|reschedul\w+|defer(?:s|red)?|push(?:es|ed)? back|move[sd]? (?:back )?to)\b",
    re.IGNORECASE,
)
CANCEL = re.compile(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? off|scrap(?:s|ped|ping)?|abandon(?:s|ed|ing)?|boycott(?:s|ed|ing)?"
    r"|pull(?:s|ed|ing)? out of|withdr(?:aws?|ew|awing) from|drop(?:s|ped)? out of|skip(?:s|ped)?"
    r"|(?:refus|declin)(?:es?|ed|ing) to (?:attend|meet|visit|travel|take part|participate|hold)"
    r"|(?:will|would|did|does) not (?:attend|take part|participate)|break(?:s|ing)? off|broke off|suspend(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:will|shall|to (?:visit|meet|hold|host|attend|travel|arrive|take place|be held|begin|start|discuss|convene)|plan(?:s|ned|ning)? to"
    r"|scheduled|upcoming|forthcoming|planned|ahead of|prior to|agree[sd]? to (?:meet|hold|resume|talk|discuss)|next (?:week|month|year)"
    r"|on the eve of|before (?:a|the|his|her|their)|prepar\w+ (?:for|to)|tomorrow|is (?:due|set|expected) to|are (?:due|set|expected) to|invit\w+)\b",
    re.IGNORECASE,
)
PROPOSED = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on)|propos\w+|offer(?:s|ed|ing)?|urg(?:es?|ed|ing)|suggest\w*|request(?:s|ed|ing)?|demand(?:s|ed|ing)?"
    r"|ready (?:to|for)|willing(?:ness)? to|want(?:s|ed)? (?:to|a)|should|could|may|might|would|possib\w+|seek(?:s|ing)?|hop(?:es?|ed|ing) (?:to|for)"
    r"|reject(?:s|ed|ing)?|rule[sd]? out|no plans?|appeal(?:s|ed)?)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
AGREES = re.compile(
    r"\bagree(?:s|d)? (?:\w+ )?to (?:resume|hold|begin|restart|open|start|re-?open|have)(?: [\w-]+){0,4} ?$",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on|upon)|propos(?:es?|ed|ing)|offer(?:s|ed|ing)?|urg(?:es?|ed|ing)|suggest(?:s|ed|ing)?|appeal(?:s|ed|ing)?"
    r"|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|should|ought to|invit(?:es|ed|ing))\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What only asks for a meeting, and stands before it."""
ACCEPTS = re.compile(
    rf"\b(?:agree[sd]?|accept(?:s|ed)?|consent(?:s|ed)?) (?:to |on |an? |the |[\w'’]+ ){{0,4}}?"
    rf"(?:meet|visit|negotiate|attend|{NOUN}|(?:proposal|offer|invitation|request)s? (?:for|of|to) (?:[\w-]+ ){{0,4}}?(?:meet|visit|{NOUN}))\b",
    re.IGNORECASE,
)


def form(text: str, sentence: Span, trigger: Span) -> MeetingFormat:
    """The format that the trigger's words name, else those right after it, else talks."""
    ahead = text[trigger[1] : min(sentence[1], trigger[1] + 45)]
    for words in (text[slice(*trigger)], ahead):
        for name, pattern in FORMATS:
            if pattern.search(words):
                return name
    return "talks"
