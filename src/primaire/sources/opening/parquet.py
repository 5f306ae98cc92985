"""Parquet files to sheets of text, by duckdb: only the columns and the rows that are asked for are read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from primaire.errors import SourceError
from primaire.messages import msg
from primaire.sources.opening.content import PARQUET
from primaire.sources.opening.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from primaire.sources.opening.content import Content

_BATCH = 50_000
_FROM = "FROM read_parquet(?, binary_as_string = true)"


def is_parquet(data: bytes) -> bool:
    """Return whether bytes, or the first four of them, are those of a Parquet file."""
    return data.startswith(PARQUET)


def columns_of(content: Content) -> list[str]:
    """Return the names of a Parquet file's columns, in their order, without reading its rows.

    Raises:
        SourceError: the file is damaged or cut short.
    """
    with _table(content) as (connection, file):
        return list(_types(connection, file))


def rows_of(content: Content) -> int:
    """Return how many rows a Parquet file has, which it says itself."""
    with _table(content) as (connection, file):
        found = connection.execute(f"SELECT count(*) {_FROM}", [file]).fetchone()
    return int(found[0]) if found else 0


def values_of(content: Content, column: str) -> list[str]:
    """Return the different values of one column, as text, sorted; missing ones are left out.

    Raises:
        SourceError: the file is damaged or cut short, or has no such column.
    """
    with _table(content) as (connection, file):
        written = _written(column, _known(content, _types(connection, file), [column])[column])
        rows = connection.execute(f"SELECT DISTINCT {written} AS value {_FROM} ORDER BY value", [file]).fetchall()
        return [value for (value,) in rows if value]


def read_parquet(
    content: Content, columns: Sequence[str] | None = None, where: Mapping[str, Sequence[str]] | None = None
) -> Sheet:
    """Return a Parquet file as text: a row of the columns' names, then the rows in their order; missing is ``""``.

    The names stand above the first row of the file.

    Args:
        content: a Parquet file on disk, which is not read as a whole, or its bytes.
        columns: the names of the columns to read; None: all.
        where: for each column, as text, the values that a row may have; only rows that fit all of them are read.

    Raises:
        SourceError: the file is damaged or cut short, or has no column of that name.
    """
    with _table(content) as (connection, file):
        types = _types(connection, file)
        chosen = _known(content, types, types if columns is None else columns)
        clause, values = _clause(_known(content, types, where or {}), where or {})
        cells = ", ".join(f"coalesce({_written(name, kind)}, '')" for name, kind in chosen.items())
        # Rows that are left out count all the same: a row's number is that in the file.
        numbered = _FROM.replace(")", ", file_row_number = true)") if clause else _FROM
        number = "file_row_number + 2" if clause else "0"
        query = connection.execute(f"SELECT {cells}, {number} {numbered} {clause}", [file, *values])
        rows, lines = [list(chosen)], [1]
        shared: dict[str, str] = {}
        while batch := query.fetchmany(_BATCH):
            # The same few texts fill most cells: each is kept once.
            rows.extend([shared.setdefault(cell, cell) for cell in row[:-1]] for row in batch)
            lines.extend(row[-1] for row in batch)
    return Sheet(rows, lines if clause else None, above=1)


@contextmanager
def _table(content: Content) -> Iterator[tuple[DuckDBPyConnection, str]]:
    """Open a Parquet file for queries, and say what is wrong with it if one fails."""
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = content.path
        if file is None:
            file = Path(folder, "table.parquet")
            file.write_bytes(content.data)
        try:
            yield connection, _literally(str(file))
        except duckdb.Error as error:
            raise SourceError(
                msg("“{name}” is a Parquet file that cannot be read.", name=content.name),
                expected=msg(
                    "Reading stopped with: {reason}.",
                    reason=str(error).splitlines()[0].replace(str(file), content.name).rstrip("."),
                ),
                remedy=msg("Download or copy it again."),
            ) from error


def _literally(path: str) -> str:
    """Return a path that duckdb does not take for a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)


def _types(connection: DuckDBPyConnection, file: str) -> dict[str, str]:
    described = connection.execute(f"DESCRIBE SELECT * {_FROM}", [file]).fetchall()
    return {str(row[0]): str(row[1]) for row in described}


def _known(content: Content, types: Mapping[str, str], names: Sequence[str] | Mapping[str, object]) -> dict[str, str]:
    missing = [name for name in names if name not in types]
    if missing:
        raise SourceError(
            msg("“{name}” has no column {missing}.", name=content.name, missing=missing),
            expected=msg("Its columns are: {columns}.", columns=list(types)),
        )
    return {name: types[name] for name in names}


def _clause(types: Mapping[str, str], where: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Return a condition and its parameters. Columns of text are compared as they are, so that whole blocks are skipped."""
    conditions = [
        f"{_quoted(name) if kind == 'VARCHAR' else _written(name, kind)} IN ({', '.join('?' * len(where[name]))})"
        if where[name]
        else "false"
        for name, kind in types.items()
    ]
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return clause, [value for name in types for value in where[name]]


def _written(name: str, kind: str) -> str:
    """Return the SQL that writes a column as a person would type it (see :func:`primaire.sources.opening.sheet.text_of`)."""
    column = _quoted(name)
    text = f"CAST({column} AS VARCHAR)"
    if kind.startswith(("FLOAT", "DOUBLE", "DECIMAL")):
        whole = f"CAST(CAST({column} AS HUGEINT) AS VARCHAR)"
        number = f"CASE WHEN isnan({column}) THEN '' ELSE {text} END" if not kind.startswith("DECIMAL") else text
        return f"CASE WHEN abs({column}) < 1e15 AND {column} = trunc({column}) THEN {whole} ELSE {number} END"
    if kind.startswith("TIMESTAMP"):
        return f"regexp_replace({text}, ' 00:00:00$', '')"
    return text


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
