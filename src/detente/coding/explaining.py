"""Coded acts in, the reasons for each decision out: words, and what was likely beside what was chosen."""

import numpy as np
from msgspec import Struct

from detente.coding.deciding import Coded
from detente.coding.labels import CLAIMS, STATUSES, TYPES, WAYS
from detente.coding.network import Settings

SHOWN = 3
WORDS = {">": "acts on", "<": "is acted on by", "=": "together with"}


class Reason(Struct, kw_only=True):
    """Why an event was coded. Probabilities are the network's; pairs are (what, probability), likeliest first."""

    parties: list[tuple[str, str, str]]  # words, actor id, the rule or row of the catalogue that decided
    trigger: tuple[str, float]
    types: list[tuple[str, float]]
    threshold: float  # least probability at which the type is coded
    direction: list[tuple[str, float]]
    status: list[tuple[str, float]]
    tense: bool = False  # the words before the act decided its status, against the network
    claim: list[tuple[str, float]]
    ruled: bool = False  # a rule of the user's rules.toml changed it


def reason(text: str, act: Coded, by: Settings) -> Reason:
    """The reasons of the act that an event was made from."""
    verdict, pair = act.verdict, act.verdict.pair
    n = act.number
    named = [(m.text, m.id, m.why) for m in (*pair.a_mentions, *pair.b_mentions)]
    ways = [f"{pair.a.root} {WORDS[way]} {pair.b.root}" for way in WAYS]
    claims = ["the text", pair.a.root, pair.b.root, "somebody else"]
    assert len(claims) == len(CLAIMS)
    starts = np.exp(verdict.starts[n][1:-1] - verdict.starts[n][1:-1].max())
    return Reason(
        parties=named,
        trigger=(text[slice(*act.trigger)], round(float(starts.max() / starts.sum()), 3)),
        types=top(TYPES, verdict.types.tolist()),
        threshold=round(by.thresholds[TYPES[n]], 3),
        direction=top(ways, verdict.ways[n].tolist()),
        status=top(STATUSES, verdict.statuses[n].tolist()),
        claim=top(claims, verdict.claims[n].tolist()),
        tense=not act.ruled and act.status != STATUSES[int(verdict.statuses[n].argmax())],
        ruled=act.ruled,
    )


def top(names: list[str] | tuple[str, ...], shares: list[float]) -> list[tuple[str, float]]:
    """The likeliest few."""
    ranked = sorted(zip(names, shares, strict=True), key=lambda x: -x[1])
    return [(name, round(p, 3)) for name, p in ranked[:SHOWN]]
