"""The events of a text in, acts out that it tells by a noun alone: an embargo that is kept, a withdrawal that is due.

The network reads what somebody does; what stands or is to come often has no verb of doing.
"""

from detente.coding.nouns.embargoes import embargoes
from detente.coding.nouns.withdrawals import withdrawals
from detente.reading.text import AnnotatedText
from detente.types import Event, Transfer

__all__ = ["nouns"]


def nouns(text: AnnotatedText, events: list[Event], transfers: list[Transfer]) -> list[Event]:
    """Further events, between parties of whom their sentences have none."""
    return [*embargoes(text, events, transfers), *withdrawals(text, events)]
