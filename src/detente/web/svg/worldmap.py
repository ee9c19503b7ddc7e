"""How one state stands with all others in, a map out: equal tiles, or shapes where the user has a file of them."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from detente.web.map.disputed import Dispute
from detente.web.map.shapes import World
from detente.web.map.tiles import tiles
from detente.web.svg.marks import Mode, Pen
from detente.web.wording import MOSTLY, actor_name, number, signed, tone, tone_words

CELL, GAP = 33, 2
EDGE = 4
SMALL = 14.0
"""Square pixels under which a state gets a dot beside its shape."""
SIGNS = {"coop": "▲", "conf": "▼", "even": "■", "none": ""}


class Stand(Struct, frozen=True):
    """How the chosen state stands with one other in a month; acts of the last months, discounted."""

    level: float | None
    low: float | None
    high: float | None
    acts: float

    @property
    def role(self) -> str:
        """How it looks: full where the level is strong and the sign is sure, pale where it is neither."""
        kind = tone(self.level)
        if kind in {"none", "even"}:
            return "none-pale" if kind == "none" else "even"
        sure = self.low is not None and self.high is not None and self.low * self.high > 0
        strong = abs(self.level or 0) >= MOSTLY
        return kind if sure and strong else f"{kind}-pale" if sure else f"{kind}-faint"

    def words(self, name: str) -> str:
        """The same in words."""
        if self.level is None:
            return f"{name}: too little data"
        return f"{name}: {tone_words(self.level)} ({signed(self.level)}; 80 % between {signed(self.low)} and {signed(self.high)}; {number(self.acts, 1)} recent acts)"


NOTHING = Stand(None, None, None, 0.0)
Link = Callable[[str], str]


def tile_map(
    chosen: str, found: Mapping[str, Stand], link: Link, disputed: Sequence[Dispute] = (), *, mode: Mode = "page"
) -> Markup:
    """A square a state, at its place beside its neighbours."""
    pen = Pen(mode)
    where = tiles()
    width = (max(x for x, _ in where.values()) + 1) * CELL + 2 * EDGE
    height = (max(y for _, y in where.values()) + 1) * CELL + 2 * EDGE
    open_ = {party for one in disputed for party in (*one.held, *one.claimed)}
    parts = [
        _tile(pen, state, chosen, found.get(state, NOTHING), EDGE + x * CELL, EDGE + y * CELL, link, state in open_)
        for state, (x, y) in where.items()
    ]
    return pen.svg(
        width,
        height,
        f"How the states of the world stand with {actor_name(chosen)}",
        _told(found),
        parts,
        class_="chart worldmap",
    )


def shape_map(
    world: World, chosen: str, found: Mapping[str, Stand], link: Link, disputed: Sequence[Dispute] = (), colour_of: Callable[[Dispute], str | None] = lambda _: None, *, mode: Mode = "page",
) -> Markup:  # fmt: skip
    """Each state in its shape; small ones with a dot, places in dispute hatched."""
    pen = Pen(mode)
    hatch = pen.el("path", "hatch", d="M0,5L5,0")
    pattern = pen.el("pattern", None, hatch, id="hatch", width=5, height=5, patternUnits="userSpaceOnUse")
    parts = [pen.el("defs", None, pattern)]
    for shape in world.shapes:
        stand = found.get(shape.id, NOTHING)
        role = "chosen" if shape.id == chosen else stand.role
        words = actor_name(shape.id) if shape.id == chosen else stand.words(actor_name(shape.id))
        mark = pen.el("path", role, pen.el("title", None, words), d=shape.path)
        if shape.area < SMALL:
            mark += pen.el("circle", role, pen.el("title", None, words), cx=shape.x, cy=shape.y, r=3)
        sign = SIGNS[tone(stand.level)]
        if sign and shape.area > 12 * SMALL and shape.id != chosen:
            mark += pen.el("text", "label", sign, x=shape.x, y=shape.y + 4, text_anchor="middle", aria_hidden="true")
        parts.append(_linked(pen, mark, shape.id, chosen, link))
    for one in disputed:
        x, y = world.place(one.lat, one.lon)
        whose = colour_of(one)
        words = f"{one.name}: held by {_names(one.held)}" + (
            f", claimed by {_names(one.claimed)}" if one.claimed else ", its status is open"
        )
        if whose is not None:
            role = "chosen" if whose == chosen else found.get(whose, NOTHING).role
            parts.append(pen.el("circle", role, cx=x, cy=y, r=4.5))
        parts.append(pen.el("circle", "disputed", pen.el("title", None, words), cx=x, cy=y, r=4.5, fill="url(#hatch)"))
    return pen.svg(
        world.width,
        world.height,
        f"How the states of the world stand with {actor_name(chosen)}",
        _told(found),
        parts,
        class_="chart worldmap",
    )


def _tile(pen: Pen, state: str, chosen: str, stand: Stand, x: int, y: int, link: Link, disputed: bool) -> Markup:
    own = state == chosen
    side = CELL - GAP
    words = actor_name(state) if own else stand.words(actor_name(state))
    role = "chosen" if own else stand.role
    look = "tile-full" if role in {"coop", "conf", "chosen"} else "tile"
    sign = "◆" if own else SIGNS[tone(stand.level)]
    lines = [(state, 14 if sign else 20), (sign, 26)]
    parts = [pen.el("title", None, words), pen.el("rect", role, x=x, y=y, width=side, height=side, rx=4)]
    parts += [
        pen.el("text", look, text, x=x + side / 2, y=y + down, text_anchor="middle") for text, down in lines if text
    ]
    if disputed:
        parts.append(pen.el("path", "corner", d=f"M{x + side - 9},{y}L{x + side},{y + 9}"))
    return _linked(pen, Markup("").join(parts), state, chosen, link)


def _linked(pen: Pen, mark: Markup, state: str, chosen: str, link: Link) -> Markup:
    if pen.mode == "file":
        return pen.el("g", None, mark)
    return pen.el("a", None, mark, href=link(state), tabindex=None if state != chosen else -1)


def _names(ids: Sequence[str]) -> str:
    return ", ".join(actor_name(one) for one in ids)


def _told(found: Mapping[str, Stand]) -> str:
    kinds = [tone(stand.level) for stand in found.values()]
    return ", ".join(f"{kinds.count(kind)} {words}" for kind, words in (("coop", "lean to cooperation"), ("conf", "lean to conflict"), ("even", "are balanced")))  # fmt: skip
