"""Units with the same votes: where chance explains it, and where it does not."""

from __future__ import annotations

import math

from primaire.checks.twins import twins
from tests.elections import returns_of, unit

# The chance of these votes is at most 1 / sqrt(2 pi n) for each: 1 / (30.1 * 28.1 * 26.0 * 24.0) = 1 / 530,000.
LARGE = {"A": 144, "B": 126, "C": 108, "D": 92}


def others(number, votes=LARGE):
    """Return units that have other votes each."""
    return [
        unit({name: cast + at + 1 for name, cast in votes.items()}, unit=f"Other {at}", registered=1000)
        for at in range(number)
    ]


def found(*units):
    return [str(one.message) for one in twins(returns_of(*units)).seen]


def pair(votes=LARGE, other=None, **more):
    return (
        unit(votes, unit="First", registered=700, **more),
        unit(other or votes, unit="Second", registered=700, **more),
    )


def test_the_same_figures_throughout():
    assert found(*pair(), *others(20)) == ["the same figures throughout as Second"]


def test_the_same_votes_and_other_rolls():
    first, _ = pair()
    second = unit(LARGE, unit="Second", registered=640)
    assert found(first, second) == ["the same votes for every candidate as Second, with other registered voters"]


def test_candidates_in_another_order_are_the_same():
    assert len(found(*pair(other=dict(reversed(LARGE.items()))))) == 1


def test_one_vote_apart():
    assert found(*pair(other={**LARGE, "D": 93})) == []


def test_votes_for_other_candidates():
    assert found(*pair(other=dict(zip(LARGE, reversed(LARGE.values()), strict=True)))) == []


def test_small_villages_coincide():
    # 44 + 30 + 25 = 99 votes: one fewer than is needed.
    assert found(*pair({"A": 44, "B": 30, "C": 25})) == []


def test_two_candidates_are_too_few():
    assert found(*pair({"A": 600, "B": 400})) == []


def test_equal_counts_tell_little():
    assert found(*pair({"A": 200, "B": 200, "C": 100})) == []


def test_among_very_many_pairs_some_coincide():
    """150 units have 11,175 pairs, and the chance is one in 530,000: 0.02 pairs are expected, more than 0.01."""
    chance = math.prod(1 / math.sqrt(2 * math.pi * cast) for cast in LARGE.values())
    assert 150 * 149 / 2 * chance > 0.01 > 60 * 59 / 2 * chance
    assert found(*pair(), *others(148)) == []
    assert len(found(*pair(), *others(58))) == 1


def test_within_a_commune_pairs_are_few():
    commune = {"commune_code": "01004"}
    assert len(found(*pair(**commune), *others(148))) == 1


def test_other_rounds_and_levels_are_other_votes():
    first, second = unit(LARGE, unit="First"), unit(LARGE, unit="First", round=2)
    assert found(first, second) == []


def test_votes_that_are_not_published_are_not_alike():
    assert found(*pair({**LARGE, "E": None})) == []


def test_too_few_votes_anywhere_does_not_apply():
    assert not twins(returns_of(unit({"A": 3, "B": 2, "C": 1}))).applies
