"""How evenly votes lie over units: counted by hand, and only where there are units enough to see a shape."""

from __future__ import annotations

import pytest

from primaire.analysis.results import results
from tests.elections import returns_of, unit

TWELVE = [3, 12, 19, 20, 21, 27, 28, 31, 35, 38, 39, 46]
"""Votes for A in units of 100 valid votes each, all others for B."""


def stations(votes, **more):
    return [
        unit({"A": each, "B": 100 - each}, unit=f"Station {number}", **more) for number, each in enumerate(votes, 1)
    ]


def shapes(*units, **options):
    table = results(returns_of(*units), spread=True, **options)
    if table.spread is None:
        return None
    rows = zip(table.frame["unit"].fillna(""), table.frame["candidate"], table.spread.units.tolist(), strict=True)
    return table.spread.upper, {(place, name): shape for place, name, shape in rows}


def test_each_unit_is_in_one_class_of_the_candidates_share():
    upper, of = shapes(*stations(TWELVE))
    # B has 54 to 97%, so ten classes of 10 points up to 100; 20 begins the third.
    assert upper == 100
    assert of["", "A"] == [1, 2, 4, 4, 1, 0, 0, 0, 0, 0]
    # B: 97, 88, 81, 80, 79, 73, 72, 69, 65, 62, 61, 54
    assert of["", "B"] == [0, 0, 0, 0, 0, 1, 4, 3, 3, 1]


def test_classes_end_at_the_ten_above_the_highest_share_and_hold_it():
    three = [unit({"A": 30, "B": 30, "C": 30 + 10 * (n % 2)}, unit=f"{n}", valid=100) for n in range(10)]
    upper, of = shapes(*three)
    # At most 40 of 100: ten classes of 4 points; 30 is in the eighth, which begins at 28, and 40 in the last.
    assert upper == 40
    assert of["", "A"] == [0] * 7 + [10, 0, 0]
    assert of["", "C"] == [0] * 7 + [5, 0, 5]


@pytest.mark.parametrize(("size", "there"), [(9, False), (10, True)])
def test_a_shape_takes_ten_units(size, there):
    assert (shapes(*stations(TWELVE[:size])) is not None) == there


def test_units_without_a_known_share_are_in_no_class():
    unknown = unit({"A": None, "B": 40}, unit="not counted")
    empty = unit({"A": 0, "B": 0}, unit="nobody came")
    _, of = shapes(*stations(TWELVE), unknown, empty)
    assert sum(of["", "A"]) == sum(of["", "B"]) == 12


def test_each_place_has_its_own_and_those_of_few_units_none():
    large, small = (
        stations(TWELVE, commune="Large"),
        [unit({"A": 50, "B": 50}, unit=f"S{number}", commune="Small") for number in range(3)],
    )
    _, of = shapes(*large, *small, by="commune")
    assert of["Large", "A"] == [1, 2, 4, 4, 1, 0, 0, 0, 0, 0]
    assert of["Small", "A"] == [0] * 10


def test_the_share_is_of_the_base_that_leads():
    # 40 of 50 valid, but of 80 voters: half of them.
    units = [unit({"A": 40, "B": 10}, unit=f"{n}", voters=80, blank_null=30) for n in range(10)]
    assert shapes(*units)[0] == 80
    upper, of = shapes(*units, base="voters")
    assert upper == 50
    assert of["", "A"] == [0] * 9 + [10]


@pytest.mark.parametrize("by", ["unit", "nuance"])
def test_units_by_themselves_and_nuances_have_none(by):
    labelled = [
        unit({"A": {"votes": n, "label": "X"}, "B": {"votes": 9, "label": "X"}}, unit=f"{n}") for n in range(12)
    ]
    assert shapes(*labelled, by=by) is None


def test_nothing_is_told_unless_it_is_asked_for():
    assert results(returns_of(*stations(TWELVE))).spread is None


def test_the_order_of_units_and_of_candidates_does_not_matter():
    _, of = shapes(*stations(TWELVE))
    turned = [list(reversed(each)) for each in reversed(stations(TWELVE))]
    assert shapes(*turned)[1] == of


def test_rounds_are_apart():
    second = stations([60] * 10, round=2)
    table = results(returns_of(*stations(TWELVE), *second), spread=True)
    assert table.spread is not None
    rows = zip(table.frame["round"], table.frame["candidate"], table.spread.units.sum(axis=1).tolist(), strict=True)
    assert set(rows) == {(1, "A", 12), (1, "B", 12), (2, "A", 10), (2, "B", 10)}
