"""Comments and what each answers in, in any order; their tree out, no deeper than a page can show."""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

DEEPEST = 6
_Z = 1.96


def nest(parents: Mapping[int, int | None], deepest: int = DEEPEST) -> dict[int | None, list[int]]:
    """The children of each id, by id; those of None stand at the top (level 1).

    What would stand deeper than `deepest` joins the level above it. A parent that is not there counts as none, and of
    comments that answer each other in a circle the one with the lowest id goes to the top.
    """
    above = _without_circles(parents)
    answers: dict[int | None, list[int]] = {None: []}
    for number in sorted(above):
        answers.setdefault(above[number], []).append(number)
    children: dict[int | None, list[int]] = {None: list(answers[None])}
    line: list[tuple[int, int, int | None]] = [(top, 1, None) for top in answers[None]]
    for number, level, place in line:  # it grows while it is walked: parents come before their answers
        for answer in answers.get(number, ()):
            over, depth = (number, level + 1) if level < deepest else (place, level)
            children.setdefault(over, []).append(answer)
            line.append((answer, depth, over))
    return {over: sorted(numbers) for over, numbers in children.items()}


def _without_circles(parents: Mapping[int, int | None]) -> dict[int, int | None]:
    above = {number: parent if parent in parents else None for number, parent in parents.items()}
    done: set[int] = set()
    for start in sorted(parents):
        path: list[int] = []
        here: int | None = start
        seen: set[int] = set()
        while here is not None and here not in done and here not in seen:
            path.append(here)
            seen.add(here)
            here = above[here]
        if here is not None and here in seen:
            above[min(path[path.index(here) :])] = None
        done |= seen
    return above


def prune(children: Mapping[int | None, Sequence[int]], shown: Callable[[int], bool]) -> dict[int | None, list[int]]:
    """The tree without those that are not shown, unless something below them is: their place stays for that."""
    kept: dict[int | None, list[int]] = {}

    def keeps(number: int) -> bool:
        below = [child for child in children.get(number, ()) if keeps(child)]
        if below:
            kept[number] = below
        return bool(below) or shown(number)

    kept[None] = [top for top in children.get(None, ()) if keeps(top)]
    return kept


def approval(ups: int, downs: int) -> float:
    """The lower end of the share of approving votes (Wilson's interval, 95 %): many votes weigh more than few."""
    number = ups + downs
    if not number:
        return 0.0
    share = ups / number
    spread = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * number)) / number)
    return (share + _Z * _Z / (2 * number) - spread) / (1 + _Z * _Z / number)
