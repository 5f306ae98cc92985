"""Swing where there is nothing to measure: one vote only, two that have nothing in common, or one that names nobody."""

from __future__ import annotations

import pytest

from primaire.analysis.swing import swing
from primaire.errors import NotHeldError
from tests.elections import returns_of, said, unit


def silent(round_, contest="Contest"):
    """A unit of which only ballots are published."""
    return [{"election": "Vote", "round": round_, "contest": contest, "unit": "Here", "voters": 5}]


def test_a_single_round_has_nothing_to_be_set_against():
    with pytest.raises(NotHeldError, match="one round only"):
        swing(returns_of(unit({"A": 1})))


def test_two_elections_without_a_candidate_or_a_unit_in_common_are_refused():
    one, other = (returns_of(unit({name: 1}, election=name, unit=name)) for name in ("Paris", "Lyon"))
    with pytest.raises(NotHeldError, match="no candidate and no unit in common") as refused:
        swing(one, other)
    assert "Paris" in str(refused.value)
    assert "Lyon" in str(refused.value)
    same_unit = returns_of(unit({"Lyon": 1}, election="Lyon", unit="Paris"))
    assert set(swing(one, same_unit).frame["movement"]) == {"new", "left"}


def test_contests_that_share_nothing_are_refused():
    one, other = (returns_of(*(unit({"A": 1}, contest=name) for name in names)) for names in ("XY", "ZW"))
    with pytest.raises(NotHeldError, match="no contest and place in common"):
        swing(one, other)


def test_nobody_leaves_a_vote_that_names_nobody():
    first, second = unit({"A": 3, "B": 2}), silent(2)
    for votes in ([returns_of(first, second)], [returns_of(first), returns_of(second)]):
        with pytest.raises(NotHeldError, match=r"1 result names no candidates.*: Vote, round 2, Here") as refused:
            swing(*votes)
        assert "primaire turnout" in str(refused.value.remedy)


def test_nobody_is_new_after_a_vote_that_names_nobody():
    with pytest.raises(NotHeldError, match="Vote, round 1, Here"):
        swing(returns_of(silent(1), unit({"A": 3, "B": 2}, round=2)))


def test_votes_that_name_nobody_are_told_once_and_all_others_measured():
    # Rounds 1 to 4, the third without candidates: from 1 to 2 there is a swing, and none to or from the third.
    table = swing(
        returns_of(unit({"A": 1, "B": 1}), unit({"A": 3, "B": 1}, round=2), silent(3), unit({"A": 1}, round=4))
    )
    assert table.frame[["round_before", "round_after"]].drop_duplicates().to_numpy().tolist() == [[1, 2]]
    assert table.frame["movement"].tolist() == ["stayed", "stayed"]
    (sentence,) = (one for one in said(table) if "names no candidates" in one)
    assert sentence.endswith(": Vote, round 3, Here.")
