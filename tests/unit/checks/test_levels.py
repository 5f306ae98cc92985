"""Places against the places within them: 100 + 200 = 300 registered, 60 + 120 = 180 voters, 58 + 116 = 174 valid."""

from __future__ import annotations

import pytest

from primaire.checks.levels import levels
from tests.elections import returns_of, unit

WHOLE = {"registered": 300, "voters": 180, "valid": 174}


def departement(votes=174, **counts):
    place = {"level": "departement", "departement_code": "01", "unit": "Ain"}
    return unit({"Ann": votes}, **place, **{**WHOLE, **counts})


def commune(code, registered, voters, valid, **more):
    place = {"level": "commune", "departement_code": "01", "commune_code": code, "unit": code}
    return unit({"Ann": valid}, registered=registered, voters=voters, valid=valid, **place, **more)


BOTH = [commune("01001", 100, 60, 58), commune("01002", 200, 120, 116)]


def seen(*units):
    answer = levels(returns_of(*units))
    assert {one.code for one in answer.seen} <= {"PRI134"}
    return [str(one.message) for one in answer.seen]


def test_parts_that_make_the_whole_are_no_finding():
    assert seen(departement(), *BOTH) == []


@pytest.mark.parametrize("valid", [173, 175])
def test_where_one_count_adds_up_all_must(valid):
    assert seen(departement(valid=valid), *BOTH) == [
        f"{valid} valid votes, but the units of the level commune within add up to 174"
    ]


def test_votes_of_a_candidate_must_add_up_too():
    assert seen(departement(votes=170), *BOTH) == [
        "Ann has 170 votes there, but the units within the place add up to 174"
    ]


def test_some_of_the_parts_are_less_than_the_whole():
    assert seen(departement(), BOTH[0]) == []


def test_some_of_the_parts_are_never_more_than_the_whole():
    assert seen(departement(registered=99), BOTH[0]) == [
        "99 registered voters, but the units of the level commune within add up to 100"
    ]


def test_parts_that_are_said_to_be_all_must_make_the_whole():
    assert seen(departement(), commune("01001", 100, 60, 58, coverage="whole")) == [
        "300 registered voters, but the units of the level commune within add up to 100",
        "180 voters, but the units of the level commune within add up to 60",
        "174 valid votes, but the units of the level commune within add up to 58",
        "Ann has 174 votes there, but the units within the place add up to 58",
    ]


def test_a_part_whose_count_is_not_known_leaves_that_count_open():
    assert seen(departement(voters=5), BOTH[0], commune("01002", 200, None, 116)) == []


def test_another_place_another_round_and_another_election_are_not_compared():
    other = unit({"Ann": 9}, level="departement", departement_code="02", unit="Aisne", registered=10, valid=9)
    second = departement(registered=9, round=2)
    elsewhere = departement(registered=9, election="Other")
    assert seen(departement(), other, second, elsewhere, *BOTH) == []


def test_one_level_alone_is_not_applicable():
    answer = levels(returns_of(*BOTH))
    assert (answer.seen, answer.applies) == ((), False)
    assert str(answer.said[0]) == "the units are all of one level."


NAMED_OTHERWISE = (
    "“dep” and “Présidentielle 2017” are taken for two elections; give both one name in a column election."
)


def of_election(name, records):
    """Return records under the name of an election, with a second candidate: two names may be shared by chance less often."""
    return [
        {**record, "election": name, "candidate": who} for record in records for who in (record["candidate"], "Bob")
    ]


def test_what_two_names_of_an_election_keep_apart_is_said():
    answer = levels(
        returns_of(of_election("dep", departement()), *(of_election("Présidentielle 2017", one) for one in BOTH))
    )
    assert (answer.applies, [str(said) for said in answer.said]) == (False, [NAMED_OTHERWISE])


@pytest.mark.parametrize("other", ["Présidentielle 2022", "Législatives 2017"])
def test_elections_of_two_years_or_kinds_are_two(other):
    answer = levels(
        returns_of(of_election(other, departement()), *(of_election("Présidentielle 2017", one) for one in BOTH))
    )
    assert not any("taken for two" in str(said) for said in answer.said)


def test_elections_of_other_candidates_are_two():
    others = [{**record, "candidate": f"{record['candidate']} B."} for record in of_election("dep", departement())]
    answer = levels(returns_of(others, *(of_election("Présidentielle 2017", one) for one in BOTH)))
    assert not any("taken for two" in str(said) for said in answer.said)
