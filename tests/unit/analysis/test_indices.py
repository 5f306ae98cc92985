"""Indices of a vote: which are given, of what, over which range, and what is said of them."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from primaire.analysis.indices import indices
from primaire.analysis.swing import swing
from primaire.errors import NameUnknownError, NotHeldError
from tests.elections import line, returns_of, said, unit

LAAKSO = "effective number (Laakso-Taagepera)"
GALLAGHER = "disproportionality (Gallagher, least squares)"
LOOSEMORE = "disproportionality (Loosemore-Hanby)"
PEDERSEN = "volatility (Pedersen)"
SCORE = "nationalisation (Jones-Mainwaring)"
WEIGHTED = "nationalisation, units weighted (Bochsler)"
SYSTEM = "nationalisation of the party system (Jones-Mainwaring)"


def party(votes: int, seats: int | None = None, *, label: str | None = None, elected: bool | None = None):
    told = {"votes": votes, "seats": seats, "label": label, "elected": elected}
    return {name: value for name, value in told.items() if value is not None}


def ends(table, **wanted):
    row = line(table, **wanted)
    return row["value"], row["value_high"]


def test_of_votes_alone():
    table = indices(returns_of(unit({"A": 50, "B": 30, "C": 20})))
    assert table.frame["of"].tolist() == ["valid votes"] * 3
    # 0.25 + 0.09 + 0.04 = 0.38.
    assert ends(table, index=LAAKSO) == pytest.approx((1 / 0.38, 1 / 0.38))
    assert ends(table, index="concentration (Herfindahl-Hirschman)") == pytest.approx((0.38, 0.38))
    row = line(table, index=LAAKSO)
    assert row[["range", "n", "formula", "paper", "value_origin"]].tolist() == [
        "1 … 3",
        3,
        "1 / Σ p²",
        "Laakso and Taagepera 1979",
        "computed",
    ]
    assert any("shared equally by 2.63; 3 stood" in sentence for sentence in said(table))


def test_with_seats():
    table = indices(returns_of(unit({"A": party(50, 6), "B": party(30, 4), "C": party(20, 0)})))
    # Gaps of 10, 10 and 20 points.
    assert ends(table, index=GALLAGHER) == pytest.approx((300**0.5, 300**0.5))
    assert ends(table, index=LOOSEMORE) == (20, 20)
    assert ends(table, index=LAAKSO, of="seats") == pytest.approx((100 / 52, 100 / 52))


def test_what_is_not_listed_makes_a_range_with_both_ends():
    table = indices(returns_of(unit({"A": party(50, 6), "B": party(30, 4)}, valid=100)))
    # The rest of 20 as countless small ones, or as one: 0.34 or 0.38.
    assert ends(table, index=LAAKSO, of="valid votes") == pytest.approx((1 / 0.38, 1 / 0.34))
    # Gaps of 10 and 10 points, or of 20 too.
    assert ends(table, index=GALLAGHER) == pytest.approx((100**0.5, 300**0.5))
    # Wherever the rest is, it has no seat.
    assert ends(table, index=LOOSEMORE) == (20, 20)
    assert line(table, index=LAAKSO, of="valid votes")["range"] == "1 … n"
    assert any("20 of 100 valid votes are for nobody who is listed (20.00%)" in sentence for sentence in said(table))


def test_published_percentages_are_shares_where_votes_are_not_known():
    table = indices(returns_of(unit({"A": "54.83", "B": "43.34", "C": "1.80"}, share_base="valid")))
    assert ends(table, index=LAAKSO)[0] == pytest.approx(1 / (0.5483**2 + 0.4334**2 + 0.018**2), rel=1e-3)


def test_percentages_that_rounding_keeps_from_100_leave_nothing_for_others():
    table = indices(returns_of(unit({"A": "33.33", "B": "33.33", "C": "33.33"}, share_base="valid")))
    # Three roundings of at most 0.005 each may take 0.01 off.
    assert ends(table, index=LAAKSO) == pytest.approx((3, 3))
    assert line(table, index=LAAKSO)["range"] == "1 … 3"


def test_percentages_that_leave_more_than_rounding_do_not_tell_how_many_stood():
    table = indices(returns_of(unit({"A": "54.83", "B": "43.34", "C": "1.80"}, share_base="valid")))
    # 0.03 is left, 0.015 may be rounding. Shown, both ends of the range are 2.05.
    assert line(table, index=LAAKSO)["range"] == "1 … n"
    assert not any("hence the ranges" in sentence for sentence in said(table))


def test_a_range_that_is_shown_is_explained():
    table = indices(returns_of(unit({"A": 50, "B": 30}, valid=100)))
    assert any("hence the ranges" in sentence for sentence in said(table))


def test_one_alone_is_as_concentrated_as_can_be_without_saying():
    assert not any("concentrated as if" in sentence for sentence in said(indices(returns_of(unit({"A": 50})))))


def test_nuances_are_counted_as_such():
    people = {"Ann": party(30, label="L"), "Bob": party(20, label="L"), "Cid": party(50, label="R")}
    table = indices(returns_of(unit(people)), by="nuance")
    assert any("shared equally by 2.00 nuances; there are 2." in sentence for sentence in said(table))


@pytest.mark.parametrize(("votes", "valid"), [({"A": 5, "B": None}, None), ({"A": 0, "B": 0}, 0), ({"A": None}, 9)])
def test_no_votes_that_are_known_give_no_index(votes, valid):
    table = indices(returns_of(unit(votes, valid=valid)))
    assert table.frame["value"].isna().all()
    assert any("Nothing is computed" in sentence for sentence in said(table))


def test_votes_that_are_not_known_are_somewhere_in_the_rest():
    table = indices(
        returns_of(unit({"A": party(50, 6), "B": party(30, 4), "C": {"seats": 0}, "D": {"seats": 0}}, valid=100))
    )
    assert ends(table, index=LAAKSO, of="valid votes") == pytest.approx((1 / 0.38, 1 / 0.34))
    assert ends(table, index=GALLAGHER) == pytest.approx((100**0.5, 300**0.5))
    assert any("not all known: C, D. They share" in sentence for sentence in said(table))


def test_seats_of_a_party_whose_votes_are_not_known_cannot_be_compared():
    table = indices(
        returns_of(unit({"A": party(50, 6), "B": party(30, 3), "C": {"seats": 1}, "D": {"seats": 0}}, valid=100))
    )
    assert pd.isna(line(table, index=GALLAGHER)["value"])
    assert line(table, index=LAAKSO, of="seats")["value"] == pytest.approx(100 / 46)


def test_rae_may_be_smaller_where_unlisted_parties_are_many():
    table = indices(returns_of(unit({"A": party(50, 6), "B": party(30, 4)}, valid=100)))
    # Gaps of 10 and 10 points, and of the rest of 20 as one party, or as 20 of one vote: the smallest above 0.5 %.
    assert ends(table, index="disproportionality (Rae)") == pytest.approx((40 / 22, 40 / 3))


def test_several_votes_each_are_shares_of_all_votes():
    table = indices(returns_of(unit({"A": 50, "B": 30, "C": 20}, valid=40)))
    assert ends(table, index=LAAKSO) == pytest.approx((1 / 0.38, 1 / 0.38))
    assert any("add up to 100, more than the 40 valid ones" in sentence for sentence in said(table))


def test_a_party_with_seats_and_no_votes_leaves_sainte_lague_without_a_value():
    table = indices(returns_of(unit({"A": party(50, 2), "B": party(0, 1)})))
    assert pd.isna(line(table, index="disproportionality (Sainte-Laguë)")["value"])
    assert line(table, index=GALLAGHER)["value"] == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("seats", "why"),
    [
        ((6, None), "Write 0 for none"),
        ((1, 0), "only one seat"),
        ((0, 0), "all 0 in 1 of 1 contests"),
        ((None, None), None),
    ],
)
def test_seats_that_are_not_all_known_or_fewer_than_two_give_no_index_of_seats(seats, why):
    table = indices(returns_of(unit({"A": party(50, seats[0]), "B": party(30, seats[1])})))
    assert set(table.frame["of"]) == {"valid votes"}
    told = [sentence for sentence in said(table) if "seat" in sentence and ": 1 / Σ p²" not in sentence]
    assert len(told) == (why is not None)
    assert all(why in sentence for sentence in told)


def test_seats_of_a_contest_that_is_reported_in_parts_are_not_added():
    parts = [unit({"A": party(50, 6), "B": party(30, 4)}, unit=place) for place in "12"]
    table = indices(returns_of(*parts))
    assert set(table.frame["of"]) == {"valid votes"}
    assert any("reported in several units" in sentence for sentence in said(table))


def constituency(name, votes, *, round=1, elected=None):
    """Candidates called by nuance and constituency, one of whom may be elected."""
    people = {
        f"{nuance} of {name}": party(cast, label=nuance, elected=nuance == elected) for nuance, cast in votes.items()
    }
    return unit(people, contest=name, unit=name, round=round)


FIRST = [
    constituency("X", {"L": 60, "R": 40}, elected="L"),
    constituency("Y", {"L": 30, "R": 45, "C": 25}),
    constituency("Z", {"R": 35, "C": 65}),
]
SECOND = [
    constituency("Y", {"L": 55, "R": 45}, round=2, elected="L"),
    constituency("Z", {"R": 70, "C": 30}, round=2, elected="R"),
]


def test_seats_are_those_elected_in_either_round_against_votes_of_the_first():
    table = indices(returns_of(*FIRST, *SECOND), by="nuance")
    # Votes of round 1: L 90, R 120, C 90 of 300. Seats: L 2, R 1, C 0 of 3.
    share = {"L": Fraction(90, 300), "R": Fraction(120, 300), "C": Fraction(90, 300)}
    won = {"L": Fraction(2, 3), "R": Fraction(1, 3), "C": Fraction(0)}
    value = 100 * float(sum((share[name] - won[name]) ** 2 for name in won) / 2) ** 0.5
    row = line(table, index=GALLAGHER)
    assert (row["round"], row["value"]) == (1, pytest.approx(value))
    assert line(table, index=LAAKSO, of="seats")["value"] == pytest.approx(9 / 5)
    assert any("in any round (3 contests)" in sentence for sentence in said(table))


@pytest.mark.parametrize(
    ("units", "why"), [(FIRST, "1 of 3 contests"), (SECOND, "not here"), ([*FIRST, SECOND[0]], "2 of 3")]
)
def test_a_round_that_is_missing_leaves_seats_unknown_and_says_so(units, why):
    table = indices(returns_of(*units), by="nuance")
    assert not {"seats", "valid votes and seats"} & set(table.frame["of"])
    assert any(why in sentence for sentence in said(table))


def test_seats_given_are_added_up_by_nuance_over_contests():
    towns = [
        unit({"one": party(60, 6, label="L"), "two": party(40, 4, label="R")}, contest="X", unit="X"),
        unit({"three": party(10, 1, label="L"), "four": party(90, 9, label="R")}, contest="Y", unit="Y"),
    ]
    table = indices(returns_of(*towns), by="nuance")
    # L 70 votes and 7 seats, R 130 and 13.
    assert ends(table, index=LOOSEMORE) == (0, 0)
    assert ends(table, index=LAAKSO, of="seats")[0] == pytest.approx(400 / (49 + 169))


def test_volatility_between_rounds_is_that_of_swing():
    votes = returns_of(unit({"A": 50, "B": 30, "C": 20}), unit({"A": 40, "B": 30, "D": 30}, round=2))
    row = line(indices(votes), index=PEDERSEN)
    assert row[["round", "round_before", "election_before", "of"]].tolist() == [2, 1, "Vote", "change in valid votes"]
    assert row["value"] == 30
    assert row["value"] == pytest.approx(swing(votes).frame["pedersen"].iloc[0])


def test_volatility_against_another_vote():
    before, after = (
        returns_of(unit(votes, election=name)) for name, votes in (("1", {"A": 1, "B": 1}), ("2", {"A": 1, "B": 3}))
    )
    table = indices(before, after)
    assert set(table.frame["election"]) == {"2"}
    assert ends(table, index=PEDERSEN) == (25, 25)
    assert line(table, index=PEDERSEN)["election_before"] == "1"
    assert table.column("election_before").place == "body"


def test_rounds_of_one_election_need_no_name_of_it():
    table = indices(returns_of(unit({"A": 1, "B": 1}), unit({"A": 1, "B": 3}, round=2)))
    assert table.column("election_before").place == "hidden"


def test_who_is_in_one_of_two_elections_alone_is_counted():
    before = returns_of(unit({"A": 50, "B": 30, "C": 15, "D": 5}, election="1"))
    after = returns_of(unit({"A": 90, "E": 110}, election="2"))
    # B, C and D had 50 of 100 votes, E has 110 of 200.
    told = "Only before: 3, with 50.00% of valid votes; only after: 1, with 55.00%."
    assert any(told in sentence for sentence in said(indices(before, after)))


def test_volatility_between_different_numbers_of_units_says_so():
    first = [unit({"A": 10, "B": 20}, unit=place, departement="Ain") for place in "12"]
    second = unit({"A": 10, "B": 20}, unit="1", departement="Ain", round=2)
    other = [unit({"A": 10, "B": 20}, unit="3", departement="Var", round=number) for number in (1, 2)]
    alone = indices(returns_of(*first, second))
    assert "The number of units differs: 2 before, 1 after." in said(alone)
    by_place = indices(returns_of(*first, second, *other), by="departement")
    assert "The number of units differs before and after in 1 place: Ain." in said(by_place)


def test_volatility_of_votes_not_listed_is_a_range():
    before, after = unit({"A": 80}, valid=100), unit({"A": 90}, valid=100, round=2)
    # The others may be the same, or quite others: 10 + 10, or 10 + 20 + 10, halved.
    assert ends(indices(returns_of(before, after)), index=PEDERSEN) == (10, 20)


def test_volatility_of_somebody_not_known_on_one_side_is_as_open_as_the_rest():
    before, after = unit({"A": 50, "B": 50}), unit({"A": 60, "B": None}, valid=100, round=2)
    # B and the rest hold 50, then 40: all the same, or all others.
    assert ends(indices(returns_of(before, after)), index=PEDERSEN) == pytest.approx((10, 50))


def test_votes_that_share_nothing_are_refused():
    one, other = (returns_of(unit({name: 1}, election=name, contest=name, unit=name)) for name in "XY")
    with pytest.raises(NotHeldError):
        indices(one, other)


PLACES = {"1": {"A": 10, "B": 90}, "2": {"A": 60, "B": 140}, "3": {"A": 20, "B": 30}}


def test_nationalisation_over_units_and_over_departements():
    units = [unit(votes, unit=place, departement="Ain" if place < "3" else "Var") for place, votes in PLACES.items()]
    over_units, over_places = (indices(returns_of(*units), over=over) for over in ("unit", "departement"))
    # Shares of A: 0.1, 0.3, 0.4: (-2·1 + 0·3 + 2·4) / (3·8) = 1/4.
    assert ends(over_units, index=SCORE, candidate="A") == pytest.approx((0.75, 0.75))
    assert line(over_units, index=SCORE, candidate="A")[["n", "range"]].tolist() == [3, "1/3 … 1"]
    # Over Ain 70/300 and Var 20/50: weighted, 1 - (300·70 + 50·(2·70 + 20)) / (350·90).
    assert ends(over_places, index=WEIGHTED, candidate="A")[0] == pytest.approx((300 * 70 + 50 * 160) / (350 * 90))
    # B: 0.6, 0.7, 0.9: (-2·6 + 2·9) / (3·22) = 1/11. A has 90 of 350 votes.
    assert ends(over_units, index=SYSTEM)[0] == pytest.approx((90 * 0.75 + 260 * 10 / 11) / 350)
    assert any("level departement" in sentence for sentence in said(over_places))
    assert any("over the units as they are in the source" in sentence for sentence in said(over_units))
    scored = (line(table, index=SYSTEM)["of"] for table in (over_units, over_places))
    assert list(scored) == ["valid votes by unit", "valid votes by departement"]


def test_a_nuance_has_no_share_where_it_does_not_stand():
    table = indices(returns_of(*FIRST), by="nuance", over="unit")
    # C: 0, 25 and 65 of 100 each: (-2·0 + 0·25 + 2·65) / (3·90) = 13/27.
    assert ends(table, index=SCORE, candidate="C")[0] == pytest.approx(14 / 27)
    assert any("its share is 0" in sentence for sentence in said(table))


def test_of_a_candidate_who_is_not_reported_everywhere_nationalisation_is_not_known():
    units = [unit({"A": 1, "B": 2}, unit="1", valid=3), unit({"A": 3}, unit="2", valid=4)]
    table = indices(returns_of(*units), over="unit")
    # A: 1/3 and 3/4: 1 - (9 - 4) / (2 · (9 + 4)) = 21/26, of 4/7 of the votes; B's score is anything from 0 to 1.
    assert ends(table, index=SCORE, candidate="A")[0] == pytest.approx(21 / 26)
    assert ends(table, index=SYSTEM) == pytest.approx((21 / 26 * 4 / 7, 21 / 26 * 4 / 7 + 3 / 7))
    assert "B" not in table.frame["candidate"].tolist()


@pytest.mark.parametrize(
    ("over", "error"), [("departement", NotHeldError), ("nation", NotHeldError), ("commun", NameUnknownError)]
)
def test_nationalisation_needs_several_places(over, error):
    units = [unit(votes, unit=place, departement="Ain") for place, votes in PLACES.items()]
    with pytest.raises(error):
        indices(returns_of(*units), over=over)


def test_many_places_are_rows_of_one_table_for_each_index():
    units = [unit(votes, unit=place) for place, votes in PLACES.items()]
    table = indices(returns_of(*units), by="unit")
    assert [section.stop - section.start for section in table.sections] == [3, 3, 3]
    assert table.frame["place"].tolist() == ["1", "2", "3"] * 3
    assert table.frame["index"].iloc[:3].unique().tolist() == [LAAKSO]
    assert line(table, index=LAAKSO, unit="1")["value"] == pytest.approx(1 / 0.82)
