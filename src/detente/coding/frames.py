"""A parsed sentence in, the acts that its constructions state outright out (table data/frames.tsv).

A frame names a verb, the object it must have, and where the target stands. The source is the verb's subject, or the one
that controls it: in 'Russia weighed in with Ukraine to sell tanks to Pakistan' both sell.
"""

from functools import cache
from typing import Any, NamedTuple

from detente.coding.candidates import Party, Sentence
from detente.coding.company import coordinated
from detente.coding.features import word
from detente.coding.lexicon import rows

BAD_LISTS = {"negative", "black", "terror", "terrorism", "sanction", "watch", "no-fly"}
CONTROLLED = {"xcomp", "advcl", "acl", "pcomp", "relcl", "conj", "ccomp"}
SUBJECTS = {"nsubj", "nsubjpass"}


class Frame(NamedTuple):
    """One row of the table."""

    objects: frozenset[str]
    slot: str
    type: str
    mutual: bool


class Stated(NamedTuple):
    """An act that a construction states."""

    source: Party
    target: Party
    type: str
    mutual: bool
    trigger: Any


@cache
def frames() -> dict[str, list[Frame]]:
    """Verb -> its frames."""
    out: dict[str, list[Frame]] = {}
    for verb, objects, slot, kind, mutual in rows("frames.tsv"):
        out.setdefault(verb, []).append(Frame(frozenset(objects.split()), slot, kind, mutual == "yes"))
    return out


def stated(sentence: Sentence) -> list[Stated]:
    """Every act that a frame of some verb finds, one a source, target and type."""
    out: dict[tuple[str, str, str], Stated] = {}
    for token in sentence.doc:
        if token.pos_ != "VERB":
            continue
        for frame in frames().get(word(token), []):
            for act in match(sentence, token, frame):
                out.setdefault((act.source.root, act.target.root, act.type), act)
    return list(out.values())


def match(sentence: Sentence, verb: Any, frame: Frame) -> list[Stated]:
    """The acts of one verb under one frame; none where its object or a party is missing."""
    patient = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    if not fits(verb, patient, frame.objects):
        return []
    sources = subjects(sentence, verb, frame.slot)
    if frame.slot == "each":
        return [
            Stated(a, b, frame.type, True, verb)
            for n, a in enumerate(sources)
            for b in sources[n + 1 :]
            if a.root != b.root
        ]
    targets = slot(sentence, verb, patient, frame.slot)
    return [
        Stated(a, b, frame.type, frame.mutual, verb)
        for a in sources
        for b in targets
        if a.root != b.root and b not in sources
    ]


def fits(verb: Any, patient: Any, wanted: frozenset[str]) -> bool:
    """Whether the verb has the object that the frame wants."""
    if "*" in wanted:
        return patient is not None
    if "list_negative" in wanted:
        lists = [t for t in verb.subtree if t.lemma_.lower() in {"list", "blacklist"}]
        return any(t.lower_ == "blacklist" or {c.lower_ for c in t.children} & BAD_LISTS for t in lists)
    return patient is not None and bool({t.lemma_.lower() for t in (patient, *patient.conjuncts)} & wanted)


def at(sentence: Sentence, token: Any) -> list[Party]:
    """The parties that a noun phrase names: its head, what modifies it, and its coordinated companions."""
    members = coordinated(token)
    return [p for p in sentence.parties if p.own in members or p.head in members]


def slot(sentence: Sentence, verb: Any, patient: Any, name: str) -> list[Party]:
    """The parties in the frame's target place."""
    if name == "dobj":
        return at(sentence, patient) if patient is not None else []
    heads = [verb] if patient is None else [verb, patient]
    preps = [c for h in heads for c in h.children if c.dep_ in {"prep", "dative"} and c.lower_ == name]
    nouns = [c for p in preps for c in p.children if c.dep_ in {"pobj", "nsubj"}]
    if name == "for":  # "permission for Nato trucks to go": the noun is the subject of what is permitted
        clauses = [c for h in heads for c in h.children if c.dep_ in {"acl", "xcomp", "advcl", "ccomp", "relcl"}]
        for clause in clauses:
            if any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children):
                nouns += [c for c in clause.children if c.dep_ == "nsubj"]
    return [party for noun in nouns for party in at(sentence, noun)]


def subjects(sentence: Sentence, verb: Any, name: str) -> list[Party]:
    """The parties that do it: the verb's own subject or agent, else the subject of what controls the verb."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if passive:
        agents = [c for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj"]
        return [party for noun in agents for party in at(sentence, noun)]
    token = verb
    company: list[Party] = []
    for _ in range(7):
        found = [c for c in token.children if c.dep_ in SUBJECTS]
        if found and found[0].lower_ not in {"who", "which", "that"}:
            with_them = [*at(sentence, found[0]), *company]
            return list(dict.fromkeys(with_them))
        if token.head.i == token.i or (token.pos_ == "VERB" and token.dep_ not in CONTROLLED):
            return []
        token = token.head
        if name != "with" and token.pos_ == "VERB":
            beside = [c for p in token.children if p.dep_ == "prep" and p.lower_ == "with" for c in p.children]
            company += [party for noun in beside for party in at(sentence, noun)]
    return []
