"""Reading: a document in, its text with sentences, mentions, dates, places and speech out; nothing is decided here."""

from collections.abc import Callable
from datetime import date

from detente.reading import coreference, dates, places, sentences, speech
from detente.reading.text import AnnotatedText, DateSpan, PlaceSpan, Speech
from detente.types import Document, Mention

__all__ = ["AnnotatedText", "DateSpan", "PlaceSpan", "Speech", "annotate"]

Scan = Callable[[str, date | None], list[Mention]]


def annotate(document: Document, *, scan: Scan | None = None) -> AnnotatedText:
    """Find the layers of an English document; for another language every layer is empty.

    `scan` finds the actors (text, day → mentions); the default is `detente.actors.scan`.
    """
    if document.language != "en":
        return AnnotatedText(document=document)
    if scan is None:
        from detente import actors

        scan = actors.scan
    text = document.text
    spans = sentences.split(text)
    named = scan(text, document.published)
    return AnnotatedText(
        document=document,
        sentences=spans,
        mentions=coreference.link(text, named, spans),
        dates=dates.find(text, document.published, spans),
        places=places.find(text, named),
        speech=speech.find(text, spans),
    )
