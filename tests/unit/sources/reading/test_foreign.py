"""Tables of others as a whole: recognised or not, which sheet, and the account of how they were read."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from primaire.arrays import listed
from primaire.errors import SourceError
from primaire.sources import load
from primaire.sources.reading import foreign

if TYPE_CHECKING:
    from primaire.provenance import SourceFile

HEADER = [
    "Code de la commune",
    "Libellé de la commune",
    "Inscrits",
    "Votants",
    "% Vot/Ins",
    "Exprimés",
    "Nom",
    "Voix",
    "Nota",
]
ROWS = [
    ["01001", "Bourg", "4", "2", "50,00", "2", "A", "2", "x"],
    ["01002", "Vaux", "4", "1", "25,00", "1", "A", "1", ""],
]


@pytest.fixture
def account(tmp_path):
    def read(data: bytes, name: str = "a.csv", **options) -> SourceFile:
        (tmp_path / name).write_bytes(data)
        (file,) = load(tmp_path / name, **options).provenance.files
        return file

    return read


def text(rows: list[list[str]] = ROWS, separator: str = ";", encoding: str = "utf-8", above: str = "") -> bytes:
    return (above + "".join(separator.join(row) + "\n" for row in [HEADER, *rows])).encode(encoding)


def workbook(**sheets: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(at, column, int(cell) if cell.isdigit() and cell[0] != "0" else cell)
    return file.getvalue()


def test_how_a_text_was_read_is_told(account, tmp_path):
    file = account(text(separator="\t", encoding="cp1252", above="Résultats\n\n"))
    assert (file.reader, file.encoding, file.separator, file.decimal_mark) == ("header", "cp1252", "\t", ",")
    assert (file.header, file.rows, file.packing, file.sheet) == (3, 2, None, None)
    assert file.size == (tmp_path / "a.csv").stat().st_size
    assert "Columns that are not read: Nota." in map(str, file.remarks)


def test_how_a_packed_text_was_read_is_told(account):
    data = gzip.compress(text())
    file = account(data, "a.csv.gz")
    assert (file.packing, file.size, file.rows) == ("gzip", len(data), 2)


def test_how_a_workbook_was_read_is_told(account):
    file = account(workbook(Communes=[["Résultats"], HEADER, *ROWS]), "a.xlsx")
    assert (file.encoding, file.separator, file.sheet, file.header, file.rows) == (None, None, "Communes", 2, 2)


def test_percentages_of_a_large_file_are_compared_when_that_is_asked_for(account, monkeypatch):
    monkeypatch.setattr(foreign, "COMPARED_UP_TO", 10)
    wrong = [[*ROWS[0][:4], "60,00", *ROWS[0][5:]], ROWS[1]]
    quick, thorough = account(text(wrong)), account(text(wrong), printed=True)
    assert quick.found == ()
    assert any("Printed percentages are not compared" in str(remark) for remark in quick.remarks)
    assert [one.code for one in thorough.found] == ["PRI132"]


def test_of_several_sheets_the_finest_that_covers_all_is_read(tmp_path):
    nation = [["Libellé", *HEADER[2:4], *HEADER[5:8]], ["France", "8", "3", "3", "A", "3"]]
    some = [HEADER, ROWS[0]]
    (tmp_path / "a.xlsx").write_bytes(
        workbook(France=nation, Communes=[HEADER, *ROWS], Extrait=some, Notes=[["Bonjour"]])
    )
    returns = load(tmp_path / "a.xlsx")
    (file,) = returns.provenance.files
    assert file.sheet == "Communes"
    assert listed(returns.ballots["commune_code"]) == ["01001", "01002"]
    assert "Of the sheets, Communes is read" in str(file.remarks[0])
    assert load(tmp_path / "a.xlsx", sheet="Extrait").provenance.files[0].sheet == "Extrait"


def test_a_sheet_is_chosen_by_a_part_of_its_name_that_only_it_has(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook(**{"Tour 1": [HEADER, *ROWS], "Tour 2": [HEADER, ROWS[0]]}))
    assert load(tmp_path / "a.xlsx", sheet="tour 2").provenance.files[0].sheet == "Tour 2"
    with pytest.raises(SourceError, match="has no sheet “Tours”"):
        load(tmp_path / "a.xlsx", sheet="Tours")


def test_units_without_any_candidate_are_found_where_others_have_some(account):
    file = account(text([ROWS[0], [*ROWS[1][:6], "", "", ""]]))
    assert [f"{one.code} {one.where}: {one.message}" for one in file.found] == [
        "PRI133 line 3, 01002 · Vaux: there are 1 votes, but no candidate"
    ]


def test_a_table_of_ballots_alone_lacks_nobody(account):
    rows = b"Code de la commune;Inscrits;Votants;Exprimes\n01001;4;2;2\n"
    assert account(rows).found == ()


def test_of_very_many_units_without_candidates_twenty_are_shown(account):
    rows = [[f"{1001 + at:05}", f"C{at}", "4", "2", "50,00", "2", "", "", ""] for at in range(50)]
    found = account(text([ROWS[0], *([f"9{row[0][1:]}", *row[1:]] for row in rows)])).found
    assert len(found) == 21
    assert str(found[-1].message) == "… and 30 more units without a candidate"
