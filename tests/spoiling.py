"""A small official file, right before it is spoilt, and what a refusal of the spoilt one says."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

PLACE = "Code du département;Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;Votants;Exprimés"
LONG = f"{PLACE};Nom;Prénom;Voix\n" + "".join(
    f"78;172;Conflans;{station:04};20;10;10;{name};X;{votes}\n"
    for station in (1, 2, 3)
    for name, votes in (("A", 6), ("B", 4))
)
WIDE = f"{PLACE};N°Panneau;Nom;Prénom;Voix\n" + "".join(
    f"78;172;Conflans;{station:04};20;10;10;1;A;X;6;2;B;X;4\n" for station in (1, 2, 3)
)
KINDS = "A source is CSV or other delimited text, xls, xlsx, ods, Parquet, the ministry's XML, or JSON with a mapping."
CELLS = "Correct what is listed, or say with a mapping what the columns hold: “primaire mapping” writes one."
AGAIN = "Download or copy it again."


def refused(done, code=3):
    """The lines of a refusal: nothing on standard output, and no traceback."""
    assert (done.code, done.out) == (code, "")
    first, *others = done.err.splitlines()
    assert first.startswith("Error: ")
    assert "bug" not in first
    return [first.removeprefix("Error: "), *others]


def workbook(**sheets):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, text in sheets.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(text.splitlines()):
                sheet.write_row(at, 0, line.split(";"))
    return file.getvalue()


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(f"{name}.csv", text)
    return file.getvalue()
