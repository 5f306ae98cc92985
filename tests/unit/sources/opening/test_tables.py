"""The tables of one source, whatever kind of file it is; and what is no table is refused by its name."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import duckdb
import pytest
import xlsxwriter

from primaire.errors import NotHeldError, SourceError
from primaire.sources import Wanted
from primaire.sources.meaning.mapping import Layout
from primaire.sources.opening import tables
from primaire.sources.opening.content import Content, open_contents
from primaire.sources.opening.strangers import refuse_stranger
from primaire.sources.opening.tables import tables_of

if TYPE_CHECKING:
    from primaire.sources.opening.raw import Raw

ROWS = [["Commune", "Voix"], ["Orléans", "12"]]


def of(data: bytes, layout: Layout | None = None) -> list[Raw]:
    return tables_of(Content("a", "a", data), layout, Wanted())


def workbook(*names: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(ROWS):
                sheet.write_row(at, 0, row)
    return file.getvalue()


def test_text_is_one_table():
    (table,) = of("Commune;Voix\nOrléans;12\n".encode())
    assert (table.head, table.written, table.sheet) == (ROWS, True, None)


def test_a_workbook_has_a_table_for_each_sheet():
    found = of(workbook("Tour 1", "Tour 2"))
    assert [(table.sheet, table.head, table.written) for table in found] == [
        ("Tour 1", ROWS, False),
        ("Tour 2", ROWS, False),
    ]


def test_records_of_json_are_rows():
    (table,) = of(json.dumps([{"Commune": "Orléans", "Voix": 12}]).encode())
    assert table.head == ROWS


def test_a_layout_says_how_text_is_written():
    (table,) = of("Commune,Voix\nOrléans,12\n".encode("cp850"), Layout(encoding="cp850", separator=","))
    assert (table.head, table.encoding, table.separator) == (ROWS, "cp850", ",")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><table></table></html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><p>", "a web page (HTML)"),
        (b"<TABLE>", "a web page (HTML)"),
        (b"%PDF-1.4\n\0", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\0", "a picture"),
        (b"GIF89a;", "a picture"),
        (b"SQLite format 3\0", "a database (SQLite)"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "a spreadsheet in the XML of Excel 2003"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(data, kind):
    with pytest.raises(SourceError) as caught:
        of(data)
    assert str(caught.value.seen) == f"“a” is no table of results: it is {kind}."
    assert caught.value.remedy


def is_stranger(data: bytes) -> bool:
    try:
        refuse_stranger(Content("a", "a", data))
    except SourceError:
        return True
    return False


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><Election></Elect", b"<Election><Scrutin/></Election>"])
def test_xml_of_the_ministry_is_not_taken_for_a_page(data):
    assert not is_stranger(data)


@pytest.fixture
def parquet(tmp_path):
    """A Parquet file of two elections, one row each."""
    path = tmp_path / "a.parquet"
    with duckdb.connect() as connection:
        rows = connection.sql("SELECT * FROM (VALUES ('2017_pres_t1', '01001', 5), ('2022_pres_t1', '01001', 7))")
        rows.project("col0 AS id_election, col1 AS code_commune, col2 AS inscrits").to_parquet(str(path))
    return path


@pytest.mark.parametrize(
    ("wanted", "years"),
    [
        (None, ["2017", "2022"]),
        ("Présidentielle 2022", ["2022"]),
        ("2017_pres_t1", ["2017"]),
        ("pres", ["2017", "2022"]),
    ],
)
def test_of_a_parquet_file_of_several_elections_those_meant_are_read(parquet, wanted, years):
    (content,) = open_contents(parquet)
    (table,) = tables_of(content, None, Wanted(election=wanted))
    assert [row[0][:4] for row in table.head[1:]] == years or wanted == "pres"


def test_too_many_rows_of_several_elections_are_refused_with_their_names(parquet, monkeypatch):
    monkeypatch.setattr(tables, "_MOST_ROWS", 1)
    (content,) = open_contents(parquet)
    with pytest.raises(NotHeldError) as caught:
        tables_of(content, None, Wanted())
    assert "2017_pres_t1, 2022_pres_t1" in str(caught.value)
    assert "--election" in str(caught.value)
