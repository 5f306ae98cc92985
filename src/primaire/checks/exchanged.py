"""Two candidates whose votes may have been exchanged in a unit: with either's count, both would be as usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.checks.unlikely import Judged

    Floats = npt.NDArray[np.float64]

_USUAL: Final = 2.0  # standard deviations within which a count is as usual
_UNUSUAL: Final = 4.0


def exchanged(judged: Judged) -> dict[int, tuple[int, int]]:
    """Return for the units found in which it explains what is seen: the two rows of ``candidates``.

    Only where both counts are as usual after the exchange and neither is before, one of them by far, and no other pair does
    the same.
    """
    rows = np.flatnonzero(np.isin(judged.shares.unit, judged.found) & (judged.shares.figure >= 0))
    rows = rows[np.argsort(judged.shares.unit[rows], kind="stable")]
    unit, first = np.unique(judged.shares.unit[rows], return_index=True)
    deviation = np.sqrt(judged.variance)
    found = {}
    for number, of_unit in zip(unit.tolist(), np.split(rows, first[1:]), strict=False):  # nothing splits into one part
        count, figure = judged.shares.count[of_unit], judged.shares.figure[of_unit]
        mean = judged.shares.base[of_unit] * judged.mean[of_unit]
        pairs = _pairs(count, mean, deviation[of_unit])
        if len(pairs) == 1:
            found[number] = (int(figure[pairs[0][0]]), int(figure[pairs[0][1]]))
    return found


def _pairs(count: npt.NDArray[np.int64], mean: Floats, deviation: Floats) -> list[list[int]]:
    """Return the pairs of places that explain a unit; exchanged, ``far[i, j]`` is how far i is with the count of j."""
    far = np.abs(count[None, :] - mean[:, None]) / deviation[:, None]
    own = np.diagonal(far)
    before = (np.maximum(own[:, None], own[None, :]) >= _UNUSUAL) & (np.minimum(own[:, None], own[None, :]) > _USUAL)
    usual = (far <= _USUAL) & (far.T <= _USUAL) & before
    # What is unusual elsewhere stays unusual: the exchange must explain it all.
    elsewhere = (own > _UNUSUAL).sum() - (own[:, None] > _UNUSUAL).astype("int64") - (own[None, :] > _UNUSUAL)
    return np.argwhere(np.triu(usual & (elsewhere == 0), 1)).tolist()
