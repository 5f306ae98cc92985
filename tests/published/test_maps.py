"""Maps of real shapes: the polling stations of Brest, and the communes of Île-de-France."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import shapely

from primaire.analysis.places import places
from primaire.charts.map import map_of
from primaire.charts.style import Style
from primaire.shapes.joining import join
from primaire.shapes.placing import placed, within
from primaire.shapes.reading import read_shapes
from primaire.shapes.unmatched import unmatched
from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from primaire.schema import Returns


@pytest.fixture(scope="session")
def brest(published_data: Path) -> Returns:
    return load(published_data / "fr-brest-finistere/circos23-tour1.csv")


def keys(table):
    return [key if isinstance(key, str) else None for key in table.frame["key"]]


def test_the_122_shapes_of_brest_are_104_stations_and_18_of_its_neighbours(published_data, brest):
    found = join(read_shapes(published_data / "contours/BureauxVoteBrest.geojson"), brest)
    assert (found.level, found.names) == ("station", ("DEPCO", "BVOTE"))
    towns = [str(key).partition("_")[0] for key in found.keys]
    # Gouesnou has six, Plougastel-Daoulas twelve, whose numbers are those of stations of Brest too.
    assert {code: towns.count(code) for code in set(towns)} == {"29019": 104, "29061": 6, "29189": 12}
    table = places(brest, by="station")
    where = placed(found, keys(table))
    assert sum(name.startswith("29019") for name in where.names if name) == 104
    assert where.left_out == len(where.without_unit) == 12  # Plougastel votes in another constituency
    assert where.dissolved == 0


def test_the_stations_of_brest_meet_without_slits(published_data, brest):
    found = join(read_shapes(published_data / "contours/BureauxVoteBrest.geojson"), brest)
    from primaire.shapes.drawing import drawing

    canvas = drawing(placed(found, keys(places(brest, by="station"))).geometry, 568)
    assert shapely.coverage_is_valid(canvas.shapes)


def test_26_communes_of_2017_have_no_shape_in_ile_de_france(published_data, raw: Callable[[int], Returns]):
    found = join(read_shapes(published_data / "contours/COMMUNEidf_light.geojson"), raw(1))
    assert (found.level, found.names) == ("commune", ("INSEE_COM",))
    region = {"75", "77", "78", "91", "92", "93", "94", "95"}
    table = places(raw(1), by="commune")
    lost = unmatched(found, placed(found, keys(table)), table).frame
    units = lost[lost["unmatched"] == "no shape"]["code"]
    assert sum(code[:2] in region for code in units) == 26
    assert {"78320", "78503", "91182"} <= set(units)  # Jeufosse and Port-Villez merged in 2019, Courcouronnes with Évry


def test_the_map_of_ile_de_france_is_about_what_is_on_it(published_data, raw: Callable[[int], Returns]):
    found = join(read_shapes(published_data / "contours/COMMUNEidf_light.geojson"), raw(1))
    table = places(within(found, raw(1))[0], by="commune", show="share", candidate="hamon")
    where = placed(found, keys(table))
    assert len(where.without_shape) == 26
    picture = map_of(table, found, where, Style())
    drawn = picture.svg()
    # Conflans-Sainte-Honorine: the stations of the raw file, added up.
    mine = table.frame[table.frame["code"] == "78172"].iloc[0]
    assert f"<title>Conflans-Sainte-Honorine: {mine['share_valid']:.1f}%</title>" in drawn
    counted = [int(text) for text in re.findall(r">(\d+)</text>", drawn)]
    assert sum(counted) == 1984  # all shapes but two, of communes with voters and no valid vote in this file
    assert "no valid votes (2)" in drawn


def test_hamons_share_over_the_country_is_the_published_one(raw: Callable[[int], Returns]):
    # Conseil constitutionnel, 26 April 2017: 2,291,288 of 36,054,394 valid votes.
    lead = places(raw(1), show="share", candidate="hamon").parts()[0].lead
    assert str(lead) == f"Benoît HAMON: {100 * 2_291_288 / 36_054_394:.2f}% of valid votes in 35,719 communes"
