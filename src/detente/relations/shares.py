"""Arms deliveries by year in, each supplier's share of a recipient's imports and their concentration over time out."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

WINDOW = 5  # years: single years say little, as orders are large and deliveries uneven; SIPRI's own reports use five


class Imports(Struct, kw_only=True, frozen=True):
    """One recipient's imports in the years `first`..`last`.

    `total` in the unit of the deliveries; `shares` by supplier, largest first, 0..1; `hhi` is the Herfindahl-Hirschman
    index, the sum of squared shares: 1 where all comes from one supplier, 1/n from n equal ones; None of nothing.
    """

    recipient: str
    first: int
    last: int
    total: float
    shares: dict[str, float]
    hhi: float | None


Delivery = tuple[int, str, str, float]
"""Year, supplier, recipient, amount."""


def imports(deliveries: Iterable[Delivery], recipient: str, first: int, last: int) -> Imports:
    """A recipient's imports in a stretch of years, both included."""
    amount: dict[str, float] = defaultdict(float)
    for year, supplier, to, value in deliveries:
        if to == recipient and first <= year <= last:
            amount[supplier] += value
    total = sum(amount.values())
    shares = {s: v / total for s, v in sorted(amount.items(), key=lambda i: (-i[1], i[0]))} if total else {}
    hhi = sum(share**2 for share in shares.values()) if shares else None
    return Imports(recipient=recipient, first=first, last=last, total=total, shares=shares, hhi=hhi)


def over_time(deliveries: Iterable[Delivery], recipient: str, window: int = WINDOW) -> list[Imports]:
    """A recipient's imports in each stretch of `window` years that ends in a year with deliveries to it or between two."""
    own = [d for d in deliveries if d[2] == recipient]
    if not own:
        return []
    years = range(min(d[0] for d in own), max(d[0] for d in own) + 1)
    return [imports(own, recipient, year - window + 1, year) for year in years]
