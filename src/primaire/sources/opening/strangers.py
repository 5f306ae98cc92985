"""Files that are often taken for results and hold none that can be read: told by their first bytes, and named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.errors import Problem, SourceError
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from primaire.sources.opening.content import Content

BEGINNING: Final = 1024
"""How many bytes tell what a file is."""

_SPREADSHEET: Final = msg("Open it in a spreadsheet, save it as xlsx or CSV, and name that file.")
_TABLE: Final = msg("Look for the same results as CSV or xlsx, and name that file.")

_KINDS: Final = (
    # Many sites give a web page the ending .xls: a spreadsheet opens it all the same.
    (rb"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?(?:html|head|body|table|div|style)\b", msg("a web page (HTML)"), _SPREADSHEET),
    (rb"(?s)<\?xml.*(?:urn:schemas-microsoft-com:office:spreadsheet|progid=\"Excel)", msg("a spreadsheet in the XML of Excel 2003"), _SPREADSHEET),
    (rb"%PDF", msg("a PDF file"), _TABLE),
    (rb"\{\\rtf", msg("a text with formats (RTF)"), _TABLE),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", msg("a picture"), _TABLE),
    (rb"Rar!|7z\xbc\xaf\x27\x1c|\xfd7zXZ", msg("an archive of a kind that is not unpacked"), msg("Unpack it, and name the file in it.")),
    (rb"SQLite format 3", msg("a database (SQLite)"), msg("Write its table as CSV, and name that file.")),
)  # fmt: skip
_START = re.compile(rb"[\s\xef\xbb\xbf]*")


def refuse_stranger(content: Content) -> None:
    """Refuse a file that is surely no table, whatever its name says.

    Raises:
        SourceError: a web page, a PDF file, a picture or the like.
    """
    begins = bytes(content.data[:BEGINNING]).replace(b"\0", b"")
    begins = begins.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    begins = begins[_START.match(begins).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    for pattern, kind, remedy in _KINDS:
        if re.match(pattern, begins):
            raise _stranger(content, kind, remedy)


def _stranger(content: Content, kind: Message, remedy: Message) -> SourceError:
    return SourceError(
        msg("“{name}” is no table of results: it is {kind}.", name=content.name, kind=kind),
        expected=msg(
            "A source is CSV or other delimited text, xls, xlsx, ods, Parquet, the ministry's XML, or JSON with a mapping."
        ),
        remedy=remedy,
    )


def no_text(content: Content) -> SourceError:
    """Return the refusal of a file with a byte that no text holds, and where that is."""
    at = bytes(content.data).find(b"\0")
    return SourceError(
        msg("“{name}” is not text, and not a kind of file that is known.", name=content.name),
        expected=msg(
            "A source is CSV or other delimited text, xls, xlsx, ods, Parquet, the ministry's XML, or JSON with a mapping."
        ),
        remedy=msg("Download it again; or save it as CSV, and name that file."),
        problems=(
            Problem(
                msg("here is a byte of value 0, which no text holds"),
                content.name,
                bytes(content.data[:at]).count(b"\n") + 1,
            ),
        ),
    )
