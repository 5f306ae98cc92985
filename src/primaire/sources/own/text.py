"""Bytes to rows of text: the encoding, the separator, and where each row stands in the file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from primaire.errors import Problem, SourceError
from primaire.messages import Message, msg
from primaire.sources.own.columns import column_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.sources.opening.content import Content

SEPARATORS = (",", ";", "\t")
_DECLARED = re.compile(r"sep=([,;\t])", re.IGNORECASE)

_MAGIC: dict[bytes, Message] = {
    b"PK\x03\x04": msg("a zip archive, as xlsx and ods files are"),
    b"\xd0\xcf\x11\xe0": msg("an xls file"),
    b"%PDF": msg("a PDF file"),
    b"PAR1": msg("a Parquet file"),
    b"\x1f\x8b": msg("a file compressed with gzip"),
    b"\x89PNG": msg("a picture"),
    b"\xff\xd8\xff": msg("a picture"),
}


@dataclass(frozen=True)
class Row:
    """One row of cells, and the line of the file on which it begins (1 is the first)."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Grid:
    """A text file as rows of cells: the header, the rows below it, and how the file was written."""

    header: Row
    rows: list[Row]
    encoding: str
    separator: str


def read_grid(content: Content) -> Grid:
    """Return the rows of a delimited text file, its encoding and separator found from the file itself.

    UTF-8 (with or without a byte order mark), UTF-16 with a mark, else Windows-1252; comma, semicolon or tab, whichever
    makes the header name the most known columns. Rows without any text are left out.

    Raises:
        SourceError: binary content, an unclosed quote, or nothing but empty lines.
    """
    text, encoding = _decode(content)
    first, *further = [line for line in text.splitlines() if line.strip()] or [""]
    # Excel's own way to name the separator, in a line of its own above the header.
    declared = _DECLARED.fullmatch(first.strip(" \r\n"))
    header_line = further[0] if declared and further else first
    separator = declared[1] if declared else max(SEPARATORS, key=lambda mark: _recognised(header_line, mark))
    rows = [row for row in _records(content, text, separator) if any(cell.strip() for cell in row.cells)]
    rows = rows[1:] if declared else rows
    if not rows:
        raise SourceError(msg("“{name}” has no row of text.", name=content.name))
    header = Row(rows[0].line, [cell.strip() for cell in rows[0].cells])
    return Grid(header, rows[1:], encoding, separator)


def _decode(content: Content) -> tuple[str, str]:
    data = content.plain
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\0" in data or any(data.startswith(magic) for magic in _MAGIC):
        raise _binary(content)
    elif data.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig", "cp1252"]
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            last = error
    raise SourceError(
        msg(
            "“{name}” is not text in {encodings}: byte {byte} cannot be read.",
            name=content.name,
            encodings=candidates,
            byte=last.start,
        ),
        remedy=msg("Save it again as CSV in UTF-8."),
    )


def _binary(content: Content) -> SourceError:
    kind = next((words for magic, words in _MAGIC.items() if content.plain.startswith(magic)), msg("binary data"))
    return SourceError(
        msg("“{name}” is not a text file: it looks like {kind}.", name=content.name, kind=kind),
        expected=msg("A source is a CSV file in the format of “primaire template”."),
        remedy=msg("Save it as CSV, and name that file."),
    )


def _recognised(header: str, separator: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:  # whatever is wrong with the header is said when the rows are read
        return 0, 0
    return sum(column_called(cell) is not None for cell in cells), len(cells)


def _records(content: Content, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            msg("“{name}” cannot be split into cells.", name=content.name),
            remedy=msg("Look for a quotation mark that is never closed, or text right after one."),
            problems=(
                Problem(msg("the row that begins here is broken ({reason})", reason=str(error)), content.name, line),
            ),
        ) from error
