"""Rows chosen and put in order: figures stay, and what is left out is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from primaire.arrangement import arrange
from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import msg
from primaire.table import Column, Section, Sections, Spread, Table


@pytest.fixture
def table() -> Table:
    """Two sections: four candidates, then three."""
    frame = pd.DataFrame(
        {
            "rank": pd.array([1, 2, 3, 4, 1, 2, None], dtype="Int64"),
            "candidate": [
                "Benoît Hamon",
                "Manuel Valls",
                "Arnaud Montebourg",
                "Zoé",
                "Manuel Valls",
                "Benoît Hamon",
                "Blanc",
            ],
            "votes": pd.array([40, 30, 30, 5, 9, 8, None], dtype="Int64"),
            "hidden": range(7),
        }
    )
    columns = (
        Column("rank", "#", "count"),
        Column("candidate", "candidate", "text"),
        Column("votes", "votes", "count"),
        Column("hidden", "hidden", "count", place="hidden"),
    )
    sections = (Section(msg("One"), 0, 4, notes=(msg("as before"),)), Section(msg("Two"), 4, 7))
    return Table("results", msg("Results"), frame, columns, sections)


def test_what_rows_are_called_goes_with_them(table):
    named = replace(table, told_as={"candidate": lambda: table.frame["candidate"].str[:3]})
    found = arrange(named, candidates=["valls"])
    assert found.frame["candidate"].tolist() == ["Manuel Valls", "Manuel Valls"]
    assert found.read_as("candidate").tolist() == ["Man", "Man"]


def rows(table: Table) -> list[list[str]]:
    """The candidates of each section."""
    return [table.frame["candidate"].iloc[section.start : section.stop].tolist() for section in table.parts()]


def notes(table: Table) -> list[list[str]]:
    return [[str(note) for note in section.notes] for section in table.parts()]


def test_nothing_asked_for_leaves_all_as_it_was(table):
    arranged = arrange(table)
    pd.testing.assert_frame_equal(arranged.frame, table.frame)
    assert arranged.sections == table.sections


def test_the_first_rows_of_each_section_are_kept_and_it_is_said(table):
    arranged = arrange(table, top=2)
    assert rows(arranged) == [["Benoît Hamon", "Manuel Valls"], ["Manuel Valls", "Benoît Hamon"]]
    assert notes(arranged) == [["2 of 4 rows are shown.", "as before"], ["2 of 3 rows are shown."]]


def test_shapes_go_with_their_rows(table):
    units = np.arange(14).reshape(7, 2)
    arranged = arrange(replace(table, spread=Spread("votes", units, 50)), candidates=["Valls", "Zoé"], sort="candidate")
    assert rows(arranged) == [["Manuel Valls", "Zoé"], ["Manuel Valls"]]
    assert arranged.spread is not None
    # Valls was the second row of seven and the fifth, Zoé the fourth.
    assert arranged.spread.units.tolist() == [[2, 3], [6, 7], [8, 9]]
    assert arranged.spread.upper == 50


def test_a_section_that_is_short_enough_says_nothing(table):
    arranged = arrange(table, top=3)
    assert notes(arranged) == [["3 of 4 rows are shown.", "as before"], []]


def test_numbers_are_sorted_from_the_largest_and_ties_keep_their_order(table):
    arranged = arrange(table, sort="votes")
    assert rows(arranged) == [
        ["Benoît Hamon", "Manuel Valls", "Arnaud Montebourg", "Zoé"],
        ["Manuel Valls", "Benoît Hamon", "Blanc"],
    ]


def test_texts_are_sorted_from_the_first_letter(table):
    assert rows(arrange(table, sort="candidate"))[0] == ["Arnaud Montebourg", "Benoît Hamon", "Manuel Valls", "Zoé"]


def test_ranks_are_sorted_from_the_first_and_missing_ones_last(table):
    assert rows(arrange(table, sort="rank"))[1] == ["Manuel Valls", "Benoît Hamon", "Blanc"]


def test_what_chance_leaves_least_comes_first(table):
    columns = (*table.columns[:3], Column("chance", "chance", "factor", place="hidden"))
    frame = table.frame.rename(columns={"hidden": "chance"}).assign(chance=[0.2, None, 0.1, 0.3, 0.5, 0.4, None])
    arranged = arrange(replace(table, frame=frame, columns=columns), sort="chance")
    assert rows(arranged) == [
        ["Arnaud Montebourg", "Benoît Hamon", "Zoé", "Manuel Valls"],
        ["Benoît Hamon", "Manuel Valls", "Blanc"],
    ]


def test_a_hidden_column_sorts_too(table):
    assert rows(arrange(table, sort="hidden"))[0] == ["Zoé", "Arnaud Montebourg", "Manuel Valls", "Benoît Hamon"]


@pytest.mark.parametrize("name", ["Benoît Hamon", "benoit hamon", "hamon", "BENOIT"])
def test_a_candidate_is_meant_by_name_or_part_of_it(table, name):
    arranged = arrange(table, candidates=[name])
    assert rows(arranged) == [["Benoît Hamon"], ["Benoît Hamon"]]
    assert arranged.frame["votes"].tolist() == [40, 8]
    assert arranged.frame["rank"].tolist() == [1, 2]
    assert notes(arranged) == [["1 of 4 rows are shown.", "as before"], ["1 of 3 rows are shown."]]


def test_a_section_without_the_candidate_is_left_out(table):
    arranged = arrange(table, candidates=["Zoé"])
    assert rows(arranged) == [["Zoé"]]
    assert [str(section.title) for section in arranged.sections] == ["One"]


def test_candidates_order_and_number_go_together(table):
    arranged = arrange(table, candidates=["Valls", "Zoé", "Montebourg"], sort="candidate", top=2)
    assert rows(arranged) == [["Arnaud Montebourg", "Manuel Valls"], ["Manuel Valls"]]
    assert arranged.frame.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "near"),
    [("Hammon", "Hamon"), ("vals", "Valls"), ("Benoit Hammon", "Benoît Hamon"), ("", None), ("qqq", None)],
)
def test_a_candidate_who_is_not_there_is_refused_with_those_who_are(table, name, near):
    with pytest.raises(NotHeldError) as refused:
        arrange(table, candidates=["Valls", name])
    assert f"“{name}”" in str(refused.value.seen)
    assert "Benoît Hamon, Manuel Valls, Arnaud Montebourg, Zoé" in str(refused.value.expected)
    assert (str(refused.value.remedy) if refused.value.remedy else None) == (
        f"Did you mean “{near}”?" if near else None
    )


@pytest.mark.parametrize(("name", "near"), [("vote", "votes"), ("Candidates", "candidate"), ("", None), ("qqq", None)])
def test_a_column_that_does_not_exist_is_refused_with_those_that_do(table, name, near):
    with pytest.raises(NameUnknownError) as refused:
        arrange(table, sort=name)
    assert f"“{name}”" in str(refused.value.seen)
    assert "rank, candidate, votes" in str(refused.value.expected)
    assert (str(refused.value.remedy) if refused.value.remedy else None) == (
        f"Did you mean “{near}”?" if near else None
    )


def test_a_table_without_candidates_has_none_to_choose(table):
    turnout = Table("turnout", msg("Turnout"), table.frame[["votes"]], (Column("votes", "votes", "count"),))
    with pytest.raises(NotHeldError, match="no candidates"):
        arrange(turnout, candidates=["Valls"])


def test_a_table_without_sections_is_one(table):
    flat = Table("results", msg("Results"), table.frame, table.columns)
    arranged = arrange(flat, sort="votes", top=1)
    assert rows(arranged) == [["Benoît Hamon"]]
    assert notes(arranged) == [["1 of 7 rows are shown."]]


def test_an_empty_table_stays_empty(table):
    empty = Table("results", msg("Results"), table.frame.iloc[:0], table.columns, (Section(msg("None"), 0, 0),))
    assert rows(arrange(empty, sort="votes", top=3)) == [[]]


@pytest.mark.parametrize(
    "asked", [{"top": 1}, {"sort": "votes"}, {"candidates": ["Zoé"]}, {"sort": "candidate", "top": 2}]
)
def test_sections_made_when_asked_for_are_arranged_as_others_are(table, asked):
    made = list(table.sections)
    lazy = replace(table, sections=Sections([4, 7], lambda place, _start, _stop: made[place]))
    one, other = arrange(table, **asked), arrange(lazy, **asked)
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert list(one.parts()) == list(other.parts())
