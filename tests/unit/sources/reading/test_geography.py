"""Codes of one form, and cities beside their parts."""

from __future__ import annotations

import pytest

from primaire.sources.reading.geography import (
    cities_counted_twice,
    commune_code,
    departement_code,
    departement_of,
    number_in,
    part_code,
    station_code,
)


@pytest.mark.parametrize(
    ("word", "departement", "code"),
    [
        ("1", "01", "01001"),
        ("001", "01", "01001"),
        ("01001", "01", "01001"),
        ("1001", "01", "01001"),
        ("4", "2A", "2A004"),
        ("2A004", "2A", "2A004"),
        ("2a004", "", "2A004"),
        ("101", "ZA", "ZA101"),
        ("101", "971", "97101"),
        ("97101", "971", "97101"),
        ("056", "75", "75056"),
        ("056SR01", "75", "75056SR01"),
        ("", "", ""),
    ],
)
def test_communes(word, departement, code):
    if word:
        assert commune_code(word, departement) == code


@pytest.mark.parametrize(
    ("word", "departement", "code"),
    [
        ("1", "01", "0101"),
        ("01", "01", "0101"),
        ("101", "01", "0101"),
        ("0101", "01", "0101"),
        ("7", "", "07"),
        ("01", "971", "97101"),
        ("97101", "971", "97101"),
        ("11", "75", "7511"),
        ("2A01", "2A", "2A01"),
    ],
)
def test_constituencies_and_cantons(word, departement, code):
    assert part_code(word, departement) == code


def test_stations_and_departements():
    assert [station_code(word) for word in ("1", "01", "0001", "12A", "1001", "Mairie 2")] == [
        "0001",
        "0001",
        "0001",
        "012A",
        "1001",
        "Mairie 2",
    ]
    assert [departement_code(word) for word in ("1", "01", "2a", "ZA", "974")] == ["01", "01", "2A", "ZA", "974"]
    assert [departement_of(code) for code in ("01001", "2A004", "97411", "ZA101", "1001", "")] == [
        "01",
        "2A",
        "974",
        "ZA",
        "",
        "",
    ]
    assert number_in("0104", "01") == "4"
    assert number_in("97101", "971") == "1"


def test_a_city_is_counted_twice_beside_a_part_of_its_own_only():
    assert cities_counted_twice({"75056", "75101"}) == {"75056"}
    assert cities_counted_twice({"69123", "69381", "13055", "75101"}) == {"69123"}
    assert cities_counted_twice({"75056", "69381"}) == set()
    assert cities_counted_twice({"13055", "13055SR01"}) == {"13055"}
