"""Annotated text in, events out: who did what to whom, whether it happened, when, where, in which words.

`code` finds the events of a document, `explain` says why, `relate` classifies a given pair,
`sides` finds the words of who acts on whom in any sentence.
"""

from detente.coding.agreeing import agreeing
from detente.coding.coder import Acts, Explained, acts, code, events_of, explain, version
from detente.coding.meetings import meetings
from detente.coding.nouns import nouns
from detente.coding.relating import relate
from detente.coding.sides import Sides, sides
from detente.coding.statements import statements
from detente.coding.transfers import transfers

__all__ = [
    "Acts",
    "Explained",
    "Sides",
    "acts",
    "agreeing",
    "code",
    "events_of",
    "explain",
    "meetings",
    "nouns",
    "relate",
    "sides",
    "statements",
    "transfers",
    "version",
]
