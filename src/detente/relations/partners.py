"""Acts in, who a state's partners are out: ranked by what they do together, with how sure each rank is."""

from datetime import date

import numpy as np
from msgspec import Struct

from detente.ontology import CONTEXTS
from detente.relations.acts import Acts, Floats, Ints
from detente.relations.filtering import discount
from detente.relations.levels import FLOOR, PRIOR, Levels, levels

HALF_LIFE = 365.0
"""Days after which an act counts half: who is close to whom changes more slowly than the tone."""
DRAWS = 1000
SPAN = (0.1, 0.9)


class Partner(Struct, kw_only=True, frozen=True):
    """One partner of a state at a date.

    `net`: acts of cooperation less those of conflict, a month (discounted; many acts of one month count less); `low` and
    `high` its 80 % interval; `level` the tone, as in `levels`. `rank` by net, with its 80 % interval; `first` the
    probability that it is the closest of all.
    """

    actor: str
    partner: str
    period: date
    rank: int
    rank_low: int
    rank_high: int
    first: float
    net: float
    low: float
    high: float
    level: float
    effective_n: float


def partners(acts: Acts, actor: str, *, kind: str | None = None, until: date | None = None) -> list[Partner]:
    """The partners of an actor in the last month (the one of `until`), the closest first.

    kind: only acts in that context ("diplomatic", "economic", "military", …), see docs/ontology.md. Those with
    insufficient data are left out.
    """
    found = _levels(acts, actor, kind, until)
    return _ranked(found, actor, len(found.starts) - 1) if found.starts else []


def partners_by_year(
    acts: Acts, actor: str, *, kind: str | None = None, since: date | None = None, until: date | None = None
) -> list[list[Partner]]:
    """The ranking at the end of each year with data."""
    found = _levels(acts, actor, kind, until)
    last = [i for i, day in enumerate(found.starts) if day.month == 12 or i == len(found.starts) - 1]
    ranked = [_ranked(found, actor, i) for i in last if since is None or found.starts[i] >= since]
    return [ranking for ranking in ranked if ranking]


def of_kind(acts: Acts, kind: str) -> Acts:
    """The acts in one context. Raises KeyError for a context that is not in the codebook."""
    import pyarrow as pa
    import pyarrow.compute as pc

    name = CONTEXTS[kind].name
    parents, values = pc.list_parent_indices(acts.contexts), pc.list_flatten(acts.contexts)
    places: Ints = np.unique(parents.filter(pc.equal(values, pa.scalar(name))).to_numpy()).astype(np.int64)
    return acts.take(places)


def _levels(acts: Acts, actor: str, kind: str | None, until: date | None) -> Levels:
    if kind is not None:
        acts = of_kind(acts, kind)
    mine = np.array([actor in dyad for dyad in acts.dyads], dtype=bool)
    chosen = acts.take(mine[acts.pair] if len(acts.dyads) else np.zeros(0, bool))
    kept = np.nonzero(mine)[0]
    place = np.cumsum(mine) - 1
    fewer = Acts(
        dyads=[acts.dyads[i] for i in kept], pair=place[chosen.pair].astype(np.int32), day=chosen.day, forth=chosen.forth,
        mutual=chosen.mutual, kind=chosen.kind, intensity=chosen.intensity, weight=chosen.weight, ids=chosen.ids,
        contexts=chosen.contexts,
    )  # fmt: skip
    return levels(fewer, until=until, half_life=HALF_LIFE)


def _ranked(found: Levels, actor: str, at: int) -> list[Partner]:
    effective = found.effective(at)
    rows = np.nonzero(effective >= FLOOR)[0]
    if not len(rows):
        return []
    keep = discount("month", HALF_LIFE)
    months = (1 - keep ** (at + 1)) / (1 - keep)
    coop, conf = found.coop[rows, at] + PRIOR[0], found.conf[rows, at] + PRIOR[1]
    source = np.random.default_rng(0)
    net: Floats = (source.gamma(coop, size=(DRAWS, len(rows))) - source.gamma(conf, size=(DRAWS, len(rows)))) / months
    ranks = (-net).argsort(1).argsort(1) + 1
    order = np.argsort(-(coop - conf), kind="stable")
    low, high = np.quantile(ranks, SPAN, axis=0, method="nearest")
    least, most = np.quantile(net, SPAN, axis=0)
    return [
        Partner(
            actor=actor,
            partner=next(x for x in found.dyads[rows[i]] if x != actor),
            period=found.starts[at],
            rank=place,
            rank_low=int(low[i]),
            rank_high=int(high[i]),
            first=round(float((ranks[:, i] == 1).mean()), 3),
            net=round(float((coop[i] - conf[i]) / months), 3),
            low=round(float(least[i]), 3),
            high=round(float(most[i]), 3),
            level=round(float(found.level[rows[i], at]), 3),
            effective_n=round(float(effective[rows[i]]), 1),
        )
        for place, i in enumerate(order.tolist(), 1)
    ]
