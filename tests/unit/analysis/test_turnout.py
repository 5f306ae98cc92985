"""Turnout: who came, and what changed from round to round."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.turnout import turnout
from tests.elections import line, percentage, returns_of, said, unit


def test_change_between_rounds_in_voters_and_in_points():
    table = turnout(
        returns_of(unit({"A": 1}, registered=200, voters=100), unit({"A": 1}, round=2, registered=210, voters=126))
    )
    first, second = line(table, round=1), line(table, round=2)
    assert first[["voters_change", "turnout_change"]].isna().all()
    assert second["voters_change"] == 26
    assert second["turnout"] == pytest.approx(percentage(126, 210))
    assert second["turnout_change"] == pytest.approx(60 - 50)


def test_the_change_is_known_where_turnout_is_not():
    table = turnout(returns_of(unit({"A": 1}, voters=1165), unit({"A": 1}, round=2, voters=1473)))
    second = line(table, round=2)
    assert second["voters_change"] == 308
    assert second[["turnout", "turnout_change", "abstention"]].isna().all()


def test_rounds_come_in_order_whatever_the_order_of_the_source():
    table = turnout(
        returns_of(
            unit({"A": 1}, round=3, voters=7), unit({"A": 1}, round=1, voters=10), unit({"A": 1}, round=2, voters=30)
        )
    )
    assert table.frame["round"].tolist() == [1, 2, 3]
    assert table.frame["voters_change"].tolist() == [pd.NA, 20, -23]


def test_places_and_contests_are_compared_with_themselves_only():
    units = [
        unit({"A": 1}, unit=place, contest=contest, round=n, voters=n * size)
        for n in (1, 2)
        for place, contest, size in (("1", "X", 10), ("2", "X", 100), ("1", "Y", 1000))
    ]
    table = turnout(returns_of(*units), by="unit")
    second = table.frame[table.frame["round"] == 2]
    assert second["voters_change"].tolist() == [10, 100, 1000]
    assert len(table.sections) == 3


def test_shares_of_blank_and_null_are_of_voters():
    assert line(turnout(returns_of(unit({"A": 1453}, voters=1473))), round=1)["blank_null_share"] == pytest.approx(
        percentage(20, 1473)
    )


def test_more_voters_than_registered_leave_no_abstention():
    row = line(turnout(returns_of(unit({"A": 1}, registered=10, voters=11))), round=1)
    assert row[["abstention", "abstention_share"]].isna().all()


def test_why_there_is_no_turnout_is_said_once():
    table = turnout(
        returns_of(unit({"A": 1}, electorate="open", voters=5), unit({"A": 1}, round=2, electorate="open", voters=5))
    )
    assert sum("no electoral roll" in sentence for sentence in said(table)) == 1


def test_what_holds_for_one_round_is_said_of_it():
    table = turnout(returns_of(unit({"A": 1}, registered=9), unit({"A": 1}, round=2, registered=9, status="annulled")))
    assert any(sentence.startswith("Round 2") and "Annulled" in sentence for sentence in said(table))


def test_a_change_between_sums_of_different_units_is_said_to_be_one():
    table = turnout(returns_of(unit({"A": 1}, unit="1"), unit({"A": 1}, unit="2"), unit({"A": 1}, unit="1", round=2)))
    assert len(table.sections) == 1
    assert any("number of units differs" in sentence for sentence in said(table))


def test_contests_without_nuances_are_added_up_over_the_nation():
    places = [
        unit({name: 1}, contest=name, registered=10, voters=n, round=n) for name, n in (("X", 1), ("Y", 1), ("X", 2))
    ]
    frame = turnout(returns_of(*places), by="nation").frame
    assert frame[["round", "registered", "voters", "units"]].to_numpy().tolist() == [[1, 20, 2, 2], [2, 10, 2, 1]]
    assert frame["voters_change"].tolist()[1] == 0


def test_rounds_of_a_place_are_the_same_by_code_however_it_is_spelt():
    spelt = ((1, "L'Haÿ", "01001"), (2, "L'HAY", "1001"))
    units = [unit({"A": n}, unit=name, commune=name, commune_code=code, voters=n, round=n) for n, name, code in spelt]
    table = turnout(returns_of(*units), by="commune")
    assert len(table.sections) == 1
    assert table.frame["voters_change"].tolist()[1] == 1


def test_what_changes_are_against_is_said_where_there_are_some():
    said = "against the round before"
    alone = turnout(returns_of(unit({"A": 1}, voters=5), unit({"A": 1}, contest="Other", round=2, voters=5)))
    both = turnout(returns_of(unit({"A": 1}, voters=5), unit({"A": 1}, round=2, voters=6)))
    assert not any(said in str(note) for note in alone.notes)
    assert any(said in str(note) for note in both.notes)
