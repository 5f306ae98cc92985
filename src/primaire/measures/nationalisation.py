"""How evenly a party's votes are spread over units such as districts: scores of nationalisation.

``votes`` are a party's, ``totals`` the valid votes, of the same units in the same order. Units without valid votes have no
share, and count for nothing.
"""

from __future__ import annotations

from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING

from primaire.measures.counted import base_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def gini(votes: Sequence[int], totals: Sequence[int]) -> float:
    """Return the Gini coefficient of a party's shares over units, each unit counting the same.

    With the n shares x in ascending order, the sum of (2i - n - 1) x_i / (n · the sum of x). From 0, the same share
    everywhere, to 1 - 1/n, votes in one unit alone.

    Raises:
        ValueError: the party has no votes, or a unit has fewer valid votes than the party.

    >>> gini([10, 20, 30], [100, 200, 300]), gini([0, 0, 0, 5], [10, 10, 10, 10])
    (0.0, 0.75)
    """
    shares = sorted(cast / total for cast, total in _voting(votes, totals))
    size = len(shares)
    return fsum((2 * place - size + 1) * share for place, share in enumerate(shares)) / (size * fsum(shares))


def gini_weighted(votes: Sequence[int], totals: Sequence[int]) -> Fraction:
    """Return the Gini coefficient of a party's shares over units, each counting by its valid votes.

    One minus twice the area below the curve of the party's votes against all valid votes, units in ascending order of the
    party's share. From 0, the same share everywhere, to almost 1, all votes in one small unit.

    Raises:
        ValueError: the party has no votes, or a unit has fewer valid votes than the party.

    >>> gini_weighted([10, 20, 30], [100, 200, 300]), gini_weighted([0, 5], [30, 10])
    (Fraction(0, 1), Fraction(3, 4))
    """
    units = sorted(_voting(votes, totals), key=lambda unit: unit[0] / unit[1])
    below = held = 0
    for cast, total in units:
        below += total * (2 * held + cast)
        held += cast
    return 1 - Fraction(below, held * sum(total for _, total in units))


def party_score(votes: Sequence[int], totals: Sequence[int]) -> float:
    """Return the party nationalisation score, 1 - Gini over units that count the same.

    From 1/n, votes in one of n units alone, to 1, the same share everywhere. It rises with the number of units that a
    country is cut into: scores compare over the same units only.

    Raises:
        ValueError: as :func:`gini`.

    Source:
        M. P. Jones and S. Mainwaring, The nationalization of parties and party systems: an empirical measure and an
        application to the Americas, Party Politics 9 (2003), 139-166.

    >>> party_score([10, 20], [100, 200]), party_score([0, 5], [30, 10])
    (1.0, 0.5)
    """
    return 1 - gini(votes, totals)


def party_score_weighted(votes: Sequence[int], totals: Sequence[int]) -> Fraction:
    """Return the party nationalisation score with weighted units, 1 - Gini over units that count by their valid votes.

    From almost 0, all votes in one small unit, to 1, the same share everywhere.

    Raises:
        ValueError: as :func:`gini_weighted`.

    Source:
        D. Bochsler, Measuring party nationalisation: a new Gini-based indicator that corrects for the number of units,
        Electoral Studies 29 (2010), 155-168: his score with weighted units, not the standardised one.

    >>> party_score_weighted([10, 20], [100, 200]), party_score_weighted([0, 5], [30, 10])
    (Fraction(1, 1), Fraction(1, 4))
    """
    return 1 - gini_weighted(votes, totals)


def system_score(scores: Sequence[float], votes: Sequence[int], total: int | None = None) -> float:
    """Return the score of a party system: the mean of its parties' scores, each counting by its share of all valid votes.

    From 0 to 1, like the scores. What the total has beyond the votes is taken to have the score 0.

    Raises:
        ValueError: as :func:`primaire.measures.counted.base_of`.

    Source:
        Jones and Mainwaring (2003).

    >>> system_score([1.0, 0.5], [60, 40])
    0.8
    """
    base = base_of(votes, total)
    return fsum(score * cast for score, cast in zip(scores, votes, strict=True)) / base


def _voting(votes: Sequence[int], totals: Sequence[int]) -> list[tuple[int, int]]:
    """Return the units that have valid votes. Raises ValueError as :func:`gini`."""
    units = [unit for unit in zip(votes, totals, strict=True) if unit[1]]
    if not any(votes) or any(not 0 <= cast <= total for cast, total in zip(votes, totals, strict=True)):
        raise ValueError("no shares over units can be made of these votes")
    return units
