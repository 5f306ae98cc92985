"""Two publications of one contest in plain figures: what the tests on what was added are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final

from primaire.exact import HUNDRED

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLES: Final = ("voters", "valid")
"""The totals that votes are a part of, the widest first."""

ENOUGH: Final = 80
"""What printed percentages of voters add up to at least, in per cent: a fifth of blank and null votes is more than there ever were."""


@dataclass(frozen=True)
class Line:
    """One candidate's figures in two publications, None where not published.

    Attributes:
        before, after: votes.
        share_before, share_after: the percentages that were printed, exactly, 0 to 100.
    """

    before: int | None = None
    after: int | None = None
    share_before: Fraction | None = None
    share_after: Fraction | None = None


@dataclass(frozen=True)
class Update:
    """What was published of one contest and round before and after.

    Attributes:
        lines: one per candidate.
        totals: ballots before and after by what they are (:data:`WHOLES`); those known on both sides.
        base: which of these the printed percentages are shares of.
        decimals: of the percentages: the fewest that one was printed with; None where none was printed.
        said: whether what the percentages are shares of is said, or else shown by figures; see :attr:`doubtful`.
    """

    lines: tuple[Line, ...]
    totals: Mapping[str, tuple[int, int]]
    base: str = "valid"
    decimals: int | None = None
    said: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether it is not known what percentages are shares of: nobody says, no count shows, and all add up to too little.

        Candidates are then missing. Blank and null votes alone leave :data:`ENOUGH` and more.
        """
        if self.said or self.decimals is None or any((one.before, one.after) != (None, None) for one in self.lines):
            return False
        sums = [self.printed_sum(side) for side in ("before", "after")]
        return any(each is not None and each < ENOUGH for each in sums)

    def printed_sum(self, side: str) -> Fraction | None:
        """Return what the percentages of one side (before, after) add up to; None where one is not printed."""
        shares = [getattr(line, f"share_{side}") for line in self.lines]
        return None if None in shares else sum(shares, Fraction(0))

    @property
    def share_total(self) -> str | None:
        """The total of which percentages are tested as shares; None where there is none.

        Of valid votes that are not known there are at most as many as voters: of more ballots shares stay more often, which
        is generous to counting. So are voters where it is not known what they are shares of.
        """
        if self.base in self.totals and not self.doubtful:
            return self.base
        return "voters" if self.base in WHOLES and "voters" in self.totals else self.base if self.doubtful else None

    @property
    def whole(self) -> str | None:
        """The widest total that grew and holds all votes; None: there is none, and nothing can be tested."""
        cast = [sum(votes) for votes in zip(*self.counted.values(), strict=True)] or [0, 0]
        for name in WHOLES:
            before, after = self.totals.get(name, (0, 0))
            if before >= max(cast[0], 1) and after >= cast[1] and after > before:
                return name
        return None

    @property
    def counted(self) -> dict[int, tuple[int, int]]:
        """Votes before and after, by line, where both are known."""
        return {
            place: (line.before, line.after)
            for place, line in enumerate(self.lines)
            if line.before is not None and line.after is not None
        }

    @property
    def went_down(self) -> tuple[int, ...]:
        """The lines whose votes went down."""
        return tuple(place for place, (before, after) in self.counted.items() if after < before)

    def shares(self, decimals: int) -> dict[int, tuple[int, int]]:
        """Return percentages before and after by line, in units of their last digit, where both are known.

        One that was not printed is that of the count; one that was printed with more decimals is rounded again.
        """
        before, after = self.totals.get(self.base, (0, 0))
        found = {}
        for place, line in enumerate(self.lines):
            one = _last_digits(line.share_before, line.before, before, decimals)
            other = _last_digits(line.share_after, line.after, after, decimals)
            if one is not None and other is not None:
                found[place] = (one, other)
        return found

    def reordered(self, order: list[int]) -> Update:
        """Return the same figures with the candidates in another order."""
        return replace(self, lines=tuple(self.lines[place] for place in order))


def _last_digits(share: Fraction | None, votes: int | None, whole: int, decimals: int) -> int | None:
    if share is None and votes is not None and whole > 0:
        share = Fraction(HUNDRED * votes, whole)
    return None if share is None else half_up(share * 10**decimals)


def half_up(number: Fraction) -> int:
    """Return the nearest whole number, and of two the greater.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(12, 5))
    (3, 2)
    """
    return floor(number + Fraction(1, 2))
