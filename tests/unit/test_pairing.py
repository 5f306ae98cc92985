"""Which ballots are set against which, and when that is not clear."""

from __future__ import annotations

import pytest

from primaire.captions import captions
from primaire.errors import NotHeldError
from primaire.pairing import consecutive, counterparts, loneliness, opposite, series, share_units
from primaire.tally import tally
from tests.elections import returns_of, unit


def told(pairs):
    return [pairs.captions(place) for place in range(len(pairs))]


def rounds(pairs):
    return [(one.round, other.round) for one, other in told(pairs)]


def units(pairs):
    return [(one.unit, other.unit) for one, other in told(pairs)]


def test_each_round_is_paired_with_the_next_whatever_their_order():
    returns = returns_of(unit({"A": 1}, round=3), unit({"A": 1}), unit({"A": 1}, round=2))
    assert rounds(consecutive(returns)) == [(1, 2), (2, 3)]


def test_a_single_round_has_no_pair():
    votes = returns_of(unit({"A": 1}), unit({"A": 1}, contest="Other"), unit({"A": 1}, unit="There"))
    pairs = consecutive(votes)
    assert len(pairs) == 0
    assert [(caption.contest, caption.unit) for caption in pairs.alone] == [
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
    for level in ("contest", "unit"):
        pairs = consecutive(returns, level)
        assert len(pairs) == 4
        assert all((one.contest, one.unit) == (other.contest, other.unit) for one, other in told(pairs))


def test_a_contest_added_up_is_one_place_even_where_a_round_has_one_unit():
    stations = returns_of(unit({"A": 1}, unit="1"), unit({"A": 1}, unit="2"), unit({"A": 1}, unit="1", round=2))
    assert rounds(consecutive(tally(stations))) == [(1, 2)]
    assert units(consecutive(tally(stations, "unit"), "unit")) == [("1", "1")]


def test_different_places_are_no_rounds_of_one():
    assert len(consecutive(returns_of(unit({"A": 1}, unit="1"), unit({"A": 1}, unit="2", round=2)))) == 0


def test_a_round_that_only_some_have_leaves_the_others_alone():
    returns = returns_of(unit({"A": 1}, contest="X"), unit({"A": 1}, contest="Y"), unit({"A": 1}, contest="Y", round=2))
    pairs = consecutive(returns)
    assert [one.contest for one, _ in told(pairs)] == ["Y"]
    assert [caption.contest for caption in pairs.alone] == ["X"]
    assert pairs.lone_left.tolist() == [0]
    assert pairs.lone_right.tolist() == []


def test_series_come_as_they_appear_and_rounds_in_their_order():
    returns = returns_of(unit({"A": 1}, contest="Y", round=2), unit({"A": 1}, contest="X"), unit({"A": 1}, contest="Y"))
    order, number = series(returns, "contest")
    assert order.tolist() == [2, 0, 1]
    assert number.tolist() == [0, 0, 1]


def test_two_votes_alone_are_paired_whatever_they_are():
    one, other = returns_of(unit({"A": 1}, election="2012")), returns_of(unit({"A": 1}, election="2017", unit="There"))
    assert rounds(opposite(one, other)) == [(1, 1)]


def test_contests_of_two_data_sets_are_paired_by_name_and_place():
    before = returns_of(unit({"A": 1}, contest="Paris"), unit({"A": 1}, contest="Yvelines"))
    after = returns_of(unit({"A": 1}, contest="YVELINES"), unit({"A": 1}, contest="Lyon"))
    pairs = opposite(before, after)
    assert [(one.contest, other.contest) for one, other in told(pairs)] == [("Yvelines", "YVELINES")]
    assert [caption.contest for caption in pairs.alone] == ["Paris", "Lyon"]


def test_numbered_contests_are_paired_by_their_numbers():
    before = returns_of(unit({"A": 1}, contest="01-2"), unit({"A": 1}, contest="ZA-1"))
    after = returns_of(unit({"A": 1}, contest="971-01"), unit({"A": 1}, contest="1-2"))
    assert [(one.contest, other.contest) for one, other in told(opposite(before, after))] == [
        ("01-2", "1-2"),
        ("ZA-1", "971-01"),
    ]


def test_it_must_be_clear_which_round_is_meant():
    two_rounds = returns_of(unit({"A": 1}), unit({"A": 1}, round=2))
    with pytest.raises(NotHeldError, match="Several rounds"):
        opposite(two_rounds, returns_of(unit({"A": 1})))
    with pytest.raises(NotHeldError, match="Several rounds"):
        opposite(returns_of(unit({"A": 1})), two_rounds)


def test_contests_that_share_nothing_are_no_pairs():
    one, other = ([unit({"A": 1}, contest=name) for name in names] for names in (("X", "Y"), ("Z", "W")))
    assert len(opposite(returns_of(*one), returns_of(*other))) == 0


def communes(*codes, **more):
    """One unit for each commune code, named by the departement and code with another spelling each time."""
    return returns_of(
        *(unit({"A": 1}, unit=f"unit {code}", commune=f"Name {code}", commune_code=code, **more) for code in codes)
    )


def met(before, after, level="commune"):
    pairs = opposite(tally(before, level), tally(after, level), level)
    left, right = pairs.left.ballots["commune_code"], pairs.right.ballots["commune_code"]
    return [(left.iloc[one], right.iloc[other]) for one, other in zip(pairs.one, pairs.other, strict=True)]


def test_places_are_paired_by_their_codes_whatever_they_are_called():
    before = communes("01001", "78172", "ZD411", "ZM511", "2A004", "99999", election="2012", contest="2012")
    after = communes("1001", "78172", "97411", "97611", "20004", election="2017", contest="2017")
    assert met(before, after) == [
        ("01001", "1001"),
        ("78172", "78172"),
        ("ZD411", "97411"),
        ("ZM511", "97611"),
        ("2A004", "20004"),
    ]


def test_codes_within_a_departement_are_paired_with_whole_ones():
    before = communes("172", departement_code="78")
    assert met(before, communes("78172", "01172")) == [("172", "78172")]


def test_without_codes_on_one_side_places_are_paired_by_name_within_their_departement():
    before = returns_of(
        *(unit({"A": 1}, unit=wider, commune="Saint-Denis", departement_code=wider) for wider in ("93", "974"))
    )
    after = returns_of(
        unit({"A": 1}, unit="1", commune="SAINT DENIS", commune_code="93066", departement_code="93"),
        unit({"A": 1}, unit="2", commune="Saint-Denis", commune_code="97411", departement_code="ZD"),
    )
    pairs = opposite(tally(before, "commune"), tally(after, "commune"), "commune")
    assert [right.unit for _, right in told(pairs)] == ["SAINT DENIS", "Saint-Denis"]
    assert [left.within for left, _ in told(pairs)] == [("Saint-Denis",), ("Saint-Denis",)]


def stations(*numbers, **more):
    return returns_of(
        *(
            unit({"A": 1}, unit=f"{town} {station}", level="station", commune_code=town, station_code=station, **more)
            for town, station in numbers
        )
    )


def test_stations_are_paired_by_commune_and_number():
    before = stations(("01001", "1"), ("01001", "2"), ("78172", "1"))
    after = stations(("1001", "0002"), ("78172", "0001"), ("78172", "0003"), election="Next", contest="Next")
    for level in ("unit", "station"):
        pairs = opposite(tally(before, level), tally(after, level), level)
        assert units(pairs) == [("01001 2", "1001 0002"), ("78172 1", "78172 0001")]
        assert [caption.unit for caption in pairs.alone] == ["01001 1", "78172 0003"]


def test_a_town_in_two_constituencies_is_left_aside_and_the_others_are_paired():
    before = communes("78646", "78172", election="President", contest="President")
    after = returns_of(
        *(
            unit({name: 1}, unit=name, contest=contest, commune=code, commune_code=code)
            for name, contest, code in (("A", "78-1", "78646"), ("B", "78-2", "78646"), ("C", "78-2", "78172"))
        )
    )
    assert met(before, after) == [("78172", "78172")]


def test_counterparts_are_of_the_same_round_whatever_the_place():
    here = returns_of(
        unit({"A": 1}, unit="Conflans"), unit({"A": 1}, unit="Conflans", round=2), unit({"A": 1}, contest="Other")
    )
    there = returns_of(unit({"A": 1}, unit="France", round=2), unit({"A": 1}, unit="France", contest="CONTEST"))
    pairs = counterparts(here, there)
    assert rounds(pairs) == [(1, 1), (2, 2)]
    assert [caption.contest for caption in pairs.alone] == ["Other"]


def test_two_places_alone_are_counterparts_whatever_their_sources_call_the_election():
    here, there = (
        returns_of(unit({"A": 1}, election="Primaire de 2017")),
        returns_of(unit({"A": 1}, election="primaire_2017")),
    )
    assert rounds(counterparts(here, there)) == [(1, 1)]


def test_two_different_rounds_are_no_counterparts():
    here, there = returns_of(unit({"A": 1}, unit="Conflans")), returns_of(unit({"A": 1}, unit="France", round=2))
    pairs = counterparts(here, there)
    assert len(pairs) == 0
    assert [caption.unit for caption in pairs.alone] == ["Conflans"]


def test_several_places_are_no_clear_counterpart():
    here = returns_of(unit({"A": 1}), unit({"A": 1}, round=2))
    with pytest.raises(NotHeldError, match="Several places"):
        counterparts(here, returns_of(unit({"A": 1}, unit="X"), unit({"A": 1}, unit="Y")))


def test_each_place_is_held_against_the_one_it_lies_in():
    here = communes("78172", "78015", "01001")
    here = returns_of(
        *(
            unit({"A": 1}, unit=code, commune=code, commune_code=code, departement_code=code[:2])
            for code in ("78172", "78015", "01001", "99001")
        )
    )
    there = returns_of(*(unit({"A": 1}, unit=code, departement_code=code) for code in ("1", "78")))
    pairs = counterparts(tally(here, "commune"), tally(there, "departement"), "departement")
    assert units(pairs) == [("78172", "78"), ("78015", "78"), ("01001", "1")]
    assert [caption.unit for caption in pairs.alone] == ["99001"]


def test_units_are_shared_where_one_has_the_same_code():
    assert share_units(stations(("01001", "1")), stations(("1001", "0001"), ("2", "2")))
    assert not share_units(stations(("01001", "1")), stations(("01001", "2")))


def test_what_has_no_counterpart_is_counted_with_its_registered_voters():
    before = communes(*(f"780{n:02}" for n in range(20)), "78172", registered=10)
    after = communes("78172", "78999", registered=7)
    pairs = opposite(tally(before, "commune"), tally(after, "commune"), "commune")
    first, second = map(str, loneliness(pairs, "commune"))
    assert first.startswith("20 communes of the first vote (200 registered)")
    assert first.endswith("Name 78011, … (8 more).")  # twelve of twenty are named
    assert second == "1 commune of the second vote (7 registered) without a counterpart in the first: Name 78999."


def test_registered_voters_that_are_not_known_are_not_counted():
    pairs = opposite(tally(communes("1", "2"), "commune"), tally(communes("2"), "commune"), "commune")
    (note,) = map(str, loneliness(pairs, "commune"))
    assert "registered voters not published" in note
