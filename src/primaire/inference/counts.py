"""What is counted: units by options, at two votes, checked before anything is worked out from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_MOST: Final = 2**53
"""Beyond, not every whole number is a double."""


def checked(before: npt.ArrayLike, after: npt.ArrayLike) -> tuple[Wholes, Wholes]:
    """Return (n, R) and (n, C) whole numbers of voters, with the same total in each unit.

    Raises:
        ValueError: the shapes do not fit; a number is negative, not finite, not whole, or more than 2^53; a
            unit's totals differ.
    """
    x, y = _whole(before, "before"), _whole(after, "after")
    if len(x) != len(y):
        raise ValueError(f"there are {len(x)} units before and {len(y)} after; they are the same units")
    sums, others = x.sum(axis=1), y.sum(axis=1)
    apart = np.flatnonzero(sums != others)
    if len(apart):
        unit = int(apart[0])
        raise ValueError(
            f"{len(apart)} units have other totals after than before; unit {unit}: {sums[unit]} and {others[unit]}. "
            "Make the difference an option of its own: voters new on the roll before, no longer on it after"
        )
    return x, y


def numbered(groups: npt.ArrayLike, units: int) -> Wholes:
    """Return the number of each unit's group. Raises ValueError unless they are whole numbers of 0 or more."""
    number = np.asarray(groups)
    if number.shape != (units,) or number.dtype.kind not in "iu" or (number < 0).any():
        raise ValueError(f"groups are {units} whole numbers of 0 or more, one for each unit")
    return number.astype("int64")


def _whole(given: npt.ArrayLike, name: str) -> Wholes:
    counts = np.asarray(given)
    if counts.ndim != 2:  # noqa: PLR2004  units and options
        raise ValueError(f"{name} is a table of units and options, not of {counts.ndim} dimensions")
    if counts.dtype.kind not in "iufb":
        raise ValueError(f"{name} holds numbers of voters, not {counts.dtype}")
    # What is not finite is not equal to any whole number either.
    with np.errstate(invalid="ignore"):
        wrong = ~((counts >= 0) & (counts <= _MOST) & (np.floor(counts) == counts))
    if wrong.any():
        unit, option = np.argwhere(wrong)[0].tolist()
        raise ValueError(
            f"{name}: unit {unit} has {counts[unit, option]:g} voters of option {option}; "
            f"expected are whole numbers from 0 to {_MOST:,}"
        )
    return counts.astype("int64")
