"""Table: an answer whose description cannot drift from its frame."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.messages import msg
from primaire.table import Column, Section, Sections, Table

VOTES = Column("votes", "votes", "count")
NAME = Column("candidate", "candidate", "text")


def frame(**columns):
    return pd.DataFrame(columns or {"candidate": ["Hamon", "Valls"], "votes": [842, 611]})


@pytest.mark.parametrize("columns", [(NAME,), (VOTES, NAME), (NAME, VOTES, Column("share", "share", "share"))])
def test_columns_describe_the_frame_exactly_and_in_its_order(columns):
    with pytest.raises(ValueError, match="do not describe"):
        Table("test", msg("Test"), frame(), columns)


def test_a_column_is_found_by_its_name():
    table = Table("test", msg("Test"), frame(), (NAME, VOTES))
    assert table.column("votes") is VOTES
    with pytest.raises(KeyError):
        table.column("share")


def test_without_sections_all_rows_are_one_under_the_title():
    table = Table("test", msg("Test"), frame(), (NAME, VOTES))
    assert len(table) == 2
    assert table.parts() == (Section(msg("Test"), 0, 2),)


def test_sections_are_the_parts_where_there_are_some():
    sections = (Section(msg("one"), 0, 1), Section(msg("two"), 1, 2))
    assert Table("test", msg("Test"), frame(), (NAME, VOTES), sections).parts() == sections


def test_sections_are_made_when_they_are_asked_for():
    made = []

    def make(place, start, stop):
        made.append(place)
        return Section(msg("{n}", n=place), start, stop)

    sections = Sections([2, 2, 5], make)
    table = Table("test", msg("Test"), frame(), (NAME, VOTES), sections)
    assert len(table.parts()) == 3
    assert made == []
    assert [(section.start, section.stop) for section in sections] == [(0, 2), (2, 2), (2, 5)]
    assert sections[-1] == Section(msg("{n}", n=2), 2, 5)
    assert [str(section.title) for section in sections[1:]] == ["1", "2"]
