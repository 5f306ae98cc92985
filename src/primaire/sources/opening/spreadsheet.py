"""Spreadsheets (xls, xlsx, ods) to sheets of text, by calamine."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from primaire.errors import SourceError
from primaire.messages import Message, msg, msgn
from primaire.sources.opening.archive import bomb, limit_of, member_names
from primaire.sources.opening.sheet import Sheet, text_of, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineWorkbook, SheetMetadata

    from primaire.sources.opening.content import Content

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MANIFEST: Final = "META-INF/manifest.xml"
_DIMENSION: Final = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"')
_MOST_CELLS: Final = 50_000_000
"""A sheet is held as a full rectangle: one stray cell in the last corner of an empty sheet makes 17,000,000,000. The
largest tables of results, all stations with all candidates, have 10 million."""


def is_spreadsheet(data: bytes) -> bool:
    """Return whether bytes are an xls, xlsx (xlsm, xlsb) or ods file, by what they begin with and what is in them.

    Any other document of an office program counts too: :func:`read_sheets` says so if it is no spreadsheet.
    """
    if data.startswith(_OLE):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    names = set(member_names(data))
    return "[Content_Types].xml" in names or "mimetype" in names


def read_sheets(content: Content) -> list[Sheet]:
    """Return the sheets of a spreadsheet that hold any cell, hidden ones too, each from its first row and column on.

    Cells that a formula computes have the value that was saved with them; of merged cells the first holds the value;
    what a person sees as an error (#N/A) is empty. A cell that holds a truth value is written as VRAI or FAUX, as a
    French spreadsheet shows it: that is how the name of a candidate called Faux ends up.

    Raises:
        SourceError: the file is damaged, locked by a password, no spreadsheet after all, or has no cell.
    """
    _refuse_hopeless(content)
    workbook = _workbook(content)
    sheets = [sheet for sheet in _sheets(content, workbook) if sheet.rows]
    if not sheets:
        raise SourceError(
            msg("“{name}” is a spreadsheet without any cell.", name=content.name),
            remedy=msg("Open it, and see whether the results are in it."),
        )
    return sheets


def _workbook(content: Content) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content.plain))
    except (CalamineError, OSError) as error:
        raise _unreadable(content, error) from error


def _sheets(content: Content, workbook: CalamineWorkbook) -> Iterator[Sheet]:
    from python_calamine import CalamineError, SheetTypeEnum

    for described in workbook.sheets_metadata:
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            cells = workbook.get_sheet_by_name(described.name).to_python(skip_empty_area=False)
        except (CalamineError, OSError) as error:
            raise _unreadable(content, error) from error
        yield _sheet(described, cells)


def _sheet(described: SheetMetadata, cells: Sequence[Sequence[object]]) -> Sheet:
    truths = sum(isinstance(cell, bool) for row in cells for cell in row)
    rows = [trimmed([_text(cell) for cell in row]) for row in cells]
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(rows, name=described.name, remarks=tuple(_remarks(described, truths)))


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    return text_of(cell)


def _remarks(described: SheetMetadata, truths: int) -> Iterator[Message]:
    from python_calamine import SheetVisibleEnum

    if described.visible != SheetVisibleEnum.Visible:
        yield msg("the sheet “{name}” is hidden", name=described.name)
    if truths:
        yield msgn(
            "{n} cell of the sheet “{name}” holds a truth value, written as VRAI or FAUX",
            "{n:count} cells of the sheet “{name}” hold a truth value, written as VRAI or FAUX",
            truths,
            name=described.name,
        )


def _unreadable(content: Content, error: Exception) -> SourceError:
    return SourceError(
        msg("“{name}” looks like a spreadsheet, but cannot be read as one.", name=content.name),
        expected=msg("Reading stopped with: {reason}.", reason=str(error).rstrip(".")),
        remedy=msg("Download or copy it again; or open it, save it as xlsx or CSV, and name that file."),
    )


def _refuse_hopeless(content: Content) -> None:
    """Refuse what is locked, and what would fill the memory before anybody can say so: bombs, a stray cell far away."""
    if content.plain.startswith(_OLE):
        if _ENCRYPTED in content.plain:
            raise _locked(content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content.plain)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limit_of(len(content.plain)):
                raise bomb(content.name)
            for member in members:
                if member.filename == _MANIFEST and b"encryption-data" in archive.read(member):
                    raise _locked(content)
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
                    with archive.open(member) as sheet:
                        _refuse_corner(content, sheet.read(4096))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        raise _unreadable(content, error) from error


def _locked(content: Content) -> SourceError:
    return SourceError(
        msg("“{name}” is a spreadsheet locked by a password.", name=content.name),
        remedy=msg("Open it, save it without the password, and name that file."),
    )


def _refuse_corner(content: Content, beginning: bytes) -> None:
    found = _DIMENSION.search(beginning)
    if found is None:
        return
    columns = 0
    for letter in found[1]:
        columns = columns * 26 + letter - ord("A") + 1
    if columns * int(found[2]) > _MOST_CELLS:
        last = (found[1] + found[2]).decode()
        raise SourceError(
            msg("“{name}” has a sheet that reaches down to the cell {cell}.", name=content.name, cell=last),
            remedy=msg("Delete the empty rows and columns around the table, save it, and name that file."),
        )
