"""For each total, between which whole numbers every count must lie to be rounded to its published percentage.

A percentage s/10^d of a total T is what v is rounded to if 100·v/T lies within half a last digit of it: with the unit
2·100·10^d, v·unit lies between (2s-1)·T and (2s+1)·T. Whether an end belongs to the interval (a tie) is a matter of habit.
The counts are integers in a box, one side per option and one for the remainder, and they add up to T.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Array = npt.NDArray[Any]  # of int64, or of Python's integers where those would overflow


class Habit(Enum):
    """What is done with an exact tie."""

    HALF_UP = "half up"
    HALF_EVEN = "half to even"
    BOTH = "only what both habits round alike"

    def includes(self, digits: int) -> tuple[bool, bool]:
        """Tell whether ties below and above a percentage of so many last digits are rounded to it."""
        if self is Habit.HALF_UP:
            return True, False
        even = digits % 2 == 0
        return even, even and self is Habit.HALF_EVEN


class Boxes:
    """The box of every total: one row per option and a last one for the remainder.

    Args:
        digits: per row, the percentage in units of its last digit (35.68 is 3568); ``None`` if there is none.
        limits: per row, the least and the most that the count may be whatever the total (``None``: any number). A row
            with a percentage has none, (0, None), or a known count, twice.
        decimals: of the percentages.
        totals: those to be looked at; 0 is none of them if there is a percentage.
    """

    def __init__(
        self, digits: Sequence[int | None], limits: Sequence[tuple[int, int | None]], decimals: int, totals: range
    ) -> None:
        self.totals = totals
        self.unit = 200 * 10**decimals
        # v·unit = (2s±1)·T with an odd factor: only totals that hold every 2 of the unit can be tied.
        self.tied = 2 ** (decimals + 3)
        below = [0 if s is None else max(2 * s - 1, 0) for s in digits]
        above = [self.unit if s is None else 2 * s + 1 for s in digits]
        least = [low for low, _ in limits]
        most = [totals.stop if high is None else high for _, high in limits]
        fixed = sum(low + (high or 0) for low, high in limits)
        greatest = (sum(above) + self.unit + len(limits)) * totals.stop + self.unit * fixed
        self._type: type = np.int64 if greatest < 2**63 else object
        self.below, self.above, self.least, self.most = map(self._column, (below, above, least, most))
        self.rounded = self._column([int(s is not None) for s in digits])
        self.limited = np.array([[high is not None] for _, high in limits])
        self._ends = {habit: self._included(habit, digits) for habit in Habit}

    def cases(self, totals: Array) -> Iterator[tuple[Habit, Array]]:
        """Yield each habit with the totals for which it has to be looked at: without ties the habits do not differ."""
        yield Habit.HALF_UP, totals
        yield Habit.HALF_EVEN, totals[totals % self.tied == 0]

    def at(self, habit: Habit, totals: Array, rows: slice | Sequence[int] = slice(None)) -> tuple[Array, Array]:
        """Return the smallest and the largest count, rows by totals; a smallest above the largest: there is none."""
        from_tie, to_tie = self._ends[habit]
        low = (self.below[rows] * totals + (self.unit - from_tie[rows])) // self.unit
        high = (self.above[rows] * totals + (to_tie[rows] - 1)) // self.unit
        return np.maximum(low, self.least[rows]), np.minimum(high, self.most[rows])

    def solvable(self, habit: Habit, totals: Array) -> tuple[Array, Array, Array]:
        """Return the totals that counts in their box can add up to, with both ends of these boxes."""
        totals = self.sieved(habit, totals, range(len(self.least)))
        low, high = self.at(habit, totals)
        kept = (low <= high).all(axis=0) & (low.sum(axis=0) <= totals) & (totals <= high.sum(axis=0))
        return totals[kept], low[:, kept], high[:, kept]

    def needs(self, habit: Habit, totals: Array, rows: Sequence[int]) -> Array:
        """Return how many of the total each row takes at least, rows by totals; one too many if it has no count.

        Some rows go together with a total, all others being free, if their needs do not exceed it.
        """
        low, high = self.at(habit, totals, rows)
        return np.where(low <= high, low, totals + 1)

    def gaps(self, totals: Array) -> bool:
        """Tell whether a percentage alone may exclude one of the totals, which are in ascending order.

        It cannot once its interval is longer than 1 and always holds a whole number.
        """
        return bool(totals.size) and bool(2 * totals[0] < self.unit)

    def sieved(self, habit: Habit, totals: Array, rows: Sequence[int]) -> Array:
        """Return the totals without those that one of the rows excludes, where that spares looking at all rows."""
        for row in rows:
            if not self.gaps(totals):
                break
            low, high = self.at(habit, totals, [row])
            totals = totals[(low <= high)[0]]
        return totals

    def array(self, numbers: Sequence[int] | range) -> Array:
        """Return whole numbers in the type that no calculation here overflows."""
        if isinstance(numbers, range):
            return np.arange(numbers.start, numbers.stop, numbers.step).astype(self._type)
        return np.array(numbers, dtype=self._type)

    def _column(self, numbers: Sequence[int]) -> Array:
        return self.array(numbers)[:, np.newaxis]

    def _included(self, habit: Habit, digits: Sequence[int | None]) -> tuple[Array, Array]:
        ends = [(True, True) if s is None else habit.includes(s) for s in digits]
        return self._column([int(low) for low, _ in ends]), self._column([int(high) for _, high in ends])
