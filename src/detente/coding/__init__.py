"""Annotated text in, events out: who did what to whom, whether it happened, when, where, in which words.

`code` finds the events of a document (`code_each` of many, faster), `relate` classifies a given pair of spans.
"""

from detente.coding.coder import CODER, code, code_each
from detente.coding.relating import relate

__all__ = ["CODER", "code", "code_each", "relate"]
