"""Annotated text in, events out: who did what to whom, whether it happened, when, where, in which words.

`code` finds the events of a document, `explain` says why, `relate` classifies a given pair.
"""

from detente.coding.coder import Explained, code, explain, version
from detente.coding.relating import relate

__all__ = ["Explained", "code", "explain", "relate", "version"]
