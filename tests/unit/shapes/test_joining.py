"""The property that holds the codes is found out, and never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from primaire.charts.mapped import mapped
from primaire.errors import NameUnknownError, NotHeldError, SourceError
from primaire.shapes.joining import join
from primaire.shapes.reading import read_shapes
from primaire.shapes.units import units_of
from primaire.sources import load
from tests.unit.shapes.conftest import collection, feature, square


@pytest.fixture
def shapes(write):
    """Write squares in a row, each with properties, and read them."""

    def read(*properties, x=2.0):
        squares = [feature(square(x + 0.01 * at, 48, 0.01), **each) for at, each in enumerate(properties)]
        return read_shapes(write(collection(*squares)))

    return read


TOWN = [("78172", f"{number:04d}") for number in range(1, 6)]
KEYS = [f"78172_{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ([{"insee": "78172", "bv": n} for n in range(1, 6)], ("insee", "bv")),
        ([{"insee": 78172, "bv": float(n)} for n in range(1, 6)], ("insee", "bv")),
        ([{"insee": "78172", "bv": f"{n:04d}"} for n in range(1, 6)], ("insee", "bv")),
        ([{"dep": "78", "com": "172", "bv": n} for n in range(1, 6)], ("dep", "com", "bv")),
        ([{"id_bv": f"78172_{n:04d}"} for n in range(1, 6)], ("id_bv",)),
        ([{"id_bv": f"78172-{n}"} for n in range(1, 6)], ("id_bv",)),
        ([{"id_bv": f"78172{n:04d}"} for n in range(1, 6)], ("id_bv",)),
        ([{"bureau": n, "name": f"Salle {n}"} for n in range(1, 6)], ("bureau",)),
    ],
)
def test_stations_are_joined_however_their_code_is_written(shapes, stations, properties, names):
    found = join(shapes(*properties), stations(*TOWN))
    assert (found.level, found.names, found.keys) == ("station", names, KEYS)


def test_a_number_alone_needs_that_all_units_lie_in_one_commune(shapes, stations):
    layers = shapes(*({"bureau": n} for n in range(1, 6)))
    with pytest.raises(NotHeldError, match="--where commune=NAME"):
        join(layers, stations(*TOWN, ("78358", "0001")))


def test_neighbours_with_the_same_numbers_are_not_taken_for_the_town(shapes, stations):
    """A file of a town and its neighbour, each with stations 1 to 5: the neighbour's are of no unit."""
    both = [{"commune": code, "bv": n} for code in ("78172", "78358") for n in range(1, 6)]
    found = join(shapes(*both), stations(*TOWN))
    assert found.names == ("commune", "bv")
    assert found.keys == [*KEYS, *(f"78358_{n}" for n in range(1, 6))]


def test_running_numbers_of_programs_are_not_taken_for_stations(shapes, stations):
    properties = [{"OBJECTID": 6 - n, "insee": "78172", "bv": n} for n in range(1, 6)]
    assert join(shapes(*properties), stations(*TOWN)).names == ("insee", "bv")
    with pytest.raises(NotHeldError):
        join(shapes(*({"OBJECTID": n} for n in range(1, 6))), stations(*TOWN))
    asked = join(shapes(*({"OBJECTID": n} for n in range(1, 6))), stations(*TOWN), key="OBJECTID")
    assert asked.keys == KEYS


def test_two_properties_that_place_shapes_differently_are_refused(shapes, stations):
    properties = [{"insee": "78172", "salle": 6 - n, "bv": n} for n in range(1, 6)]
    with pytest.raises(SourceError) as refused:
        join(shapes(*properties), stations(*TOWN))
    assert "insee,salle" in str(refused.value)
    assert "insee,bv" in str(refused.value)
    assert "--shape-key" in str(refused.value)
    assert join(shapes(*properties), stations(*TOWN), key="insee,bv").keys == KEYS


def test_a_property_that_does_not_exist_is_told_with_what_is_near(shapes, stations):
    with pytest.raises(NameUnknownError) as refused:
        join(shapes(*({"insee": "78172", "bureau": n} for n in range(1, 6))), stations(*TOWN), key="insee,bureaux")
    assert "Did you mean “bureau”?" in str(refused.value)


def test_what_matches_nothing_is_told_with_examples(shapes, stations):
    with pytest.raises(NotHeldError) as refused:
        join(shapes({"nom": "Ailleurs", "insee": "29019"}), stations(*TOWN))
    assert "insee (29019)" in str(refused.value)
    assert "station 78172_1" in str(refused.value)


COMMUNES = [("01004", "0001"), ("2A004", "0001"), ("ZA101", "0001"), ("ZD411", "0001"), ("78172", "0001")]


@pytest.mark.parametrize(
    "codes",
    [
        ["01004", "2A004", "97101", "97411", "78172"],
        ["1004", "2A004", "ZA101", "ZD411", "78172"],
        [1004, "2A004", 97101, 97411, 78172],
    ],
)
def test_communes_are_joined_with_codes_of_the_ministry_or_of_the_statistical_office(shapes, stations, codes):
    found = join(shapes(*({"code": code} for code in codes)), stations(*COMMUNES))
    assert found.level == "commune"
    assert set(found.keys) == units_of(stations(*COMMUNES).ballots, "commune").keys


def test_the_finest_level_is_preferred_that_shapes_are_of(shapes, stations):
    places = [{"commune": code, "bv": n} for code in ("78172", "78358") for n in (1, 2)]
    units = stations(*((code, str(n)) for code in ("78172", "78358") for n in (1, 2)))
    assert join(shapes(*places), units).level == "station"
    assert join(shapes(*places), units, level="commune").names == ("commune",)
    with pytest.raises(NotHeldError, match="canton"):
        join(shapes(*places), units, level="canton")
    with pytest.raises(NameUnknownError):
        join(shapes(*places), units, level="unit")


def test_numbers_of_a_few_stations_beside_a_commune_do_not_make_it_a_map_of_stations(shapes, stations):
    """Shapes of communes with some number of theirs, met by the station of that number in each."""
    units = stations(*((f"78{code:03d}", str(n)) for code in range(1, 9) for n in range(1, 9)))
    found = join(shapes(*({"insee": f"78{code:03d}", "canton": code} for code in range(1, 9))), units)
    assert (found.level, found.names) == ("commune", ("insee",))


def test_numbers_of_stations_are_not_taken_for_departements(shapes, stations):
    """The shapes of a town's 60 stations, and the results of 60 departements."""
    units = stations(*((f"{code:02d}001", "0001") for code in range(1, 61) if code != 20))
    with pytest.raises(NotHeldError, match="may be chance"):
        join(shapes(*({"bureau": n} for n in range(1, 61))), units)


def test_places_are_joined_by_name_where_no_code_is_alike(shapes, stations):
    units = stations(("78172", "1"), ("78358", "1"))
    found = join(shapes({"nom": "COMMUNE 78172"}, {"nom": "commune 78358"}), units)
    assert (found.level, found.keys) == ("commune", ["78172", "78358"])
    assert "by their names" in str(found.remarks[0])


PARIS = [{"insee": str(code)} for code in range(75101, 75121)]


def test_the_arrondissements_of_paris_make_up_its_shape(shapes, stations):
    found = join(
        shapes(*PARIS, {"insee": "78172"}), stations(("75056", "0101"), ("78172", "0001")), level="commune", key="insee"
    )
    assert found.keys == ["75056"] * 20 + ["78172"]
    assert "Paris" in str(found.remarks)


def test_an_arrondissement_that_is_missing_leaves_paris_without_a_shape(shapes, stations):
    found = join(shapes(*PARIS[1:], {"insee": "78172"}), stations(("75056", "0101"), ("78172", "0001")), key="insee")
    assert "75056" not in found.keys


def test_stations_of_an_arrondissement_are_those_of_the_commune(shapes, stations):
    """The ministry numbers station 7 of the second arrondissement 0207."""
    properties = [{"arr": "75101", "bv": 1}, {"arr": "75102", "bv": 7}, {"arr": "75120", "bv": 12}]
    units = stations(("75056", "0101"), ("75056", "0207"), ("75056", "2012"))
    assert join(shapes(*properties), units, level="station", key="arr,bv").keys == [
        "75056_101",
        "75056_207",
        "75056_2012",
    ]


def test_latitudes_before_longitudes_are_told(write, stations):
    swapped = collection(*(feature(square(48.9, 2 + 0.01 * n, 0.01), insee="78172", bv=n) for n in range(1, 6)))
    with pytest.raises(SourceError, match="off Somalia"):
        join(read_shapes(write(swapped)), stations(*TOWN))


def test_the_layer_is_chosen_that_fits(write, stations):
    arcs = [square(2 + 0.01 * n, 48, 0.01) for n in range(5)]

    def shapes_of(properties):
        members = [{"type": "Polygon", "arcs": [[at]], "properties": each} for at, each in enumerate(properties)]
        return {"type": "GeometryCollection", "geometries": members}

    objects = {"roads": shapes_of([{"road": "D1"}]), "stations": shapes_of([{"bv": f"78172_{n}"} for n in range(1, 6)])}
    found = join(read_shapes(write({"type": "Topology", "arcs": arcs, "objects": objects})), stations(*TOWN))
    assert found.keys == KEYS
    assert "stations" in str(found.remarks[0])


SAME = "Saint-Sauveur"


def test_two_places_of_one_name_are_not_put_together(write, stations):
    """Saint-Sauveur lies in Finistère, and another in Savoie: of which of the two the figures are, a name does not say."""
    west, east = (feature(square(x, y, 0.05), nom=SAME) for x, y in ((-4.0, 48.3), (6.5, 45.6)))
    other = feature(square(-4.1, 48.3, 0.05), nom="Commune 29001")
    units = stations(("29001", "1"), ("29262", "1"))
    units = replace(
        units,
        ballots=units.ballots.assign(commune=units.ballots["commune"].cat.rename_categories({"Commune 29262": SAME})),
    )
    found = join(read_shapes(write(collection(west, other, east))), units)
    assert (found.level, found.keys) == ("commune", [None, "29001", None])
    assert "2 of its shapes bear names of several places, and are joined to none" in map(str, found.remarks)


def test_parts_of_one_place_that_touch_may_share_its_name(shapes, stations):
    """Squares in a row, each the neighbour of the next: the first two are one commune."""
    units = stations(("78172", "1"), ("78358", "1"))
    found = join(shapes({"nom": "Commune 78172"}, {"nom": "COMMUNE 78172"}, {"nom": "Commune 78358"}), units)
    assert found.keys == ["78172", "78172", "78358"]
    assert "several places" not in str(found.remarks)


def test_the_islands_of_a_departement_share_its_name(write, stations):
    parts = [(-3.0, 47.8, 0.8, "DEP"), (-3.5, 47.0, 0.1, "DEP")]
    layers = read_shapes(write(collection(*(feature(square(x, y, size), nom=name) for x, y, size, name in parts))))
    found = join(layers, stations(("56001", "1")), level="departement")
    assert found.keys == ["56", "56"]


@pytest.mark.parametrize("names", [("1", "2"), ("0001", "0002")])
def test_stations_called_by_their_numbers_have_these_as_codes(shapes, tmp_path, names):
    head = "election,round,contest,level,unit,departement_code,commune_code,commune,station,registered,voters,valid,candidate,votes"
    rows = [
        f"T,1,V,station,B{name},78,78014,Town,{name},90,50,40,Ada,{votes}"
        for name, votes in zip(names, (30, 10), strict=True)
    ]
    (tmp_path / "r.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    found = mapped(shapes({"id": "78014_1"}, {"id": "78014_2"}), load(tmp_path / "r.csv"), show="turnout")
    assert (found.join.level, found.join.keys) == ("station", ["78014_1", "78014_2"])
    assert found.placed.rows.tolist() == [0, 1]
    assert found.table.frame["code"].tolist() == [f"78014_{name}" for name in names]


def test_stations_called_by_words_have_no_codes(shapes, tmp_path):
    head = "election,round,contest,level,unit,departement_code,commune_code,commune,station,candidate,votes"
    rows = [f"T,1,V,station,{name},78,78014,Town,{name},Ada,30" for name in ("1", "Mairie")]
    (tmp_path / "r.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    with pytest.raises(NotHeldError):
        join(shapes({"id": "78014_1"}, {"id": "78014_2"}), load(tmp_path / "r.csv"), level="station")


def test_units_without_any_code_are_joined_by_their_names(shapes, tmp_path):
    """The two communes Saint-Aubin of two departements are told apart by nothing that the shapes say."""
    head = "election,round,contest,level,unit,departement_code,commune,registered,voters,valid,candidate,votes"
    places = [("29", "Brest"), ("29", "Saint-Aubin"), ("56", "Saint-Aubin"), ("56", "Lorient")]
    rows = [f"T,1,V,commune,{name} {code},{code},{name},90,50,40,Ada,30" for code, name in places]
    (tmp_path / "r.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    found = mapped(
        shapes({"nom": "BREST"}, {"nom": "Saint-Aubin"}, {"nom": "lorient"}),
        load(tmp_path / "r.csv"),
        show="turnout",
        by="commune",
    )
    assert found.placed.rows.tolist() == [0, -1, 3]
    assert found.placed.without_shape.tolist() == [1, 2]
    assert "1 of its shapes bears a name of several places, and is joined to none" in str(found.join.remarks[-1])
