"""Where shapes lie on the globe: what would be too small for a departement, and latitudes that stand before longitudes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.errors import SourceError
from primaire.messages import msg
from primaire.shapes.keys import AROUND

if TYPE_CHECKING:
    from primaire.shapes.outlines import Outlines
    from primaire.shapes.units import Units

_FRANCE: Final = (-6.0, 41.0, 10.0, 51.5)
"""West, south, east and north of mainland France, in degrees."""

_SMALLEST: Final = 40.0
"""Square kilometres below which no shape is a departement or a region."""

_DEGREE: Final = 111.2
"""Kilometres of a degree of latitude."""


def too_small(outlines: Outlines, level: str) -> bool:
    """Tell whether shapes in France are too small for places of a level: numbers of stations are those of departements too."""
    import shapely

    if level not in {"region", "departement"}:
        return False
    west, south, east, north = _FRANCE
    low_x, low_y, high_x, high_y = _bounds(outlines)
    if not (west < low_x and high_x < east and south < low_y and high_y < north):
        return False
    areas = shapely.area(outlines.geometry[outlines.drawn]) * _DEGREE**2 * np.cos(np.radians((low_y + high_y) / 2))
    return bool(np.median(areas) < _SMALLEST)


def refuse_swapped(outlines: Outlines, units: Units) -> None:
    """Refuse shapes of French units that lie where France would if its latitudes were longitudes. Raises SourceError."""
    west, south, east, north = _FRANCE
    low_x, low_y, high_x, high_y = _bounds(outlines)
    inside = south < low_x and high_x < north and west < low_y and high_y < east
    codes = units.level in AROUND and any(len(key.partition("_")[0]) in {4, 5} for key in units.keys)
    if inside and codes:
        raise SourceError(
            msg(
                "The shapes of “{name}” lie off Somalia: their latitudes stand before their longitudes.",
                name=outlines.name,
            ),
            expected=msg("A position of GeoJSON is longitude, latitude."),
            remedy=msg("Exchange the two, or export the file again."),
        )


def _bounds(outlines: Outlines) -> tuple[float, float, float, float]:
    import shapely

    west, south, east, north = shapely.total_bounds(outlines.geometry[outlines.drawn]).tolist()
    return west, south, east, north
