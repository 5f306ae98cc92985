"""How much moved from one vote to the next."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from primaire.exact import HUNDRED
from primaire.measures.counted import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def pedersen(
    before: Sequence[int], after: Sequence[int], total_before: int | None = None, total_after: int | None = None
) -> Fraction:
    """Return Pedersen's volatility, half the sum of abs(share after - share before), in points.

    From 0, all shares stayed, to 100, all votes are for others than before. The two lists are of the same people or parties
    in the same order, 0 where one did not stand. Shares are of the totals, by default the sums; what these have beyond the
    lists is taken for others on either side.

    Raises:
        ValueError: as :func:`primaire.measures.counted.base_of`.

    Source:
        M. N. Pedersen, The dynamics of European party systems: changing patterns of electoral volatility, European Journal
        of Political Research 7 (1979), 1-26.

    >>> pedersen([60, 40], [30, 20]), pedersen([60, 40, 0], [0, 50, 50]), pedersen([1, 0], [0, 1])
    (Fraction(0, 1), Fraction(60, 1), Fraction(100, 1))
    """
    one, other = base_of(before, total_before), base_of(after, total_after)
    moved = sum(abs(late * one - early * other) for early, late in zip(before, after, strict=True))
    rest = (one - sum(before)) * other + (other - sum(after)) * one
    return Fraction(HUNDRED * (moved + rest), 2 * one * other)
