"""TopoJSON: lines shared by neighbours, stitched together to the rings of each shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from primaire.shapes.geojson import GEOMETRIES
from primaire.shapes.outlines import Polygons, Shape, plain

if TYPE_CHECKING:
    import numpy.typing as npt

    Line = npt.NDArray[np.float64]


def layers_of(document: dict[str, Any]) -> dict[str, list[Shape]]:
    """Return the shapes of each object of a topology, by its name.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError: it is not as the format says.
    """
    arcs = _arcs(document)
    return {name: _shapes(thing, arcs) for name, thing in document["objects"].items()}


def _arcs(document: dict[str, Any]) -> list[Line]:
    """Return the lines; with a transform, positions are whole numbers, each but the first as a step from the one before."""
    arcs = [np.array([position[:2] for position in arc], dtype="float64").reshape(-1, 2) for arc in document["arcs"]]
    transform = document.get("transform")
    if not transform:
        return arcs
    scale, move = (np.array(transform[name], dtype="float64") for name in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + move for arc in arcs]


def _shapes(thing: dict[str, Any], arcs: list[Line]) -> list[Shape]:
    members = thing["geometries"] if thing["type"] == "GeometryCollection" else [thing]
    return [_shape(member, arcs) for member in members]


def _shape(member: dict[str, Any], arcs: list[Line]) -> Shape:
    properties = {str(name): value for name, value in (member.get("properties") or {}).items() if plain(value)}
    if plain(member.get("id")) and member.get("id") is not None:
        properties.setdefault("id", member["id"])
    return Shape(properties, _polygons(member, arcs), member.get("type"))


def _polygons(member: dict[str, Any], arcs: list[Line]) -> Polygons:
    kind = member.get("type")
    if kind is None:
        return []
    if kind not in GEOMETRIES:
        raise ValueError(kind)
    if kind == "GeometryCollection":
        return [polygon for part in member["geometries"] for polygon in _polygons(part, arcs)]
    polygons = [member["arcs"]] if kind == "Polygon" else member["arcs"] if kind == "MultiPolygon" else []
    return [[_ring(places, arcs) for places in polygon] for polygon in polygons]


def _ring(places: list[int], arcs: list[Line]) -> Line:
    """Return a ring from its lines; a negative number is a line the other way round, ~0 being the first."""
    lines = [arcs[place] if place >= 0 else arcs[~place][::-1] for place in places]
    # Where one line ends, the next begins.
    return np.concatenate([line if at == 0 else line[1:] for at, line in enumerate(lines)])
