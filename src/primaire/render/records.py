"""The formats ``json`` and ``jsonl``: every column, full precision, stable names, no language."""

from __future__ import annotations

import json as notation
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from primaire.render.cells import Cell, cells
from primaire.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.messages import Message
    from primaire.provenance import SourceFile
    from primaire.table import Section, Table

_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # valid in JSON, but they act


def json(table: Table) -> bytes:
    """Return a table as one JSON object: what it is, its columns, its rows as objects, its notes, its sources.

    Sections give the rows they hold as ``start`` and ``stop`` (excluded). Sentences are English. One row a line.
    """
    parts = {**description(table), "rows": [_record(table, row) for row in rows(table)]}
    return ("{\n" + ",\n".join(f"{_dump(name)}: {_lines(value)}" for name, value in parts.items()) + "\n}\n").encode()


def jsonl(table: Table) -> bytes:
    """Return the rows of a table as JSON objects, one a line."""
    return "".join(f"{_dump(_record(table, row))}\n" for row in rows(table)).encode()


def rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    """Return the rows of a table, every column's cell in each."""
    return zip(*(cells(table, column.name) for column in table.columns), strict=True)


def description(table: Table) -> dict[str, Any]:
    """Return all that a table is except its rows, as JSON has it: names, sentences in English, and sources."""
    return {
        "primaire": VERSION,
        "table": table.name,
        "title": str(table.title),
        "columns": [{"name": column.name, "label": column.label, "kind": column.kind} for column in table.columns],
        "sections": [_section(section) for section in table.sections],
        "notes": [str(note) for note in table.notes],
        "sources": [_source(file) for file in table.provenance.files],
        "steps": [str(step) for step in table.provenance.steps],
    }


def _source(file: SourceFile) -> dict[str, Any]:
    facts = asdict(replace(file, remarks=(), found=(), compared=()))
    del facts["compared"]  # which stand among the remarks
    return {
        **facts,
        "remarks": [str(remark) for remark in file.remarks],
        "found": [{"code": one.code, "place": str(one.where), "message": str(one.message)} for one in file.found],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": str(section.title),
        "subtitle": _said(section.subtitle),
        "lead": _said(section.lead),
        "start": section.start,
        "stop": section.stop,
        "notes": [str(note) for note in section.notes],
    }


def _said(message: Message | None) -> str | None:
    return None if message is None else str(message)


def _record(table: Table, row: tuple[Cell, ...]) -> dict[str, Cell]:
    return dict(zip(table.frame.columns, row, strict=True))


def _lines(value: object) -> str:
    """Write a value, a list with one element a line."""
    if not isinstance(value, list) or not value:
        return _dump(value)
    return "[\n" + ",\n".join(map(_dump, value)) + "\n]"


def _dump(value: object) -> str:
    text = notation.dumps(value, ensure_ascii=False, allow_nan=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
