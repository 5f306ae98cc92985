"""Which ballots are set against which, and when that is not clear."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.captions import captions
from primaire.errors import NotHeldError
from primaire.pairing import consecutive, counterparts, opposite, side_by_side
from primaire.scores import scores
from primaire.tally import tally
from tests.elections import returns_of, unit


def rounds(pairs):
    return [(one.round, other.round) for one, other in pairs]


def test_each_round_is_paired_with_the_next_whatever_their_order():
    assert rounds(consecutive(returns_of(unit({"A": 1}, round=3), unit({"A": 1}), unit({"A": 1}, round=2)))[0]) == [
        (1, 2),
        (2, 3),
    ]


def test_a_single_round_has_no_pair():
    votes = returns_of(unit({"A": 1}), unit({"A": 1}, contest="Other"), unit({"A": 1}, unit="There"))
    pairs, alone = consecutive(votes)
    assert pairs == []
    assert [(caption.contest, caption.unit) for caption in alone] == [
        (caption.contest, caption.unit) for caption in captions(votes)
    ]


def test_rounds_are_paired_within_a_contest_and_a_place():
    returns = returns_of(
        *(
            unit({"A": 1}, unit=place, contest=contest, round=n)
            for n in (1, 2)
            for contest in ("X", "Y")
            for place in ("1", "2")
        )
    )
    pairs, _ = consecutive(returns)
    assert len(pairs) == 4
    assert all((one.contest, one.unit) == (other.contest, other.unit) for one, other in pairs)


def test_a_contest_added_up_is_one_place_even_where_a_round_has_one_unit():
    stations = returns_of(unit({"A": 1}, unit="1"), unit({"A": 1}, unit="2"), unit({"A": 1}, unit="1", round=2))
    assert rounds(consecutive(tally(stations))[0]) == [(1, 2)]
    assert [one.unit for one, _ in consecutive(tally(stations, "unit"))[0]] == ["1"]


def test_different_places_are_no_rounds_of_one():
    assert consecutive(returns_of(unit({"A": 1}, unit="1"), unit({"A": 1}, unit="2", round=2)))[0] == []


def test_two_votes_alone_are_paired_whatever_they_are():
    one, other = returns_of(unit({"A": 1}, election="2012")), returns_of(unit({"A": 1}, election="2017", unit="There"))
    assert rounds(opposite(one, other)[0]) == [(1, 1)]


def test_contests_of_two_data_sets_are_paired_by_name_and_place():
    before = returns_of(unit({"A": 1}, contest="Paris"), unit({"A": 1}, contest="Yvelines"))
    after = returns_of(unit({"A": 1}, contest="YVELINES"), unit({"A": 1}, contest="Lyon"))
    assert [(one.contest, other.contest) for one, other in opposite(before, after)[0]] == [("Yvelines", "YVELINES")]


def test_it_must_be_clear_which_round_is_meant():
    two_rounds = returns_of(unit({"A": 1}), unit({"A": 1}, round=2))
    with pytest.raises(NotHeldError, match="Several rounds"):
        opposite(two_rounds, returns_of(unit({"A": 1})))
    with pytest.raises(NotHeldError, match="Several rounds"):
        opposite(returns_of(unit({"A": 1})), two_rounds)


def test_contests_that_share_nothing_are_no_pairs():
    one, other = ([unit({"A": 1}, contest=name) for name in names] for names in (("X", "Y"), ("Z", "W")))
    with pytest.raises(NotHeldError, match="in common"):
        opposite(returns_of(*one), returns_of(*other))


def test_counterparts_are_of_the_same_round_whatever_the_place():
    here = returns_of(
        unit({"A": 1}, unit="Conflans"), unit({"A": 1}, unit="Conflans", round=2), unit({"A": 1}, contest="Other")
    )
    there = returns_of(unit({"A": 1}, unit="France", round=2), unit({"A": 1}, unit="France", contest="CONTEST"))
    pairs, alone = counterparts(here, there)
    assert rounds(pairs) == [(1, 1), (2, 2)]
    assert [caption.contest for caption in alone] == ["Other"]


def test_two_places_alone_are_counterparts_whatever_their_sources_call_the_election():
    here, there = (
        returns_of(unit({"A": 1}, election="Primaire de 2017")),
        returns_of(unit({"A": 1}, election="primaire_2017")),
    )
    assert rounds(counterparts(here, there)[0]) == [(1, 1)]


def test_two_different_rounds_are_no_counterparts():
    here, there = returns_of(unit({"A": 1}, unit="Conflans")), returns_of(unit({"A": 1}, unit="France", round=2))
    pairs, alone = counterparts(here, there)
    assert pairs == []
    assert [caption.unit for caption in alone] == ["Conflans"]


def test_several_places_are_no_clear_counterpart():
    here = returns_of(unit({"A": 1}), unit({"A": 1}, round=2))
    with pytest.raises(NotHeldError, match="Several places"):
        counterparts(here, returns_of(unit({"A": 1}, unit="X"), unit({"A": 1}, unit="Y")))


def sides(before, after):
    left, right = (scores(tally(returns_of(unit(votes)))) for votes in (before, after))
    return side_by_side(left, right, ("before", "after"))


def test_candidates_are_brought_together_by_name_whatever_its_spelling():
    rows = sides({"BENOIT HAMON": 404, "Manuel Valls": 411}, {"Benoît Hamon": 842, "Valls (Manuel)": 611})
    assert rows["candidate"].tolist() == ["Benoît Hamon", "Valls (Manuel)", "Manuel Valls"]
    assert rows["votes_before"].tolist() == [404, pd.NA, 411]
    assert rows["votes_after"].tolist() == [842, 611, pd.NA]


def test_the_order_is_that_of_after_and_then_of_before():
    rows = sides({"A": 1, "B": 5, "C": 9, "D": 3}, {"B": 2, "D": 7})
    assert rows["candidate"].tolist() == ["D", "B", "C", "A"]


def test_to_stand_without_known_votes_is_not_to_be_absent():
    rows = sides({"A": 1, "B": None}, {"A": 2})
    assert rows["stood_before"].tolist() == [True, True]
    assert rows["stood_after"].tolist() == [True, False]
    assert rows["votes_before"].isna().tolist() == [False, True]
