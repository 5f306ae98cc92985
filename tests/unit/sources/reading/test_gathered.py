"""Columns while they are read: words over many stretches, equal texts made one, counts that grow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.sources.opening.scan import Dialect, stretches
from primaire.sources.reading.gathered import Coded, CountColumn, Pile, TextColumn, small

SEMICOLON = Dialect(ord(";"))


def column_of(cells: list[str], size: int = 1 << 20, encoding: str = "utf-8") -> Coded:
    """A column of these cells, read in stretches of about so many bytes."""
    column = TextColumn(encoding)
    data = "".join(f"{cell};x\n" for cell in cells).encode(encoding)
    for part in stretches(data, 0, SEMICOLON, size):
        column.add(part, 0, np.arange(part.size))
    return column.coded()


@given(st.lists(st.text("ab é", max_size=12), max_size=20), st.integers(1, 40))
def test_texts_are_the_cells_without_the_spaces_around_them(cells, size):
    column = column_of(cells, size)
    assert column.texts() == [cell.strip() for cell in cells]
    assert len(set(column.words)) == len(column.words)
    assert "" not in column.words


def test_one_text_however_it_is_written():
    column = column_of(["Ain", '"Ain"', " Ain ", "Aisne", "", '""', "  "], size=8)
    assert column.words == ["Ain", "Aisne"]
    assert column.codes.tolist() == [0, 0, 0, 1, -1, -1, -1]


def test_a_space_that_does_not_break_is_a_space():
    assert column_of(["Ain", "Ain\u00a0", "\u00a0"]).texts() == ["Ain", "Ain", ""]
    assert column_of(["Ain", "Ain\u00a0", "\u00a0"], encoding="cp1252").texts() == ["Ain", "Ain", ""]


def test_letters_whose_bytes_hold_that_of_such_a_space_are_letters():
    assert column_of(["à", "ààà", "Là-bas"]).texts() == ["à", "ààà", "Là-bas"]


def test_quotes_and_newlines_inside_of_quotes():
    assert column_of(['"a ""b"""', '"c\nd"', '"e;f"']).texts() == ['a "b"', "c\nd", "e;f"]


def test_only_empty_cells():
    column = column_of(["", "", ""])
    assert (column.words, column.codes.tolist()) == ([], [-1, -1, -1])


def test_a_column_without_rows():
    assert TextColumn("utf-8").coded().texts() == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_words_in_old_encodings(encoding):
    assert column_of(["Orléans", "Besançon", "Orléans"], encoding=encoding).texts() == [
        "Orléans",
        "Besançon",
        "Orléans",
    ]


def test_short_and_long_words_in_different_stretches_meet():
    cells = ["Ain", "Bourg-en-Bresse", "Ain", "Ain", "Bourg-en-Bresse"]
    for size in range(1, 60):
        column = column_of(cells, size)
        assert column.texts() == cells
        assert column.words == ["Ain", "Bourg-en-Bresse"]


def test_some_rows_of_a_column_and_a_pattern_in_it():
    column = column_of(["Ain", "Total", ""])
    assert column.at(np.array([1, 2])).texts() == ["Total", ""]
    assert column.mentions([b"\ntotal"])
    assert not column.mentions([b"\notal"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["int8", "int16", "int32", "int64"]), st.lists(st.integers(-128, 127))), max_size=8
    )
)
def test_a_pile_is_its_parts_one_after_the_other(parts):
    pile = Pile()
    for kind, numbers in parts:
        pile.add(np.array(numbers, dtype=kind))
    assert pile.taken().tolist() == [number for _, numbers in parts for number in numbers]
    assert pile.taken().tolist() == []


def test_a_pile_grows_beyond_its_first_room_and_into_wider_numbers():
    pile = Pile()
    pile.add(np.full(300_000, 127, dtype="int8"))
    pile.add(np.array([2**40]))
    taken = pile.taken()
    assert (len(taken), int(taken[0]), int(taken[-1])) == (300_001, 127, 2**40)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("largest", [0, 2**15 - 1, 2**15, 2**31 - 1, 2**31, 10**15])
def test_counts_of_any_size_are_kept(narrow, largest):
    column = CountColumn(narrow=narrow)
    column.add(np.array([1, 2]), np.array([True, False]))
    column.add(np.array([largest, 0]), np.array([True, True]))
    figures = column.figures()
    assert figures.values.tolist() == [1, 2, largest, 0]
    assert figures.known.tolist() == [True, False, True, True]


def test_no_counts():
    figures = CountColumn().figures()
    assert (len(figures.values), len(figures.known)) == (0, 0)


def test_places_take_no_more_room_than_they_need():
    assert small(np.array([-1, 2**15 - 1])).dtype == "int16"
    assert small(np.array([2**15])).dtype == "int32"
    assert small(np.array([2**31])).dtype == "int64"
    assert small(np.array([], dtype="int64")).tolist() == []
