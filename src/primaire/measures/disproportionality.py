"""How far seats are from votes: the indices of Gallagher, Loosemore and Hanby, Rae, and Sainte-Laguë.

``votes`` and ``seats`` are of the same parties in the same order. Shares of votes, v, are of ``total``, all valid votes (by
default the sum of the votes); shares of seats, s, of all seats; both in per cent. What the total has beyond the votes is
taken to be spread over countless small parties without a seat; where it is one more party, it is to be one of the list.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, sqrt
from typing import TYPE_CHECKING

from primaire.exact import HUNDRED
from primaire.measures.counted import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence

RAE_LEAST = Fraction(1, 2)
"""The per cent of votes below which Rae leaves a party out."""


def gallagher(votes: Sequence[int], seats: Sequence[int], total: int | None = None) -> float:
    """Return Gallagher's least squares index, the square root of half the sum of (v - s)², in points.

    From 0, every party has its share of the seats, to 100, all seats go to a party without votes while one has them all.

    Raises:
        ValueError: votes or seats are no base of shares; see :func:`primaire.measures.counted.base_of`.

    Source:
        M. Gallagher, Proportionality, disproportionality and electoral systems, Electoral Studies 10 (1991), 33-51.

    >>> gallagher([60, 40], [6, 4]), gallagher([60, 40], [10, 0]), gallagher([100, 0], [0, 1])
    (0.0, 40.0, 100.0)
    """
    return sqrt(sum(gap * gap for gap in _gaps(votes, seats, total)) / 2)


def loosemore_hanby(votes: Sequence[int], seats: Sequence[int], total: int | None = None) -> Fraction:
    """Return the index of Loosemore and Hanby, half the sum of abs(v - s), in points.

    From 0, every party has its share of the seats, to 100, all seats go to parties without votes: the per cent of seats
    that are with another party than shares of votes would have it.

    Raises:
        ValueError: votes or seats are no base of shares; see :func:`primaire.measures.counted.base_of`.

    Source:
        J. Loosemore and V. J. Hanby, The theoretical limits of maximum distortion: some analytic expressions for electoral
        systems, British Journal of Political Science 1 (1971), 467-477.

    >>> loosemore_hanby([60, 40], [7, 3]), loosemore_hanby([50, 30], [5, 5], 100)
    (Fraction(10, 1), Fraction(20, 1))
    """
    base = base_of(votes, total)
    # Those who are not in the list have votes and no seat.
    return (sum(map(abs, _gaps(votes, seats, total)), Fraction()) + Fraction(HUNDRED * (base - sum(votes)), base)) / 2


def rae(votes: Sequence[int], seats: Sequence[int], total: int | None = None) -> Fraction:
    """Return Rae's index, the mean of abs(v - s) over the parties with at least 0.5 % of the votes, in points.

    From 0, every such party has its share of the seats, to 100; with n such parties never above 200/n, so that many small
    parties make it small.

    Raises:
        ValueError: votes or seats are no base of shares (see :func:`primaire.measures.counted.base_of`), or no party has
            0.5 % of the votes.

    Source:
        D. W. Rae, The Political Consequences of Electoral Laws (1967), who leaves out parties below 0.5 %.

    >>> rae([60, 40], [7, 3]), rae([600, 398, 2], [7, 3, 0])
    (Fraction(10, 1), Fraction(99, 10))
    """
    base = base_of(votes, total)
    gaps = _gaps(votes, seats, total)
    counted = [abs(gap) for gap, cast in zip(gaps, votes, strict=True) if cast * HUNDRED >= RAE_LEAST * base]
    if not counted:
        raise ValueError("no party has 0.5 % of the votes")
    return sum(counted, Fraction()) / len(counted)


def sainte_lague(votes: Sequence[int], seats: Sequence[int], total: int | None = None) -> Fraction | float:
    """Return the index of Sainte-Laguë, the sum of (s - v)² / v, in points.

    From 0, every party has its share of the seats, without an upper end: infinite where a party without votes has seats.
    It weighs a point that a small party gets too much more than one of a large party.

    Raises:
        ValueError: votes or seats are no base of shares; see :func:`primaire.measures.counted.base_of`.

    Source:
        A. Sainte-Laguë, La représentation proportionnelle et la méthode des moindres carrés, Annales scientifiques de
        l'École normale supérieure 27 (1910), 529-542; as an index, Gallagher (1991).

    >>> sainte_lague([60, 40], [7, 3]), sainte_lague([60, 40, 0], [5, 4, 1])
    (Fraction(25, 6), inf)
    """
    base = base_of(votes, total)
    if any(won and not cast for cast, won in zip(votes, seats, strict=True)):
        return inf
    gaps = _gaps(votes, seats, total)
    weighed = (gap * gap * base / (HUNDRED * cast) for gap, cast in zip(gaps, votes, strict=True) if cast)
    # (0 - v)² / v of those who are not in the list is v.
    return sum(weighed, Fraction(HUNDRED * (base - sum(votes)), base))


def _gaps(votes: Sequence[int], seats: Sequence[int], total: int | None) -> list[Fraction]:
    """Return v - s of each party, in points."""
    base, house = base_of(votes, total), base_of(seats)
    return [
        Fraction(HUNDRED * (cast * house - won * base), base * house) for cast, won in zip(votes, seats, strict=True)
    ]
