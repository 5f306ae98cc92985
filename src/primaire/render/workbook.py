"""The format ``xlsx``: a sheet of typed cells, and one with the notes and sources. Text is never a formula."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from primaire.errors import OutputError
from primaire.messages import msg
from primaire.render.cells import Cell, cells
from primaire.render.records import description
from primaire.render.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from primaire.table import Column, Table

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same table gives the same bytes
_ROWS, _CHARACTERS = 1_048_575, 32_767  # what a sheet and a cell hold, without the header
_WIDEST = 60  # characters
_READ = ("packing", "sheet", "encoding", "separator", "decimal_mark", "header", "rows")
_WHOLE = {"count": "0", "change": "+0;-0;0"}


class _Exact(float):
    """A number that is written with all its digits: xlsxwriter's own 16 are one too few for some float64."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


def xlsx(table: Table) -> bytes:
    """Return a table as an Excel workbook: sheet ``data`` with the column names as header, and sheet ``notes``.

    Numbers are numbers, missing cells empty; the number formats show as many decimals as people read, in whatever
    marks the reader's Excel uses.

    Raises:
        OutputError: there are more rows than a sheet holds, or a text is longer than a cell holds.
    """
    if len(table) > _ROWS:
        raise OutputError(
            msg("The table has {rows:count} rows; an xlsx sheet holds {most:count}.", rows=len(table), most=_ROWS),
            remedy=msg("Choose csv or parquet, or fewer rows."),
        )
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": printable(str(table.title)), "created": _CREATED})
        data = book.add_worksheet("data")
        data.freeze_panes(1, 0)
        for at, column in enumerate(table.columns):
            _column(data, at, column, cells(table, column.name), book)
        _notes(book.add_worksheet("notes"), table)
    return file.getvalue()


def _column(sheet: Worksheet, at: int, column: Column, values: list[Cell], book: Workbook) -> None:
    _write(sheet, 0, at, column.name, book.add_format({"bold": True}))
    shown = book.add_format({"num_format": _number_format(column)})
    for row, value in enumerate(values, start=1):
        _write(sheet, row, at, value, shown)
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    sheet.set_column(at, at, min(max(longest, len(column.name)) + 2, _WIDEST))


def _number_format(column: Column) -> str:
    digits = "0." + "0" * column.decimals if column.decimals else "0"
    if column.kind == "points":
        return f"+{digits};-{digits};{digits}"
    if column.kind in {"share", "index", "factor"}:
        return digits
    return _WHOLE.get(column.kind, "General")


def _write(sheet: Worksheet, row: int, at: int, value: Cell, shown: Format | None = None) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, str):
        _write_text(sheet, row, at, printable(value), shown)
    elif value is not None:
        sheet.write_number(row, at, _Exact(value) if isinstance(value, float) else value, shown)


def _write_text(sheet: Worksheet, row: int, at: int, text: str, shown: Format | None) -> None:
    """Write text as text: unlike ``write``, ``write_string`` makes no formula, link or number of it."""
    if sheet.write_string(row, at, text, shown):
        raise OutputError(
            msg(
                "A text of {length:count} characters is longer than an xlsx cell holds ({most:count}).",
                length=len(text),
                most=_CHARACTERS,
            ),
            remedy=msg("Choose csv or parquet."),
        )


def _notes(sheet: Worksheet, table: Table) -> None:
    """Write one fact a row: what it is, and its text."""
    for row, (name, text) in enumerate(_facts(table)):
        _write(sheet, row, 0, name)
        _write(sheet, row, 1, text)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, _WIDEST)


def _facts(table: Table) -> Iterator[tuple[str, str]]:
    facts = description(table)
    yield "primaire", facts["primaire"]
    yield "table", facts["table"]
    yield "title", facts["title"]
    for section in facts["sections"]:
        yield "section", section["title"]
        yield from ((name, section[name]) for name in ("subtitle", "lead") if section[name])
        yield from (("note", note) for note in section["notes"])
    yield from (("note", note) for note in facts["notes"])
    for source in facts["sources"]:
        yield "source", f"{source['name']} (sha256 {source['sha256']}, {source['size']} bytes, {source['reader']})"
        yield from ((name, str(source[name])) for name in _READ if source[name] is not None)
        yield from (("remark", remark) for remark in source["remarks"])
        yield from (("found", f"{one['code']}, {one['place']}: {one['message']}") for one in source["found"])
    yield from (("step", step) for step in facts["steps"])
