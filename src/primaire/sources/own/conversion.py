"""Returns written in primaire's own format, as CSV or Parquet: what is written is what is read.

The renderers of answers do not fit: they show control characters as escapes, which no reader takes back, and go cell by
cell. Here each different text is written once, and rows are put together from those.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, located
from primaire.schema import CONTEST_KEY, COUNTS, ORIGINS, PLACES, Returns
from primaire.sources.own.columns import COLUMNS, VERSION
from primaire.sources.own.engine import connected, literal
from primaire.version import VERSION as PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

_OF_BALLOTS = ("election", "round", "contest", "level", "unit", *PLACES, "status", "status_note", "units", *COUNTS)
_OF_VOTES = ("votes", "share", "share_decimals", "share_base", "seats", "elected", "source", "note")
_OF_PEOPLE = ("candidate", "label", "list", "number")
_MAY_BE_APPROXIMATE = (*COUNTS, "votes", "share")
_APPROXIMATE = ORIGINS.index("approximate")
_GUARDED = ("=", "+", "-", "@", "\t", "\r")

ROW_GROUP: Final = 40_960
"""Rows that a Parquet file stores together: a departement's stations are a few groups of a national file, so that who
asks for one departement skips the others."""


def long_form(returns: Returns) -> pd.DataFrame:
    """Return the figures as one row per unit and candidate, with the ballots' figures beside.

    A unit without candidates has one row without any. Rows stand in the order of ``votes``.

    Args:
        returns: as read: the format knows published and approximate figures only.

    Returns:
        all columns of :data:`primaire.sources.own.columns.COLUMNS` but ``publication``: it is one. Who sums a count of ballots takes the rows where
        ``unit_row`` is 1.
    """
    vote, at = _rows(returns)
    ballots, votes = returns.ballots, returns.votes
    contest = located(ballots, returns.contests, CONTEST_KEY)[at]
    person = np.append(votes["candidate"].to_numpy(), -1)[vote]
    columns: dict[str, Any] = {
        "format_version": np.full(len(at), VERSION),
        **{name: returns.contests[name].array.take(contest) for name in ("date", "coverage", "electorate")},
        **{name: ballots[name].array.take(at) for name in _OF_BALLOTS},
        **{f"unit_{name}": ballots[name].array.take(at) for name in ("source", "note")},
        "unit_row": _number_in_unit(at),
        **{name: returns.candidates[name].array.take(person, allow_fill=True) for name in _OF_PEOPLE},
        **{name: votes[name].array.take(vote, allow_fill=True) for name in _OF_VOTES},
        "approximate": _approximate(returns, vote, at),
    }
    return pd.DataFrame({column.name: columns[column.name] for column in COLUMNS if column.name in columns})


def _rows(returns: Returns) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each row of the long form its row of votes, -1 for a unit without candidates, and its ballot."""
    ballot, size = returns.votes["ballot"].to_numpy(), len(returns.ballots)
    first = np.full(size, len(ballot))
    np.minimum.at(first, ballot, np.arange(len(ballot)))
    alone = np.setdiff1d(np.arange(size), ballot)
    # Before the first row of the units that follow, so that units are read in their order.
    before = np.minimum.accumulate(first[::-1])[::-1][alone]
    order = np.argsort(np.concatenate([2 * np.arange(len(ballot)) + 1, 2 * before]), kind="stable")
    return np.append(np.arange(len(ballot)), np.full(len(alone), -1))[order], np.append(ballot, alone)[order]


def _number_in_unit(at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.asarray(pd.Series(at).groupby(at).cumcount() + 1)


def _approximate(returns: Returns, vote: npt.NDArray[np.int64], at: npt.NDArray[np.int64]) -> pd.Categorical:
    """Return the names of the columns of each row that are approximations."""
    mask = np.zeros(len(at), dtype="int64")
    for bit, name in enumerate(_MAY_BE_APPROXIMATE):
        frame, place = (returns.ballots, at) if name in COUNTS else (returns.votes, vote)
        approximate = np.append(codes(frame[f"{name}_origin"]) == _APPROXIMATE, False)
        mask |= approximate[place].astype("int64") << bit
    different, place = np.unique(mask, return_inverse=True)
    texts = [
        " ".join(name for bit, name in enumerate(_MAY_BE_APPROXIMATE) if one >> bit & 1) for one in different.tolist()
    ]
    return pd.Categorical([text or None for text in texts]).take(place)


def to_csv(returns: Returns) -> bytes:
    """Return the figures as CSV in the format: UTF-8, commas, English headers, all columns.

    Text that a spreadsheet would take for a formula has an apostrophe before it, which is taken off when it is read.
    """
    frame = long_form(returns)
    cells = [_cells(frame[name], frame["share_decimals"]) for name in frame]
    lines = map(",".join, zip(*cells, strict=False))  # a column that is empty all the way has no end
    return "".join(f"{line}\n" for line in (",".join(frame.columns), *lines)).encode(errors="backslashreplace")


def _cells(column: pd.Series[Any], decimals: pd.Series[Any]) -> Iterable[str]:
    missing = column.isna().to_numpy()
    if missing.all():
        return repeat("")
    if column.name == "share":
        written = {
            pair: _share(*pair) for pair in dict.fromkeys(zip(column, decimals, strict=True)) if pair[0] is not pd.NA
        }
        return [written.get(pair, "") for pair in zip(column, decimals, strict=True)]
    place, values = pd.factorize(column)
    write: Callable[[Any], str] = _YES_OR_NO.__getitem__ if column.name == "elected" else _text
    texts = np.array([*map(write, values.tolist()), ""], dtype="object")
    return texts[place].tolist()  # type: ignore[no-any-return]  # NumPy does not know of what


_YES_OR_NO = {True: "yes", False: "no"}


def _share(share: float, decimals: int) -> str:
    return np.format_float_positional(share, unique=True, min_digits=decimals, trim="k" if decimals else "-")


def _text(value: object) -> str:
    text = str(value)
    guarded = f"'{text}" if text.lstrip("'").startswith(_GUARDED) else text
    return '"' + guarded.replace('"', '""') + '"' if any(sign in guarded for sign in ',"\r\n') else guarded


def to_parquet(returns: Returns) -> bytes:
    """Return the figures as Parquet in the format: text as VARCHAR, whole numbers as BIGINT, percentages as DOUBLE.

    The metadata key ``primaire`` holds a JSON object: the program's version, what the figures were read from, and
    ``together``: whether the rows of each unit follow each other.
    """
    frame = long_form(returns)
    columns = ", ".join(
        f'CAST("{name}" AS VARCHAR) AS "{name}"' if isinstance(frame[name].dtype, pd.CategoricalDtype) else f'"{name}"'
        for name in frame
    )
    facts = literal(json.dumps(_description(returns)))
    with TemporaryDirectory() as folder, connected() as connection:
        file = Path(folder, "rows.parquet")
        connection.register("long_form", frame)
        connection.execute(
            f"COPY (SELECT {columns} FROM long_form) TO {literal(str(file))} "  # noqa: S608  our own names
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{primaire: {facts}}})"
        )
        return file.read_bytes()


def _description(returns: Returns) -> dict[str, Any]:
    unit = returns.votes["ballot"].to_numpy()
    runs = int((np.diff(unit, prepend=-1) != 0).sum())
    return {
        "primaire": PROGRAM,
        "format_version": VERSION,
        "together": runs == len(np.unique(unit)),
        "sources": [
            {**asdict(replace(file, compared=())), "remarks": [str(remark) for remark in file.remarks]}
            for file in returns.provenance.files
        ],
        "steps": [str(step) for step in returns.provenance.steps],
    }
