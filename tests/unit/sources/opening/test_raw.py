"""Text files before anybody knows what they mean: encoding, separator, quotes, lines; and sheets made alike."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from primaire.errors import SourceError
from primaire.messages import msg
from primaire.sources.opening.content import Content
from primaire.sources.opening.raw import HEAD, raw_of_sheet, raw_of_text
from primaire.sources.opening.scan import stretches, text_of
from primaire.sources.opening.sheet import Sheet

TOWN = (
    "Commune;Inscrits;Votants;Nom;Voix\nMézières-lès-Forêt;100;80;FRANÇOIS Zoé;40\nSainte-Thérèse;90;70;HAÜY Noël;30\n"
)


def content(data: str | bytes) -> Content:
    return Content("a.csv", "a", data.encode() if isinstance(data, str) else data)


def rows_of(raw) -> list[list[str]]:
    """All rows, as the scanner finds them behind the place where the first begins."""
    return [
        [text_of(cells.cell(row, column), raw.encoding) for column in range(int(cells.width[row]))]
        for cells in stretches(raw.data, raw.starts[0], raw.dialect)
        for row in range(cells.size)
    ]


EXPECTED = [line.split(";") for line in TOWN.splitlines()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_reads_alike(encoding, newline):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    raw = raw_of_text(content(marks.get(encoding, b"") + TOWN.replace("\n", newline).encode(encoding)))
    assert raw.head == rows_of(raw) == EXPECTED
    assert raw.encoding == ("utf-8" if encoding.startswith("utf") else encoding)
    assert (raw.separator, raw.lines, raw.written) == (";", [1, 2, 3], True)


@pytest.mark.parametrize(
    "name", ["Besançon", "Évry", "Mâcon", "Orléans", "Nîmes", "Saint-Étienne", "L'Haÿ", "Noël", "Où", "Thônes"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_one_accent_tells_the_old_encodings_of_windows_and_dos_apart(name, encoding):
    raw = raw_of_text(content(f"Commune;Voix\n{name};1\n".encode(encoding)))
    assert raw.head[1][0] == name
    assert raw.encoding == encoding


@pytest.mark.parametrize("name", ["Besançon", "Orléans", "Liberté", "Genève", "Noël", "Nîmes"])
def test_one_accent_tells_the_old_encoding_of_the_macintosh(name):
    assert raw_of_text(content(f"Commune;Voix\n{name};1\n".encode("mac_roman"))).head[1][0] == name


def test_a_letter_far_down_tells_the_encoding():
    text = "Commune;Voix\n" + "Paris;1\n" * 200_000 + "Orléans;2\n"
    assert raw_of_text(content(text)).encoding == "utf-8"
    assert raw_of_text(content(text.encode("cp1252"))).encoding == "cp1252"


def test_an_encoding_that_is_said_is_used_or_refused():
    data = content("Commune;Voix\nÄ;1\n".encode("cp850"))
    assert raw_of_text(data, "cp1252").head[1][0] == "Ž"
    with pytest.raises(SourceError, match="is not text in utf-8: byte 13 cannot be read"):
        raw_of_text(data, "utf-8")
    with pytest.raises(SourceError, match="no encoding “klingon”"):
        raw_of_text(data, "klingon")


# Separators


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_names_columns(mark):
    text = TOWN.replace(";", mark).replace("Sainte-Thérèse", '"Sainte;Thérèse, la | \t"')
    raw = raw_of_text(content(text))
    assert raw.separator == mark
    assert raw.head[0] == EXPECTED[0]


def test_a_title_full_of_another_mark_does_not_matter():
    title = "Résultats, par commune, du premier tour, en 2017, de l'élection,,,,,,,,,\n"
    assert raw_of_text(content(title + TOWN)).separator == ";"


def test_decimal_commas_are_no_separators():
    text = "Commune;Inscrits;% Abs\nA;1;12,50\nB;2;13,50\nC;3;1,1\n"
    assert raw_of_text(content(text)).separator == ";"


def test_a_spreadsheets_own_word_for_the_separator_is_heard_and_left_out():
    raw = raw_of_text(content("sep=|\r\nCommune|Voix\r\nA;B|1\r\n"))
    assert raw.head == rows_of(raw) == [["Commune", "Voix"], ["A;B", "1"]]
    assert (raw.separator, raw.lines) == ("|", [2, 3])
    assert raw.line_at(raw.starts[1]) == 3


def test_a_separator_that_is_said_is_used():
    assert raw_of_text(content(TOWN), separator=",").head[0] == ["Commune;Inscrits;Votants;Nom;Voix"]


# Quotes


def test_quotes_wrap_cells():
    rows = [["Commune", "Voix"], ['L"Été;x', "1"], ["a\nb", "2"], ["c", "3"]]
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    raw = raw_of_text(content(file.getvalue()))
    assert raw.head == rows_of(raw) == rows
    assert raw.lines == [1, 2, 3, 5]
    assert raw.line_at(raw.starts[3]) == 5


def test_quotes_inside_of_words_are_letters():
    text = 'Liste;Voix\nEnsemble "pour tous";1\n5" de plus;2\n'
    raw = raw_of_text(content(text))
    assert not raw.dialect.quoted
    assert rows_of(raw)[1:] == [['Ensemble "pour tous"', "1"], ['5" de plus', "2"]]


def test_a_file_that_is_one_quoted_cell_after_a_mark_of_order():
    raw = raw_of_text(content(b'\xef\xbb\xbf"Commune";"Voix"\n"A";"1"\n'))
    assert rows_of(raw) == [["Commune", "Voix"], ["A", "1"]]


@pytest.mark.parametrize(("text", "line"), [('a;b\n"c;1\nd;2\n', 2), ('a;b\n"c";1\nd;2\n"e;3\n', 4)])
def test_a_quote_that_is_never_closed_is_refused_with_its_line(text, line):
    with pytest.raises(SourceError) as caught:
        raw_of_text(content(text))
    assert [problem.line for problem in caught.value.problems] == [line]


# Places, lines, sizes


def test_lines_are_counted_through_quoted_newlines_and_empty_rows():
    raw = raw_of_text(content('a;b\n\n"c\nd";1\n\ne;2\n'))
    places = np.concatenate([cells.places(np.arange(cells.size)) for cells in stretches(raw.data, 0, raw.dialect)])
    assert [raw.line_at(int(place)) for place in places] == [1, 2, 3, 5, 6]


def test_only_the_first_rows_are_looked_at():
    raw = raw_of_text(content("Commune;Voix\n" + "A;1\n" * 500))
    assert len(raw.head) == len(raw.starts) == len(raw.lines) == HEAD
    assert len(rows_of(raw)) == 501


@pytest.mark.parametrize("text", ["Commune;Voix", "Commune;Voix\n", "x"])
def test_a_single_row_is_a_row(text):
    raw = raw_of_text(content(text))
    assert rows_of(raw) == raw.head == [text.strip().split(raw.separator)]


@pytest.mark.parametrize("data", [b"a;b\n\x00;1\n", b"\x00\x01\x02"])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(SourceError, match="is not text"):
        raw_of_text(content(data))


# Sheets


def test_a_sheet_becomes_the_same_kind_of_table():
    rows = [["Commune", "Voix"], ['L"Été; a\nb', "1"], [], ["c"]]
    raw = raw_of_sheet(Sheet(rows, lines=[3, 4, 6, 9], name="Tour 1", remarks=(msg("Odd."),)))
    assert raw.head == rows_of(raw) == [["Commune", "Voix"], ['L"Été; a\nb', "1"], ["", ""], ["c", ""]]
    assert [raw.line_at(start) for start in raw.starts] == raw.lines == [3, 4, 6, 9]
    assert (raw.separator, raw.sheet, raw.written, [str(one) for one in raw.remarks]) == (
        None,
        "Tour 1",
        False,
        ["Odd."],
    )


def test_cells_of_a_sheet_cannot_hold_the_marks_that_part_them():
    raw = raw_of_sheet(Sheet([["a\x1fb", "c\x1ed"]]))
    assert rows_of(raw) == [["a b", "c d"]]


def test_a_sheet_without_rows():
    raw = raw_of_sheet(Sheet([]))
    assert (raw.head, raw.starts, bytes(raw.data)) == ([], [], b"")
