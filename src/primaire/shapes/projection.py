"""From the globe to the plane: which projection suits what is shown, and what stands in a frame of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.messages import term
from primaire.shapes.remote import clusters, remote

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.shapes.outlines import Geometries

    Bounds = tuple[float, float, float, float]

LAMBERT_93: Final = "EPSG:2154"
"""The official projection of mainland France."""

MAINLAND: Final = (-6.0, 41.0, 10.5, 51.8)
"""West, south, east and north of mainland France with Corsica, in degrees."""

OVERSEAS: Final = {
    term("Guadeloupe"): (-61.9, 15.7, -60.9, 16.6),
    term("Martinique"): (-61.3, 14.3, -60.7, 15.0),
    term("French Guiana"): (-55.0, 1.9, -51.4, 6.0),
    term("Réunion"): (55.1, -21.5, 56.0, -20.8),
    term("Mayotte"): (44.9, -13.2, 45.4, -12.5),
    term("Saint-Pierre-et-Miquelon"): (-56.6, 46.6, -56.0, 47.3),
    term("Saint-Barthélemy"): (-63.0, 17.8, -62.7, 18.0),
    term("Saint-Martin"): (-63.2, 18.0, -62.9, 18.2),
    term("Wallis and Futuna"): (-178.3, -14.5, -176.0, -13.1),
    term("French Polynesia"): (-155.0, -28.0, -134.0, -7.5),
    term("New Caledonia"): (158.0, -23.5, 172.5, -17.5),
}
"""Territories overseas, each with its bounds in degrees; in the order in which maps of France show them."""

FAR_AWAY: Final = term("Far away")
"""What a frame is called around shapes that are remote, and of no territory overseas."""

MOST_FAR: Final = 6
"""How many such frames there are at most: beyond that, shapes are scattered by some error, and frames tell nothing."""

_WIDE: Final = 4.0
"""Degrees of latitude or longitude from which on part of France is drawn as all of it is."""

_NARROW: Final = 6.0
"""Degrees of longitude up to which a country is drawn along its own meridian."""

_WORLD: Final = 100.0
"""Degrees of longitude from which on areas are kept rather than angles."""

_HALF, _FULL = 180.0, 360.0


@dataclass(frozen=True)
class Part:
    """Shapes that are drawn together.

    Attributes:
        name: what the frame around them is called; None for the main map.
        rows: which shapes these are.
        crs: the projection, as pyproj reads it.
    """

    name: str | None
    rows: npt.NDArray[np.int64]
    crs: str


def parts_of(geometry: Geometries) -> list[Part]:
    """Return what is drawn together, the main map first: of France with its territories overseas, each of these apart.

    Of what is left, remote shapes stand apart too, those near each other together: with them, the others would not be
    seen. Beyond :data:`MOST_FAR` such parts, the smallest are in none.

    Args:
        geometry: in degrees of longitude and latitude, one shape for each place; None for none.
    """
    import shapely

    rows = np.flatnonzero([each is not None for each in geometry])
    bounds = shapely.bounds(geometry[rows])
    middle = np.column_stack([bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)])
    mainland = _inside(middle, MAINLAND)
    overseas = OVERSEAS if mainland.any() else {}
    named = [(name, np.flatnonzero(_inside(middle, box))) for name, box in overseas.items()]
    left = np.setdiff1d(np.arange(len(rows)), np.concatenate([held for _, held in named] or [rows[:0]]))
    stray = remote(bounds[left])
    far = [(FAR_AWAY, left[stray][members]) for members in clusters(bounds[left[stray]])[:MOST_FAR]]
    return [
        Part(name, rows[held], crs_of(bounds[held]))
        for name, held in ((None, left[~stray]), *named, *far)
        if name is None or held.size
    ]


def _inside(points: npt.NDArray[np.float64], box: Bounds) -> npt.NDArray[np.bool_]:
    west, south, east, north = box
    x, y = points[:, 0], points[:, 1]
    return np.asarray((west <= x) & (x <= east) & (south <= y) & (y <= north))


def crs_of(bounds: npt.NDArray[np.float64]) -> str:
    """Return the projection for shapes, given the bounds of each in degrees.

    Lambert-93 for mainland France and its larger parts; the meridian through its middle for any smaller area, so that
    north is up; a conformal cone that cuts a wide country at a sixth of its height from either end (Kavraiskiy's rule);
    equal areas for half a world.

    >>> crs_of(np.array([[-4.57, 48.32, -4.32, 48.47]]))
    '+proj=tmerc +lon_0=-4.445 +lat_0=48.395'
    >>> crs_of(np.array([[-5.2, 41.3, 9.6, 51.1]]))
    'EPSG:2154'
    """
    west, east = _span(bounds)
    south, north = float(bounds[:, 1].min()), float(bounds[:, 3].max())
    middle, across = round((west + east) / 2, 6), round((south + north) / 2, 6)
    in_france = MAINLAND[0] <= west and east <= MAINLAND[2] and MAINLAND[1] <= south and north <= MAINLAND[3]
    if in_france and max(east - west, north - south) > _WIDE:
        return LAMBERT_93
    if east - west > _WORLD:
        return f"+proj=eqearth +lon_0={middle}"
    if east - west <= _NARROW or abs(across) < _NARROW:
        return f"+proj=tmerc +lon_0={middle} +lat_0={across}"
    sixth = (north - south) / 6
    return f"+proj=lcc +lon_0={middle} +lat_0={across} +lat_1={south + sixth:.6f} +lat_2={north - sixth:.6f}"


def _span(bounds: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return where all shapes begin in the west and end in the east: beyond 180 where they lie on both sides of it."""
    west, east = bounds[:, 0], bounds[:, 2]
    if east.max() - west.min() <= _HALF:
        return float(west.min()), float(east.max())
    shifted = np.where(west < 0, _FULL, 0)
    ahead = float((west + shifted).min()), float((east + shifted).max())
    around = float(west.min()), float(east.max())
    return min(around, ahead, key=lambda span: span[1] - span[0])


def projected(geometry: Geometries, crs: str) -> Geometries:
    """Return geometries in metres of a projection, x to the east and y to the north."""
    import shapely
    from pyproj import Transformer

    transform = Transformer.from_crs("OGC:CRS84", crs, always_xy=True).transform
    moved: Geometries = shapely.transform(geometry, transform, interleaved=False)
    return moved
