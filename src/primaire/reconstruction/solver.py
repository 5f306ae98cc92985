"""What is asked and what is answered: published percentages, bounds, and the counts that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from primaire.reconstruction.boxes import Boxes
from primaire.reconstruction.contradiction import contradiction
from primaire.reconstruction.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


@dataclass(frozen=True)
class Reconstruction:
    """All whole numbers that a publication's rounded percentages allow. A solution is a total, counts and a remainder.

    Attributes:
        totals: how many totals have a solution.
        total_range: the smallest and the largest of them; ``None`` without a solution.
        ranges: per option, the smallest and the largest count over all solutions: each of these ends is the count of
            some solution, not each number between them need be. Empty without a solution.
        rest_range: the same of the remainder; ``None`` without a solution.
        solutions: how many there are, or a number that there are at least.
        exact: whether ``solutions`` is their exact number.
        contradiction: without a solution, the positions of a set of options whose figures, within the bounds, already
            contradict each other, all other options being free: none of the set can be left out. Of several as small it
            is the first in the order of the options; empty if the bounds alone leave no total. Empty with a solution.
        smallest: whether no contradictory set is smaller than that one. True with a solution.
    """

    totals: int
    total_range: tuple[int, int] | None
    ranges: tuple[tuple[int, int], ...]
    rest_range: tuple[int, int] | None
    solutions: int
    exact: bool
    contradiction: tuple[int, ...] = ()
    smallest: bool = True

    @property
    def outcome(self) -> Literal["none", "unique", "several"]:
        """How many solutions there are, in a word."""
        if self.totals == 0:
            return "none"
        return "unique" if self.solutions == 1 else "several"

    @property
    def counts(self) -> tuple[int, ...] | None:
        """The count of each option if the solution is unique."""
        return tuple(count for count, _ in self.ranges) if self.outcome == "unique" else None

    @property
    def total(self) -> int | None:
        """The total if the solution is unique."""
        return self.total_range[0] if self.total_range and self.outcome == "unique" else None

    @property
    def rest(self) -> int | None:
        """The remainder if the solution is unique."""
        return self.rest_range[0] if self.rest_range and self.outcome == "unique" else None


def reconstruct(  # noqa: PLR0913 - all that a publication says of one contest
    shares: Sequence[Fraction | None],
    decimals: int,
    *,
    at_most: int,
    at_least: int = 1,
    counts: Sequence[int | None] | None = None,
    rest: tuple[int, int | None] = (0, 0),
) -> Reconstruction:
    """Find every total and all counts that are rounded to the published percentages of that total.

    A publication rounds exact ties half up throughout or half to even (of the last digit) throughout; which one is not
    known, so all solutions of either are found. Arithmetic is in whole numbers. Totals so large that any share of them
    is possible are dealt with in bulk, hence with two decimals a bound of millions takes some hundredths of a second.
    Elsewhere a million totals take half a second, or several where ``at_most`` times 10^``decimals`` exceeds some 10^15.

    Args:
        shares: per option, its percentage of the total (35.68 is ``Fraction("35.68")``); ``None`` if not published. More
            than 100 is allowed, and contradicts itself.
        decimals: digits after the mark that all of them were rounded to, 0 or more.
        at_most, at_least: the largest and the smallest total, both included. Totals begin with 1 where a share is
            published, as nothing has no percentages. ``at_least`` above ``at_most`` leaves no total, and no solution.
        counts: per option, its count where that is published; it must be rounded to the share where there is one too.
        rest: the least and the most of what belongs to the total and to none of the options (both included; ``None``:
            up to the total). (0, 0) where the base is the valid votes and all options are there; where it is the voters,
            blank and null votes. A least above the most leaves no solution.

    Raises:
        ValueError: for lengths that differ, anything negative, and a share with more digits than ``decimals``.

    Source: https://psconflans.fr, 2017 left primary, first round at Conflans-Sainte-Honorine, 1,165 voters.

    >>> from fractions import Fraction
    >>> published = ["35.68", "35.07", "16.06", "6.16", "4.51", "1.65", "0.87"]
    >>> found = reconstruct([Fraction(share) for share in published], 2, at_most=1165)
    >>> found.outcome, found.total, found.counts
    ('unique', 1152, (411, 404, 185, 71, 52, 19, 10))
    """
    known = [None] * len(shares) if counts is None else list(counts)
    if len(known) != len(shares):
        raise ValueError(f"{len(shares)} shares and {len(known)} counts")
    numbers = [decimals, at_most, at_least, *rest, *known, *shares]
    if any(number is not None and number < 0 for number in numbers):
        raise ValueError("a share, a count, a bound or the number of decimals is negative")
    digits = [_last_digits(share, decimals) for share in shares]
    published = [i for i in range(len(shares)) if shares[i] is not None or known[i] is not None]
    limits = [(0, None) if count is None else (count, count) for count in known]
    first = max(at_least, 0 if all(share is None for share in shares) else 1)
    boxes = Boxes([*digits, None], [*limits, rest], decimals, range(first, at_most + 1))
    found = search(boxes)
    if found is None:
        return Reconstruction(0, None, (), None, 0, True, *contradiction(boxes, published))
    *ranges, of_rest, of_total = found.ends
    return Reconstruction(found.totals, of_total, tuple(ranges), of_rest, found.solutions, found.exact)


def _last_digits(share: Fraction | None, decimals: int) -> int | None:
    if share is None:
        return None
    digits = share * 10**decimals
    if digits.denominator != 1:
        raise ValueError(f"a share of {share} has more than {decimals} decimals")
    return int(digits)
