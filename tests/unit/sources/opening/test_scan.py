"""Cells found in bytes: the same as Python's csv module finds, wherever a stretch ends."""

from __future__ import annotations

import csv
import io
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.sources.opening import scan
from primaire.sources.opening.scan import PADDING, Cells, Dialect, all_texts, stretches, text_of, texts_of

SEMICOLON = Dialect(ord(";"))


def cells_of(text: str | bytes, dialect: Dialect = SEMICOLON) -> Cells:
    """All of a text as one stretch."""
    (found,) = stretches(text.encode() if isinstance(text, str) else text, 0, dialect, 1 << 20)
    return found


def everything(cells: Cells) -> list[int]:
    return list(range(cells.size))


def table_of(parts: list[Cells]) -> list[list[str]]:
    return [
        [text_of(part.cell(row, column), "utf-8") for column in range(int(part.width[row]))]
        for part in parts
        for row in range(part.size)
    ]


def counted(*cells: str) -> tuple[list[int | None], list[int]]:
    """A column's counts, None where not known, and the rows of its odd cells."""
    found = cells_of("".join(f"x;{cell};y\n" for cell in cells))
    counts = found.counts([1], np.arange(found.size))
    values = [
        int(value) if known else None for value, known in zip(counts.values[:, 0], counts.known[:, 0], strict=True)
    ]
    assert not set(counts.odd[:, 1].tolist()) - {0}
    return values, counts.odd[:, 0].tolist()


# Counts


@pytest.mark.parametrize("length", range(1, PADDING + 1))
def test_counts_of_every_length_that_fits_a_word(length):
    smallest, largest = 10 ** (length - 1), 10**length - 1
    digits = int("1234567890"[:length])
    assert counted(str(smallest), str(largest), str(digits)) == ([smallest, largest, digits], [])


@pytest.mark.parametrize("length", range(PADDING + 1, 21))
def test_longer_counts_are_left_to_be_read_one_by_one(length):
    assert counted("7", "1" * length, "8") == ([7, None, 8], [1])


@pytest.mark.parametrize("length", range(1, PADDING + 1))
def test_zeros_in_front_change_nothing(length):
    assert counted("7".zfill(length), "0" * length) == ([7, 0], [])


def test_an_empty_cell_is_unknown_and_not_odd():
    assert counted("", "3", '""') == ([None, 3, None], [])


@pytest.mark.parametrize(
    "cell",
    [
        "-3",
        "+3",
        "1 234",
        "1\u00a0234",
        "1\u202f234",
        "12.0",
        "12,5",
        "NC",
        "n.d.",
        " 5",
        "5 ",
        "/",
        ":",
        "1:",
        "/1",
        "²",
        "１",
        "\xff",
    ],
)
def test_what_is_not_plain_digits_is_odd(cell):
    assert counted("1", cell, "2") == ([1, None, 2], [1])


@given(
    st.lists(
        st.binary(min_size=1, max_size=12).filter(lambda cell: not set(cell) & set(b';\n\r"')), min_size=1, max_size=9
    )
)
def test_a_cell_of_any_bytes_is_a_count_only_if_it_is_digits(cells):
    found = cells_of(b"".join(b"a;" + cell + b";b\n" for cell in cells))
    counts = found.counts([1], np.arange(found.size))
    digits = [len(cell) <= PADDING and all(byte in b"0123456789" for byte in cell) for cell in cells]
    assert counts.known[:, 0].tolist() == digits
    assert [int(value) for value in counts.values[counts.known]] == [
        int(cell) for cell, plain in zip(cells, digits, strict=True) if plain
    ]
    assert counts.odd.tolist() == [[row, 0] for row, plain in enumerate(digits) if not plain]


def test_counts_in_quotes_are_counts():
    assert counted('"12"', "13", '""', '"1 234"') == ([12, 13, None, None], [3])


def test_counts_of_several_columns_and_some_rows():
    cells = cells_of("1;2;3\n4;5;6\n7;8;9\n")
    found = cells.counts([0, 2], np.array([0, 2]))
    assert found.values.tolist() == [[1, 3], [7, 9]]
    assert cells.counts([2, 0], np.array([1])).values.tolist() == [[6, 4]]


def test_counts_of_ragged_rows_that_have_the_column():
    cells = cells_of("1\n1;22\n1;2;333\n4444\n")
    assert cells.width.tolist() == [1, 2, 3, 1]
    assert cells.counts([0], np.arange(4)).values[:, 0].tolist() == [1, 1, 1, 4444]
    assert cells.counts([1], np.array([1, 2])).values[:, 0].tolist() == [22, 2]


# Rows and cells


def test_the_last_row_needs_no_newline():
    for text in ("a;1\nb;2", "a;1\nb;2\n", "a;1\r\nb;2\r\n", "a;1\r\nb;2"):
        assert table_of([cells_of(text)]) == [["a", "1"], ["b", "2"]]
        assert cells_of(text).counts([1], np.arange(2)).values.tolist() == [[1], [2]]


def test_rows_without_text_are_blank():
    assert cells_of('a\n\n;;\n\r\n"";\n ;\n').blank().tolist() == [False, True, True, True, False, False]


def test_an_empty_row_in_crlf_does_not_eat_the_one_before():
    assert table_of([cells_of("a;1\r\n\r\nb;2\r\n")]) == [["a", "1"], [""], ["b", "2"]]


def test_separators_newlines_and_quotes_in_quotes_are_text():
    cells = cells_of('"a;b";1\n"c\nd";2\n"e ""f""";3\n"""";4\n')
    assert table_of([cells]) == [["a;b", "1"], ["c\nd", "2"], ['e "f"', "3"], ['"', "4"]]


def test_a_dialect_without_quotes_takes_them_for_letters():
    cells = cells_of('L"Union;1\nb"c;2\n', Dialect(ord(";"), quoted=False))
    assert table_of([cells]) == [['L"Union', "1"], ['b"c', "2"]]


def test_other_marks_may_part_cells_and_rows():
    cells = cells_of("a\n\x1fb\x1ec\x1f1\r\x1e", Dialect(0x1F, 0x1E, quoted=False))
    assert [[cells.cell(row, at) for at in range(2)] for row in range(2)] == [[b"a\n", b"b"], [b"c", b"1\r"]]


def test_places_are_those_of_the_rows_in_the_file():
    text = b"header\nab;1\n;\ncde;2"
    first, second = list(stretches(text, 7, SEMICOLON, 7))
    assert [first.place(row) for row in everything(first)] == [7, 12]
    assert [second.place(row) for row in everything(second)] == [14]
    assert first.places(np.array([1, 0])).tolist() == [12, 7]


# Words


def words_of(cells: Cells, column: int, through: int | None = None, rows=None) -> list[bytes]:
    found = cells.words(column, through, rows)
    assert len(set(found.cells)) == len(found.cells)
    assert sorted(set(found.places.tolist())) == list(range(len(found.cells)))
    return [found.cells[at] for at in found.places.tolist()]


@given(
    st.lists(st.lists(st.text("ab\u00e9 ", max_size=30), min_size=3, max_size=3), min_size=1, max_size=20),
)
def test_words_are_the_cells_themselves(rows):
    cells = cells_of("".join(";".join(row) + "\n" for row in rows))
    for column in range(3):
        assert words_of(cells, column) == [row[column].encode() for row in rows]
    assert words_of(cells, 1, 2) == [";".join(row[1:]).encode() for row in rows]
    some = np.arange(0, len(rows), 2)
    assert words_of(cells, 1, rows=some) == [rows[row][1].encode() for row in some.tolist()]


def test_words_that_differ_only_behind_the_eighth_or_by_their_length_are_not_one():
    texts = ["12345678", "12345678a", "12345678b", "1234567", "", "1234567812345678", "1234567812345679"]
    assert words_of(cells_of("".join(f"x;{text}\n" for text in texts)), 1) == [text.encode() for text in texts]


def test_texts_whose_mixtures_collide_are_kept_apart(monkeypatch):
    """With a factor of nothing, all cells have one mixture."""
    monkeypatch.setattr(scan, "_MIX", np.uint64(0))
    assert words_of(cells_of("aa;1\nbb;2\naa;3\ncc;4\n"), 0) == [b"aa", b"bb", b"aa", b"cc"]


def test_no_rows_have_no_words():
    assert words_of(cells_of("a;b\n"), 0, rows=np.zeros(0, "int64")) == []


def test_same_tells_the_text_of_columns_that_never_change():
    cells = cells_of("1;LE PEN;Marine;5\n2;LE PEN;Marine;6\n3;LE PEN;Marin;7\n")
    assert cells.same([1], [1], np.arange(3)) == [b"LE PEN"]
    assert cells.same([1], [2], np.arange(2)) == [b"LE PEN;Marine"]
    assert cells.same([1], [2], np.arange(3)) is None
    assert cells.same([0, 1], [0, 1], np.arange(3)) is None
    assert cells.same([1], [1], np.zeros(0, "int64")) is None


def test_same_looks_at_all_of_a_long_text():
    cells = cells_of("LISTE UNION DE LA DROITE;1\nLISTE UNION DE LA GAUCHE;2\n")
    assert cells.same([0], [0], np.arange(2)) is None


@given(st.lists(st.tuples(st.text("ab", max_size=12), st.text("ab", max_size=12)), min_size=1, max_size=4))
def test_same_is_so_where_all_cells_are_one_text(rows):
    cells = cells_of("".join(f"{a};{b}\n" for a, b in rows))
    expected = [f"{a};{b}".encode() for a, b in rows[:1]] if len(set(rows)) == 1 else None
    assert cells.same([0], [1], np.arange(len(rows))) == expected


# Stretches

plain = st.text(st.characters(codec="utf-8", exclude_characters='\0\r"'), max_size=12)
quoted = st.text(st.sampled_from('a;\n",é '), max_size=8)


@given(
    st.lists(st.lists(quoted, min_size=1, max_size=5), min_size=1, max_size=12),
    st.integers(1, 60),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_stretch_the_cells_are_those_of_the_csv_module(rows, size, last, newline):
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator=newline, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    text = file.getvalue()
    text = text if last else text.removesuffix(newline)
    expected = [
        [cell.strip() for cell in row] or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")
    ]
    data = text.encode()
    if data:
        assert table_of(list(stretches(data, 0, SEMICOLON, size))) == expected


@given(
    st.lists(st.lists(st.integers(0, 10**8 - 1), min_size=3, max_size=3), min_size=1, max_size=30), st.integers(1, 80)
)
def test_whatever_the_stretch_the_counts_are_those_written(rows, size):
    data = "".join(";".join(map(str, row)) + "\n" for row in rows).encode()
    parts = list(stretches(data, 0, SEMICOLON, size))
    found = [part.counts([0, 1, 2], np.arange(part.size)).values.tolist() for part in parts]
    assert [row for part in found for row in part] == rows
    places = [part.place(row) for part in parts for row in everything(part)]
    assert [data[place:].split(b";")[0] for place in places] == [str(row[0]).encode() for row in rows]


def test_the_stretch_the_program_uses_is_no_different():
    """A file of several stretches, against the csv module."""
    draw = random.Random(2017)  # noqa: S311  rows, not secrets
    names = ['Saint-"Jean"', "L'Haÿ;Roses", "Ö\nÖ", "Paris", ""]
    rows = [[draw.choice(names), str(draw.randrange(10**6)), str(draw.randrange(100))] for _ in range(60_000)]
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
    data = file.getvalue().encode()
    parts = list(stretches(data, 0, SEMICOLON, 1 << 18))
    assert len(parts) > 3
    assert sum(part.size for part in parts) == len(rows)
    for column in (1, 2):
        values = np.concatenate([part.counts([column], np.arange(part.size)).values[:, 0] for part in parts])
        assert values.tolist() == [int(row[column]) for row in rows]
    assert [text_of(word, "utf-8") for part in parts for word in words_of(part, 0)] == [row[0] for row in rows]


def test_no_bytes_are_no_stretches():
    assert list(stretches(b"", 0, SEMICOLON)) == []
    assert list(stretches(b"a", 1, SEMICOLON)) == []


# Texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b"  a ", "a"),
        (b'"a"', "a"),
        (b'" a "', "a"),
        (b'"a ""b"""', 'a "b"'),
        (b'"', '"'),
        (b'""', ""),
        (b"", ""),
        (b"\xa0a", "\ufffda"),
    ],
)
def test_a_cell_as_text_is_unquoted_and_stripped(cell, text):
    assert text_of(cell, "utf-8") == text
    assert all_texts([b"x", cell, b"y"], "utf-8") == ["x", text, "y"]


def test_texts_with_the_mark_that_joins_them_are_read_one_by_one():
    assert all_texts([b"a\x1eb", b"c"], "utf-8") == [text_of(b"a\x1eb", "utf-8"), "c"]


def test_texts_side_by_side():
    assert texts_of(b'"a;b"; c ;"d ""e"""', SEMICOLON, "utf-8") == ["a;b", "c", 'd "e"']
    assert texts_of(b'a"b;c', Dialect(ord(";"), quoted=False), "utf-8") == ['a"b', "c"]
    assert texts_of("é;ü".encode("cp1252"), SEMICOLON, "cp1252") == ["é", "ü"]
