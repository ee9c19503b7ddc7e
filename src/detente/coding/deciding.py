"""A parsed sentence in, the pairs that act on each other out, with type, direction, status and confidence."""

from detente.coding.candidates import Pair, Sentence, pairs
from detente.coding.direction import direction
from detente.coding.features import features
from detente.coding.merging import Coded
from detente.coding.scorer import head
from detente.coding.status import status
from detente.coding.trigger import trigger

NONE = "NONE"
LEAST = 0.5  # probability that there is an event at all; chosen on held-out training items


def decide(sentence: Sentence) -> list[Coded]:
    """At most one event an actor pair: that of the two mentions for which an event is likeliest."""
    best: dict[frozenset[str], tuple[float, str, Pair, list[str]]] = {}
    for pair in pairs(sentence):
        names = features(pair)
        found = head("type").probabilities(names)
        some = 1 - found.pop(NONE)
        who = frozenset((pair.a.root, pair.b.root))
        if some >= LEAST and (who not in best or some > best[who][0]):
            best[who] = some, max(found, key=lambda t: found[t]), pair, names
    return [c for some, kind, pair, names in best.values() if (c := code(pair, kind, some, names)) is not None]


def code(pair: Pair, kind: str, confidence: float, names: list[str]) -> Coded | None:
    """The pair's event of type `kind`; None where no word of the sentence expresses an act."""
    word = trigger(pair, kind)
    if word is None:
        return None
    way, _ = direction(names, kind)
    source, target = (pair.b, pair.a) if way == "<" else (pair.a, pair.b)
    real, _ = status(word, kind)
    sure = confidence * head("type").probabilities(names)[kind] / confidence
    return Coded(source, target, kind, way == "=", real, word, sure)


def likelihoods(pair: Pair) -> list[tuple[str, float]]:
    """The 16 types by probability, given that there is an event."""
    found = head("type").probabilities(features(pair))
    found.pop(NONE)
    total = sum(found.values())
    return sorted(((t, p / total) for t, p in found.items()), key=lambda x: -x[1])
