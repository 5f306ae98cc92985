"""The units that are not the same in two publications, figure by figure."""

from __future__ import annotations

import pandas as pd

from primaire.analysis.revisions import revisions
from tests.elections import line, returns_of, said, unit


def two(before, after, **options):
    return revisions([("evening", returns_of(*before)), ("final", returns_of(*after))], **options)


BEFORE = [unit({"A": 10, "B": 20}, unit="One", voters=31), unit({"A": 1, "B": 2}, unit="Two", voters=4)]
AFTER = [unit({"A": 12, "B": 20}, unit="One", voters=33), unit({"A": 7, "B": 8}, unit="Three", voters=15)]


def test_every_unit_that_differs():
    table = two(BEFORE, AFTER)
    row = line(table, unit="One", candidate="A")
    assert row[["event", "figure", "value_before", "value_after", "change"]].tolist() == ["revised", "votes", 10, 12, 2]
    row = line(table, unit="One", figure="voters")
    assert row[["value_before", "value_after", "change"]].tolist() == [31, 33, 2]
    assert line(table, unit="Three", candidate="B")[["event", "value_after"]].tolist() == ["added", 8]
    assert line(table, unit="Two", candidate="B")[["event", "value_before"]].tolist() == ["gone", 2]
    assert pd.isna(line(table, unit="Two", candidate="B")["change"])


def test_what_is_the_same_is_left_out():
    table = two(BEFORE, AFTER)
    assert table.frame[(table.frame["unit"] == "One") & (table.frame["candidate"] == "B")].empty
    same = two(BEFORE, BEFORE)
    assert len(same) == 0
    assert said(same) == ["Units that changed: none"]


def test_each_event_is_a_section():
    table = two(BEFORE, AFTER)
    assert [str(section.lead) for section in table.sections] == [
        "1 unit was added.",
        "1 unit is gone.",
        "1 unit has other figures.",
    ]
    assert table.sections[-1].stop == len(table)


def test_a_figure_that_was_not_published_before_is_told():
    table = two([unit({"A": 1, "B": None})], [unit({"A": 1, "B": 2})])
    row = line(table, candidate="B")
    assert pd.isna(row["value_before"])
    assert row["value_after"] == 2


def test_units_may_be_added_up():
    places = {"departement": "Nord", "level": "station"}
    before = [unit({"A": 1}, unit="1", **places), unit({"A": 2}, unit="2", **places)]
    after = [unit({"A": 1}, unit="1", **places), unit({"A": 5}, unit="2", **places)]
    table = two(before, after, by="departement")
    assert line(table, candidate="A")[["unit", "value_before", "value_after"]].tolist() == ["Nord", 3, 6]
