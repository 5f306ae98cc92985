"""Lists of positions to geometries, all at once: one by one, a country's communes would take a minute."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from primaire.errors import SourceError
from primaire.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from primaire.shapes.outlines import Geometries, Ring, Shape

    Line = npt.NDArray[np.float64]

_CORNERS = 3
"""A ring with fewer has no area."""

_PLANE = 2
"""Numbers of a position that count: x and y."""


def built(shapes: Sequence[Shape], name: str) -> tuple[Geometries, int]:
    """Return the geometry of each shape, None for one without an area, and how many had to be mended.

    Raises:
        SourceError: a position is not two numbers.
    """
    import shapely

    line_of = _lines(shapes)
    rings: list[Line] = []
    of_polygon: list[int] = []  # where the rings of each polygon begin
    of_shape: list[int] = []  # where the polygons of each shape begin
    for at, shape in enumerate(shapes):
        of_shape.append(len(of_polygon))
        for polygon in shape.polygons:
            lines = [next(line_of) for _ in polygon] if line_of else [_line(ring, at, name) for ring in polygon]
            if lines and len(lines[0]) > _CORNERS:
                of_polygon.append(len(rings))
                rings.extend(line for line in lines if len(line) > _CORNERS)
    ends = np.cumsum([0, *map(len, rings)])
    polygons, parts = np.array([*of_polygon, len(rings)]), np.array([*of_shape, len(of_polygon)])
    positions = np.concatenate(rings) if rings else np.empty((0, 2))
    geometry = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, positions, (ends, polygons, parts))
    broken = ~shapely.is_valid(geometry)
    if broken.any():
        geometry[broken] = areas_of(shapely.make_valid(geometry[broken], method="structure"))
    empty = shapely.is_empty(geometry)
    geometry[empty] = None
    return geometry, int((broken & ~empty).sum())


def _lines(shapes: Sequence[Shape]) -> Iterator[Line] | None:
    """Return the rings of all shapes in order, closed, all converted at once; None where each must be looked at by itself."""
    rings = [ring for shape in shapes for polygon in shape.polygons for ring in polygon]
    if not all(isinstance(ring, list) for ring in rings):
        return None
    positions = list(chain.from_iterable(rings))
    try:
        if set(map(len, positions)) != {_PLANE}:
            return None
        flat = np.fromiter(chain.from_iterable(positions), "float64", count=_PLANE * len(positions)).reshape(-1, _PLANE)
    except (ValueError, TypeError):
        return None
    if not np.isfinite(flat).all():
        return None
    return map(_closed, np.split(flat, np.cumsum([len(ring) for ring in rings[:-1]])))


def _closed(line: Line) -> Line:
    if len(line) and (line[0] != line[-1]).any():
        return np.concatenate([line, line[:1]])
    return line


def areas_of(geometry: Geometries) -> Geometries:
    """Return the areas alone of geometries that may have lines and points beside them, as multipolygons."""
    import shapely

    parts, of = shapely.get_parts(geometry, return_index=True)
    parts, more = shapely.get_parts(parts, return_index=True)
    of = of[more]
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    areas &= ~shapely.is_empty(parts)
    found = np.empty(len(geometry), dtype="object")
    found[:] = shapely.MultiPolygon()
    shapely.multipolygons(parts[areas], indices=of[areas], out=found)
    return found


def _line(ring: Ring, at: int, name: str) -> Line:
    """Return a ring as rows of x and y, closed."""
    if isinstance(ring, list) and not ring:
        return np.empty((0, _PLANE))
    try:
        line = np.array(ring, dtype="float64")
    except (ValueError, TypeError):
        line = _uneven(ring, at, name)
    if line.ndim != _PLANE or line.shape[1] < _PLANE:
        raise _no_positions(at, name)
    line = line[:, :2]
    if not np.isfinite(line).all():
        raise _no_positions(at, name)
    return _closed(line)


def _uneven(ring: Ring, at: int, name: str) -> Line:
    """Return the rows of x and y of a ring some of whose positions have a height, and others none."""
    try:
        return np.array([position[:2] for position in ring], dtype="float64").reshape(-1, 2)
    except (ValueError, TypeError):
        raise _no_positions(at, name) from None


def _no_positions(at: int, name: str) -> SourceError:
    return SourceError(
        msg("The outline of shape {number:count} of “{name}” holds what is no position.", number=at + 1, name=name),
        expected=msg("A position is two numbers, longitude and latitude."),
        remedy=msg("Export the file again."),
    )
