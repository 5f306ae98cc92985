"""Labels that would cover each other are pushed apart, each as little as can be."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return the centres of labels in a column, in their order by what is wanted, so that none covers another.

    The sum of the squares of what they are moved by is the least there is (isotonic regression, by pooling neighbours
    that violate the order: Ayer and others, Annals of Mathematical Statistics 26, 1955). Those that are wanted in the
    same place keep the order in which they come.

    Args:
        wanted: where the centre of each label would stand if it were alone.
        sizes: how much room each takes.
        low, high: the ends of the column. Where all together do not fit, they stand side by side from ``low`` on.

    >>> spread([10, 11, 50], [10, 10, 10], 0, 100)
    [5.5, 15.5, 50.0]
    >>> spread([0, 100], [10, 10], 0, 100)
    [5.0, 95.0]
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    if not order:
        return []
    ranked = [sizes[at] for at in order]
    before = [end - size / 2 for end, size in zip(accumulate(ranked), ranked, strict=True)]
    pools: list[tuple[float, int]] = []  # the sum of where the labels of a pool want to begin, and how many they are
    for at, offset in zip(order, before, strict=True):
        total, count = wanted[at] - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            sum_before, count_before = pools.pop()
            total, count = total + sum_before, count + count_before
        pools.append((total, count))
    latest = max(high - sum(ranked), low)
    starts = [min(max(total / count, low), latest) for total, count in pools for _ in range(count)]
    found = dict(zip(order, (start + offset for start, offset in zip(starts, before, strict=True)), strict=True))
    return [found[at] for at in range(len(wanted))]
