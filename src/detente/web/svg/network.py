"""Ties and blocs in, a drawing of who stands with whom out: near each other those that are likely of one bloc."""

from collections.abc import Callable, Mapping, Sequence
from math import exp, sqrt

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from detente.relations.blocs import Blocs
from detente.relations.network import Tie
from detente.web.svg.marks import Mode, Pen
from detente.web.wording import actor_name, ratio_words

SURE = 1.2816
"""A sign is drawn where it is known with a probability of 0.9: its mean lies so many deviations from zero."""
ROUNDS = 120
NEAR_ENOUGH = 0.5
"""Pixels by which circles with their names may overlap."""
Floats = NDArray[np.float64]


def network_chart(
    found: Blocs, ties: Sequence[Tie], weight: Mapping[str, float], link: Callable[[str, str | None], str], *, mode: Mode = "page",
    width: int = 720,
) -> Markup:  # fmt: skip
    """Circles for states, as large as they are busy; lines for ties of known sign, whole for cooperation, broken for conflict."""
    pen = Pen(mode)
    height = round(width * (0.78 if width > 500 else 1.15))
    most = max((weight.get(s, 0.0) for s in found.states), default=1.0) or 1.0
    size = {s: (6 if width > 500 else 5) + 13 * sqrt(weight.get(s, 0.0) / most) for s in found.states}
    spots = _apart(_places(found), [size[s] for s in found.states], width, height)
    at = dict(zip(found.states, spots.tolist(), strict=True))
    sure = [tie for tie in ties if tie.a in at and tie.b in at and abs(tie.mean) >= SURE * tie.sd]
    parts = [_line(pen, tie, at[tie.a], at[tie.b], link) for tie in sorted(sure, key=lambda t: abs(t.mean))]
    for state in found.states:
        x, y = at[state]
        unclear = state in found.unclear
        words = f"{actor_name(state)}{': in no bloc for sure' if unclear else ''}"
        mark = pen.el("circle", "dot" if unclear else "node", pen.el("title", None, words), cx=x, cy=y, r=size[state])
        name = pen.el(
            "text", "say", state if width < 500 else actor_name(state), x=x, y=y - size[state] - 4, text_anchor="middle"
        )
        parts.append(pen.el("a", None, mark + name, href=link(state, None)) if mode == "page" else mark + name)
    title = "Who stands with whom"
    desc = f"{len(found.states)} states; {sum(t.mean > 0 for t in ties)} ties of cooperation, {sum(t.mean < 0 for t in ties)} of conflict"
    return pen.svg(width, height, title, desc, parts, class_="chart")


def heat_chart(found: Blocs, *, mode: Mode = "page", width: int = 560) -> Markup:
    """The probability of each two to be of one bloc, as a square of squares; blank where the ties do not say."""
    pen = Pen(mode)
    left = top = 44
    n = max(len(found.states), 1)
    cell = (width - left - 4) / n
    parts = []
    for i, one in enumerate(found.states):
        middle = (i + 0.5) * cell
        parts.append(pen.el("text", "label", one, x=left - 5, y=top + middle + 4, text_anchor="end"))
        parts.append(
            pen.el(
                "text", "label", one, x=0, y=0, transform=f"translate({left + middle + 4:.1f} {top - 6}) rotate(-90)"
            )
        )
        for j, other in enumerate(found.states):
            share = found.same[i][j]
            if i != j and share is not None:
                parts.append(_square(pen, one, other, share, left + j * cell, top + i * cell, cell))
    size = round(top + n * cell + 4)
    return pen.svg(width, size, "How likely each two are of one bloc", "", parts, class_="chart")


def _square(pen: Pen, one: str, other: str, share: float, x: float, y: float, cell: float) -> Markup:
    """Blue-green and full where they are surely together, orange-red where surely apart, small where it is open."""
    strength = abs(share - 0.5) * 2
    side = (cell - 1) * (0.25 + 0.75 * strength)
    inset = (cell - side) / 2
    role = "coop" if share > 0.55 else "conf" if share < 0.45 else "none"
    words = f"{one}, {other}: {round(100 * share)} %"
    return pen.el("rect", role, pen.el("title", None, words), x=x + inset, y=y + inset, width=side, height=side)


def _line(pen: Pen, tie: Tie, one: list[float], other: list[float], link: Callable[[str, str | None], str]) -> Markup:
    role = "tie-coop" if tie.mean > 0 else "tie-conf"
    strength = 1 / (1 + exp(-abs(tie.mean)))
    words = f"{actor_name(tie.a)} and {actor_name(tie.b)}: {ratio_words(tie.mean)}"
    mark = pen.el(
        "line", role, pen.el("title", None, words), x1=one[0], y1=one[1], x2=other[0], y2=other[1],
        stroke_width=round(6 * (strength - 0.5) + 1, 1), stroke_opacity=f"{min(1.0, 0.25 + 0.2 * abs(tie.mean)):.2f}",
    )  # fmt: skip
    return pen.el("a", None, mark, href=link(tie.a, tie.b), tabindex=-1) if pen.mode == "page" else mark


def _places(found: Blocs) -> Floats:
    """Places in a plane, by classical scaling of how unlikely each two are of one bloc."""
    n = len(found.states)
    if n < 2:
        return np.full((n, 2), 0.5)
    same = np.array([[0.5 if v is None else v for v in row] for row in found.same], np.float64)
    apart = np.sqrt(np.clip(1 - (same + same.T) / 2, 0, 1))
    np.fill_diagonal(apart, 0)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ (apart**2) @ centre)
    order = np.argsort(values)[::-1][:2]
    placed: Floats = vectors[:, order] * np.sqrt(np.clip(values[order], 0, None))
    placed *= np.where(placed[np.argmax(np.abs(placed), axis=0), range(placed.shape[1])] < 0, -1, 1)
    turn = np.linspace(0, 2 * np.pi, n, endpoint=False)
    placed = placed + 0.02 * np.stack([np.cos(turn), np.sin(turn)], 1)
    low, high = placed.min(0), placed.max(0)
    scaled: Floats = (placed - low) / np.where(high - low > 1e-9, high - low, 1)
    return scaled


def _apart(places: Floats, sizes: Sequence[float], width: int, height: int) -> Floats:
    """The places in pixels, pushed apart until no two circles with their names overlap."""
    low, high = 46 + 34j, (width - 46) + 1j * (height - 34)
    spots = low + places[:, 0] * (high - low).real + 1j * places[:, 1] * (high - low).imag
    need = np.add.outer(np.array(sizes), np.array(sizes)) + 26
    np.fill_diagonal(need, 0)
    for _ in range(ROUNDS if len(sizes) > 1 else 0):
        delta = spots[:, None] - spots
        far = np.abs(delta) + 1e-6
        push = np.clip(need - far, 0, None)
        if push.max() <= NEAR_ENOUGH:
            break
        spots = spots + (delta * (push / far)).sum(1) * 0.25
        spots = np.clip(spots.real, low.real, high.real) + 1j * np.clip(spots.imag, low.imag, high.imag)
    return np.stack([spots.real, spots.imag], 1)
