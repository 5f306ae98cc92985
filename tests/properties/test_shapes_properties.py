"""What holds for all shapes: their area, their borders, their order and their format."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from primaire.shapes.drawing import dissolved, drawing, simplified
from primaire.shapes.reading import read_shapes

if TYPE_CHECKING:
    from primaire.shapes.outlines import Outlines

SIDE = 4


@st.composite
def meshes(draw: st.DrawFn) -> list[list[list[list[float]]]]:
    """The rings of a mesh of four by four cells whose corners and borders are moved about, neighbours sharing them.

    Each cell lists its four borders, each of three pieces, so that it has twelve corners.
    """
    shift = st.floats(-0.12, 0.12)
    inner = {
        (x, y): (draw(shift), draw(shift)) if x % (3 * SIDE) and y % (3 * SIDE) else (0.0, 0.0)
        for x in range(3 * SIDE + 1)
        for y in range(3 * SIDE + 1)
        if x % 3 == 0 or y % 3 == 0
    }

    def at(x: int, y: int) -> list[float]:
        moved = inner[x, y]
        return [round(2 + (x + moved[0]) / 3, 6), round(47 + (y + moved[1]) / 3, 6)]

    cells = []
    for x in range(0, 3 * SIDE, 3):
        for y in range(0, 3 * SIDE, 3):
            around = [*((x + d, y) for d in range(3)), *((x + 3, y + d) for d in range(3))]
            around += [*((x + 3 - d, y + 3) for d in range(3)), *((x, y + 3 - d) for d in range(3)), (x, y)]
            cells.append([[at(*place) for place in around]])
    return cells


def geometry_of(cells: list[list[list[list[float]]]]) -> Any:
    return np.array([shapely.Polygon(rings[0]) for rings in cells], dtype="object")


def geojson(cells: list[list[list[list[float]]]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"code": at}, "geometry": {"type": "Polygon", "coordinates": rings}}
        for at, rings in enumerate(cells)
    ]
    return {"type": "FeatureCollection", "features": features}


def topojson(cells: list[list[list[list[float]]]]) -> dict[str, Any]:
    """The same as a topology: each border between two corners of the mesh is one line, used forwards or backwards."""
    lines: list[list[list[float]]] = []
    known: dict[tuple[tuple[float, ...], ...], int] = {}

    def line_of(points: list[list[float]]) -> int:
        key = tuple(map(tuple, points))
        if key in known:
            return known[key]
        if key[::-1] in known:
            return ~known[key[::-1]]
        known[key] = len(lines)
        lines.append(points)
        return known[key]

    members = [
        {
            "type": "Polygon",
            "properties": {"code": at},
            "arcs": [[line_of(ring[start : start + 4]) for start in range(0, 12, 3)]],
        }
        for at, (ring,) in enumerate(cells)
    ]
    objects = {"cells": {"type": "GeometryCollection", "geometries": members}}
    return {"type": "Topology", "arcs": lines, "objects": objects}


def read(document: dict[str, Any]) -> Outlines:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shapes.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        (layer,) = read_shapes(path)
    return layer


@given(meshes())
@settings(max_examples=20)
def test_a_topology_reads_as_the_same_shapes(cells):
    one, other = read(geojson(cells)), read(topojson(cells))
    assert one.properties == other.properties
    assert all(shapely.equals_exact(one.geometry, other.geometry, 0))


@given(meshes(), st.lists(st.integers(-1, 3), min_size=SIDE * SIDE, max_size=SIDE * SIDE))
@settings(max_examples=30)
def test_dissolving_conserves_area(cells, places):
    geometry, place = geometry_of(cells), np.array(places)
    found = dissolved(geometry, place, 4)
    for at in range(4):
        assert (0.0 if found[at] is None else shapely.area(found[at])) == pytest.approx(
            float(shapely.area(geometry[place == at]).sum())
        )


@given(meshes(), st.permutations(range(SIDE * SIDE)))
@settings(max_examples=20)
def test_the_order_of_shapes_changes_nothing(cells, order):
    geometry = geometry_of(cells)
    here, there = (
        drawing(dissolved(geometry, np.arange(len(geometry)), len(geometry)), 500),
        drawing(dissolved(geometry[order], np.arange(len(geometry)), len(geometry)), 500),
    )
    assert (
        shapely.area(shapely.symmetric_difference(here.shapes[order], there.shapes)).max() < 1.0
    )  # of 15,000 pixels each


@given(meshes(), st.floats(0.1, 20))
@settings(max_examples=30)
def test_neighbours_touch_after_simplification_as_before(cells, coarse):
    pixels = shapely.transform(geometry_of(cells), lambda points: (points - [2, 47]) * 125)
    simple = simplified(pixels, coarse)
    assert shapely.coverage_is_valid(simple)
    whole = shapely.coverage_union_all(simple)
    assert shapely.area(whole) == pytest.approx(shapely.area(simple).sum())  # nothing overlaps
    assert shapely.area(whole) == pytest.approx(500 * 500)  # and nothing gapes: the outer border is straight
    touch = [[shapely.intersects(one, other) for other in pixels] for one in pixels]
    assert [[shapely.intersects(one, other) for other in simple] for one in simple] == touch
