"""Reading: a document in, its text with sentences, mentions, dates, places and speech out; nothing is decided here."""

from collections.abc import Callable
from datetime import date

from detente.reading import coreference, datelines, dates, places, sentences, speech
from detente.reading.text import AnnotatedText, DateSpan, PlaceSpan, Speech
from detente.types import Document, Mention

__all__ = ["AnnotatedText", "DateSpan", "PlaceSpan", "Speech", "annotate", "complete", "heard", "outline"]

Scan = Callable[[str, date | None], list[Mention]]


def annotate(document: Document, *, scan: Scan | None = None) -> AnnotatedText:
    """Find the layers of an English document; for another language every layer is empty.

    `scan` finds the actors (text, day → mentions); the default is `detente.actors.scan`.
    """
    return complete(outline(document, scan=scan))


def outline(document: Document, *, scan: Scan | None = None) -> AnnotatedText:
    """Only the sentences and the actors: all that is needed to see whether a document has an event."""
    if document.language != "en":
        return AnnotatedText(document=document)
    if scan is None:
        from detente import actors

        scan = actors.scan
    spans = sentences.split(document.text)
    named = datelines.without(document.text, scan(document.text, document.published), spans)
    mentions = coreference.link(document.text, named, spans)
    return AnnotatedText(document=document, sentences=spans, mentions=mentions, whole=False, heard=False)


def complete(text: AnnotatedText) -> AnnotatedText:
    """Look for the layers that an outline lacks (dates, places, speech); what is whole stays as it is."""
    if not text.whole:
        document = text.document
        text.dates = dates.find(document.text, document.published, text.sentences)
        text.places = places.find(document.text, text.mentions)
        text.whole = True
    return heard(text)


def heard(text: AnnotatedText) -> AnnotatedText:
    """Look for speech where it has not been looked for."""
    if not text.heard:
        text.speech = speech.find(text.document.text, text.sentences)
        text.heard = True
    return text
