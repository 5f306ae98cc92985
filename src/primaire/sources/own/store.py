"""Parquet files of primaire's own format, of any size: DuckDB reads what is asked for, and adds up what may be."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import file_digest
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.assembly import assemble_units
from primaire.messages import Message, msg
from primaire.provenance import Provenance, SourceFile
from primaire.schema import PLACES, SELECTABLE, Returns
from primaire.sources.opening.sheet import text_of
from primaire.sources.own.canonical import check_header, returns_of
from primaire.sources.own.columns import COLUMNS, column_called
from primaire.sources.own.engine import connected, literal
from primaire.sources.own.factors import CellTable, Column
from primaire.sources.own.summing import INVENTED, summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from primaire.sources.wanted import Wanted

READER: Final = "primaire Parquet"

_MARK: Final = b"\x0eformat_version"
"""A column's name as the end of a Parquet file spells it: its length, then its letters."""


def is_canonical_parquet(path: Path) -> bool:
    """Tell whether a file is Parquet in primaire's own format: it has a column ``format_version``.

    DuckDB is not loaded for that: the names of the columns stand in the file's last bytes, its footer.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < 12:  # noqa: PLR2004  a mark, the footer's length, and the mark again
            return False
        file.seek(-8, 2)
        length, mark = int.from_bytes(file.read(4), "little"), file.read(4)
        if mark != b"PAR1" or length > size:
            return False
        file.seek(-8 - length, 2)
        return _MARK in file.read(length)


def read_store(
    path: Path, wanted: Wanted, by: str | Sequence[str] | None = None, *, name: str | None = None
) -> Returns:
    """Read what is asked for of a Parquet file in primaire's own format.

    Args:
        path: where it is; see :func:`is_canonical_parquet`.
        wanted: the part asked for; it means what it means for :meth:`primaire.schema.Returns.select`.
        by: what the figures will be added up by, as for :func:`primaire.tally.tally`: units are then added up here, as far
            as that changes no answer. None: every unit is read by itself.
        name: what the user called the file; by default, the path.

    Returns:
        Without ``by``, what reading the whole file and selecting from it gives, candidates in the order in which they
        appear in that part. With it, ``tally(read_store(path,
        wanted, by), by)`` is ``tally(read_store(path, wanted), by)``, and :func:`primaire.checks.contradictions.findings` are the same;
        a ballot that stands for several units has no name, and ``units`` says how many they are. Selecting the same
        again changes nothing.

    Raises:
        SourceError: the file is not in the format, or of a later version.
        NotHeldError, NameUnknownError: as ``select`` and ``tally`` raise them.
    """
    with connected() as connection:
        store = _Store.opened(connection, path, name or str(path))
        condition = store.condition(wanted)
        together = by and store.facts.get("together")
        rows = summed(connection, condition, by, wanted_columns(wanted)) if by and together else None
        returns = returns_of(store.table(rows or f"SELECT * FROM store WHERE {condition}"), store.provenance())  # noqa: S608  our own words, and quoted text
    return _without_invented_names(returns) if rows else returns


def _without_invented_names(returns: Returns) -> Returns:
    """Return sums without the names that tell them apart, and without the row that one of their units begins on."""
    unit = returns.ballots["unit"]
    invented = [name for name in unit.cat.categories if name.startswith(INVENTED)]
    nowhere = returns.ballots["line"].mask(returns.ballots["units"] > 1)
    return replace(returns, ballots=returns.ballots.assign(unit=unit.cat.remove_categories(invented), line=nowhere))


@dataclass(frozen=True)
class _Store:
    """One Parquet file behind a connection, as the view ``store``: every column of the format, and ``row``, from 0.

    Attributes:
        header: how the file itself calls its columns.
        facts: what the file says of itself, as :func:`primaire.sources.own.conversion.to_parquet` writes it.
    """

    connection: DuckDBPyConnection
    path: Path
    name: str
    header: list[str]
    facts: dict[str, Any]

    @classmethod
    def opened(cls, connection: DuckDBPyConnection, path: Path, name: str) -> _Store:
        """Make the view. Raises SourceError for a wrong header, and for a later version."""
        source = f"read_parquet({literal(str(path))}, file_row_number = true)"
        types = {header: kind for header, kind, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
        del types["file_row_number"]
        held = {column.name: header for header in types if (column := column_called(header)) is not None}
        listed = ", ".join(f'{_in_sql(held.get(column.name), types)} AS "{column.name}"' for column in COLUMNS)
        connection.execute(f"CREATE TEMP VIEW store AS SELECT {listed}, file_row_number AS row FROM {source}")  # noqa: S608  our own words, and quoted text
        store = cls(connection, path, name, list(types), _facts(connection, path))
        (version,) = connection.execute("SELECT max(format_version) FROM store").fetchall()[0]
        check_header(store._cells({"format_version": ([str(version)], [0])}, [1]))
        return store

    def condition(self, wanted: Wanted) -> str:
        """Return the selection in SQL: ``Returns.select`` itself picks among the different values that the file holds."""
        names = wanted_columns(wanted)
        if not names and not wanted.where:
            return "true"
        query = f"SELECT {', '.join(names) or 'NULL'} FROM store GROUP BY ALL ORDER BY min(row)"  # noqa: S608  our own words
        held = [dict(zip(names, values, strict=False)) for values in self.connection.execute(query).fetchall()]
        chosen = _selected(held, wanted)
        # The values of each column, by which whole groups of rows are left out; then, if need be, all of them together.
        values = {name: dict.fromkeys(one[name] for one in chosen) for name in names}
        parts = [_one_of(name, some) for name, some in values.items() if any(one[name] not in some for one in held)]
        if sum(all(one[name] in some for name, some in values.items()) for one in held) > len(chosen):
            together = " || chr(31) || ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in names)
            parts.append(_one_of(together, [chr(31).join(str(one[name] or "") for name in names) for one in chosen]))
        return " AND ".join(parts) or "true"

    def table(self, query: str) -> CellTable:
        """Return the rows that a query gives, as cells of the format."""
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW found AS {query}")
        kinds = {name: kind for name, kind, *_ in self.connection.execute("DESCRIBE found").fetchall()}
        filled = ", ".join(f'count("{name}")' for name in kinds)
        held = self.connection.execute(f"SELECT {filled} FROM found").fetchall()[0]  # noqa: S608  our own words
        names = [name for name, count in zip(kinds, held, strict=True) if count and name != "row"]
        listed = ", ".join(["row", *(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in names)])
        rows: dict[str, Any] = self.connection.execute(f"SELECT {listed} FROM found ORDER BY row").fetchnumpy()  # noqa: S608  our own words
        columns = {name: _factorised(rows[name], kinds[name]) for name in names}
        return self._cells(columns, np.asarray(rows["row"] + 1).tolist())

    def _cells(self, columns: Mapping[str, Column], lines: list[int]) -> CellTable:
        nothing: Column = [], [-1] * len(lines)
        called = [column_called(header) for header in self.header]
        cells = [nothing if column is None else columns.get(column.name, nothing) for column in called]
        return CellTable(
            name=self.name,
            title=self.path.stem,
            header=self.header,
            header_line=None,
            european=False,
            guarded=False,
            texts=[texts for texts, _ in cells],
            places=[places for _, places in cells],
            lines=lines,
        )

    def provenance(self) -> Provenance:
        """Return the file read, and what it says of the files that it was converted from."""
        with self.path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        (size,) = self.connection.execute("SELECT count(*) FROM store").fetchall()[0]
        read = SourceFile(
            name=self.name,
            sha256=digest,
            size=self.path.stat().st_size,
            reader=READER,
            rows=size,
            remarks=tuple(_history(self.facts)),
        )
        return Provenance((read,))


def _facts(connection: DuckDBPyConnection, path: Path) -> dict[str, Any]:
    query = f"SELECT value FROM parquet_kv_metadata({literal(str(path))}) WHERE key = 'primaire'"  # noqa: S608  quoted
    for (value,) in connection.execute(query).fetchall():
        facts = json.loads(value)
        if isinstance(facts, dict):
            return facts
    return {}


def _history(facts: dict[str, Any]) -> Iterator[Message]:
    for source in facts.get("sources", ()):
        yield msg(
            "Converted from {name} ({reader}, SHA-256 {digest}) by primaire {version}.",
            name=source["name"],
            reader=source["reader"],
            digest=source["sha256"],
            version=facts["primaire"],
        )
        yield from (msg("Said when it was converted: {remark}", remark=remark) for remark in source["remarks"])
    yield from (msg("Said when it was converted: {remark}", remark=step) for step in facts.get("steps", ()))


def _in_sql(header: str | None, types: dict[str, str]) -> str:
    if header is None:
        return "NULL"
    quoted = '"' + header.replace('"', '""') + '"'
    return f"CASE WHEN {quoted} THEN 'yes' WHEN NOT {quoted} THEN 'no' END" if types[header] == "BOOLEAN" else quoted


def _factorised(values: Any, kind: str) -> Column:
    plain = np.asarray(np.ma.getdata(values), dtype="object")
    plain[np.ma.getmaskarray(values)] = None
    places, different = pd.factorize(plain)  # None is at place -1
    # DuckDB writes a small number as 1e-05.
    texts = [text_of(float(text)) if kind in ("DOUBLE", "FLOAT") else str(text) for text in different]
    return texts, np.asarray(places).tolist()


def _one_of(sql: str, values: Iterable[Any]) -> str:
    held = list(values)
    listed = ", ".join(literal(str(value)) for value in held if value is not None)
    choices = [f"{sql} IN ({listed})"] * bool(listed) + [f"{sql} IS NULL"] * (None in held)
    return f"({' OR '.join(choices)})"


def wanted_columns(wanted: Wanted) -> list[str]:
    """Return the columns that tell what is selected: a place may be named by its name or its code, or within its departement."""
    asked: list[str] = [name for name in ("election", "round", "contest") if getattr(wanted, name) is not None]
    asked += [name for name in wanted.where if name in SELECTABLE]
    levels = [name.removesuffix("_code") for name in asked if name in PLACES]
    places = [
        column for level in (*levels, *(["departement"] if levels else [])) for column in (f"{level}_code", level)
    ]
    return list(dict.fromkeys((*asked, *places)))


def _selected(held: list[dict[str, Any]], wanted: Wanted) -> list[dict[str, Any]]:
    ballots = [{"election": "", "round": 1, "contest": "", **one} for one in held]
    for number, ballot in enumerate(ballots):
        ballot["note"] = number
    everything = assemble_units(ballots, [], {"candidate": ([], [])}, Provenance())
    kept = everything.select(election=wanted.election, round=wanted.round, contest=wanted.contest, where=wanted.where)
    return [held[int(number)] for number in kept.ballots["note"]]
