"""Names brought together: spellings of one name, near misses, parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.matching import closest, fold, pick

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
