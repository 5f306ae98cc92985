"""Names brought together: spellings of one name, near misses, parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.matching import closest, fold, pick, place_code, same_code, same_person

CANDIDATES = ["Manuel Valls", "Benoît Hamon", "François de Rugy", "Jean-Luc Bennahmias", "Jean Lassalle"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Benoît Hamon", "BENOIT HAMON"),
        ("Benoît Hamon", "Benoi\u0302t Hamon"),  # the accent as a character of its own
        ("Jean-Luc Bennahmias", "Jean Luc  Bennahmias"),
        ("François de Rugy", " Francois de Rugy "),
        ("L'Haÿ-les-Roses", "l’haÿ les roses"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Hamon", "Hamont"), ("Hamon", "Benoît Hamon"), ("Liste 1", "Liste 11")])
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("misspelt", "meant"), [("Hamno", "Hamon"), ("montbourg", "Montebourg"), ("VALS", "Valls"), ("xyz", None)]
)
def test_the_closest_of_the_known_names(misspelt, meant):
    assert closest(misspelt, ["Hamon", "Valls", "Montebourg"]) == meant


def test_nothing_is_close_to_a_name_where_there_are_none():
    assert closest("Hamon", []) is None


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("hamon", ["Benoît Hamon"]),
        ("BENOIT HAMON", ["Benoît Hamon"]),
        ("jean", ["Jean-Luc Bennahmias", "Jean Lassalle"]),
        ("bennah", ["Jean-Luc Bennahmias"]),  # the start of a word
        ("amon", []),  # not its middle
        ("de rugy", ["François de Rugy"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_name_is_picked_by_the_start_of_its_words(wanted, meant):
    assert pick(wanted, CANDIDATES) == meant


def test_the_same_name_wins_over_those_that_contain_it():
    assert pick("lille", ["Lille", "Lille-Sud", "Villeneuve-lès-Lille"]) == ["Lille"]


def test_a_name_given_twice_is_picked_once():
    assert pick("Hamon", ["Hamon", "Hamon"]) == ["Hamon"]


@pytest.mark.parametrize(
    ("level", "one", "other"),
    [
        ("", "1", "0001"),
        ("", "101", "0101"),
        ("", "001A", "1a"),
        ("commune", "01001", "1001"),
        # The Ministry's letters and the numbers of the statistical office, for the same towns.
        ("commune", "ZA101", "97101"),  # Les Abymes
        ("commune", "ZB209", "97209"),  # Fort-de-France
        ("commune", "ZC302", "97302"),  # Cayenne
        ("commune", "ZD411", "97411"),  # Saint-Denis
        ("commune", "ZM511", "97611"),  # Mamoudzou
        ("commune", "ZS502", "97502"),  # Saint-Pierre
        ("commune", "ZX701", "97701"),  # Saint-Barthélemy
        ("commune", "ZX801", "97801"),  # Saint-Martin
        ("commune", "ZN818", "98818"),  # Nouméa
        ("commune", "ZP735", "98735"),  # Papeete
        ("commune", "2A004", "20004"),  # Ajaccio, before Corsica was two
        ("departement", "ZA", "971"),
        ("departement", "1", "01"),
        ("departement", "ZZ", "099"),
        ("constituency", "ZA01", "97101"),
    ],
)
def test_codes_of_one_place_are_the_same(level, one, other):
    assert same_code(one, level) == same_code(other, level)


@pytest.mark.parametrize(
    ("level", "one", "other"),
    [
        ("", "7", "78"),
        ("", "1", "10"),
        ("", "0", "00A"),
        ("commune", "ZM501", "ZS501"),  # Acoua in Mayotte, Miquelon-Langlade
        ("departement", "2A", "2B"),
        ("commune", "2A004", "2B033"),
    ],
)
def test_codes_of_two_places_differ(level, one, other):
    assert same_code(one, level) != same_code(other, level)


def test_a_code_of_zeros_is_zero():
    assert same_code("000") == same_code("0") == "0"


@pytest.mark.parametrize(
    ("level", "code", "departement", "whole"),
    [
        ("commune", "172", "78", "78172"),
        ("commune", "1", "1", "01001"),
        ("commune", "4", "2A", "2A004"),
        ("commune", "101", "ZA", "97101"),
        ("commune", "101", "971", "97101"),
        ("commune", "01", "971", "97101"),
        ("canton", "2", "2A", "2A02"),
        ("constituency", "7", "78", "7807"),
        ("constituency", "1", "ZA", "97101"),
        ("departement", "78", "78", "78"),
    ],
)
def test_a_code_within_a_departement_is_the_whole_one(level, code, departement, whole):
    assert place_code(level, code, departement) == place_code(level, whole, None)
    assert place_code(level, whole, departement) == place_code(level, whole, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("LE PEN", "Marine LE PEN", True),
        ("LE PEN Marine", "Marine LE PEN", True),
        ("M. MACRON", "Emmanuel MACRON", True),
        ("Mme Marine LE PEN", "LE PEN", True),
        ("Hamon", "Benoît Hamon", True),
        ("DUPONT-AIGNAN", "Nicolas DUPONT-AIGNAN", True),
        ("Jean LE PEN", "Marine LE PEN", False),
        ("Marine", "Marine LE PEN", False),
        ("Liste A", "Liste B", False),
        ("M.", "Mme", False),
    ],
)
def test_a_person_under_two_names(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_the_closest_of_very_many_names_is_found():
    many = [f"Commune {number}" for number in range(3000)]
    assert closest("Conflan-Sainte-Honorin", [*many, "Conflans-Sainte-Honorine"]) == "Conflans-Sainte-Honorine"
    assert closest("xyzzy", many) is None
