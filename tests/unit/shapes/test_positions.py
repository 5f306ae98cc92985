"""Positions in a system that is not in the file, but said by whoever draws it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

import primaire
from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.shapes.reading import read_shapes
from tests.unit.shapes.conftest import collection, feature, square

LAMBERT = feature(square(700_000, 6_600_000, 1000), code="1")


def named(name: str) -> dict[str, object]:
    return {"type": "name", "properties": {"name": name}}


def first(path: str, crs: str | None = None) -> list[float]:
    """The first position of the first shape, in degrees."""
    (layer,) = read_shapes(path, crs)
    found: list[float] = shapely.get_coordinates(layer.geometry[0])[0].tolist()
    return found


@pytest.mark.parametrize("crs", ["EPSG:2154", "epsg:2154", "urn:ogc:def:crs:EPSG::2154", "IGNF:LAMB93"])
def test_a_file_that_does_not_say_its_system_is_read_in_the_one_that_is_said(write, crs):
    # Longitude 3, latitude 46.5 is by definition x = 700 km, y = 6,600 km in Lambert-93 (IGN; decree 2000-1276).
    path = write(collection(LAMBERT))
    assert first(path, crs) == pytest.approx([3, 46.5], abs=1e-9)
    (layer,) = read_shapes(path, crs)
    assert str(layer.remarks[0]).startswith("its positions are in ")


@pytest.mark.parametrize(
    ("crs", "x", "y", "longitude", "latitude"),
    [
        # EPSG guidance note 7-2, worked example of the Lambert cone with two parallels: Texas South Central, in US feet.
        ("EPSG:32040", 2_963_503.91, 254_759.80, -96.0, 28.5),
        # IGN, note NT/G 71, worked example of ALG0003: Lambert zone I, 0.14551209931 and 0.872664626 radians.
        ("EPSG:27561", 1_029_705.0818, 272_723.8510, np.degrees(0.14551209931), np.degrees(0.872664626)),
    ],
)
def test_published_examples_lie_where_they_are_published(write, crs, x, y, longitude, latitude):
    # Their datums, of 1927 and 1880, lie up to 50 m from today's: 0.0005 degrees.
    path = write(collection(feature(square(x, y, 1000), code="1")))
    assert first(path, crs) == pytest.approx([longitude, latitude], abs=5e-4)


def test_what_is_said_is_believed_rather_than_the_file_and_told(write):
    path = write(collection(LAMBERT, crs=named("urn:ogc:def:crs:EPSG::27572")))
    assert first(path, "EPSG:2154") == pytest.approx([3, 46.5], abs=1e-9)
    (layer,) = read_shapes(path, "EPSG:2154")
    assert str(layer.remarks[0]) == ("its positions are read as EPSG:2154, though it says urn:ogc:def:crs:EPSG::27572")


def test_what_the_file_says_too_is_not_told_as_different(write):
    (layer,) = read_shapes(write(collection(LAMBERT, crs=named("urn:ogc:def:crs:EPSG::2154"))), "EPSG:2154")
    assert str(layer.remarks[0]) == "its positions are in EPSG:2154"


def test_degrees_that_a_file_says_are_something_else_can_be_said_to_be_degrees(write):
    path = write(collection(feature(square(2, 48), code="1"), crs=named("EPSG:3857")))
    with pytest.raises(SourceError, match="--shapes-crs EPSG:4326"):
        read_shapes(path)
    assert first(path, "EPSG:4326") == [2, 48]


def test_a_file_in_a_system_that_is_not_understood_can_be_read_in_one_that_is_said(write):
    path = write(collection(LAMBERT, crs={"type": "link", "properties": {"href": "lambert.prj"}}))
    with pytest.raises(SourceError, match=r"“lambert\.prj”, which is not understood.*--shapes-crs EPSG:2154"):
        read_shapes(path)
    assert first(path, "EPSG:2154") == pytest.approx([3, 46.5], abs=1e-9)


WRITTEN_OUT = "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80"


@pytest.mark.parametrize(
    "crs",
    [
        *("Lambert-93", "2154", "EPSG:999999", "", "EPSG:5773", "EPSG:4978"),
        *(f"{WRITTEN_OUT} +axis=wsu", f"{WRITTEN_OUT} +nadgrids=/maps/grid.gsb"),
    ],
)
def test_a_name_of_no_system_of_a_plane_or_the_globe_is_refused(write, crs):
    """EPSG:5773 is one of heights, EPSG:4978 one of three axes from the middle of the earth."""
    with pytest.raises(NameUnknownError, match="EPSG:2154") as refused:
        read_shapes(write(collection(LAMBERT)), crs)
    assert f"“{crs}”" in str(refused.value.seen)


@pytest.mark.parametrize(
    ("shape", "crs", "why"),
    [
        (feature(square(2, 48), code="1"), "EPSG:2154", "they look like degrees"),
        (LAMBERT, "EPSG:4326", "no longitudes and latitudes, x is 700000 to 701000, y 6600000 to 6601000"),
        (feature(square(1e30, 1e30, 1e29), code="1"), "EPSG:3035", "no place there has such positions"),
    ],
)
def test_positions_that_do_not_fit_what_is_said_are_refused(write, shape, crs, why):
    with pytest.raises(NotHeldError, match=why) as refused:
        read_shapes(write(collection(shape)), crs)
    assert crs in str(refused.value.seen)
    assert "--shapes-crs" in str(refused.value.remedy)


@pytest.mark.parametrize(
    "crs", ["EPSG:4627", "EPSG:4624", "EPSG:5489", "EPSG:4619", "EPSG:9777", "EPSG:9518", "EPSG:4807"]
)
def test_metres_are_degrees_of_no_system(write, crs):
    """Of Réunion, of French Guiana, of the Antilles, of Sweden, and of France in grads."""
    why = "no longitudes and latitudes, x is 700000 to 701000, y 6600000 to 6601000"
    with pytest.raises(NotHeldError, match=f"{crs}: they are {why}"):
        read_shapes(write(collection(LAMBERT)), crs)
    with pytest.raises(SourceError, match=f"{crs}, but they are {why}"):
        read_shapes(write(collection(LAMBERT, crs=named(crs))))


def test_grads_are_400_all_around(write):
    """51.5 grads are 46.35 degrees; 395 grads from Paris (2.3372 degrees), 355.5 degrees, are 2.16 degrees west."""
    path = write(collection(feature(square(395, 51.5), code="1")))
    # The datum of 1880 lies up to 100 m from today's.
    assert first(path, "EPSG:4807") == pytest.approx([2.3372 - 4.5, 46.35], abs=2e-3)


@pytest.mark.parametrize(
    "crs",
    ["EPSG:2985", "EPSG:2299", "EPSG:2218", "EPSG:2221", "EPSG:2296", "IAU_2015:49910"],
)
def test_a_system_without_a_way_to_degrees_is_refused(write, crs):
    """Grids that are not published, of Adélie Land and Canada, and a map of Mars."""
    with pytest.raises(NotHeldError, match=rf"{crs}: no way is known .* on earth\. Name another"):
        read_shapes(write(collection(LAMBERT)), crs)
    with pytest.raises(SourceError, match=f"{crs}, but no way is known"):
        read_shapes(write(collection(LAMBERT, crs=named(crs))))


def test_degrees_of_another_planet_are_none_of_the_earth(write):
    with pytest.raises(NotHeldError, match="IAU_2015:49900: no way is known"):
        read_shapes(write(collection(feature(square(2, 48), code="1"))), "IAU_2015:49900")


@pytest.mark.parametrize("crs", ["EPSG:4978", "EPSG:5773"])
def test_a_file_in_heights_or_three_axes_is_refused(write, crs):
    with pytest.raises(SourceError, match="a system of heights, or of three axes"):
        read_shapes(write(collection(LAMBERT, crs=named(crs))))


def test_a_refusal_names_the_option(write):
    with pytest.raises(SourceError, match="--shapes-crs EPSG:2154"):
        read_shapes(write(collection(LAMBERT)))


def test_a_map_takes_it(write, stations):
    returns = stations(("78172", "1"), ("78172", "2"))
    squares = [feature(square(700_000 + 1000 * at, 6_600_000, 1000), code=f"78172_{at}") for at in (1, 2)]
    path = write(collection(*squares))
    found = primaire.mapped(path, returns, crs="EPSG:2154")
    assert found.placed.rows.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read_shapes"):
        primaire.mapped(read_shapes(path, "EPSG:2154"), returns, crs="EPSG:2154")
