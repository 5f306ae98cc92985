"""How many solutions there are, counted without listing them."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from primaire.reconstruction.boxes import Habit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from primaire.reconstruction.boxes import Array, Boxes


def count_solutions(boxes: Boxes, totals: Sequence[int]) -> int:
    """Return how many vectors of counts add up to one of the totals; what two habits share is counted once."""
    every = boxes.array(totals)
    tied = every[every % boxes.tied == 0]
    return (
        _within(boxes, Habit.HALF_UP, every) + _within(boxes, Habit.HALF_EVEN, tied) - _within(boxes, Habit.BOTH, tied)
    )


def _within(boxes: Boxes, habit: Habit, totals: Array) -> int:
    low, high = boxes.at(habit, totals)
    spare = totals - low.sum(axis=0)
    return sum(count_sums(widths, total) for widths, total in zip((high - low).T.tolist(), spare.tolist(), strict=True))


def count_sums(widths: Iterable[int], total: int) -> int:
    """Return in how many ways ``total`` is the sum of whole numbers, each from 0 to its width.

    Source: inclusion and exclusion of the numbers that exceed their width (Stanley, Enumerative Combinatorics I, 2.1),
    as the coefficient of z^total in the product of all (1 - z^(width+1)) / (1 - z).

    >>> count_sums([6, 6], 7)
    6
    >>> count_sums([2, -1], 1)
    0
    """
    widths = list(widths)
    if min(widths, default=0) < 0 or not 0 <= total <= sum(widths):
        return 0
    total = min(total, sum(widths) - total)  # the complement has fewer terms
    terms = {0: 1}
    for width in widths:
        for power, times in list(terms.items()):
            if (higher := power + width + 1) <= total:
                terms[higher] = terms.get(higher, 0) - times
    others = len(widths) - 1
    return sum(times * comb(total - power + others, others) for power, times in terms.items())
