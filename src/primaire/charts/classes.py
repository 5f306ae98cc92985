"""Classes of a choropleth map: few, of about as many places each, with bounds that people can keep in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MOST, LEAST = 6, 2
"""Classes of a map: eyes tell no more shades of one colour apart on scattered areas."""

_EACH: Final = 3
"""Places for which there is one class more, until there are enough classes."""

_STEPS: Final = tuple(step * 10.0**power for power in range(-3, 3) for step in (1, 2, 5))
_AT_FEW: Final = 0.4
"""The part of a class's fair share of places that it has at least, or else there are fewer classes."""

_OUTER: Final = 0.02
"""The part of the values at either end that does not decide whether a map has two sides."""


def bounds(values: Floats) -> list[float]:
    """Return the bounds between classes: quantiles, rounded to a step of 1, 2 or 5 that keeps them apart.

    Args:
        values: known ones; a value on a bound is of the class above it.

    Returns:
        ascending; none where all values are equal.

    >>> bounds(np.arange(1.0, 61.0))
    [10.0, 20.0, 30.0, 40.0, 50.0]
    """
    if len(values) == 0 or values.min() == values.max():
        return []
    for number in range(max(min(MOST, len(values) // _EACH), LEAST), LEAST - 1, -1):
        found = _rounded(np.quantile(values, np.arange(1, number) / number))
        sizes = np.histogram(values, [-np.inf, *found, np.inf])[0]
        if len(found) == number - 1 and sizes.min() >= _AT_FEW * len(values) / number:
            return found
    return _equal(float(values.min()), float(values.max()))


def _rounded(quantiles: Floats) -> list[float]:
    gaps = np.diff(quantiles)
    apart = float(gaps.min()) if len(gaps) else abs(float(quantiles[0])) / 5
    step = max((step for step in _STEPS if step <= apart), default=_STEPS[0])
    return [round(float(bound), 6) for bound in np.unique(np.round(quantiles / step) * step)]


def _equal(low: float, high: float) -> list[float]:
    """Return bounds at equal steps."""
    step = next((step for step in _STEPS if (high - low) / step <= MOST), _STEPS[-1])
    first = np.floor(low / step) + 1
    found = (first + np.arange(MOST)) * step
    return [round(float(bound), 6) for bound in found if low < bound <= high]


def two_sided(values: Floats) -> bool:
    """Tell whether there are gains and losses: all but the outermost values lie on both sides of zero."""
    if not len(values):
        return False
    low, high = np.quantile(values, (_OUTER, 1 - _OUTER))
    return bool(low < 0 < high)


def around_zero(values: Floats) -> list[float]:
    """Return five bounds with zero in their middle, as far apart on either side.

    >>> around_zero(np.array([-4.0, -1.0, 0.5, 3.0]))
    [-2.0, -1.0, 0.0, 1.0, 2.0]
    """
    reach = float(np.quantile(np.abs(values), 0.9))
    step = max((step for step in _STEPS if step <= reach / 2), default=_STEPS[0])
    return [round(place * step, 6) for place in (-2, -1, 0, 1, 2)]
