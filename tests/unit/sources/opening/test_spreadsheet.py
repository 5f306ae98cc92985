"""Spreadsheets to text: cells as a person would type them, sheets that are hidden or empty, files that are none."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from primaire.errors import SourceError
from primaire.sources.opening import archive
from primaire.sources.opening.content import Content, open_contents
from primaire.sources.opening.spreadsheet import is_spreadsheet, read_sheets

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Feuille1"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Voix</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="27.27"><text:p>27,3</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"/>"""


def saved(workbook: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def written(*rows: tuple[object, ...]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def opened(data: bytes) -> Content:
    return Content("a.xlsx", "a", data)


def ods(manifest: str = MANIFEST) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as document:
        document.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        document.writestr("content.xml", ODS.replace("\n", " ").replace("> <", "><"))
        document.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (8580, "8580"),
        (8580.0, "8580"),
        (27.27, "27.27"),
        (1 / 3, "0.3333333333333333"),
        (1e-7, "0.0000001"),
        (-3, "-3"),
        ("0012", "0012"),
        ("38\u00a0759\u00a0907", "38\u00a0759\u00a0907"),
        (" 61,52% ", " 61,52% "),
        (date(2022, 4, 10), "2022-04-10"),
        (datetime(2022, 4, 10, 8, 30), "2022-04-10 08:30:00"),  # noqa: DTZ001 (a spreadsheet knows no time zones)
        (time(8, 0), "08:00:00"),
    ],
)
def test_a_cell_is_text_as_a_person_would_type_it(value, text):
    (sheet,) = read_sheets(opened(written((value,))))
    assert sheet.rows == [[text]]


def test_titles_and_empty_rows_stay_and_rows_have_their_own_length():
    data = written((), ("Résultats",), (), (None, "Voix", None), ("A", 1, None), ("B",), ())
    (sheet,) = read_sheets(opened(data))
    assert sheet.rows == [[], ["Résultats"], [], ["", "Voix"], ["A", "1"], ["B"]]
    assert (sheet.name, sheet.lines, sheet.remarks) == ("Sheet", None, ())


def test_a_candidate_called_faux_gets_the_name_back_that_the_spreadsheet_took():
    (sheet,) = read_sheets(opened(written(("Juliane", False), ("Jean", True))))
    assert sheet.rows == [["Juliane", "FAUX"], ["Jean", "VRAI"]]
    assert "2 cells" in str(*sheet.remarks)


def test_hidden_sheets_are_read_and_said_and_those_without_cells_left_out():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 1
    workbook.create_sheet("empty")
    workbook.create_chartsheet("chart")
    hidden = workbook.create_sheet("hidden")
    hidden["A1"] = 2
    hidden.sheet_state = "hidden"
    seen, unseen = read_sheets(opened(saved(workbook)))
    assert (seen.rows, seen.remarks) == ([["1"]], ())
    assert (unseen.rows, [str(remark) for remark in unseen.remarks]) == ([["2"]], ["the sheet “hidden” is hidden"])


def test_of_merged_cells_the_first_holds_the_value():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Tour 1"
    workbook.active["D1"] = "Tour 2"
    workbook.active.merge_cells("A1:C1")
    (sheet,) = read_sheets(opened(saved(workbook)))
    assert sheet.rows == [["Tour 1", "", "", "Tour 2"]]


def test_an_ods_file_is_read():
    assert is_spreadsheet(ods())
    (sheet,) = read_sheets(opened(ods()))
    assert (sheet.name, sheet.rows) == ("Feuille1", [["Voix", "12", "27.27"]])


def test_what_is_a_spreadsheet_is_told_by_its_bytes():
    data = written(("a",))
    assert is_spreadsheet(data)
    assert is_spreadsheet(data[:-30]), "cut short"
    assert is_spreadsheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as plain:
        plain.writestr("a.csv", "candidate")
    assert not any(map(is_spreadsheet, (file.getvalue(), b"", b"PK", b"PK\x03\x04....", b"candidate;voix")))


@pytest.mark.parametrize(
    "data",
    [
        written(("a",))[:-30],
        written(("a",)).replace(b"worksheets/sheet1.xml", b"worksheets/sh33t1.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04....",
    ],
)
def test_a_spreadsheet_that_is_none_is_refused(data):
    with pytest.raises(SourceError, match="looks like a spreadsheet, but cannot be read") as refused:
        read_sheets(opened(data))
    assert "save it as xlsx or CSV" in str(refused.value.remedy)


def test_a_spreadsheet_with_a_password_is_refused():
    """xlsx: an old Office container with an encrypted package in it; ods: an archive whose manifest says so."""
    xlsx = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(96)
    locked = ods(MANIFEST.replace("/>", "><manifest:encryption-data/></manifest:manifest>"))
    for data in (xlsx, locked):
        with pytest.raises(SourceError, match="locked by a password"):
            read_sheets(opened(data))


def test_a_spreadsheet_without_a_cell_is_refused():
    with pytest.raises(SourceError, match="without any cell"):
        read_sheets(opened(written()))


def test_a_stray_cell_in_the_last_corner_is_refused_before_the_memory_is_full():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "a"
    workbook.active["XFD1048576"] = 1
    with pytest.raises(SourceError, match="reaches down to the cell XFD1048576"):
        read_sheets(opened(saved(workbook)))


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNASKED", 1000)
    monkeypatch.setattr(archive, "MOST_TIMES", 0)
    with pytest.raises(SourceError, match="far more than results"):
        read_sheets(opened(written(("a",))))


def test_the_ministry_s_sheets_are_read(published_data):
    """Macron's and Le Pen's national totals of 2017, round 1, as the Conseil constitutionnel proclaimed them."""
    (content,) = open_contents(
        published_data / "fr-presidentielle-2017-xls" / "Presidentielle_2017_Resultats_Tour_1_c.xls"
    )
    sheets = read_sheets(content)
    assert [sheet.name for sheet in sheets] == [
        "FE Metro OM Tour 1",
        "Régions Tour 1",
        "Départements Tour 1",
        "Circo. Leg. Tour 1",
        "Canton Tour 1",
    ]
    cells = {cell for row in sheets[0].rows for cell in row}
    assert {"47582183", "37003728", "8656346", "7678491"} <= cells
