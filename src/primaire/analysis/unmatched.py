"""Unmatched: the places of two votes that have no counterpart in the other, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.captions import count_columns
from primaire.messages import msg, msgn, term
from primaire.schema import LEVELS
from primaire.sides import one_after_the_other, one_against_the_other
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


def unmatched(
    first: Returns, second: Returns | None = None, *, by: str | Sequence[str] = "contest", same_vote: bool = False
) -> Table:
    """List what a swing or a comparison leaves out: the places of one vote that the other does not have.

    Args:
        first: the earlier vote, or the figures in question; without ``second``, a data set with several rounds.
        second: the later vote, or what the first is held against.
        by: what units are added up by; see :func:`primaire.tally.tally`.
        same_vote: whether both are sources of one vote, as :func:`primaire.analysis.compare.compare` sees them, and
            not two votes one after the other, as :func:`primaire.analysis.swing.swing` does.

    Returns:
        One row per place without a counterpart: ``vote`` is first or second, ``code`` the place's code where it has one,
        ``registered`` and ``voters`` its ballots, NA where not published. No rows where everything has a counterpart.

    Raises:
        NotHeldError: it is not clear which vote is meant.
        NameUnknownError: ``by`` is not one of those that exist.
    """
    if second is not None and same_vote:
        votes = one_against_the_other(first, second, by)
    else:
        votes = one_after_the_other(first, second, by)
    pairs = votes.pairs
    sides = ((FIRST, pairs.left, pairs.lone_left), (SECOND, pairs.right, pairs.lone_right))
    frame = pd.concat([_rows(*side, votes.level) for side in sides], ignore_index=True)
    title = msgn("{n:count} without a counterpart", "{n:count} without a counterpart", len(frame))
    return Table(
        name="unmatched",
        title=title if len(frame) else msg("Everything has a counterpart: none is left out"),
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
