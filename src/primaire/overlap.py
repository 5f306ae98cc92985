"""Contests that are held side by side: a station that elects a president and a deputy on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, numbered
from primaire.schema import CONTEST_KEY, PLACES

if TYPE_CHECKING:
    import pandas as pd


def overlapping(ballots: pd.DataFrame) -> frozenset[str]:
    """Return the elections of which one unit votes in several contests: added over these, it would count twice.

    What is a sum already (``units`` above 1) says nothing of its units, nor does a row that names no place: these are
    not looked at.
    """
    placed = np.any([codes(ballots[name]) >= 0 for name in PLACES], axis=0)
    single = ballots[(ballots["units"] == 1).to_numpy(dtype="bool") & placed]
    unit = numbered(single, [*(name for name in CONTEST_KEY if name != "contest"), "unit", *PLACES])
    again = (np.bincount(unit) > 1)[unit] if len(unit) else unit.astype("bool")
    return frozenset(single["election"][again].unique())
