"""How evenly the votes for each candidate lie over units: the shapes that a terminal draws beside their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.derivation import derive
from primaire.scores import scores
from primaire.table import Spread
from primaire.tally import nested

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

FEWEST: Final = 10
"""Units below which a shape says less than their figures."""

CLASSES: Final = 10
_STEP: Final = 10  # per cent: the last class ends at a multiple of it


def spread_of(
    returns: Returns, figures: Returns, rows: pd.DataFrame, share: str, by: str | Sequence[str]
) -> Spread | None:
    """Return how the share of each candidate lies over the units.

    Args:
        returns: as read. figures: ``tally(returns, by)``. rows: ``scores(figures)``.
        share: the column of ``rows``.
        by: what units are added up by.

    Returns:
        one shape for each of ``rows``; None where no row adds up enough units, or candidates are added up by nuance.
    """
    span = len(returns.candidates)
    if len(figures.candidates) != span or len(figures.ballots) == len(returns.ballots):
        return None
    group, _ = nested(returns, by, "unit")
    units = scores(derive(returns))
    key = (rows["ballot"] * span + rows["person"]).to_numpy()
    order = np.argsort(key, kind="stable")
    wanted = group[units["ballot"].to_numpy()] * span + units["person"].to_numpy()
    row = order[np.searchsorted(key, wanted, sorter=order)]  # whoever stands in a unit stands in its sum
    return _shapes(share, row, units[share].to_numpy("float64", na_value=np.nan), len(rows))


def _shapes(share: str, row: Wholes, values: Floats, size: int) -> Spread | None:
    """Count the units of each row by class; ``values`` are per cent, NaN where unknown."""
    known = ~np.isnan(values)
    enough = np.bincount(row[known], minlength=size) >= FEWEST
    counted = known & enough[row]
    row, values = row[counted], values[counted]
    if not len(row):
        return None
    upper = _STEP * max(1, int(np.ceil(values.max() / _STEP)))
    place = np.minimum((values * CLASSES / upper).astype("int64"), CLASSES - 1)
    units = np.bincount(row * CLASSES + place, minlength=size * CLASSES).reshape(size, CLASSES)
    return Spread(share, units, upper)
