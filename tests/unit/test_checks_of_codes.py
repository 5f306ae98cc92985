"""Codes that cannot be and numbers that are missing: what is found, and the nearest things that are not."""

from __future__ import annotations

import pytest

from primaire.checks.codes_of_places import codes_of_places
from primaire.checks.gaps import gaps
from tests.elections import returns_of, unit

METROPOLITAN = [f"{number:02d}" for number in (*range(1, 20), *range(21, 96))] + ["2A", "2B"]


def place(name, **codes):
    return unit({"A": 60, "B": 40}, unit=name, **codes)


def station(number, commune="01004", departement="01", **more):
    codes = {"departement_code": departement, "commune_code": commune, "station_code": number, "level": "station"}
    return place(f"{commune}_{number}", **codes, **more)


ORDINARY = [station(f"{number:04d}") for number in range(1, 21)]


def codes(*units):
    return [(one.code, str(one.message)) for one in codes_of_places(returns_of(*ORDINARY, *units)).seen]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (place("X", departement_code="96", level="departement"), "there is no departement 96"),
        (place("X", departement_code="2C", level="departement"), "there is no departement 2C"),
        (place("X", departement_code="979", level="departement"), "there is no departement 979"),
        (station("0001", "77172", "78"), "the commune 77172 is not of departement 78"),
        (station("0001", "78000", "78"), "78000: no commune has the number 0"),
        (station("0001", "7817", "78"), "7817 is not the code of a commune"),
        (station("0000"), "a station with the number 0"),
        (
            station("0001", "78172", "78", constituency_code="787705"),
            "787705 is no code of a constituency of departement 78",
        ),
        (station("0001", "78172", "78", canton_code="7800"), "7800: no canton has the number 0"),
    ],
)
def test_a_code_that_cannot_be(wrong, message):
    assert codes(wrong) == [("PRI301", message)]


def test_one_finding_for_each_code():
    wrong = [place(f"X{number}", departement_code="96") for number in range(2)]
    assert codes(*wrong) == [("PRI301", "there is no departement 96 (2 rows)")]


@pytest.mark.parametrize(
    ("commune", "departement"),
    [
        ("ZA101", "971"),
        ("97101", "ZA"),
        ("2A004", "20"),
        ("20004", "2A"),
        ("ZX701", "978"),
        ("ZZ231", "99"),
        ("75056AR01", "75"),
        ("ZS501", "975"),
        ("97411", "974"),
        ("69123", "69M"),
    ],
)
def test_ways_of_writing_the_same_place(commune, departement):
    assert codes(station("0001", commune, departement)) == []


def test_corsica_is_not_in_the_other_half():
    assert [code for code, _ in codes(station("0001", "2A004", "2B"))] == ["PRI301"]


@pytest.mark.parametrize("family", [codes_of_places, gaps])
def test_places_of_another_country_do_not_apply(family):
    elsewhere = [place(f"C{number}", constituency_code=f"{number:03d}") for number in range(9)]
    with_codes = [place(f"S{number}", departement_code=f"S{number}") for number in range(9)]
    assert not family(returns_of(*elsewhere)).applies
    assert not family(returns_of(*with_codes)).applies


def missing(*units):
    return [str(one.message) for one in gaps(returns_of(*units)).seen]


def stations(*numbers, commune="01004"):
    return [station(f"{number:04d}" if isinstance(number, int) else number, commune) for number in numbers]


def test_a_station_missing_among_five():
    assert missing(*stations(1, 2, 4, 5)) == [
        "station 3 is missing; the others of the commune are numbered from 1 to 5"
    ]


def test_two_missing_among_twenty():
    held = [number for number in range(1, 21) if number not in (7, 12)]
    assert missing(*stations(*held)) == [
        "stations 7, 12 are missing; the others of the commune are numbered from 1 to 20"
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((1, 2, 3, 4, 5), id="none missing"),
        pytest.param((1, 2, 4), id="too few stations"),
        pytest.param((101, 102, 103, 201, 202), id="by districts"),
        pytest.param((1, 2, 3, 6, 7), id="two missing among seven"),
        pytest.param((1, 2, "003A", 4, 5), id="a letter after the number"),
        pytest.param((1, 2, "Mairie", 4, 5), id="a station that has no number"),
        pytest.param((*range(1, 10), 11, 13, 15, *range(17, 41)), id="several missing"),
    ],
)
def test_numbers_that_are_no_gap(numbers):
    assert missing(*stations(*numbers)) == []


def test_many_communes_are_one_finding():
    units = [one for number in range(1, 22) for one in stations(1, 2, 4, 5, commune=f"01{number:03d}")]
    assert [message.partition(":")[0] for message in missing(*units)] == [
        "a number is missing among the stations of 21 communes"
    ]


def national(absent, **more):
    return [
        place(code, departement_code=code, level="departement", **more) for code in METROPOLITAN if code not in absent
    ]


def test_a_departement_missing_in_a_national_election():
    assert missing(*national({"48"})) == ["departement 48 is missing among 95 departements"]


@pytest.mark.parametrize(
    "units",
    [
        pytest.param(national(set()), id="all of them"),
        pytest.param(
            [*national({"2A", "2B"}), place("20", departement_code="20", level="departement")], id="Corsica in one"
        ),
        pytest.param(national(set(METROPOLITAN[80:])), id="a part of the country"),
        pytest.param(national({"75"}, election="Départementales 2015"), id="no cantons in Paris"),
        pytest.param(national({"48"}, round=2), id="settled in the first round"),
    ],
)
def test_departements_that_are_not_missing(units):
    assert missing(*units) == []


def constituencies(of_one, level="constituency"):
    held = [("78", number) for number in of_one] + [(code, 1) for code in METROPOLITAN if code != "78"]
    return [
        place(
            f"{code}-{number}",
            departement_code=code,
            constituency_code=f"{code}{number:02d}",
            level=level,
            contest=f"{code}-{number}",
        )
        for code, number in held
    ]


def test_a_constituency_missing_in_its_departement():
    assert missing(*constituencies([1, 2, 3, 5])) == ["number 4 is missing in departement 78, between 1 and 5"]


def test_communes_name_one_constituency_of_several():
    assert missing(*constituencies([1, 2, 3, 5], level="commune")) == []
