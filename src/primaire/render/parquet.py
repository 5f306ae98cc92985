"""The format ``parquet``: every column with a type that depends on its kind alone, and the table's notes as metadata."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from primaire.render.cells import Cell, cells
from primaire.render.records import description

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionDtype

    from primaire.table import Kind, Table


_TYPES: dict[Kind, ExtensionDtype] = {
    "text": pd.StringDtype("python"),
    "term": pd.StringDtype("python"),
    "count": pd.Int64Dtype(),
    "change": pd.Int64Dtype(),
    "share": pd.Float64Dtype(),
    "points": pd.Float64Dtype(),
    "index": pd.Float64Dtype(),
    "factor": pd.Float64Dtype(),
    "date": pd.StringDtype("python"),
    "flag": pd.BooleanDtype(),
    "sentence": pd.StringDtype("python"),
}
"""What duckdb stores as BIGINT, DOUBLE, BOOLEAN and VARCHAR, even where every value is missing."""


def parquet(table: Table) -> bytes:
    """Return a table as a Parquet file.

    Whole numbers are BIGINT, other numbers DOUBLE, flags BOOLEAN, the rest VARCHAR, be the table empty or a column all
    missing. The metadata key ``primaire`` holds a JSON object with what the table is, its notes and sources.
    """
    values = {column.name: _values(table, column.name) for column in table.columns}
    frame = pd.DataFrame(values, dtype=object).astype({column.name: _TYPES[column.kind] for column in table.columns})
    facts = _literal(json.dumps(description(table)))
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder, "table.parquet")
        connection.register("answer", frame)
        connection.execute(f"COPY answer TO {_literal(str(file))} (FORMAT parquet, KV_METADATA {{primaire: {facts}}})")
        return file.read_bytes()


def _values(table: Table, name: str) -> list[Cell]:
    return [_encodable(value) if isinstance(value, str) else value for value in cells(table, name)]


def _encodable(text: str) -> str:
    """Return text with lone surrogates as visible escapes; all else is stored as it is."""
    return text.encode(errors="backslashreplace").decode()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
