"""Cells of a table of two ways in: people read grids, where they fit and all cells are there."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.arrangement import arrange
from primaire.messages import msg
from primaire.render.document import document
from primaire.render.language import Language
from primaire.render.terminal import text
from primaire.table import Column, Crossed, Section, Table, View

COLUMNS = (
    Column("before", "before", "text"),
    Column("after", "after", "text"),
    Column("share", "share", "share", decimals=1),
    Column("low", "interval", "share", upper="high", missing=None),
    Column("high", "high", "share", place="hidden"),
    Column("votes", "votes", "count"),
    Column("size", "size", "count", place="hidden"),
    Column("total", "total", "count", place="hidden"),
)
CROSSED = Crossed(
    "before",
    "after",
    "size",
    "electors",
    (View("of 100 of", "share", "low"), View("of", "votes", None, 0, msg("Votes"), "total")),
)
CELLS = [
    ("Red", "Blue", 25.0, 20.4, 30.6, 1000, 4000, 1500),
    ("Red", "None", 75.0, None, None, 3000, 4000, 3500),
    ("Green", "Blue", 50.0, 40.0, 60.0, 500, 1000, 1500),
    ("Green", "None", 50.0, 40.0, 60.0, 500, 1000, 3500),
]


def table(rows=CELLS):
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    section = Section(msg("Title"), 0, len(frame), msg("subtitle"), msg("Lead."), (msg("Note."),))
    return Table("crossed", msg("All"), frame, COLUMNS, (section,), crossed=CROSSED)


def test_a_section_is_a_grid_for_each_view():
    first, second = document(table(), Language("en")).parts
    assert (first.title, first.subtitle, first.lead, first.notes) == ("Title", "subtitle", "Lead.", ())
    assert first.body.headings == ("of 100 of", "electors", "Blue", "None")
    assert first.body.rows == (
        ("Red", "4,000", "25\xa0(20–31)", "75"),
        ("Green", "1,000", "50\xa0(40–60)", "50\xa0(40–60)"),
    )
    assert (second.title, second.lead, second.notes) == ("Votes", "", ("Note.",))
    assert second.body.rows == (
        ("Red", "4,000", "1,000", "3,000"),
        ("Green", "1,000", "500", "500"),
        ("all", "", "1,500", "3,500"),
    )


def test_lines_are_sorted_by_what_is_behind_their_texts_but_for_a_total_which_is_no_line():
    first, second = document(table(), Language("fr")).parts
    assert first.body.keys == (("Red", 4000, 25.0, 75.0), ("Green", 1000, 50.0, 50.0))
    assert second.body.keys == ()


@pytest.mark.parametrize("asked", [{"top": 3}, {"sort": "votes"}])
def test_rows_that_are_not_all_cells_in_order_are_a_list(asked):
    (part,) = document(arrange(table(), **asked), Language("en")).parts
    assert part.body.headings == ("before", "after", "share", "interval", "votes")


def test_no_rows_are_no_grid():
    (part,) = document(table([]), Language("en")).parts
    assert part.notes == ("No rows.", "Note.")


def test_a_terminal_too_narrow_for_the_grid_shows_the_list():
    assert "of 100 of" in text(table(), Language("en"), width=60)
    narrow = text(table(), Language("en"), width=30)
    assert "of 100 of" not in narrow
    assert "before" in narrow
    assert max(map(len, narrow.splitlines())) <= 30
