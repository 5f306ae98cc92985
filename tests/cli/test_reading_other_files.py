"""Files of another kind than they seem, damaged, locked or too large: called what they are."""

from __future__ import annotations

import gzip

import pytest

from primaire.sources.opening import archive
from tests.spoiling import AGAIN, KINDS, LONG, refused, zipped

# Files of another kind than they seem


HTML = "a web page (HTML)"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xls", "<html><body><table><tr><td>Inscrits</td></tr></table></body></html>", HTML),
        ("a.xls", "\ufeff\r\n<!DOCTYPE html>\n<table><tr><td>Voix</td></tr></table>", HTML),
        ("a.xls", '<table border="1"><tr><td>Inscrits</td></tr></table>', HTML),
        ("a.csv", "<!-- saved --><HTML><title>404 Not Found</title></HTML>", HTML),
        ("a.csv", "<html><body>404</body></html>".encode("utf-16"), HTML),
        ("a.xml", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\n<html/>', HTML),
        ("a.xls", '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "a spreadsheet in the XML of Excel 2003"),
        ("a.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF file"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "a picture"),
        ("a.csv", rb"{\rtf1\ansi Voix}", "a text with formats (RTF)"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", "an archive of a kind that is not unpacked"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_what_it_is(run, write, name, data, kind):
    lines = refused(run("results", write(data, name)))
    assert lines[:2] == [f"“{name}” is no table of results: it is {kind}.", KINDS]
    assert "name that file" in lines[2] or "name the file in it" in lines[2]


def test_text_called_a_spreadsheet_is_read_as_the_text_it_is(run, write):
    assert run("results", write(LONG, "a.xlsx"), "--format", "csv").code == 0


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04 nothing", "a zip archive, and damaged or cut short"),
        (zipped(a=LONG)[:-30], "a zip archive, and damaged or cut short"),
    ],
)
def test_a_workbook_or_archive_that_is_none(run, write, data, kind):
    lines = refused(run("results", write(data, "a.xlsx")))
    assert lines[0] == f"“a.xlsx” is {kind}."
    assert lines[-1] == AGAIN


def test_an_old_workbook_that_is_none(run, write):
    lines = refused(run("results", write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.xls")))
    assert lines[0] == "“a.xls” looks like a spreadsheet, but cannot be read as one."
    assert lines[-1].startswith(AGAIN.removesuffix("."))


def test_a_workbook_with_a_password(run, write):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refused(run("results", write(data, "a.xlsx"))) == [
        "“a.xlsx” is a spreadsheet locked by a password.",
        "Open it, save it without the password, and name that file.",
    ]


def test_binary_data(run, write):
    assert refused(run("results", write(bytes(range(256)) * 9))) == [
        "“a.csv” is not text, and not a kind of file that is known.",
        "  a.csv:1: here is a byte of value 0, which no text holds",
        KINDS,
        "Download it again; or save it as CSV, and name that file.",
    ]


def test_a_zero_byte_among_the_text(run, write):
    lines = refused(run("results", write(LONG.replace("Conflans;0002;20;10;10;B", "Con\0flans;0002;20;10;10;B"))))
    assert lines[1] == "  a.csv:5: here is a byte of value 0, which no text holds"


def test_half_of_a_character(run, write):
    assert refused(run("results", write(b"\xff\xfe" + LONG.encode("utf-16-le") + b"\n"))) == [
        f"“a.csv” is not text in utf-16: byte {2 + 2 * len(LONG)} cannot be read.",
        "Save it again in UTF-8, or say with a mapping which encoding it has.",
    ]


def test_a_file_of_gzip_that_is_cut_short(run, write):
    lines = refused(run("results", write(gzip.compress(LONG.encode())[:-10], "a.csv.gz")))
    assert lines[0] == "“a.csv.gz” is packed with gzip, and damaged or cut short."
    assert lines[-1] == AGAIN


def test_a_zip_bomb(run, write, monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNASKED", 1000)
    monkeypatch.setattr(archive, "MOST_TIMES", 2)
    lines = refused(run("results", write(zipped(a=LONG * 100), "a.zip")))
    assert "“a.zip”" in lines[0]
    assert "would" in lines[0] or "unpack" in lines[0]


@pytest.mark.parametrize("quoted", ['"A', '"A";X;6\n78;172;Conflans;0002;20;10;10;"B'])
def test_a_quotation_mark_that_is_never_closed(run, write, quoted):
    """The line is that of the mark which opens a cell last."""
    text = LONG.replace("0002;20;10;10;A;X;6\n78;172;Conflans;0002;20;10;10;B", f"0002;20;10;10;{quoted}")
    assert refused(run("results", write(text))) == [
        "“a.csv” cannot be split into cells.",
        f"  a.csv:{4 + quoted.count(chr(10))}: the quotation mark here may be the one that is never closed",
        "Look for a quotation mark that is never closed, or text right after one.",
    ]


def test_latin_letters_without_a_word_about_their_encoding(run, write):
    done = run(
        "results", write(LONG.replace("Conflans", "Mézières").encode("cp1252")), "--by", "commune", "--format", "csv"
    )
    assert (done.code, done.err) == (0, "")
    assert "Mézières" in done.out
