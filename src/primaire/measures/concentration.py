"""How concentrated votes or seats are: the Herfindahl index, and effective numbers of candidates or parties.

Shares are of ``total``, by default the sum of the counts. What the total has beyond the counts is taken to be spread over
countless small ones; where it is one more, it is to be a count of its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from primaire.measures.counted import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def herfindahl(counts: Sequence[int], total: int | None = None) -> Fraction:
    """Return the Herfindahl-Hirschman index, the sum of p² over the shares p, each from 0 to 1.

    From 1/n, n equal shares, to 1, all for one: the chance that two votes drawn at random are for the same.

    Raises:
        ValueError: as :func:`primaire.measures.counted.base_of`.

    Source:
        A. O. Hirschman, National Power and the Structure of Foreign Trade (1945); O. C. Herfindahl, Concentration in the
        Steel Industry (1950).

    >>> herfindahl([50, 50]), herfindahl([7, 0]), herfindahl([50, 30], 100)
    (Fraction(1, 2), Fraction(1, 1), Fraction(17, 50))
    """
    base = base_of(counts, total)
    return Fraction(sum(count * count for count in counts), base * base)


def laakso_taagepera(counts: Sequence[int], total: int | None = None) -> Fraction:
    """Return the effective number of Laakso and Taagepera, 1 / the sum of p² over the shares p, each from 0 to 1.

    From 1, all for one, to n, n equal shares: so many of equal size would be as concentrated.

    Raises:
        ValueError: as :func:`primaire.measures.counted.base_of`; or no count is above zero.

    Source:
        M. Laakso and R. Taagepera, "Effective" number of parties: a measure with application to West Europe, Comparative
        Political Studies 12 (1979), 3-27.

    >>> laakso_taagepera([50, 50]), laakso_taagepera([7, 0]), laakso_taagepera([50, 30], 100)
    (Fraction(2, 1), Fraction(1, 1), Fraction(50, 17))
    """
    index = herfindahl(counts, total)
    if not index:
        raise ValueError("no count is above zero")
    return 1 / index


def golosov(counts: Sequence[int], total: int | None = None) -> Fraction:
    """Return Golosov's effective number, the sum of p / (p + p1² - p²) over the shares p, of which p1 is the largest.

    From 1, all for one, to n, n equal shares. Where one leads by far it is less than that of Laakso and Taagepera. What is
    spread over countless small ones adds its share divided by p1².

    Raises:
        ValueError: as :func:`primaire.measures.counted.base_of`; or no count is above zero.

    Source:
        G. V. Golosov, The effective number of parties: a new approach, Party Politics 16 (2010), 171-192.

    >>> golosov([50, 50]), golosov([7, 0]), golosov([60, 40])
    (Fraction(2, 1), Fraction(1, 1), Fraction(5, 3))
    """
    base = base_of(counts, total)
    first = max(counts, default=0)
    if not first:
        raise ValueError("no count is above zero")
    # One fraction is brought to lowest terms at the end: many times faster than one for each share.
    above, below = (base - sum(counts)) * base, first * first
    for count in counts:
        part = count * base + first * first - count * count
        above, below = above * part + below * count * base, below * part
    return Fraction(above, below)
