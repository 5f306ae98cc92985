"""Bytes to rows: encodings, separators, and the line on which each row begins."""

from __future__ import annotations

import io
import zipfile

import pytest

from primaire.errors import SourceError
from primaire.sources.opening.content import Content
from primaire.sources.own.text import Row, read_grid

HEADER = ["candidate", "votes", "commune"]
ROWS = [["Éléonore Œuf", "12", "L'Haÿ"], ["Noël", "7", "Conflans"]]


def content(data: bytes) -> Content:
    return Content("a.csv", "a", data)


def written(separator: str = ",", newline: str = "\n") -> str:
    return "".join(f"{separator.join(cells)}{newline}" for cells in [HEADER, *ROWS])


def problem_line(refused: pytest.ExceptionInfo[SourceError]) -> int | None:
    (problem,) = refused.value.problems
    return problem.line


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),  # with its mark, in this machine's order
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_line_ends_are_found(codec, encoding, separator, newline):
    grid = read_grid(content(written(separator, newline).encode(codec)))
    assert (grid.encoding, grid.separator) == (encoding, separator)
    assert grid.header == Row(1, HEADER)
    assert grid.rows == [Row(2, ROWS[0]), Row(3, ROWS[1])]


@pytest.mark.parametrize(("mark", "codec"), [(b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")])
def test_both_orders_of_utf_16_are_read(mark, codec):
    grid = read_grid(content(mark + written(";").encode(codec)))
    assert [row.cells for row in grid.rows] == ROWS


def test_the_separator_is_the_one_that_makes_known_columns():
    """The decimal commas outnumber the semicolons."""
    grid = read_grid(content(b"candidat;pourcentage\nA;35,68\nB, C, D, E;1,2\n"))
    assert grid.separator == ";"
    assert grid.rows[1].cells == ["B, C, D, E", "1,2"]


def test_a_header_of_unknown_columns_is_split_where_it_makes_most_cells():
    assert read_grid(content(b"nom;score;rang\n")).separator == ";"


def test_a_file_of_one_column_is_read():
    assert read_grid(content(b"candidate\nA\n")).rows == [Row(2, ["A"])]


def test_cells_of_the_header_lose_their_blanks():
    assert read_grid(content(b" candidate , votes\nA,1\n")).header.cells == ["candidate", "votes"]


def test_rows_without_text_are_left_out_and_lines_still_count():
    grid = read_grid(content(b"\n,,\ncandidate,votes,\n\nA,1,\n,,\n \t,,\nB,2,\n,,\n"))
    assert grid.header.line == 3
    assert [(row.line, row.cells[0]) for row in grid.rows] == [(5, "A"), (8, "B")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_right_after_a_quoted_line_break(newline):
    lines = ["candidate,votes", '"A', "", 'a",1', "B,2", '"C ""the third""",3']
    grid = read_grid(content(newline.join(lines).encode()))
    assert [row.line for row in grid.rows] == [2, 5, 6]
    assert grid.rows[0].cells[0].split() == ["A", "a"]
    assert grid.rows[2].cells[0] == 'C "the third"'


def test_a_quote_that_is_never_closed_is_refused_where_it_opens():
    with pytest.raises(SourceError) as refused:
        read_grid(content(b'candidate,votes\nA,1\n"B,2\nC,3\nD,4\n'))
    assert problem_line(refused) == 3
    assert "quotation mark" in str(refused.value.remedy)


def test_text_after_a_closing_quote_is_refused():
    with pytest.raises(SourceError) as refused:
        read_grid(content(b'candidate,votes\n"A"a,1\n'))
    assert problem_line(refused) == 2


@pytest.mark.parametrize("where", [b"", b"candidate,votes\n"])
def test_a_cell_of_a_megabyte_is_refused(where):
    with pytest.raises(SourceError) as refused:
        read_grid(content(where + b"a" * 1_000_000))
    assert problem_line(refused) == (2 if where else 1)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "candidate,votes")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped(), "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8), "xls"),
        (b"%PDF-1.7\n%\xe2\xe3\n", "PDF"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"candidate,votes\nA\0,1\n", "binary data"),
        (bytes(range(256)), "binary data"),
    ],
)
def test_what_is_no_text_is_refused_and_named(data, kind):
    with pytest.raises(SourceError) as refused:
        read_grid(content(data))
    assert kind in str(refused.value.seen)
    assert "CSV" in str(refused.value.remedy)


@pytest.mark.parametrize("data", [b"\x81,\x8d\n", b"\xff\xfea", b"\xef\xbb\xbf\x81\n", b"\xff\xfe\x00\xd8"])
def test_bytes_of_no_known_encoding_are_refused(data):
    with pytest.raises(SourceError, match="is not text"):
        read_grid(content(data))


@pytest.mark.parametrize("data", [b",,\n,,\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n;;\n"])
def test_a_text_without_a_word_is_refused(data):
    with pytest.raises(SourceError, match="no row of text"):
        read_grid(content(data))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_line_that_names_the_separator_is_no_header(mark):
    text = f"sep={mark}\ncandidate{mark}votes\nAlice{mark}45\n"
    grid = read_grid(Content("a.csv", "a", text.encode()))
    assert (grid.separator, grid.header.line, grid.header.cells) == (mark, 2, ["candidate", "votes"])
    assert [(row.line, row.cells) for row in grid.rows] == [(3, ["Alice", "45"])]
