"""Wholeness: what shows that units are all of a contest, and what shows that they are not."""

from __future__ import annotations

import pytest

from primaire.outcomes.wholeness import EVERY_DEPARTEMENT, PART, UNKNOWN, WHOLE, Wholeness
from tests.elections import returns_of, unit


def extent(returns, level):
    return Wholeness(returns, [level] * len(returns.contests)).of(0)[0]


def departements(codes):
    return returns_of(*(unit({"A": 1}, unit=code, departement_code=code, level="departement") for code in codes))


@pytest.mark.parametrize(
    ("ballot", "level", "expected"),
    [
        ({"coverage": "part", "level": "commune"}, "commune", PART),
        ({"coverage": "whole", "level": "commune"}, "nation", WHOLE),
        ({"level": "constituency"}, "constituency", WHOLE),
        ({"level": "nation"}, "nation", WHOLE),
        ({"level": "station", "station_code": "1"}, "constituency", UNKNOWN),
        ({"level": "commune", "commune_code": "78172"}, "nation", PART),
        ({"level": "commune", "commune_code": "78172"}, None, UNKNOWN),
    ],
)
def test_by_what_the_source_says_and_by_the_level_of_its_units(ballot, level, expected):
    assert extent(returns_of(unit({"A": 1}, **ballot)), level) == expected


def test_a_unit_that_bears_the_contests_name_is_all_of_it():
    assert extent(returns_of(unit({"A": 1}, unit="Board", contest="Board")), None) == WHOLE


def test_the_country_has_every_departement():
    letters = {"971": "ZA", "972": "ZB", "973": "ZC", "974": "ZD"}
    codes = [letters.get(code, code.zfill(2)) for code in sorted(EVERY_DEPARTEMENT)]
    assert len(codes) == 100
    assert extent(departements(codes), "nation") == UNKNOWN  # it may lack communes, and does not say
    assert extent(departements(codes[1:]), "nation") == PART


def test_a_selection_that_cuts_a_contest_leaves_a_part_of_it():
    both = returns_of(unit({"A": 1}, unit="1", coverage="whole"), unit({"A": 2}, unit="2", coverage="whole"))
    assert extent(both, "commune") == WHOLE
    assert extent(both.select(where={"unit": "1"}), "commune") == PART


def test_a_selection_of_whole_contests_leaves_them_whole():
    both = returns_of(unit({"A": 1}, contest="X", coverage="whole"), unit({"A": 2}, contest="Y", coverage="whole"))
    assert extent(both.select(contest="X"), "commune") == WHOLE
