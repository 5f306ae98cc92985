"""Shapes so far from all others that on one map with them nothing could be seen: an island of the realm, or an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_FAR: Final = 20.0
"""How many times as far from the middle as half of the shapes reach. Half, so that stray shapes do not hide each other."""

_APART: Final = 10.0
"""Gaps between shapes, in diagonals of theirs, up to which both are seen in one small frame: six pixels each of sixty."""

_FULL: Final = 360.0


def remote(bounds: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Tell which shapes are remote: more than twenty times as far from the middle of all as half of them reach.

    Args:
        bounds: the west, south, east and north of each in degrees, one row for each.

    >>> town = [[x, 48.0, x + 0.1, 48.1] for x in (2.0, 2.1, 2.2, 2.3)]
    >>> remote(np.array([*town, [0.0, 0.0, 0.1, 0.1]])).tolist()
    [False, False, False, False, True]
    """
    if not len(bounds):
        return np.zeros(0, dtype="bool")
    west, south, east, north = bounds.T
    x, y = np.median((west + east) / 2), np.median((south + north) / 2)
    to_west, to_east = (_turned(side - x) * np.cos(np.radians(y)) for side in (west, east))
    to_south, to_north = south - y, north - y
    reach = np.hypot(np.maximum(-to_west, to_east), np.maximum(-to_south, to_north))
    # A large shape beside small ones reaches far, and begins near.
    gap = np.hypot(np.maximum(to_west, -to_east).clip(min=0), np.maximum(to_south, -to_north).clip(min=0))
    return np.asarray(gap > _FAR * np.quantile(reach, 0.5, method="lower"))


def clusters(bounds: npt.NDArray[np.float64]) -> list[npt.NDArray[np.int64]]:
    """Return which shapes are near enough to each other to be seen together, the most numerous cluster first.

    Args:
        bounds: the west, south, east and north of each in degrees, one row for each.

    >>> islands = [[0.0, 0.0, 0.1, 0.1], [55.5, -21.0, 55.6, -20.9], [55.6, -21.0, 55.7, -20.9]]
    >>> [rows.tolist() for rows in clusters(np.array(islands))]
    [[1, 2], [0]]
    """
    import shapely

    west, south, east, north = bounds.T
    margin = np.hypot(east - west, north - south) * _APART / 2
    boxes = shapely.box(west - margin, south - margin, east + margin, north + margin)
    areas = shapely.get_parts(shapely.union_all(boxes))
    _, of_shape = shapely.STRtree(areas).query(shapely.box(*bounds.T), predicate="intersects")
    found = [np.flatnonzero(of_shape == area) for area in range(len(areas))]
    return sorted(found, key=lambda rows: (-len(rows), int(rows[0])))


def _turned(longitude: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return differences of longitude by the shorter way around the globe, -180 to 180."""
    return np.asarray((longitude + _FULL / 2) % _FULL - _FULL / 2)
