"""Units added up over contests, and candidates by nuance."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.errors import NotHeldError
from primaire.tally import tally
from tests.elections import returns_of, unit
from tests.unit.test_tally import stations, steps, votes_of


def candidate(votes, nuance):
    return {"votes": votes, **({"label": nuance} if nuance else {})}


def legislative(**more):
    """Three constituencies in two departements: two of Aveyron with a candidate each of REM, one alone with an independent."""
    aveyron, lozere = (
        {"departement": "Aveyron", "departement_code": "12"},
        {"departement": "Lozère", "departement_code": "48"},
    )
    return returns_of(
        unit({"Ann": candidate(10, "REM"), "Bob": candidate(7, "LR")}, contest="12-1", unit="a", registered=30, **aveyron, **more),
        unit({"Ann": candidate(5, "REM"), "Bob": candidate(2, "LR")}, contest="12-1", unit="b", registered=20, **aveyron, **more),
        unit({"Cid": candidate(8, "REM"), "Dan": candidate(4, "SOC"), "Eve": candidate(1, None)}, contest="12-2", unit="c", registered=40, **aveyron, **more),
        unit({"Fay": candidate(3, "LR"), "Gus": candidate(6, "LR")}, contest="48-1", unit="d", registered=10, **lozere, **more),
    )  # fmt: skip


def test_a_nation_of_several_contests_is_added_up_by_nuance():
    total = tally(legislative(), "nation")
    assert total.ballots[["contest", "registered", "valid", "units"]].to_numpy().tolist() == [["Vote", 100, 46, 4]]
    # REM 10 + 5 + 8; LR 7 + 2, and 3 + 6 for its two candidates of Lozère; SOC and the independent once.
    assert votes_of(total) == {"REM": 23, "LR": 18, "SOC": 4, "no nuance": 1}
    (step,) = steps(total)
    assert "Candidates of 3 contests are added up by their nuance" in step
    assert "where a nuance had no candidate" in step


def test_a_departement_with_one_contest_is_added_up_as_the_others_are():
    total = tally(legislative(), "departement")
    assert total.ballots["unit"].tolist() == ["Aveyron", "Lozère"]
    assert total.ballots["contest"].tolist() == ["Vote", "Vote"]
    assert votes_of(total, 0) == {"REM": 23, "LR": 9, "SOC": 4, "no nuance": 1}
    assert votes_of(total, 1) == {"LR": 9}


def test_nuance_alone_is_of_the_nation_and_beside_a_level_of_its_places():
    for by in ("nuance", ["nuance"], ["nation", "nuance"]):
        assert votes_of(tally(legislative(), by)) == {"REM": 23, "LR": 18, "SOC": 4, "no nuance": 1}
    total = tally(legislative(), ("contest", "nuance"))
    assert total.ballots["contest"].tolist() == ["12-1", "12-2", "48-1"]
    assert votes_of(total, 2) == {"LR": 9}
    assert votes_of(tally(legislative(), ["unit", "nuance"]), 3) == {"LR": 9}


def test_one_contest_of_the_nation_keeps_its_candidates():
    total = tally(stations(), "nation")
    assert votes_of(total) == {"A": 42, "B": 43}
    assert total.ballots["contest"].tolist() == ["Contest"]
    assert steps(total) == []


def test_two_halves_of_a_town_are_not_added_by_name_but_by_nuance():
    town = {"commune": "Versailles", "commune_code": "78646"}
    returns = returns_of(
        unit({"Ann": candidate(1, "REM")}, contest="78-1", unit="1", **town),
        unit({"Ann": candidate(2, "REM")}, contest="78-1", unit="2", commune="Viroflay", commune_code="78686"),
        unit({"Bob": candidate(4, "REM")}, contest="78-2", unit="3", **town),
    )
    total = tally(returns, "commune")
    assert total.ballots["contest"].tolist() == ["78-1", "78-1", "78-2"]
    assert [votes_of(total, row) for row in range(3)] == [{"Ann": 1}, {"Ann": 2}, {"Bob": 4}]
    total = tally(returns, ("commune", "nuance"))
    assert [votes_of(total, row) for row in range(2)] == [{"REM": 1 + 4}, {"REM": 2}]


def test_places_that_hold_whole_contests_are_wider_than_these():
    # Municipal elections: the communes are the contests, two of them in one canton.
    places = [("Andrésy", "Conflans"), ("Conflans", "Conflans"), ("Poissy", "Poissy")]
    returns = returns_of(
        *(
            unit({f"List of {town}": candidate(2, "LDVG")}, contest=town, unit=town, canton=canton)
            for town, canton in places
        )
    )
    total = tally(returns, "canton")
    assert total.ballots["unit"].tolist() == ["Conflans", "Poissy"]
    assert [votes_of(total, row) for row in range(2)] == [{"LDVG": 4}, {"LDVG": 2}]


def test_votes_of_a_nuance_are_unknown_where_those_of_one_of_its_candidates_are():
    returns = returns_of(
        unit({"Ann": candidate(10, "REM"), "Bob": {"label": "LR"}}, contest="1"),
        unit({"Cid": candidate(8, "REM"), "Dan": candidate(4, "LR")}, contest="2"),
    )
    assert votes_of(tally(returns, "nation")) == {"REM": 18, "LR": None}


def test_a_candidate_missing_in_one_unit_of_the_contest_is_unknown_in_the_nuance_too():
    returns = returns_of(
        unit({"Ann": candidate(10, "REM"), "Bob": candidate(1, "LR")}, contest="1", unit="a"),
        unit({"Ann": candidate(10, "REM")}, contest="1", unit="b"),
        unit({"Dan": candidate(4, "LR")}, contest="2"),
    )
    assert votes_of(tally(returns, "nation")) == {"REM": 20, "LR": None}


def test_without_nuances_only_ballots_are_added_over_contests():
    returns = returns_of(*(unit({name: 1}, contest=name, registered=10) for name in "XY"))
    with pytest.raises(NotHeldError, match="none has one in Vote") as refused:
        tally(returns, "nation")
    assert "2 contests" in str(refused.value)
    assert "--contest" in str(refused.value)
    total = tally(returns, "nation", candidates=False)
    assert total.ballots["registered"].tolist() == [20]
    assert len(total.votes) == 0


def test_what_contests_say_alike_is_kept_of_their_sum():
    def contest(*coverage):
        places = enumerate(coverage)
        units = (unit({"A": candidate(1, "X")}, contest=str(n), coverage=word, date="2017-06-11") for n, word in places)
        return tally(returns_of(*units), "nation").contests.iloc[0]

    assert contest("whole", "whole")["coverage"] == "whole"
    assert contest("whole", "part")["coverage"] == "unknown"
    assert contest("whole", "part")["date"] == "2017-06-11"


def test_adding_up_twice_is_adding_up_once():
    for by in ("commune", "departement", "nation"):
        once = tally(legislative(commune="X"), by)
        twice = tally(once, by)
        pd.testing.assert_frame_equal(twice.ballots, once.ballots)
        pd.testing.assert_frame_equal(twice.votes, once.votes)
