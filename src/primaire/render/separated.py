"""The format ``csv``, fast on ten rows as on a million: columns are written as text, then put side by side.

A table repeats the ballots of a contest on each candidate's row, so most columns stay the same for many rows: neighbours of
that kind are written once for the run of rows that they have in common.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.render.cells import cells
from primaire.render.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from primaire.table import Column, Table

_FORMULA = ("=", "+", "-", "@")
_SPECIAL = re.compile('[,"]')
_REAL = ("share", "points", "index", "factor")
_AT_ONCE = 1 << 16
"""Rows put together at once."""

_SELDOM = 3
"""A column that changes at most every so many rows is written by its runs."""


def csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, commas, a header of column names, empty for missing, ``true`` and ``false``.

    Numbers have all their digits. A text that begins with ``=``, ``+``, ``-`` or ``@`` gets a ``'`` before it, so that
    no spreadsheet runs it as a formula; control characters are visible escapes (``\\t``, ``\\x1b``).
    """
    header = ",".join(map(_quoted, map(_harmless, map(str, table.frame.columns))))
    alone = len(table.columns) == 1
    return b"".join([f"{header}\n".encode(), *(part.encode() for part in _rows(table, alone=alone))])


def _rows(table: Table, *, alone: bool) -> Iterator[str]:
    for start in range(0, len(table), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(table))
        lines: Iterable[str] = map(",".join, zip(*_pieces(table, start, stop), strict=True))
        # A line without anything would be no row: the only field of a row is quoted when it is empty.
        yield "".join(f"{line}\n" if line or not alone else '""\n' for line in lines)


def _pieces(table: Table, start: int, stop: int) -> Iterator[Sequence[str]]:
    """Yield for each column, or for neighbours that stay the same together, the text of every row."""
    run: list[Column] = []
    changes = np.zeros(0, dtype="bool")
    for column in table.columns:
        changed = _changes(table.frame[column.name].array[start:stop])
        if changed.sum() * _SELDOM > len(changed) > _SELDOM:
            if run:
                yield _written(table, run, changes, start)
                run = []
            yield _fields(table, column, np.arange(start, stop))
            continue
        changes = changed if not run else changes | changed
        run.append(column)
    if run:
        yield _written(table, run, changes, start)


def _changes(values: Any) -> npt.NDArray[np.bool_]:
    """Tell for each value whether it differs from the one before; the first does."""
    missing = np.asarray(pd.isna(values))
    plain = np.asarray(values.codes) if isinstance(values, pd.Categorical) else _plain(values)
    changed = np.ones(len(plain), dtype="bool")
    both = ~missing[1:] & ~missing[:-1]
    changed[1:] = (missing[1:] != missing[:-1]) | (both & (plain[1:] != plain[:-1]).astype("bool"))
    return changed


def _written(table: Table, columns: Sequence[Column], changes: npt.NDArray[np.bool_], start: int) -> Sequence[str]:
    """Return the text of neighbours, written once for each run of rows and then repeated."""
    heads = np.flatnonzero(changes)
    fields = [_fields(table, column, heads + start) for column in columns]
    texts = list(map(",".join, zip(*fields, strict=True)))
    lengths = [after - before for before, after in pairwise([*heads.tolist(), len(changes)])]
    return [text for text, length in zip(texts, lengths, strict=True) for _ in range(length)]


def _fields(table: Table, column: Column, rows: npt.NDArray[np.intp]) -> Sequence[str]:
    """Return the fields of a column in some rows."""
    values = table.frame[column.name].array.take(rows)
    if isinstance(values, pd.arrays.IntegerArray):
        return _numbers(map(str, _plain(values).tolist()), np.asarray(values.isna()))
    if isinstance(values, pd.arrays.FloatingArray) and column.kind in _REAL:
        plain = _plain(values)
        return _numbers(map(repr, plain.tolist()), ~np.isfinite(plain))
    if column.kind in ("text", "term", "sentence"):
        codes, different = (
            (values.codes, values.categories) if isinstance(values, pd.Categorical) else pd.factorize(values)
        )
        texts = [*(_quoted(_harmless(str(one))) for one in different), ""]
        return [texts[code] for code in codes.tolist()]
    return [_field(one) for one in cells(replace(table, frame=table.frame.take(rows), sections=()), column.name)]


def _plain(values: Any) -> npt.NDArray[Any]:
    """Return values as NumPy has them; what is missing is 0, or not a number."""
    if isinstance(values, pd.arrays.IntegerArray):
        return np.asarray(values.to_numpy("int64", na_value=0))
    if isinstance(values, pd.arrays.FloatingArray):
        return np.asarray(values.to_numpy("float64", na_value=np.nan))
    return np.asarray(pd.factorize(values)[0])  # texts and marks: their places will do


def _numbers(written: Iterable[str], missing: npt.NDArray[np.bool_]) -> Sequence[str]:
    if not missing.any():
        return list(written)
    return ["" if gone else text for text, gone in zip(written, missing.tolist(), strict=True)]


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(_harmless(value)) if isinstance(value, str) else repr(value)


def _harmless(text: str) -> str:
    shown = printable(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text
