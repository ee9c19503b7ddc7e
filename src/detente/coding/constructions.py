"""A parsed sentence in, acts that need more than a verb and its object out: suspicions, and deals that bind a party."""

from typing import Any

from detente.coding.candidates import Sentence
from detente.coding.frames import Stated, at

CONVICTION = {"convinced", "convince", "suspect", "certain", "sure", "believe", "maintain", "think"}
WRONGS = {
    "leak", "steal", "smuggle", "copy", "spy", "hack", "poison", "sabotage", "interfere", "violate", "infiltrate",
    "plot", "lie", "cheat", "falsify", "forge", "finance_terror", "arm", "harbour", "harbor", "meddle", "leaked",
    "stolen", "smuggled", "copied", "hacked", "forged", "falsified",
}  # fmt: skip
DEALS = {"deal", "agreement", "treaty", "pact", "accord"}
BINDING = {
    "put",
    "bring",
    "give",
    "allow",
    "let",
    "help",
    "bind",
    "tie",
    "draw",
    "commit",
    "oblige",
    "require",
    "enable",
}


def built(sentence: Sentence) -> list[Stated]:
    """The acts that these constructions state."""
    return [*suspicions(sentence), *deals(sentence)]


def suspicions(sentence: Sentence) -> list[Stated]:
    """'A is convinced that B's engineers stole …': A accuses B."""
    out = []
    for token in sentence.doc:
        clause = next((c for c in token.children if c.dep_ == "ccomp"), None)
        if clause is None or (token.lower_ not in CONVICTION and token.lemma_.lower() not in CONVICTION):
            continue
        holder = token if token.pos_ == "VERB" else token.head
        helpers = children(holder, {"aux", "auxpass"})  # a subject may hang on "is" in "A is convinced"
        who = [s for h in (holder, *helpers) for s in children(h, {"nsubj", "nsubjpass"})]
        doer = children(clause, {"nsubj"})
        if who and doer and WRONGS & {t.lemma_.lower() for t in clause.subtree}:
            out += [
                Stated(a, b, "ACCUSE", False, token)
                for a in at(sentence, who[0])
                for b in at(sentence, doer[0])
                if a.root != b.root
            ]
    return out


def deals(sentence: Sentence) -> list[Stated]:
    """'The treaty with B commits A to …': A and B have agreed."""
    out = []
    for token in sentence.doc:
        verb = token.head
        if token.lemma_.lower() not in DEALS or token.dep_ != "nsubj" or verb.lemma_.lower() not in BINDING:
            continue
        partners = [c for p in token.children if p.dep_ == "prep" and p.lower_ == "with" for c in children(p, {"pobj"})]
        bound = children(verb, {"dobj", "nsubj"})
        out += [
            Stated(a, b, "AGREE", True, token)
            for noun in bound
            if noun.i != token.i
            for a in at(sentence, noun)
            for partner in partners
            for b in at(sentence, partner)[:1]
            if a.root != b.root
        ]
    return out


def children(token: Any, labels: set[str]) -> list[Any]:
    """The dependents with one of these labels."""
    return [c for c in token.children if c.dep_ in labels]
