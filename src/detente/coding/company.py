"""Coded pairs of a sentence in, the same with the parties that stand beside theirs: 'A and B attack C' says both."""

from itertools import combinations
from typing import Any

from msgspec.structs import replace

from detente.coding.candidates import Party, Sentence
from detente.coding.merging import Coded

SHARE = 0.9  # confidence of what is said of a companion, as a part of what is said of the first
TOGETHER = {"CONSULT", "AGREE"}


def coordinated(token: Any) -> set[int]:
    """The tokens joined with this one by 'and', 'or', a comma: all members of the list."""
    top = token
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        top = top.head
    out, todo = {top.i}, [top]
    while todo:
        for child in todo.pop().children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "ADJ"}:
                out.add(child.i)
                todo.append(child)
    return out


def companions(sentence: Sentence, party: Party) -> list[Party]:
    """The other parties in the same list: 'A and B', 'the A and B governments'."""
    members = coordinated(sentence.doc[party.own])
    return [p for p in sentence.parties if p.root != party.root and p.own in members]


def join_company(sentence: Sentence, coded: list[Coded]) -> list[Coded]:
    """Give companions the same part in the same act, where nothing else was found for them."""
    out = list(coded)
    have = {(frozenset((c.source.root, c.target.root)), c.trigger.i) for c in out}
    for first in sorted(coded, key=lambda c: -c.confidence):
        beside = companions(sentence, first.source), companions(sentence, first.target)
        if any(p.root == first.target.root for p in beside[0]):
            continue  # the two are members of one list: they act with, not on, each other
        for source in [first.source, *beside[0]]:
            for target in [first.target, *beside[1]]:
                key = frozenset((source.root, target.root)), first.trigger.i
                if source.root != target.root and key not in have and not settled(out, source, target, first):
                    have.add(key)
                    out.append(replace(first, source=source, target=target, confidence=first.confidence * SHARE))
    return out


def settled(coded: list[Coded], source: Party, target: Party, like: Coded) -> bool:
    """Whether the two already have an event of that type."""
    roots = {source.root, target.root}
    return any({c.source.root, c.target.root} == roots and c.type == like.type for c in coded)


def complete(coded: list[Coded]) -> list[Coded]:
    """Who meets the same parties at the same meeting meets each other: fill mutual acts of three or more."""
    out = list(coded)
    acts: dict[tuple[int, str], list[Coded]] = {}
    for c in coded:
        if c.mutual and c.type in TOGETHER:
            acts.setdefault((c.trigger.i, c.type), []).append(c)
    for group in acts.values():
        parties = {p.root: p for c in group for p in (c.source, c.target)}
        have = {frozenset((c.source.root, c.target.root)) for c in group}
        for a, b in combinations(parties.values(), 2):
            if frozenset((a.root, b.root)) not in have:
                confidence = min(c.confidence for c in group) * SHARE
                out.append(replace(group[0], source=a, target=b, confidence=confidence))
    return out
