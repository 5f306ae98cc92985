"""A table as cells before anybody knows what they mean: text files and the rows of spreadsheets made alike."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from primaire.errors import Problem, SourceError
from primaire.messages import Message, msg
from primaire.sources.meaning.vocabulary import meaning_of
from primaire.sources.opening.content import forget
from primaire.sources.opening.scan import Dialect, texts_of
from primaire.sources.opening.strangers import no_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from primaire.sources.opening.content import Content
    from primaire.sources.opening.sheet import Sheet

HEAD: Final = 60
"""How many rows are looked at to learn what a table holds."""

SEPARATORS: Final = (";", ",", "\t", "|")
_CELL, _ROW = "\x1f", "\x1e"
_CHUNK = 1 << 18
_PIECE: Final = 1 << 22
_HEADER_WORDS = re.compile(
    rb"voix|inscrit|votant|exprim|nuance|candidat|panneau|vote|code|libell|nom|commune|bureau|wahl|anzahl|total"
)
_LETTERS = frozenset("àâäéèêëîïôöùûüÿçœæÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆß°º«»’–€ñÑáíóúãõ²")
_FRENCH = frozenset("àâçéèêëîïôùûüÀÇÉÈÊ")
_OLD: Final = ("cp1252", "cp850", "mac_roman")
_OLD_SAMPLE = 1 << 12
_ASCII = bytes(range(128))


@dataclass(frozen=True)
class Raw:
    """A table of cells in bytes.

    Attributes:
        data: the bytes, or a file mapped into memory.
        dialect: how cells are set apart in them.
        encoding: of the bytes; ``written``: whether the file itself is text, so that these are worth telling.
        head: the first rows; starts, lines: where each begins in ``data``, and its line or row number in the file.
        sheet: the name of the sheet.
    """

    data: Any
    dialect: Dialect
    encoding: str
    head: list[list[str]]
    starts: list[int]
    lines: list[int]
    written: bool = True
    sheet: str | None = None
    remarks: tuple[Message, ...] = ()
    numbers: list[int] = field(default_factory=list)
    """Of a sheet, the row number of every row; of text, empty: lines are counted when a message needs one."""
    above: int = 0
    """How many of the first rows are none of the file's own, and not counted where a row's number is told."""

    @property
    def separator(self) -> str | None:
        """The separator of a text file."""
        return chr(self.dialect.separator) if self.written else None

    def line_at(self, position: int) -> int:
        """Return the line or row number of the row that begins at a place in ``data``."""
        before = bytes(self.data[:position]).count(bytes([self.dialect.end]))
        return (self.numbers[before] if self.numbers else before + 1) - self.above

    def lines_at(self, positions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return :meth:`line_at` of many rows: all bytes are looked at once."""
        import numpy as np

        if not len(positions):  # nothing to look for in a whole file
            return np.empty(0, dtype="int64")
        ends = []
        for start in range(0, len(self.data), _PIECE):
            piece = np.frombuffer(self.data[start : start + _PIECE], dtype="uint8")
            ends.append(np.flatnonzero(piece == self.dialect.end) + start)
            forget(self.data, start, len(piece))
        before = np.searchsorted(np.concatenate([*ends, np.zeros(0, dtype="int64")]), positions)
        return (np.array(self.numbers, dtype="int64")[before] if self.numbers else before + 1) - self.above


def raw_of_sheet(sheet: Sheet) -> Raw:
    """Return the rows of a spreadsheet, a Parquet file or a feed as one table of cells."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows = [_line_of(row, width) for row in sheet.rows]
    text = _ROW.join([*rows, ""])
    lines = sheet.lines or list(range(1, len(rows) + 1))
    starts, at = [], 0
    for row in rows[:HEAD]:
        starts.append(at)
        at += len(row.encode()) + 1
    return Raw(
        text.encode(),
        Dialect(ord(_CELL), ord(_ROW), quoted=False),
        "utf-8",
        [[cell.strip() for cell in row.split(_CELL)] for row in rows[:HEAD]],
        starts,
        lines[:HEAD],
        written=False,
        sheet=sheet.name,
        remarks=sheet.remarks,
        numbers=lines,
        above=sheet.above,
    )


def _line_of(row: Sequence[str], width: int) -> str:
    """Return cells as one line, the marks between cells and rows taken out of them."""
    line = _CELL.join(row)
    if _ROW in line or line.count(_CELL) >= max(len(row), 1):
        line = _CELL.join(cell.replace(_CELL, " ").replace(_ROW, " ") for cell in row)
    return line + _CELL * (width - max(len(row), 1))


def raw_of_text(content: Content, encoding: str | None = None, separator: str | None = None) -> Raw:
    """Return a text file as a table of cells; what is not said is found in the file.

    Raises:
        SourceError: bytes that are no text, an encoding that does not fit, a quotation mark that is never closed.
    """
    data, encoding = _as_bytes(content, encoding)
    start = 3 if encoding == "utf-8-sig" else 0
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    first = bytes(data[start : start + _CHUNK])
    # Excel's own way to name the separator, in a line of its own above the header.
    declared = re.match(rb"sep=([,;\t|])\r?\n", first)
    if separator is None:
        separator = chr(declared[1][0]) if declared else _separator(first, encoding)
    dialect = Dialect(ord(separator), quoted=_quotes_wrap_cells(content, data, ord(separator)))
    rows = list(islice(_rows(first, dialect, len(data) - start <= len(first)), HEAD + 1))
    rows = rows[1:] if declared else rows[:HEAD]
    return Raw(
        data,
        dialect,
        encoding,
        [texts_of(row, dialect, encoding) for row, _ in rows],
        [start + at for _, at in rows],
        [number + 1 + (1 if declared else 0) for number in _line_numbers(rows)],
    )


def _line_numbers(rows: Sequence[tuple[bytes, int]]) -> Iterator[int]:
    number = 0
    for row, _ in rows:
        yield number
        number += 1 + row.count(b"\n")


def _rows(data: bytes, dialect: Dialect, whole: bool) -> Iterator[tuple[bytes, int]]:
    """Yield the complete rows of some bytes, each with its place."""
    at, quotes, begin = 0, 0, 0
    while at < len(data):
        end = data.find(b"\n", at)
        if end < 0:
            if whole:
                yield data[begin:], begin
            return
        quotes += data.count(b'"', at, end) if dialect.quoted else 0
        at = end + 1
        if quotes % 2 == 0:
            yield data[begin:end].rstrip(b"\r"), begin
            begin = at


def _as_bytes(content: Content, encoding: str | None) -> tuple[Any, str]:
    data = content.data
    begins = bytes(data[:4])
    if encoding is None and begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding is not None and encoding.replace("_", "-").lower().startswith(("utf-16", "utf-32")):
        data, encoding = _decoded(content, encoding).encode(), "utf-8"
    elif b"\0" in bytes(data[:_CHUNK]):
        raise no_text(content)
    elif encoding is None:
        encoding = _encoding(content)
    else:
        _check_encoding(content, encoding)
    if b"\n" not in bytes(data[:_CHUNK]) and b"\r" in bytes(data[:_CHUNK]):  # an old Macintosh's lines
        data = bytes(data).replace(b"\r", b"\n")
    return data, encoding


def _check_encoding(content: Content, encoding: str) -> None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise SourceError(
            msg("There is no encoding “{encoding}”.", encoding=encoding),
            remedy=msg("Write utf-8, cp1252 or cp850, say."),
        ) from None
    _decoded(content, encoding)


def _decoded(content: Content, encoding: str) -> str:
    try:
        return bytes(content.data).decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            msg(
                "“{name}” is not text in {encoding}: byte {byte} cannot be read.",
                name=content.name,
                encoding=encoding,
                byte=error.start,
            ),
            remedy=msg("Save it again in UTF-8, or say with a mapping which encoding it has."),
        ) from error


def _encoding(content: Content) -> str:
    """Return UTF-8 where all of the file is; else the one of the old encodings in which its letters make sense."""
    data = content.data
    if bytes(data[:3]) == codecs.BOM_UTF8:
        return "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond = False  # whether letters beyond ASCII were read
    for at in range(0, len(data), _CHUNK):
        last = at + _CHUNK >= len(data)
        try:
            beyond |= not decoder.decode(data[at : at + _CHUNK], final=False).isascii()
        except UnicodeDecodeError:
            break
        if last and decoder.getstate()[0]:
            if beyond:
                raise _cut_in_a_letter(content)
            break
    else:
        return "utf-8"
    sample = bytes(data[at : at + _CHUNK])
    return max(_OLD, key=lambda name: _sense(sample, name))


def _cut_in_a_letter(content: Content) -> SourceError:
    line = bytes(content.data[:]).count(b"\n") + 1
    return SourceError(
        msg("“{name}” is cut short: it ends inside of a letter.", name=content.name),
        remedy=msg("Download or copy it again."),
        problems=(Problem(msg("the file ends here"), content.name, line),),
    )


def _sense(sample: bytes, encoding: str) -> int:
    """Return how many of the letters beyond ASCII are such as stand in names, less those that are not.

    Those of French count twice: what is é in one of the encodings is Ä in another.
    """
    foreign = sample.translate(None, _ASCII)[:_OLD_SAMPLE].decode(encoding, "replace")
    return sum(2 if letter in _FRENCH else 1 if letter in _LETTERS else -4 for letter in foreign)


def _separator(first: bytes, encoding: str) -> str:
    """Return the separator with which some row names the most known columns, else makes the most cells."""

    # Of the first rows, those that look most like a header: words are looked up in these alone.
    rows = [row for row, _ in islice(_rows(first, Dialect(0), True), HEAD // 2)]
    headers = sorted(rows, key=lambda row: len(set(_HEADER_WORDS.findall(row.lower()))), reverse=True)[:2]

    def worth(mark: str) -> tuple[int, int]:
        cells = [texts_of(row, Dialect(ord(mark)), encoding) for row in headers]
        known = max((len({cell for cell in row if meaning_of(cell)}) for row in cells), default=0)
        return known, sum(row.count(mark.encode()) for row in rows)

    return max(SEPARATORS, key=worth)


def _holds(data: Any, sign: bytes) -> bool:
    for at in range(0, len(data), _CHUNK * 4):
        if data.find(sign, at, at + _CHUNK * 4) >= 0:
            return True
        forget(data)
    return False


def _quotes_wrap_cells(content: Content, data: Any, separator: int) -> bool:
    """Tell whether quotation marks wrap cells; False where they are letters like any other, inside of cells.

    Raises SourceError for a mark that opens a cell and is never closed.
    """
    if not _holds(data, b'"'):
        return False
    loose, number, last_open = _quotes(data, separator)
    if not loose and number % 2:
        line = bytes(data[:last_open]).count(b"\n") + 1
        raise SourceError(
            msg("“{name}” cannot be split into cells.", name=content.name),
            remedy=msg("Look for a quotation mark that is never closed, or text right after one."),
            problems=(Problem(msg("the quotation mark here may be the one that is never closed"), content.name, line),),
        )
    return not loose


def _quotes(data: Any, separator: int) -> tuple[bool, int, int]:
    """Return whether some quotation mark opens or closes inside of a text, how many there are, and where the last one
    that opens a cell stands."""
    import numpy as np

    whole = np.frombuffer(data, "uint8")
    edges = (separator, *b'\r\n"')
    begin = len(codecs.BOM_UTF8) if whole[:3].tobytes() == codecs.BOM_UTF8 else 0
    loose, number, last_open = False, 0, 0
    for at in range(0, len(whole), _CHUNK * 4):
        quotes = np.flatnonzero(whole[at : at + _CHUNK * 4] == ord('"')) + at
        if not len(quotes):
            continue
        opens = (number + np.arange(len(quotes))) % 2 == 0
        after_edge = (quotes == begin) | np.isin(whole[np.maximum(quotes - 1, 0)], edges)
        before_edge = (quotes == len(whole) - 1) | np.isin(whole[np.minimum(quotes + 1, len(whole) - 1)], edges)
        loose |= bool((opens & ~after_edge).any() or (~opens & ~before_edge).any())
        number += len(quotes)
        if (opens & after_edge).any():
            last_open = int(quotes[opens & after_edge][-1])
    return loose, number, last_open
