"""What people call units: by their commune and number, unless that would say less or something wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.placenames import communes_of_names, names_of_units


def ballots(*rows: tuple[str, str | None, str | None, str | None], round: int | list[int] = 1) -> pd.DataFrame:
    """Units: their name, commune's code and name, and station's code."""
    frame = pd.DataFrame(rows, columns=["unit", "commune_code", "commune", "station_code"]).astype("category")
    return frame.assign(election="E", round=round, station=pd.Categorical([None] * len(rows)))


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The same units from a source that has the numbers of stations for their names, and no codes."""
    return frame.rename(columns={"station_code": "station", "station": "station_code"})


BREST = ("29019_0040", "29019", "Brest", "0040")
BOHARS = ("29011_0001", "29011", "Bohars", "0001")


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ([BREST, BOHARS], ["Brest, 40", "Bohars, 1"]),
        ([BREST, ("29019_0001", "29019", "Brest", "0001")], ["40", "1"]),  # all of one commune
        ([("0040", "29019", "Brest", "0040"), BOHARS], ["Brest, 40", "Bohars, 1"]),  # its number for a name
        ([("École", "29019", "Brest", "0040"), BOHARS], ["École", "Bohars, 1"]),  # a name of its own
        ([("29019_240A", "29019", "Brest", "240A"), BOHARS], ["Brest, 240A", "Bohars, 1"]),
        ([("29019_0000", "29019", "Brest", "0000"), BOHARS], ["Brest, 0000", "Bohars, 1"]),
        ([("75101_0101", "75101", "Paris 1er", "0101"), BOHARS], ["Paris 1er, 101", "Bohars, 1"]),
        ([("29019_0040", "29019", None, "0040"), BOHARS], ["29019_0040", "Bohars, 1"]),  # no name of the commune
        ([("29019_0040", "29019", None, "0040"), ("29011_0040", "29011", None, "0040")], ["29019_0040", "29011_0040"]),
        ([("31555_0005", "31555", None, "0005"), ("31555_0006", "31555", None, "0006")], ["5", "6"]),
        ([("Brest", "29019", "Brest", None), BOHARS], ["Brest", "Bohars, 1"]),  # a commune
        ([("Brest", "29019", "Brest", None)], ["Brest"]),
    ],
)  # fmt: skip
def test_a_unit_that_has_but_a_code_is_called_by_its_commune_and_number(units, names):
    assert names_of_units(ballots(*units)).tolist() == names


def test_units_that_would_be_called_alike_keep_their_codes():
    """Saint-Denis is a commune of the Seine and one of Réunion; a town may count 1 and 01."""
    saints = [("93066_0001", "93066", "Saint-Denis", "0001"), ("97411_0001", "97411", "Saint-Denis", "0001")]
    assert names_of_units(ballots(*saints, BREST)).tolist() == ["93066_0001", "97411_0001", "Brest, 40"]
    twice = [("29019_1", "29019", "Brest", "1"), ("29019_01", "29019", "Brest", "01")]
    assert names_of_units(ballots(*twice)).tolist() == ["29019_1", "29019_01"]


def test_a_unit_is_called_the_same_in_each_round_however_its_code_is_written():
    later = ("29019_40", "29019", "Brest", "40")
    assert names_of_units(ballots(BREST, BOHARS, later, round=[1, 1, 2])).tolist() == [
        "Brest, 40",
        "Bohars, 1",
        "Brest, 40",
    ]


@pytest.mark.parametrize("units", [(BREST, BOHARS), (BREST, ("29019_0001", "29019", "Brest", "0001"))])
def test_numbers_that_stand_for_names_of_stations_are_numbers(units):
    assert names_of_units(named(ballots(*units))).tolist() == names_of_units(ballots(*units)).tolist()
    assert names_of_units(named(ballots(*units))).tolist()[0] in {"Brest, 40", "40"}


def test_names_of_stations_that_are_words_are_no_numbers():
    school = ("29019_Mairie", "29019", "Brest", "Mairie")
    assert names_of_units(named(ballots(school, BOHARS))).tolist() == ["29019_Mairie", "29011_0001"]


def test_the_commune_by_which_a_station_is_called_is_known():
    """None for a station with a name of its own, and nothing to be said where all are of one commune."""
    hall = ("Town hall", "29011", "Bohars", "0002")
    assert communes_of_names(ballots(BREST, BOHARS, hall)).fillna("-").tolist() == ["Brest", "Bohars", "-"]
    assert communes_of_names(ballots(BREST, ("École", "29019", "Brest", "41"))).fillna("-").tolist() == ["", "-"]
