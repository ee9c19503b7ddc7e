"""Events and the arms transfers of the same text in, the sanctions that stand and that no event tells of out.

An embargo that a state keeps up is an act of no day and often has no verb of acting: "the only power to keep Pakistan on its
negative list for arms sales". The reader of transfers finds it where the network does not.
"""

import re
from collections.abc import Iterable, Iterator

from detente.coding.modes import mode
from detente.coding.parties import mentioned, party, told
from detente.coding.windows import root
from detente.ontology import intensity
from detente.reading.text import AnnotatedText
from detente.types import Actor, Event, Mention, Span, Status, Transfer

KEEPS = re.compile(r"\b(?:keep(?:s|ing)?|kept|maintain(?:s|ed|ing)?|(?:still|continues? to) (?:ha(?:s|ve)|impose|enforce))\b", re.IGNORECASE)  # fmt: skip
NEAR = 60  # characters in which the embargo stands behind the verb
STANDS: Status = "ongoing"


def embargoes(text: AnnotatedText, events: Iterable[Event], transfers: Iterable[Transfer]) -> Iterator[Event]:
    """A SANCTION, ongoing, for each arms embargo that is said to be kept up against somebody of whom its sentence has no event."""
    known = told(events)
    for each in transfers:
        words = each.evidence.trigger
        if each.stage != "embargoed" or words is None or not (each.supplier and each.recipient):
            continue
        sentence = (each.evidence.start, each.evidence.end)
        if not KEEPS.search(text.document.text, max(sentence[0], words[0] - NEAR), words[0]):
            continue
        against = {root(one) for one in each.recipient}
        if not any(against & parties for parties in known.get(sentence[0], ())):
            yield _sanction(text, each, sentence, words)


def _sanction(text: AnnotatedText, of: Transfer, sentence: Span, words: Span) -> Event:
    how = mode("SANCTION", text.document.text, words, sentence)
    return Event(
        type="SANCTION",
        mode=how,
        contexts=["arms"],
        source=_actors(text, of.supplier, sentence),
        target=_actors(text, of.recipient, sentence),
        status=STANDS,
        start=text.document.published,
        end=text.document.published,
        precision="day" if text.document.published else "unknown",
        intensity=intensity("SANCTION", how, STANDS),
        confidence=of.confidence,
        evidence=of.evidence,
    )


def _actors(text: AnnotatedText, ids: list[str], sentence: Span) -> list[Actor]:
    """Actors by their first mention in a sentence."""
    found: dict[str, Mention] = {}
    for mention in mentioned(text, sentence):
        found.setdefault(mention.id, mention)
    return [party(found[one]) for one in ids if one in found]
