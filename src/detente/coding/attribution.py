"""An act in its sentence in, the actor on whose word it rests out."""

from typing import Any

from detente.coding.candidates import Sentence
from detente.coding.features import chain
from detente.types import Status

SAYING = {
    "say", "claim", "report", "state", "allege", "accuse", "announce", "tell", "confirm", "declare", "blame",
    "insist", "maintain", "assert", "suspect", "charge", "add",
}  # fmt: skip


def attributed_to(sentence: Sentence, trigger: Any, status: Status) -> str | None:
    """The id of the party that says so, where the act is the content of its saying; None where the text itself says it."""
    if status == "alleged" and trigger.lemma_.lower() in SAYING:
        return None
    previous = trigger
    for up in chain(trigger)[1:]:
        if up.lemma_.lower() in SAYING and previous.dep_ in {
            "ccomp",
            "prep",
            "xcomp",
            "pobj",
            "dobj",
            "pcomp",
            "conj",
            "advcl",
        }:
            subject = next((c for c in up.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if subject is not None:
                inside = {t.i for t in subject.subtree}
                return next((p.root for p in sentence.parties if p.own in inside), None)
        if up.dep_ == "ROOT":  # "A was attacked, B says": the saying hangs the other way round
            break
        previous = up
    return None
