"""Units and rolls between two rounds: what is found, and the nearest things that are not."""

from __future__ import annotations

import pytest

from primaire.checks.between_rounds import between_rounds
from tests.elections import returns_of, unit

TWO = {"A": 60, "B": 40}


def station(number, round_, *, commune="01004", registered=1000, **more):
    place = {
        "unit": f"{commune}_{number}",
        "level": "station",
        "departement_code": "01",
        "commune_code": commune,
        "station_code": number,
    }
    return unit(TWO, round=round_, registered=registered, **{**place, **more})


def seen(*units):
    returns = returns_of(*units)
    told = between_rounds(returns).seen
    return [(one.code, one.ballot is not None and str(returns.ballots["unit"].iloc[one.ballot])) for one in told]


def many(number, change=lambda _: 0, registered=lambda _: 1000):
    """Return stations of communes of one station each, in two rounds, with rolls that change."""
    return [
        station("0001", round_, commune=f"01{at:03d}", registered=registered(at) + (change(at) if round_ == 2 else 0))
        for round_ in (1, 2)
        for at in range(1, number + 1)
    ]


def test_a_station_of_the_second_round_only():
    units = [station(number, round_) for round_ in (1, 2) for number in ("0001", "0002")]
    assert seen(*units, station("001A", 2, registered=358)) == [("PRI201", "01004_001A")]


def test_a_station_of_the_first_round_only():
    assert seen(station("0001", 1), station("0002", 1), station("0001", 2)) == [("PRI201", "01004_0002")]


def test_a_lone_station_whose_roll_is_not_published():
    held = returns_of(station("0001", 1), station("0001", 2), station("0002", 2, registered=None))
    (found,) = between_rounds(held).seen
    assert "(registered voters not published)" in str(found.message)


def test_codes_of_two_spellings_are_one_station():
    assert seen(station("1", 1), station("0001", 2)) == []


def test_a_contest_settled_in_the_first_round_is_no_finding():
    settled = station("0002", 1, contest="01-2")
    assert seen(station("0001", 1, contest="01-1"), settled, station("0001", 2, contest="01-1")) == []


def test_stations_and_communes_are_not_held_against_each_other():
    answer = between_rounds(returns_of(station("0001", 1), station("01004", 2, level="commune")))
    assert (answer.applies, answer.seen) == (False, ())


def test_a_contest_given_in_part_may_lack_units():
    units = [station("0001", 1), station("0002", 1), station("0001", 2, coverage="part")]
    assert seen(*units) == []


def test_many_units_are_one_finding():
    units = [
        station(f"{number:04d}", round_) for round_ in (1, 2) for number in range(1, 31) if round_ == 1 or number < 9
    ]
    answer = between_rounds(returns_of(*units))
    assert [one.code for one in answer.seen] == ["PRI201"]
    # 30 stations, of which the second round has 8.
    assert str(answer.seen[0].message).startswith("22 of 30 units are not among those of round 2")


def test_a_single_round_has_nothing_to_compare():
    assert not between_rounds(returns_of(station("0001", 1))).applies


def test_a_roll_that_changes_far_more_than_others():
    # Of 300 rolls of 1,000, all change by 1 (0.1 %), but one by 200: above 6 x 0.1 %, 2 % and 20 voters.
    units = many(300, lambda at: 200 if at == 7 else 1)
    answer = between_rounds(returns_of(*units))
    assert [(one.code, str(one.expected)) for one in answer.seen] == [
        ("PRI202", "99% of 300 units change by at most 0.10%")
    ]
    assert "1,000 registered voters in the round before, 1,200 in this one (20.00% more)" in str(answer.seen[0].message)
    assert "by 200 exactly" in str(answer.seen[0].message)


@pytest.mark.parametrize(
    ("number", "change", "registered"),
    [
        pytest.param(199, 200, 1000, id="too few units"),
        pytest.param(300, 19, 100, id="19 voters of 100"),
        pytest.param(300, 20, 1000, id="2 % exactly"),
    ],
)
def test_near_misses_of_rolls(number, change, registered):
    units = many(number, lambda at: change if at == 7 else 0, lambda at: registered if at == 7 else 1000)
    assert seen(*units) == []


def test_where_most_rolls_move_a_move_is_usual():
    # One in ten rolls changes by 6 %: six times that is more than the 20 % of one.
    assert seen(*many(300, lambda at: 200 if at == 7 else 60 * (at % 10 == 0))) == []


def test_a_boundary_that_moved():
    pair = [
        station(number, round_, commune="69001", registered=1000 + sign * 150 * (round_ == 2))
        for number, sign in (("0001", 1), ("0002", -1))
        for round_ in (1, 2)
    ]
    # 1,000 and 1,000 before, 1,150 and 850 after: nothing was exchanged, and both changes are 15 %.
    messages = [str(one.message) for one in between_rounds(returns_of(*many(300), *pair)).seen]
    assert len(messages) == 2
    assert all("limits may have moved" in message for message in messages)


def test_rolls_exchanged_between_two_stations_whatever_their_number():
    units = [
        station(number, round_, registered=registered)
        for number, round_, registered in (("0001", 1, 227), ("0002", 1, 141), ("0001", 2, 141), ("0002", 2, 227))
    ]
    answer = between_rounds(returns_of(*units))
    assert [one.code for one in answer.seen] == ["PRI202"]
    assert "exchanged with those of 01004_0002: 227 and 141" in str(answer.seen[0].message)


def test_rolls_that_differ_by_two_or_lie_in_two_communes_are_chance():
    by_two = [
        station(number, round_, registered=registered)
        for number, round_, registered in (("0001", 1, 227), ("0002", 1, 225), ("0001", 2, 225), ("0002", 2, 227))
    ]
    apart = [
        station("0001", round_, commune=commune, registered=registered)
        for commune, round_, registered in (("01001", 1, 227), ("01002", 1, 141), ("01001", 2, 141), ("01002", 2, 227))
    ]
    assert seen(*by_two) == seen(*apart) == []


def test_rolls_that_are_not_published_are_no_rolls_of_zero():
    assert seen(*many(300), station("0009", 1, registered=None), station("0009", 2, registered=800)) == []


def test_rounds_of_elections_that_are_named_otherwise_are_not_left_out_in_silence():
    rounds = [
        unit({"Ann Petit": 5, "Bob Roux": 4}, election=name, round=number, unit="Here")
        for number, name in ((1, "first"), (2, "Municipales 2026"))
    ]
    answer = between_rounds(returns_of(*rounds))
    assert (answer.applies, [str(said) for said in answer.said]) == (
        False,
        ["“first” and “Municipales 2026” are taken for two elections; give both one name in a column election."],
    )
