"""A parsed sentence in, the pairs that act on each other out, with type, direction, status and confidence."""

from detente.coding.candidates import Pair, Sentence, pairs
from detente.coding.company import complete, join_company
from detente.coding.constructions import built
from detente.coding.direction import direction, joint
from detente.coding.features import features
from detente.coding.frames import Stated, stated
from detente.coding.merging import Coded
from detente.coding.scorer import head
from detente.coding.status import status
from detente.coding.trigger import trigger
from detente.coding.vetoes import veto

NONE = "NONE"
STATED = 0.83  # share of the acts found by frames that are right, on training items
SOME = 0.4  # least probability that there is an event at all
FIRST = 0.3  # … that it is of the type named
SECOND = 0.3  # … for a further type of the same two actors; all three chosen on held-out training items

Proposal = tuple[float, str, Pair, list[str]]


def decide(sentence: Sentence) -> list[Coded]:
    """The events of a sentence, a pair of parties at a time: the likeliest, and a second that has another word."""
    found: dict[frozenset[str], dict[str, Proposal]] = {}
    for pair in pairs(sentence):
        for proposal in propose(pair):
            types = found.setdefault(frozenset((pair.a.root, pair.b.root)), {})
            if proposal[1] not in types or types[proposal[1]][0] < proposal[0]:
                types[proposal[1]] = proposal
    sure = [outright(act) for act in (*stated(sentence), *built(sentence))]
    known = {frozenset((c.source.root, c.target.root)): c for c in sure}
    for who, types in found.items():
        have = known.get(who)
        further = choose(list(types.values()))
        sure += [c for c in further if have is None or (have.trigger.i != c.trigger.i and have.type != c.type)]
    return complete(join_company(sentence, [c for c in sure if veto(c) is None]))


def outright(act: Stated) -> Coded:
    """An act that a construction states, with its status."""
    real, _ = status(act.trigger, act.type)
    return Coded(act.source, act.target, act.type, act.mutual, real, act.trigger, STATED)


def propose(pair: Pair) -> list[Proposal]:
    """The types that a pair may have an event of, with their probabilities."""
    names = features(pair)
    likely = head("type").probabilities(names)
    if 1 - likely[NONE] < SOME:
        return []
    return [(p, kind, pair, names) for kind, p in likely.items() if kind != NONE and p >= min(FIRST, SECOND)]


def choose(proposals: list[Proposal]) -> list[Coded]:
    """At most two events of the same two actors, never two by the same word."""
    out: list[Coded] = []
    for p, kind, pair, names in sorted(proposals, key=lambda x: -x[0])[:2]:
        if p < (SECOND if out else FIRST):
            continue
        coded = code(pair, kind, p, names)
        if coded is not None and all(coded.trigger.i != c.trigger.i for c in out):
            out.append(coded)
    return out


def code(pair: Pair, kind: str, confidence: float, names: list[str]) -> Coded | None:
    """The pair's event of type `kind`; None where no word of the sentence expresses an act."""
    word = trigger(pair, kind)
    if word is None:
        return None
    way, _ = direction(names, kind)
    source, target = (pair.b, pair.a) if way == "<" else (pair.a, pair.b)
    real, _ = status(word, kind)
    mutual = way == "=" or (word.lemma_.lower(), kind) in joint()
    return Coded(source, target, kind, mutual, real, word, confidence)


def likelihoods(pair: Pair) -> list[tuple[str, float]]:
    """The 16 types by probability, given that there is an event."""
    found = head("type").probabilities(features(pair))
    found.pop(NONE)
    total = sum(found.values())
    return sorted(((t, p / total) for t, p in found.items()), key=lambda x: -x[1])
