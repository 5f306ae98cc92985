"""Contests held side by side are not added to each other: their electors are the same people."""

from __future__ import annotations

import pytest

from primaire.overlap import overlapping
from primaire.sources import load
from primaire.sources.own.conversion import to_parquet
from primaire.tally import tally
from tests.elections import returns_of, unit

HERE = {"departement": "Adams", "departement_code": "01"}


def side_by_side():
    """A station votes for a mayor and a clerk; another for the mayor alone."""
    return returns_of(
        unit({"Ann": {"votes": 10, "label": "X"}}, contest="Mayor", unit="a", station="a", registered=30, **HERE),
        unit({"Bob": {"votes": 9, "label": "X"}}, contest="Clerk", unit="a", station="a", registered=30, **HERE),
        unit({"Ann": {"votes": 4, "label": "X"}}, contest="Mayor", unit="b", station="b", registered=20, **HERE),
    )


@pytest.mark.parametrize("by", ["nation", "departement", "nuance", ("departement", "nuance")])
def test_a_unit_in_two_contests_is_not_counted_twice(by):
    total = tally(side_by_side(), by)
    assert total.ballots[["contest", "registered", "units"]].to_numpy().tolist() == [["Mayor", 50, 2], ["Clerk", 30, 1]]
    assert total.votes["votes"].tolist() == [14, 9]


def test_constituencies_do_not_overlap():
    returns = returns_of(
        unit({"Ann": {"votes": 10, "label": "X"}}, contest="1", unit="a", constituency_code="1", commune="a"),
        unit({"Bob": {"votes": 9, "label": "X"}}, contest="2", unit="a", constituency_code="2", commune="a"),
    )
    assert overlapping(returns.ballots) == frozenset()
    assert tally(returns, "nation").votes["votes"].tolist() == [19]


def test_units_without_a_place_may_be_anywhere():
    returns = returns_of(*(unit({"Ann": 1}, contest=name) for name in "XY"))
    assert overlapping(returns.ballots) == frozenset()


@pytest.mark.parametrize("by", ["nation", "departement", "nuance"])
def test_of_a_file_nothing_is_added_before(tmp_path, by):
    """Read for a question by place, a file with two offices gives the registered of its two precincts: 30 + 20."""
    rows = [("North", 30, 10, 9), ("South", 20, 4, 3)]
    text = "county,precinct,office,district,party,candidate,votes\n" + "".join(
        f"Adams,{name},Registered Voters,,,,{registered}\nAdams,{name},Mayor,,X,Ann,{ann}\nAdams,{name},Clerk,,X,Bob,{bob}\n"
        for name, registered, ann, bob in rows
    )
    path = tmp_path / "20201103__ri__general__precinct.csv"
    path.write_text(text, encoding="utf-8")
    total = tally(load(path, by=by), by)
    assert total.ballots[["contest", "registered"]].to_numpy().tolist() == [["Mayor", 50], ["Clerk", 50]]
    assert total.votes["votes"].tolist() == [14, 12]


@pytest.mark.parametrize("by", ["departement", "nuance"])
def test_nor_is_anything_in_primaire_s_own_parquet(tmp_path, by):
    path = tmp_path / "store.parquet"
    path.write_bytes(to_parquet(side_by_side()))
    total = tally(load(path, by=by), by)
    assert total.ballots[["contest", "registered"]].to_numpy().tolist() == [["Mayor", 50], ["Clerk", 30]]
