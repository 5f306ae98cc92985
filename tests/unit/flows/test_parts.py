"""A large contest is divided by places that hold neither too few units nor too many."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.flows import parts
from primaire.flows.contests import flows
from primaire.flows.merging import merging
from primaire.flows.parts import Divider
from primaire.flows.units import units_of
from tests.elections import returns_of
from tests.unit.flows.rounds import FIRST, SECOND, station


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch):
    """Ten units are many here, two few, and four a run."""
    monkeypatch.setattr(parts, "MOST_UNITS", 10)
    monkeypatch.setattr(parts, "FEWEST", 2)
    monkeypatch.setattr(parts, "UNITS", 4)


def divided(*places):
    """Divide one contest whose units lie in these places: departement, constituency, and how many units."""
    one, other = (
        returns_of(
            *(
                station(
                    n,
                    votes,
                    30,
                    contest="Land",
                    round=r,
                    unit=f"{departement} {constituency} {n}",
                    departement_code=departement,
                    constituency_code=constituency,
                    commune=f"{departement} {constituency}",
                    commune_code=f"{departement}{place:03}",
                )
                for place, (departement, constituency, size) in enumerate(places)
                for n in range(size)
            )
        )
        for r, votes in ((1, FIRST[0]), (2, SECOND[0]))
    )
    units = units_of(one, other)
    (flow,) = flows(units, merging(units.votes.left, units.votes.right))
    return Divider(units).parts(flow)


def test_few_units_are_one_part():
    found = divided(("01", "0101", 5), ("01", "0102", 5))
    assert set(found.labels.tolist()) == {0}
    assert found.said == []


def test_many_units_are_divided_by_constituency():
    found = divided(("01", "0101", 6), ("01", "0102", 8))
    assert np.bincount(found.labels).tolist() == [6, 8]
    assert [str(note) for note in found.said] == ["Estimated by constituency, in 2 parts, whose tables are added up."]


def test_a_small_constituency_is_joined_with_one_of_its_departement():
    found = divided(("01", "0101", 6), ("02", "0201", 5), ("02", "0202", 1))
    assert np.bincount(found.labels).tolist() == [6, 6]
    assert np.bincount(divided(("01", "0101", 6), ("01", "0102", 6), ("02", "0201", 1)).labels).tolist() == [6, 6, 1]


def test_without_constituencies_other_places_are_taken():
    found = divided(("01", None, 6), ("02", None, 8))
    assert found.level == "departement"
    assert np.bincount(found.labels).tolist() == [6, 8]


def test_without_places_runs_of_units_are_taken():
    found = divided(("01", None, 16))
    assert found.level is None
    assert np.bincount(found.labels).tolist() == [4, 4, 4, 4]
    assert "in 4 parts, about 4 units each in the order of the source" in str(found.said[0])


def test_a_place_that_is_too_large_is_divided_again():
    found = divided(("01", "0101", 9), ("01", "0102", 8), ("02", "0201", 12))
    assert np.bincount(found.labels).tolist() == [9, 8, 4, 4, 4]
