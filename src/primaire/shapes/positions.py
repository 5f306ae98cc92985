"""What the positions of a file are in: degrees of longitude and latitude, or a system that the file names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.errors import SourceError
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from primaire.shapes.outlines import Geometries

_DEGREES: Final = ("CRS84", "4326", "4258", "4171", "4269", "4979")
"""Systems in degrees that do not differ by a width that a map of places shows: WGS 84, ETRS89, RGF93, NAD83."""

_FULL, _QUARTER = 360.0, 90.0

_LAMBERT: Final = ((0, 6_000_000), (1_300_000, 7_200_000))
"""Where Lambert-93 puts France, in metres."""


def system_of(crs: object, name: str) -> str | None:
    """Return the system that a document names by its member ``crs``, as ``EPSG:2154``; None for degrees.

    Raises:
        SourceError: it names one in a way that is not understood.
    """
    if not crs:
        return None
    said = _name(crs)
    found = re.fullmatch(
        r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(\w+)(?:[:/][\d.]*)?[:/](\w+)", said
    )
    if found is None:
        raise SourceError(
            msg("“{name}” says that its positions are in “{system}”, which is not understood.", name=name, system=said),
            expected=msg("Its “crs” is a name such as urn:ogc:def:crs:EPSG::2154."),
            remedy=msg("Export it in degrees (WGS 84)."),
        )
    authority, code = found[1].upper(), found[2].upper()
    return None if code in _DEGREES else f"{authority}:{code}"


def _name(crs: Any) -> str:
    if isinstance(crs, str):
        return crs
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name") or properties.get("code")) if isinstance(properties, dict) else str(crs)


def in_degrees(geometry: Geometries, system: str | None, name: str) -> Geometries:
    """Return geometries in degrees of longitude and latitude.

    Raises:
        SourceError: the system is not known, or the file names none and its positions are no degrees.
    """
    import shapely

    low_x, low_y, high_x, high_y = bounds = shapely.total_bounds(geometry).tolist()
    degrees = np.isnan(low_x) or (low_x >= -_FULL and high_x <= _FULL and low_y >= -_QUARTER and high_y <= _QUARTER)
    if system is not None and degrees:
        raise SourceError(
            msg(
                "“{name}” says that its positions are in {system}, but they look like degrees.",
                name=name,
                system=system,
            ),
            remedy=msg("Take its member “crs” out, or export it again."),
        )
    if system is not None:
        moved: Geometries = shapely.transform(geometry, _from(system, name), interleaved=False)
        return moved
    if degrees:
        return geometry
    raise SourceError(
        msg(
            "The positions of “{name}” are no longitudes and latitudes: x is {low_x} to {high_x}, y {low_y} to {high_y}.",
            name=name,
            **{key: f"{value:.0f}" for key, value in zip(("low_x", "low_y", "high_x", "high_y"), bounds, strict=True)},
        ),
        expected=msg("GeoJSON is in degrees, unless its “crs” names another system. {guess}", guess=_guess(bounds)),
        remedy=msg("Export it in degrees (WGS 84), or with the name of its system."),
    )


def _from(system: str, name: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        return Transformer.from_crs(system, "OGC:CRS84", always_xy=True).transform
    except CRSError:
        raise SourceError(
            msg("“{name}” says that its positions are in {system}, which is not known.", name=name, system=system),
            remedy=msg("Export it in degrees (WGS 84)."),
        ) from None


def _guess(bounds: list[float]) -> Message:
    low_x, low_y, high_x, high_y = bounds
    (left, bottom), (right, top) = _LAMBERT
    if low_x >= left and high_x <= right and low_y >= bottom and high_y <= top:
        return msg("These look like metres of Lambert-93 (EPSG:2154).")
    if max(map(abs, bounds)) <= _FULL:
        return msg("These look like latitudes before longitudes.")
    return msg("These look like metres.")
