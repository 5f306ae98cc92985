"""What is expected of a unit's shares from the units around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance, codes, numbered
from primaire.placenames import place_levels
from primaire.schema import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from primaire.checks.shares import Shares

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

NEEDED: Final = 10
"""So many other units at least make neighbours."""


@dataclass(frozen=True)
class Expected:
    """What is expected of each share, and from whom.

    Attributes:
        mean: 0 to 1; NaN where there is nothing to expect it from.
        level: the level of the place whose other units it is expected from, by its number in :data:`LEVELS`; 0 is all that was read.
        place: the number of that place; alike for the shares of one figure in one place, and for no others.
        others: how many other units there are.
    """

    mean: Floats
    level: Wholes
    place: Wholes
    others: Wholes


def neighbours(shares: Shares, ballots: pd.DataFrame) -> Expected:
    """Expect of each unit the share of all others in its place: the smallest place with :data:`NEEDED` others or more.

    The wider place counts there as one more unit, so that what nobody voted for next door is not held to be impossible.
    All that was read is a neighbourhood only of units that name no place: Corsica is no neighbour of Brittany.
    """
    placed = np.zeros(len(ballots), dtype="bool")
    size = np.bincount(shares.option)
    typical = (np.bincount(shares.option, shares.base) / np.maximum(size, 1))[shares.option]
    mean = np.full(len(shares), np.nan)
    level, place, held = (np.zeros(len(shares), dtype="int64") for _ in range(3))
    for number, of_unit in _places(ballots):
        at = of_unit[shares.unit]
        group = _mixed(at + 1, shares.option)
        others = np.bincount(group)[group] - 1
        enough = (others >= NEEDED) & (at >= 0)
        count = np.bincount(group, shares.count)[group] - shares.count
        base = np.bincount(group, shares.base)[group] - shares.base
        wider = np.where(np.isnan(mean), 0, mean)
        weight = np.where(np.isnan(mean), 0, typical)
        share = (count + weight * wider) / np.maximum(base + weight, 1)
        mean, level, held = (
            np.where(enough, share, mean),
            np.where(enough, number, level),
            np.where(enough, others, held),
        )
        place = np.where(enough, group, place)
        placed |= (number > 0) & (of_unit >= 0)
    mean[placed[shares.unit] & (level == 0)] = np.nan
    return Expected(mean, level, _mixed(level, place), held)


def _places(ballots: pd.DataFrame) -> list[tuple[int, Wholes]]:
    """Return for each level of places that the units name, the widest first, the place of each unit, -1 for none."""
    places = [(0, np.zeros(len(ballots), dtype="int64"))]
    for number, level in enumerate(LEVELS[1:-1], start=1):
        own = _identity(ballots, level)
        if (own > 0).any():
            within = {name: _identity(ballots, name) for name in place_levels(level)}
            number_of = numbered(ballots.iloc[:, :0].assign(**within), list(within))
            places.append((number, np.where(own > 0, number_of, -1)))
    return places


def _identity(ballots: pd.DataFrame, level: str) -> Wholes:
    """Return a number for each place of a level, 0 for none: by its code, which has one spelling, else by its name."""
    code, name = codes(ballots[f"{level}_code"]), codes(ballots[level])
    return np.where(code >= 0, code, np.where(name >= 0, name + len(ballots[f"{level}_code"].cat.categories), -1)) + 1


def _mixed(one: Wholes, other: Wholes) -> Wholes:
    """Return one number for each pair of numbers of 0 or more."""
    return by_appearance(one * (int(other.max(initial=0)) + 1) + other)
