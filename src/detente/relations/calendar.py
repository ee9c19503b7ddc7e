"""Reports of meetings in, meetings out: announcements of the same one from many pages are one, with what became of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

from detente.relations.sittings import Row, Sitting, begin, days, lapse, span, take

NEAR = timedelta(3)  # between two dates of the same meeting: time zones, a visit's first and second day
OPEN_FOR = timedelta(120)  # a meeting announced without a date, or postponed, is looked for so long
MANY = 40  # meetings of the same pair that a report is compared with, the latest


def calendar(reports: Iterable[Row], *, today: date | None = None) -> list[Sitting]:
    """The meetings behind reports (rows of `Record.meetings`, copies left out), by date; cost linear in their number.

    today: the day as of which unreported meetings lapse; None: none lapses. Reports published later than today are left
    out. Reports of one participant belong to a meeting only by its series or its date and place.
    """
    found: list[Sitting] = []
    index: dict[object, list[Sitting]] = defaultdict(list)
    for row in sorted(reports, key=lambda r: (r["published"] or date.max, r["document"], r["id"])):
        if today is not None and row["published"] is not None and row["published"] > today:
            continue
        best = max(candidates(index, row), key=lambda pair: pair[0], default=(0.0, None))
        sitting = best[1] if best[0] > 0 else None
        if sitting is None:
            sitting = begin(row)
            found.append(sitting)
        else:
            take(sitting, row)
        for key in keys(row):
            if not index[key] or index[key][-1] is not sitting:
                index[key].append(sitting)
    for sitting in found:
        if today is not None:
            lapse(sitting, today)
    return sorted(found, key=lambda s: (s.start or s.first_known or date.min, s.id))


def within(sitting: Sitting, since: date | None, until: date | None) -> bool:
    """Whether a meeting falls between two days, both included; one without a date counts when it was first known."""
    first, last = span(sitting) or (sitting.first_known, sitting.first_known)
    return (since is None or (last is not None and last >= since)) and (
        until is None or (first is not None and first <= until)
    )


def keys(row: Row) -> list[object]:
    """Where a report's meeting is looked for: under each pair of participants, each single one, and its series."""
    states = sorted(set(row["participants"]))
    pairs: list[object] = list(combinations(states, 2)) if len(states) <= 12 else []
    return [*pairs, *([states[0]] if len(states) == 1 else []), *([named(row["series"])] if row["series"] else [])]


def named(series: str) -> str:
    """A series without its number and article: 'the 33rd NATO summit' and 'NATO summit' are one."""
    words = [w for w in series.lower().replace("-", " ").split() if w != "the" and not w[0].isdigit()]
    return "series " + " ".join(words)


def candidates(index: dict[object, list[Sitting]], row: Row) -> Iterable[tuple[float, Sitting]]:
    """Meetings that a report may be of, with how well they fit."""
    seen: set[int] = set()
    for key in keys(row):
        for sitting in reversed(index.get(key, [])[-MANY:]):
            if id(sitting) not in seen:
                seen.add(id(sitting))
                yield fit(sitting, row), sitting


def fit(sitting: Sitting, row: Row) -> float:
    """How well a report fits a meeting; 0 where it is another one."""
    if differ(sitting, row) or closed(sitting, row):
        return 0
    close = nearness(sitting, row)
    theirs, mine = set(sitting.participants), set(row["participants"])
    both = len(theirs & mine)
    alike = both / max(len(theirs | mine), 1)
    same = bool(sitting.series and row["series"])
    known = theirs <= mine or mine <= theirs or both >= 2
    if not known or (both < 2 and not same and close < 1):
        return 0
    undone = row["status"] in {"postponed", "cancelled"}
    if alike <= 0.5 and not (same or undone or sitting.start == row["start"] is not None):
        return 0  # two of four met: another meeting, unless on the same day
    here = sitting.country is not None and sitting.country == row["place_country"]
    return close and close + alike + same + 0.5 * here


def closed(sitting: Sitting, row: Row) -> bool:
    """Whether a meeting takes no such report any more: it was called off and not announced again, or the same page tells of two."""
    if sitting.status == "cancelled" and row["status"] == "held":
        return True
    return any(step.document == row["document"] and step.status == row["status"] for step in sitting.steps)


def differ(sitting: Sitting, row: Row) -> bool:
    """Whether format, series or country say that a report is of another meeting."""
    if "call" in {sitting.format, row["format"]} and sitting.format != row["format"]:
        return True
    if sitting.series and row["series"] and named(sitting.series) != named(row["series"]):
        return True
    return len({sitting.country, row["place_country"]} - {None}) > 1


def nearness(sitting: Sitting, row: Row) -> float:
    """1 where the dates of a meeting and a report agree, less where one is open, 0 where they do not."""
    theirs, mine = span(sitting), days(row)
    if row["moved"] is not None and theirs is not None and overlap(theirs, (row["moved"], row["moved"])):
        return 1
    if theirs is not None and mine is not None and overlap(theirs, mine):
        return 1 if sitting.precision == "day" and row["precision"] == "day" else 0.8
    last = sitting.steps[-1].known
    if last is None or row["published"] is None or row["published"] - last > OPEN_FOR:
        return 0
    changes = (
        row["status"] in {"postponed", "cancelled"}
        and sitting.open
        and (theirs is None or theirs[1] + NEAR >= row["published"])
    )
    waits = sitting.status == "postponed" and row["status"] in {"held", "scheduled"}
    undated = (theirs is None and sitting.open) or (mine is None and row["status"] == "scheduled" and sitting.open)
    return 0.5 if changes or waits or undated else 0


def overlap(a: tuple[date, date], b: tuple[date, date]) -> bool:
    """Whether two stretches of days meet, or nearly."""
    return a[0] <= b[1] + NEAR and b[0] <= a[1] + NEAR
