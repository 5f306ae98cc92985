"""GeoJSON (RFC 7946, and the older form with a ``crs``): features to shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from primaire.shapes.outlines import Polygons, Shape, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

GEOMETRIES: Final = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)
"""The types of geometries, those of TopoJSON too."""

TYPES: Final = ("FeatureCollection", "Feature", *GEOMETRIES)


def shapes_of(document: dict[str, Any]) -> list[Shape]:
    """Return the shapes of a document: its features, or, of bare geometries, one shape for each.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not as the format says.
    """
    return [_shape(feature) for feature in _features(document)]


def _features(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kind = document["type"]
    if kind == "FeatureCollection":
        yield from document["features"]
    elif kind == "Feature":
        yield document
    elif kind == "GeometryCollection":
        yield from ({"geometry": each} for each in document["geometries"])
    else:
        yield {"geometry": document}


def _shape(feature: dict[str, Any]) -> Shape:
    properties = {str(name): value for name, value in (feature.get("properties") or {}).items() if plain(value)}
    if plain(feature.get("id")) and feature.get("id") is not None:
        properties.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    return Shape(properties, polygons_of(geometry), geometry["type"] if geometry else None)


def polygons_of(geometry: dict[str, Any] | None) -> Polygons:
    """Return the areas of a geometry; none of points, lines and null."""
    if not geometry:
        return []
    kind = geometry["type"]
    if kind not in GEOMETRIES:
        raise ValueError(kind)
    if kind == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons_of(part)]
    if kind == "Polygon":
        return [geometry["coordinates"]]
    return list(geometry["coordinates"]) if kind == "MultiPolygon" else []
