"""Shapes are read whatever their dialect, and what is none is refused with what it is."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pytest
import shapely

from primaire.errors import SourceError
from primaire.shapes.reading import read_shapes
from tests.unit.shapes.conftest import collection, feature, square

TOPOLOGY: dict[str, Any] = {
    # Two squares side by side, the second one with a hole; the border between them is one line for both.
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [2, 48]},
    "arcs": [
        [[2, 0], [0, 2]],  # from (3, 48) up to (3, 49)
        [[2, 2], [-2, 0], [0, -2], [2, 0]],  # around the left square: (3, 49), (2, 49), (2, 48), (3, 48)
        [[2, 0], [4, 0], [0, 2], [-4, 0]],  # around the right one, twice as wide: (3, 48), (5, 48), (5, 49), (3, 49)
        [[3, 1], [1, 0], [0, 0.5], [-1, 0], [0, -0.5]],  # the hole
    ],
    "objects": {
        "places": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "78001"}},
                {"type": "Polygon", "arcs": [[2, -1], [3]], "id": "78002"},
                {"type": None, "properties": {"code": "78003"}},
            ],
        }
    },
}


def areas(path: str) -> list[float | None]:
    (layer,) = read_shapes(path)
    return [None if shape is None else round(float(shapely.area(shape)), 6) for shape in layer.geometry]


@pytest.mark.parametrize(
    "document",
    [
        collection(feature(square(2, 48), code="1")),
        feature(square(2, 48), code="1"),
        {"type": "Polygon", "coordinates": [square(2, 48)]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [square(2, 48)]}]},
        collection(feature([[*at, 130.5] for at in square(2, 48)], code="1")),  # with heights
        collection(feature(square(2, 48)[:-1], code="1")),  # not closed
        collection(
            feature(square(2, 48), code="1"),
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        ),
        collection(feature(square(2, 48), code="1"), crs=None),
    ],
)
def test_a_square_is_read_from_any_document(write, document):
    assert areas(write(document)) == [1.0]


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8"),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (lambda text: text.encode("cp1252"), "cp1252"),
        (lambda text: gzip.compress(text.encode()), "utf-8"),
    ],
)
def test_a_file_is_read_in_any_encoding_and_packed(write, pack, encoding):
    text = json.dumps(collection(feature(square(2, 48), nom="Épône")), ensure_ascii=False)
    (layer,) = read_shapes(write(pack(text)))
    assert layer.properties == {"nom": ["Épône"]}
    assert layer.file.encoding == encoding


def test_one_feature_on_each_line_is_read(write):
    lines = [json.dumps(feature(square(at, 48), code=at)) for at in range(3)]
    (layer,) = read_shapes(write("\n".join(lines)))
    assert layer.properties == {"code": [0, 1, 2]}


def test_topojson_is_stitched_together(write):
    (layer,) = read_shapes(write(TOPOLOGY))
    # Degrees: 1 x 1, and 2 x 1 less a hole of 0.5 x 0.25.
    assert [None if shape is None else shapely.area(shape) for shape in layer.geometry] == [1.0, 1.875, None]
    assert layer.properties == {"code": ["78001", None, "78003"], "id": [None, "78002", None]}
    assert shapely.coverage_is_valid(layer.geometry[:2])  # they share their border
    assert "null" in str(layer.remarks[0])


def test_topojson_without_a_transform_holds_positions(write):
    arc = square(2, 48)
    document = {"type": "Topology", "arcs": [arc], "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}}
    assert areas(write(document)) == [1.0]


def test_each_object_of_a_topology_is_a_layer(write):
    document = {**TOPOLOGY, "objects": {**TOPOLOGY["objects"], "other": {"type": "Polygon", "arcs": [[0, 1]]}}}
    assert [layer.layer for layer in read_shapes(write(document))] == ["places", "other"]


def test_what_names_a_system_and_has_no_area_is_refused_for_that(write):
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [2, 48]}}
    crs = {"type": "name", "properties": {"name": "EPSG:2154"}}
    with pytest.raises(SourceError, match="none is an area"):
        read_shapes(write(collection(point, crs=crs)))


def test_positions_in_lambert_93_are_turned_into_degrees(write):
    # Longitude 3, latitude 46.5 is by definition x = 700 km, y = 6,600 km in Lambert-93 (IGN; decree 2000-1276).
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    (layer,) = read_shapes(write(collection(feature(square(700_000, 6_600_000, 1000), code="1"), crs=crs)))
    assert shapely.get_coordinates(layer.geometry[0])[0] == pytest.approx([3, 46.5], abs=1e-9)
    west, south, east, north = shapely.bounds(layer.geometry[0])
    # A kilometre north is 1/111.2 of a degree (a meridian's degree is 111.15 km at 46.5 degrees), less 0.1 % of scale.
    assert north - south == pytest.approx(0.009, abs=1e-5)
    assert east - west == pytest.approx(0.013, abs=1e-4)  # 1 km / (111.3 km x cos 46.5 degrees)


def test_an_outline_that_crosses_itself_is_mended_and_told(write):
    bow = [[2, 48], [3, 49], [3, 48], [2, 49], [2, 48]]  # two triangles of 1 x 1/2 x 1/2 each
    (layer,) = read_shapes(write(collection(feature(bow, code="1"), feature(square(5, 48), code="2"))))
    assert [float(area) for area in shapely.area(layer.geometry)] == pytest.approx([0.5, 1.0])
    assert "1 outline crossed itself" in str(layer.remarks[0])


def test_shapes_without_an_area_are_counted(write):
    nothing = {"type": "Feature", "properties": {"code": "2"}, "geometry": None}
    point = {"type": "Feature", "properties": {"code": "3"}, "geometry": {"type": "Point", "coordinates": [2, 48]}}
    (layer,) = read_shapes(write(collection(feature(square(2, 48), code="1"), nothing, point)))
    assert layer.drawn.tolist() == [True, False, False]
    assert str(layer.remarks[0]) == "2 shapes have no area (Point, null) and are not drawn"


LAMBERT = [[652_000, 6_860_000], [653_000, 6_860_000], [653_000, 6_861_000], [652_000, 6_860_000]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("code,votes\n1,2\n", "is a table"),
        ("code;votes\n1;2\n", "is a table"),
        ('{"type": "FeatureCollection", "features": [', "line 1, character 44"),
        ("[1, 2]", "a list or a single value"),
        ('{"rows": [], "name": 1}', "its keys are rows, name"),
        (collection(), "has no features"),
        (collection({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [2, 48]}}), "none is an area"),
        (collection(feature([["2", "a"]] * 4)), "shape 1"),
        (collection(feature([[None, 48.0]] * 4)), "no position"),
        (collection(feature([[2.0]] * 4)), "no position"),
        ('{"type":"Polygon","coordinates":[[[1,2],[NaN,3],[4,5],[1,2]]]}', "no position"),
        (collection(feature(LAMBERT)), "EPSG:2154"),
        (collection(feature([[48.0, 120], [49, 120], [49, 121], [48, 120]])), "latitudes before longitudes"),
        (collection(feature(LAMBERT), crs={"type": "name", "properties": {"name": "EPSG:999999"}}), "not known"),
        (collection(feature(square(2, 48)), crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "look like degrees"),
        (collection(feature(square(2, 48)), crs={"type": "link", "properties": {"href": "x"}}), "not understood"),
        ({"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}, "arcs": []}, "a line that is not there"),
        ({"type": "Topology", "objects": {}}, "“arcs” is missing"),
        ({"type": "FeatureCollection"}, "“features” is missing"),
        ("[" * 200_000, "nested too deeply"),
        (b"\x00\x00\x27\x0a" + bytes(100), "is a shapefile"),
        (b"SQLite format 3\x00" + bytes(100), "GeoPackage"),
        ('<?xml version="1.0"?><kml xmlns="x"></kml>', "KML"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "pointer"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_shapes_is_refused(write, content, said):
    with pytest.raises(SourceError) as refused:
        read_shapes(write(content))
    assert said in str(refused.value)
    assert refused.value.expected is not None or refused.value.remedy is not None


def test_reading_leaves_the_collector_of_garbage_as_it_was(write):
    import gc

    read_shapes(write(collection(feature(square(2, 48)))))
    assert gc.isenabled()
    with pytest.raises(SourceError):
        read_shapes(write("{"))
    assert gc.isenabled()


def test_rings_of_every_kind_are_the_same_read_alone_or_together(write):
    """All positions are converted at once where they are alike, and one by one where they are not."""
    plain = feature(square(2, 48), code="1")
    (together,) = read_shapes(write(collection(plain, feature(square(4, 48)[:-1], code="2"))))
    (alone,) = read_shapes(write(collection(plain, feature([[*at, 5.0] for at in square(4, 48)[:-1]], code="2"))))
    assert np.array_equal(shapely.get_coordinates(together.geometry), shapely.get_coordinates(alone.geometry))


@pytest.mark.parametrize(("held", "seen"), [(None, "There is no file"), ("", "is empty")])
def test_a_file_that_is_not_there_or_empty_is_told_as_one_of_shapes(tmp_path, held, seen):
    path = tmp_path / "towns.geojson"
    if held is not None:
        path.write_text(held, encoding="utf-8")
    with pytest.raises(SourceError, match=seen) as error:
        read_shapes(path)
    assert "A file of shapes is GeoJSON or TopoJSON" in str(error.value)
    assert "template" not in str(error.value)
