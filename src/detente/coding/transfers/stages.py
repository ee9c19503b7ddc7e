"""The words around a word of giving or getting in, how far the transfer has come out."""

import re

from detente.types import TransferStage

BACK = 110  # characters before a word of giving in which a verb governs it
REFUSED = re.compile(
    r"\b(?:refus\w+|declin\w+|block(?:s|ed|ing)?|cancel\w*|halt(?:s|ed|ing)?|suspen[ds]\w*|stop(?:s|ped|ping)?|freez\w+|froze\w*|paus(?:es?|ed|ing)"
    r"|reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|terminat\w+|scrap(?:s|ped|ping)?|abandon\w*|bar(?:s|red|ring)|ban(?:s|ned|ning)?|prohibit\w*"
    r"|withh[eo]ld\w*|forbid\w*|rules? out|ruled out|prevent\w*|revok\w+|will not|won['’]t|would not|does not|do not|did not|never|not to|no longer"
    r"|opposes? to|lost|loses|refrain\w*|dismiss\w*|put(?:s|ting)? off|h[oe]ld(?:s|ing)? back|turn(?:s|ed) down|drop(?:s|ped)?|tore up|postpon\w+|delay\w*)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:for|on|upon)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|appeal(?:s|ed|ing)?|request(?:s|ed|ing)?|should|must"
    r"|resolution|threaten\w*|if|warn(?:s|ed|ing)?\b[^.;,]{0,40}\b(?:against|not to|over))\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\bden(?:y|ies|ied|ying)\b (?:that|having|it|he|she|they|ever|any|(?:the )?(?:reports?|allegations?|claims?|accusations?)|\w+ing)\b",
    re.IGNORECASE,
)
"""What is denied to be so is no transfer; who is denied arms is refused them."""
EXPECTED = re.compile(
    r"\b(?:consider\w*|may|might|could|would|hop(?:es?|ed|ing)|want(?:s|ed)?|seek(?:s|ing)?|sought|in talks|talks (?:on|about|over|for)|negotiat\w+|discuss\w*|expect\w*"
    r"|likely|interest(?:ed)?|ready|willing\w*|intend\w*|mull\w*|look(?:s|ing)? (?:out )?(?:to|at|into|for)|explor\w+|plan(?:s|ned|ning)? to|plans? (?:of|for)|planned|possib\w+|debat\w+"
    r"|potential|proposed|weigh(?:s|ing)|prepar\w+)\b",
    re.IGNORECASE,
)
OFFERED = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|propos(?:es?|ed|ing)|attempt(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|notif(?:y|ies|ied))\b",
    re.IGNORECASE,
)
AGREED = re.compile(
    r"\b(?:agree[sd]?|agreement|sign(?:s|ed|ing)?|pledg\w+|promis\w+|vow\w*|approv\w+|authori[sz]\w+|clear(?:s|ed)|greenlight\w*|green light|will|shall|announc\w+|commit\w*"
    r"|contract\w*|order(?:s|ed)|deal|decid\w+|decision|allow\w*|confirm\w*|to be|is set to|is to|are to|accept\w*|finali[sz]\w+|back(?:s|ed)|gives? the go-ahead|permit\w*|plans?)\b",
    re.IGNORECASE,
)
APPROVED = re.compile(
    r"\b(?:approv(?:es|ed|ing)|authori[sz](?:es|ed|ing)|signed|signs|cleared|clears)\b", re.IGNORECASE
)
OVER = re.compile(
    r"\b(?:over|after|following|in response to|because of|in protest (?:at|over|against)) (?:the |its |a |an )?$"
)
HAS = re.compile(
    r"(?<!not )\b(?:has|have|had)(?: already| also| now| since| just)? (?:been |begun |started |completed (?:an? |the )?)?$",
    re.IGNORECASE,
)
FAILED = re.compile(r"\bfail(?:s|ed|ing)? to\b", re.IGNORECASE)
IDLE = re.compile(
    r"\b(?:not (?:prevent|block|stop|oppose|forbid)|would|could|might|may|bill|resolutions?|motion)\b", re.IGNORECASE
)
CLAUSE = re.compile(
    r"; |\band that\b|, (?:and|but|while|which|who|after|although|as) |\bbut |\bbecause\b|\bdespite\b|\bafter (?=the|it|he)"
)
JOINED = re.compile(r"\b(?:\w+ed|helped|went|came)(?: in| up| forces)?(?: with (?:the )?[\w ]{2,30})? to $")
"""A past act that led to the transfer: 'joined Ukraine to sell'."""
UNDONE = re.compile(
    r"^[^.;]{0,70}?\b(?:is|are|was|were|has been|have been|had been|been|being|gets?) (?:\w+ly )?(?:blocked|cancel+ed|halted|suspended|stopped|frozen|paused|rejected|refused|denied"
    r"|terminated|scrapped|put on hold|banned|barred|prohibited|postponed|delayed|vetoed)\b",
    re.IGNORECASE,
)
LEFT_OUT = re.compile(r"\b(?:alleg\w*|accus\w+|suspect\w*|report\w*) (?:of )?$", re.IGNORECASE)


def stage(before: str, after: str, now: TransferStage, past: TransferStage, verb: str) -> TransferStage | None:
    """The stage of a transfer: what governs its verb decides, else the verb's tense; None where it is only asked for, or denied to be so."""
    before = "" if OVER.search(before) else CLAUSE.split(before[-BACK:])[-1]
    near = before[-90:]
    if ASKED.search(near) or DENIED.search(before + verb):
        return None
    if HAS.search(before):
        return past if past != "agreed" else now
    refused = None if FAILED.search(before) else REFUSED.search(before[-60:])
    if refused or UNDONE.match(after):
        return None if refused and IDLE.search(before) else "refused"
    told = JOINED.search(before) or verb.endswith(("ed", "sold", "sent", "gave", "given", "bought"))
    return governed(near) or (past if told else now)


def governed(near: str) -> TransferStage | None:
    """The stage that a verb of deciding, hoping or offering gives; None where there is none."""
    if APPROVED.search(near):
        return "agreed"
    steps: tuple[tuple[TransferStage, re.Pattern[str]], ...] = (
        ("expected", EXPECTED),
        ("offered", OFFERED),
        ("agreed", AGREED),
    )
    return next((name for name, pattern in steps if pattern.search(near)), None)
