"""Shapes become polygons of pixels: in the right projection, in the right place, still touching."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import shapely

from primaire.shapes.drawing import dissolved, drawing, hatching, rounded, simplified
from primaire.shapes.projection import LAMBERT_93, crs_of, parts_of, projected
from tests.unit.shapes.conftest import square


def boxes(*bounds):
    found = np.empty(len(bounds), dtype="object")
    found[:] = [shapely.box(*each) for each in bounds]
    return found


def lambert_93(longitude: float, latitude: float) -> tuple[float, float]:
    """Lambert's conformal cone with two standard parallels, from the formulas of EPSG guidance note 7-2 (method 9802).

    Parameters of Lambert-93: GRS 1980, parallels 44 and 49 degrees, origin 46.5 north 3 east, at 700 km and 6,600 km.
    """
    a, flattening = 6378137.0, 1 / 298.257222101
    e = math.sqrt(2 * flattening - flattening**2)

    def m(phi: float) -> float:
        return math.cos(phi) / math.sqrt(1 - (e * math.sin(phi)) ** 2)

    def t(phi: float) -> float:
        bulge = (1 - e * math.sin(phi)) / (1 + e * math.sin(phi))
        return math.tan(math.pi / 4 - phi / 2) / math.pow(bulge, e / 2)

    one, two, origin = (math.radians(each) for each in (44, 49, 46.5))
    n = (math.log(m(one)) - math.log(m(two))) / (math.log(t(one)) - math.log(t(two)))
    factor = m(one) / (n * t(one) ** n)
    radius, zero = (a * factor * t(phi) ** n for phi in (math.radians(latitude), origin))
    angle = n * math.radians(longitude - 3)
    return 700_000 + radius * math.sin(angle), 6_600_000 + zero - radius * math.cos(angle)


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(3, 46.5), (-4.486, 48.39), (9.15, 42.7), (2.3522, 48.8566), (7.75, 48.58)]
)
def test_france_is_drawn_in_lambert_93(longitude, latitude):
    points = np.array([shapely.Point(longitude, latitude), shapely.Point(3, 46.5)], dtype="object")
    found, _ = projected(points, LAMBERT_93)
    assert (found.x, found.y) == pytest.approx(lambert_93(longitude, latitude), abs=0.001)


@pytest.mark.parametrize(
    ("bounds", "begins"),
    [
        ((-5.2, 41.3, 9.6, 51.1), "EPSG:2154"),  # the mainland
        ((-5.2, 47.3, -1.0, 48.9), "EPSG:2154"),  # Brittany
        ((-4.57, 48.32, -4.32, 48.47), "+proj=tmerc +lon_0=-4.445"),  # Brest
        ((55.2, -21.4, 55.9, -20.8), "+proj=tmerc"),  # Réunion
        ((5.8, 47.2, 15.1, 55.1), "+proj=lcc"),  # Germany
        ((-125, 24, -66, 49.5), "+proj=lcc"),  # the United States but for Alaska and Hawaii
        ((-170, -50, 175, 75), "+proj=eqearth"),
    ],
)
def test_each_area_has_the_projection_that_suits_it(bounds, begins):
    assert crs_of(np.array([bounds])).startswith(begins)


def test_what_lies_on_both_sides_of_the_antimeridian_is_not_as_wide_as_the_world():
    # Fiji: from 177 east to 178 west.
    assert crs_of(np.array([[177.0, -19, 180, -16], [-180, -19, -178, -16]])).startswith("+proj=tmerc +lon_0=179.5")


def test_north_is_up_in_a_town():
    """Of two points on one meridian, the northern one is straight above, far from the meridian of Lambert-93."""
    shapes = boxes((-4.57, 48.32, -4.32, 48.47))
    (crs,) = {part.crs for part in parts_of(shapes)}
    south, north = projected(
        np.array([shapely.Point(-4.445, 48.33), shapely.Point(-4.445, 48.45)], dtype="object"), crs
    )
    assert south.x == pytest.approx(north.x, abs=0.01)
    assert south.y < north.y


def test_territories_overseas_stand_in_frames():
    mainland, reunion, guyane = (-5.0, 42, 8, 51), (55.2, -21.4, 55.9, -20.8), (-54.5, 2.2, -51.7, 5.8)
    canvas = drawing(boxes(mainland, reunion, guyane), 568)
    assert [frame.name for frame in canvas.frames] == ["French Guiana", "Réunion"]
    (left, top, right, bottom) = shapely.bounds(canvas.shapes[0])
    assert (left, top, right) == pytest.approx((0, 0, 568), abs=0.5)
    for frame, shape in zip(canvas.frames, (canvas.shapes[2], canvas.shapes[1]), strict=True):
        x, y, x2, y2 = shapely.bounds(shape)
        assert frame.x < x
        assert x2 < frame.x + frame.width
        assert bottom < frame.y + frame.name_height <= y
        assert y2 < frame.y + frame.height
    assert canvas.frames[0].x + canvas.frames[0].width < canvas.frames[1].x
    assert canvas.height == pytest.approx(canvas.frames[0].y + canvas.frames[0].height)


@pytest.mark.parametrize("width", [288, 568, 1968])
def test_all_frames_are_inside_the_map(width):
    from primaire.shapes.projection import OVERSEAS

    canvas = drawing(
        boxes((-5, 42, 8, 51), *((w + 0.1, s + 0.05, e - 0.1, n - 0.05) for w, s, e, n in OVERSEAS.values())), width
    )
    assert len(canvas.frames) == len(OVERSEAS)
    corners = [(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height) for frame in canvas.frames]
    assert all(x >= 0 and x2 <= width + 1e-6 and y2 <= canvas.height + 1e-6 for x, _, x2, y2 in corners)
    pixels = [shapely.box(*each) for each in corners]
    assert not any(one.intersects(other) for at, one in enumerate(pixels) for other in pixels[:at])


def test_a_territory_alone_is_the_map():
    canvas = drawing(boxes((55.2, -21.4, 55.9, -20.8)), 568)
    assert canvas.frames == ()
    assert canvas.width == 568


def test_a_tall_country_is_no_taller_than_allowed():
    canvas = drawing(boxes((-75, -55, -67, -18)), 568)  # Chile
    assert canvas.height == pytest.approx(568 * 1.25)
    left, _, right, _ = shapely.bounds(canvas.shapes[0])
    assert left == pytest.approx(568 - right, abs=0.5)  # in the middle


def test_shapes_of_one_place_are_dissolved():
    shapes = boxes((0, 0, 1, 1), (1, 0, 2, 1), (5, 5, 6, 6))
    found = dissolved(shapes, np.array([0, 0, 1]), 3)
    assert [None if each is None else shapely.area(each) for each in found] == [2.0, 1.0, None]
    assert shapely.get_num_coordinates(found[0]) <= 7  # the border between the two is gone


def test_a_gap_that_nobody_sees_is_closed_and_a_lake_is_not():
    ring = boxes((0, 0, 100, 100), (100.2, 0, 200, 100))
    lake = np.array([shapely.Polygon(square(0, 0, 100), [square(40, 40, 20)])], dtype="object")
    assert shapely.coverage_is_valid(simplified(ring))
    assert shapely.area(shapely.coverage_union_all(simplified(ring))) == pytest.approx(20_000, abs=50)
    assert shapely.area(simplified(lake)[0]) == pytest.approx(9_600, abs=1)


def test_holes_run_the_other_way_round():
    shape = shapely.MultiPolygon([shapely.Polygon(square(0, 0, 10), [square(4, 4, 2)])])
    ((outer, hole),) = rounded(shape)
    areas = [sum(x * y2 - x2 * y for (x, y), (x2, y2) in itertools.pairwise(line)) / 2 for line in (outer, hole)]
    assert sorted(abs(area) for area in areas) == [4, 100]
    assert areas[0] * areas[1] < 0


def test_hatching_stays_inside_its_shapes():
    shapes = boxes((10, 10, 30, 40), (50, 10, 80, 20))
    lines = hatching(shapes, 5)
    assert len(lines) > 10
    whole = shapely.union_all(shapely.buffer(shapes, 0.2))
    assert all(whole.covers(shapely.LineString(line)) for line in lines)
