"""Exact arithmetic: what an outcome may depend on is never a float."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

HUNDRED = 100


def majority(total: int) -> int:
    """Return the absolute majority of ``total`` votes: the smallest count that is more than half, ``total // 2 + 1``.

    Raises:
        ValueError: for a negative total.

    >>> majority(1453), majority(1778)
    (727, 890)
    """
    if total < 0:
        raise ValueError(f"a total of {total} votes")
    return total // 2 + 1


def published_share(share: float, decimals: int) -> Fraction:
    """Return the percentage that was published, exactly: the decimal number of ``decimals`` digits nearest to ``share``.

    >>> published_share(35.68, 2)
    Fraction(892, 25)
    """
    return Fraction(round(share * 10**decimals), 10**decimals)


def rounds_to(part: int, whole: int, share: Fraction, decimals: int) -> bool:
    """Tell whether ``part`` of ``whole`` (at least 1), in per cent, rounds to ``share`` at that many decimals.

    A value exactly half-way may have been rounded up or down; both are accepted.

    >>> rounds_to(411, 1152, Fraction(3568, 100), 2), rounds_to(12245, 39591, Fraction(3063, 100), 2)
    (True, False)
    """
    return abs(Fraction(HUNDRED * part, whole) - share) <= Fraction(1, 2 * 10**decimals)


def totals_behind(part: int, share: Fraction, decimals: int) -> tuple[int, int | None]:
    """Return the smallest and the largest whole of which ``part`` rounds to ``share`` per cent; ``None``: there is no largest.

    The smallest is above the largest where there is no such whole. Exact halves count either way, as in :func:`rounds_to`.

    >>> totals_behind(12245, Fraction(3063, 100), 2)
    (39971, 39983)
    """
    half = Fraction(1, 2 * 10**decimals)
    least = max(ceil(HUNDRED * part / (share + half)), 1)
    return least, floor(HUNDRED * part / (share - half)) if share > half else None
