"""Places outside of the area that their system is for, by the bounds of it that the EPSG registry publishes."""

from __future__ import annotations

import pytest

from primaire.errors import NotHeldError, SourceError
from primaire.shapes.reading import read_shapes
from tests.unit.shapes.conftest import collection, feature, square

LAMBERT = [feature(square(630_000 + 1000 * at, 6_870_000, 1000), code=str(at)) for at in range(3)]
"""Communes west of Paris in Lambert-93: 48.9 degrees north, 2.0 east."""


def said(path, crs):
    (layer,) = read_shapes(path, crs)
    return [str(remark) for remark in layer.remarks]


@pytest.mark.parametrize(
    ("crs", "area"),
    [
        ("EPSG:27572", "longitudes -5 to 8, latitudes 42 to 51"),  # -4.87, 42.33, 8.23, 51.14
        ("EPSG:3948", "longitudes -5 to 8, latitudes 47 to 49"),  # -4.87, 47, 8.23, 49
        ("EPSG:27700", "longitudes -9 to 2, latitudes 50 to 61"),  # -9.01, 49.75, 2.01, 61.01
        ("EPSG:3035", "longitudes -36 to 45, latitudes 25 to 85"),  # -35.58, 24.6, 44.83, 84.73
    ],
)
def test_a_system_of_elsewhere_is_refused(write, crs, area):
    with pytest.raises(NotHeldError, match=f"{crs}: they would lie near longitude .*that system is for {area}"):
        read_shapes(write(collection(*LAMBERT)), crs)
    said_so = {"type": "name", "properties": {"name": crs}}
    with pytest.raises(SourceError, match=f"{crs}, but they would lie near .*{area}"):
        read_shapes(write(collection(*LAMBERT, crs=said_so)))


def test_a_system_of_nearby_is_believed_and_told(write):
    # UTM 40 south: 10,000 - 6870 = 3130 km south of the equator, at 0.9996 x 110.8 km a degree 28.3; 130 km east of its
    # meridian 57, at 98 km a degree 1.3. Réunion's area is 54 to 58.24, -24.72 to -18.28.
    assert said(write(collection(*LAMBERT)), "EPSG:2975") == [
        "its positions are in EPSG:2975",
        "that puts them near longitude 58, latitude -28, outside of where that system is used, longitudes 54 to 58, latitudes -25 to -18",
    ]


def test_a_zone_is_used_beyond_its_borders(write):
    # Brest in the zone of Paris: 540 km west of its meridian 3, at 74 km a degree 7.3; the zone ends at 0.
    brest = feature(square(-40_000, 5_390_000, 1000), code="1")
    _, told = said(write(collection(brest)), "EPSG:32631")
    assert told.startswith("that puts them near longitude -4, latitude 48, outside of")


@pytest.mark.parametrize("count", [1, 2])
def test_what_is_astray_by_itself_says_nothing_of_the_system(write, count):
    stray = [feature(square(10 * at, 0, 9), code=f"9{at}") for at in range(count)]
    assert said(write(collection(*stray, *LAMBERT)), "EPSG:2154") == ["its positions are in EPSG:2154"]


def test_an_area_may_lie_on_both_sides_of_the_date_line(write):
    # Fiji's grid is for 176.81 to -178.15; x = 2000 km, y = 4000 km is by definition 178.75 east, 17 south.
    fiji = feature(square(2_000_000, 4_000_000, 1000), code="1")
    assert said(write(collection(fiji)), "EPSG:3460") == ["its positions are in EPSG:3460"]
    # 420 km farther east is beyond the line, and beyond the area: 178.75 + 420 / (111.3 x cos 17) = 182.7, so -177.3.
    east = feature(square(2_420_000, 4_000_000, 1000), code="1")
    _, told = said(write(collection(east)), "EPSG:3460")
    assert told.startswith("that puts them near longitude -177, latitude -17, outside of")
