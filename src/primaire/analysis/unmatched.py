"""Unmatched: the places of two votes that have no counterpart in the other, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.captions import count_columns
from primaire.messages import msg, term
from primaire.schema import LEVELS
from primaire.sides import Votes, one_after_the_other, one_against_the_other
from primaire.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.captions import Captions
    from primaire.schema import Returns

FIRST, SECOND = term("first"), term("second")

_COLUMNS = (
    Column("vote", term("vote"), "term"),
    Column("election", term("election"), "text"),
    Column("round", term("round"), "count"),
    Column("contest", term("contest"), "text"),
    Column("code", term("code"), "text", missing=None),
    Column("unit", term("unit"), "text"),
    Column("units", term("units"), "count", place="hidden"),
    *count_columns("registered", term("registered"), term("not published"), place="body"),
    *count_columns("voters", term("voters"), term("not published"), place="body"),
)


def between(before: Returns, after: Returns | None = None, *, by: str | Sequence[str] = "contest") -> Table:
    """List what a swing leaves out: the places of one vote that the other does not have.

    Args:
        before, after, by: as for :func:`primaire.analysis.swing.swing`.

    Returns:
        One row per place without a counterpart: ``vote`` is first or second, ``code`` the place's code where it has one,
        ``registered`` and ``voters`` its ballots, NA where not published. No rows where everything has a counterpart.

    Raises:
        NotHeldError: it is not clear which vote is meant.
        NameUnknownError: ``by`` is not one of those that exist.
    """
    return _unmatched(one_after_the_other(before, after, by))


def beside(
    returns: Returns, against: Returns, *, by: str | Sequence[str] = "contest", against_by: str | None = None
) -> Table:
    """List what a comparison leaves out, as :func:`between` does; arguments as for :func:`primaire.analysis.compare.compare`."""
    return _unmatched(one_against_the_other(returns, against, by, against_by))


def _unmatched(votes: Votes) -> Table:
    pairs = votes.pairs
    sides = ((FIRST, pairs.left, pairs.lone_left), (SECOND, pairs.right, pairs.lone_right))
    frame = pd.concat([_rows(*side, votes.level) for side in sides], ignore_index=True)
    return Table(
        name="unmatched",
        title=msg("Without a counterpart") if len(frame) else msg("Without a counterpart: none"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        provenance=votes.provenance,
    )


def _rows(vote: str, told: Captions, alone: npt.NDArray[np.int64], level: str) -> pd.DataFrame:
    ballots, facts = told.ballots.iloc[alone], told.facts.iloc[alone]
    code = ballots[f"{level}_code"] if level in LEVELS[1:] else pd.Series(None, index=ballots.index, dtype="str")
    figures = ("registered", "registered_origin", "voters", "voters_origin")
    return pd.DataFrame(
        {
            "vote": np.full(len(alone), vote, dtype="object"),
            **{name: facts[name].to_numpy() for name in ("election", "round", "contest", "unit", "units")},
            "code": code.astype("str").to_numpy(),
            **{name: ballots[name].array for name in figures},
        }
    )
