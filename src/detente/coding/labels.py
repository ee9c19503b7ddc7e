"""The classes that the network's outputs stand for, in their order; training and coding share them."""

from typing import get_args

from detente.types import Status

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
EITHER_WAY = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # acts of which it matters little who is called the source
WAYS = (">", "<", "=")  # the party named first acts on the second; the second on the first; both together
STATUSES: tuple[Status, ...] = get_args(Status)
CLAIMS = ("text", "first", "second", "other")  # whose word the act rests on
CONTEXTS = (
    "diplomatic", "military", "economic", "trade", "energy", "humanitarian", "human_rights", "territory", "nuclear",
    "terrorism", "migration", "legal", "cyber", "intelligence", "health", "environment", "election", "media", "arms",
)  # fmt: skip
TAGS = ("O", "B-source", "I-source", "B-target", "I-target")  # what a word piece is part of
QUADS = ("none", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
