"""The acts of one window in, those that are coded for themselves out, and the weak ones that may complete them."""

import math

from detente.coding.deciding import Coded, is_sure
from detente.coding.merging import touch
from detente.coding.network import Settings

SURELY = 0.85  # probability that one of several parties is meant, from which the likeliest of them is taken …
PERHAPS = 0.5  # … if it has this for itself


def divided(acts: list[Coded], by: Settings) -> tuple[list[Coded], list[Coded]]:
    """The sure acts and the weak ones.

    Sure, too, is an act of which only the other party is in doubt: where the words may be said of either of two at .65
    each, they are said of one of them at .88 (taken as independent). The likeliest is taken.
    """
    sure = [act for act in acts if is_sure(act, by)]
    weak = [act for act in acts if not is_sure(act, by)]
    for act in sorted(weak, key=lambda a: -a.probability):
        told = [a for a in acts if a.type == act.type and touch(a.trigger, act.trigger)]
        if act.probability >= PERHAPS and one_of(act, told) >= SURELY and not any(a is b for a in told for b in sure):
            sure.append(act)
    return sure, [act for act in weak if not any(act is one for one in sure)]


def one_of(act: Coded, told: list[Coded]) -> float:
    """The probability that the words mean this act, or another that has a party in common with it."""
    return 1 - math.prod(1 - a.probability for a in told if shared(a, act))


def shared(a: Coded, b: Coded) -> bool:
    """Whether two acts have a party in common, on the same side where there are sides."""
    if a.mutual and b.mutual:
        return bool({a.source.root, a.target.root} & {b.source.root, b.target.root})
    return a.source.root == b.source.root or a.target.root == b.target.root
