"""A coded pair in, why it cannot be right out (or None): readings that the statistics like and the grammar forbids."""

from typing import Any

from detente.coding.candidates import Party
from detente.coding.features import chain
from detente.coding.lexicon import rows
from detente.coding.merging import Coded

BELIEF = {"expect", "believe", "think", "hope", "fear", "hopeful", "wait", "watch", "guess", "assume", "anticipate"}
JUDGING = {
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "deplore",
    "protest",
    "oppose",
    "regret",
    "decry",
    "lament",
    "slam",
}
SPEECH = {"ACCUSE", "THREATEN", "REQUEST", "REJECT", "SUPPORT"}


def veto(coded: Coded) -> str | None:
    """The rule that forbids this reading, or None."""
    doc = coded.trigger.doc
    if lacks_company(coded.trigger, coded.type):
        return "the word names no such act by itself"
    if coded.type not in SPEECH and only_believes(coded.source, coded.trigger, doc):
        return "the source only believes or expects it"
    if coded.type not in SPEECH and any(only_judges(p, coded.trigger, doc) for p in (coded.source, coded.target)):
        return "a party only speaks of the act"
    if coded.trigger.pos_ == "NOUN" and any(detached(p, coded.trigger, doc) for p in (coded.source, coded.target)):
        return "a party stands in a clause of its own"
    return None


def lacks_company(trigger: Any, kind: str) -> bool:
    """Whether the word names the act only beside another (table data/needs.tsv), and none of these is near."""
    needs = [
        set(words.split())
        for lemma, types, words in rows("needs.tsv")
        if lemma == trigger.lemma_.lower() and kind in types
    ]
    if not needs:
        return False
    near = {t.lemma_.lower() for t in (*trigger.lefts, *trigger.rights, trigger.head)}
    return not needs[0] & near


def only_believes(source: Party, trigger: Any, doc: Any) -> bool:
    """Whether the source is the subject of a verb of belief that governs the act, or of the act's own word if that is one."""
    subjects = {source.own, source.head}
    for token in chain(trigger):
        if token.lemma_.lower() in BELIEF and any(c.dep_ == "nsubj" and c.i in subjects for c in token.children):
            return True
    return False


def only_judges(party: Party, trigger: Any, doc: Any) -> bool:
    """Whether the party condemns or criticises the act: 'Lavrov criticised American strikes' makes Russia no party to them."""
    subjects = {party.own, party.head}
    above = chain(trigger)[1:]
    return any(
        token.lemma_.lower() in JUDGING and any(c.dep_ == "nsubj" and c.i in subjects for c in token.children)
        for token in above
    )


def detached(party: Party, trigger: Any, doc: Any) -> bool:
    """Whether the party stands in a gerund or adverbial clause that the act is no part of."""
    above = {t.i for t in chain(trigger)}
    for token in chain(doc[party.own]):
        if token.i in above:
            return False
        if token.dep_ in {"pcomp", "advcl"} and token.pos_ == "VERB":
            return True
    return False
