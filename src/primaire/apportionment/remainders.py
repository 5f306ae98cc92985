"""Largest remainders: each list has a seat for each full quota of votes, and what is left goes to the largest remainders."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from primaire.apportionment.allocation import Allocation, Rival, Step, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Remainders:
    """A method of largest remainders, by its quota: all votes divided by the number of seats and ``more``.

    Attributes:
        whole: whether the quota is the next whole number above that.
    """

    label: str
    formula: str
    source: str
    more: int
    whole: bool = False
    compensates: ClassVar[bool] = False

    def allocate(self, votes: Sequence[int], seats: int, held: Sequence[int] | None = None) -> Allocation:
        """Share seats out; see :class:`primaire.apportionment.allocation.Method`.

        Where votes hold more quotas than there are seats, as may be where ``more`` is added to their number, the number is
        one less and all is counted anew, as Italian laws say (that on Bolzano's Landtag, for one).

        Raises:
            ValueError: seats held before are to count: a quota has no use for them.
        """
        if held:
            raise ValueError("largest remainders have no use for seats held before")
        if not sum(votes) or not seats:
            return Allocation(self, tuple(votes), (0,) * len(votes), unfilled=seats)
        cost, parts = self._quota(votes, seats)
        full, rest = [cast * parts // cost for cast in votes], [cast * parts % cost for cast in votes]
        left = seats - sum(full)
        # A list without votes has no remainder; one with an exact number of quotas has one of nothing.
        behind = sorted((place for place, cast in enumerate(votes) if cast), key=rest.__getitem__, reverse=True)
        if left >= len(behind):
            for place in behind:
                full[place] += 1
            return Allocation(self, tuple(votes), tuple(full), None, left - len(behind))
        last = rest[behind[left]]
        before = [place for place in behind[:left] if rest[place] > last]
        for place in before:
            full[place] += 1
        left -= len(before)
        level = tuple(sorted(place for place in behind if rest[place] == last))
        return Allocation(self, tuple(votes), tuple(full), Tie(level, left) if left else None)

    def _quota(self, votes: Sequence[int], seats: int) -> tuple[int, int]:
        """Return the votes that a seat costs, as a numerator and a denominator; votes hold it no more often than ``seats``."""
        total, more = sum(votes), self.more
        if self.whole:
            return total // (seats + more) + 1, 1
        while sum(cast * (seats + more) // total for cast in votes) > seats:
            more -= 1
        return total, seats + more

    def steps(self, allocation: Allocation) -> Iterator[Step]:
        """Yield a step for each list with full quotas, then one for each remainder, then the tie, if there is one."""
        votes, tie = allocation.votes, allocation.tie
        seats = sum(allocation.seats) + allocation.unfilled + (tie.seats if tie else 0)
        if not sum(votes) or not seats:
            return
        quota = Fraction(*self._quota(votes, seats))
        number = 1
        for place in sorted(range(len(votes)), key=votes.__getitem__, reverse=True):
            if full := votes[place] // quota:
                yield Step((place,), number, full, "quota", votes[place] / quota)
                number += full
        yield from self._by_remainder(allocation, quota, number)

    def last(self, allocation: Allocation) -> Step | None:
        """Return the last step: there is one for each list, and one for each remainder."""
        return next(iter(reversed(list(self.steps(allocation)))), None)

    def _by_remainder(self, allocation: Allocation, quota: Fraction, number: int) -> Iterator[Step]:
        votes, tie = allocation.votes, allocation.tie
        rest = [cast % quota for cast in votes]
        order = sorted((place for place, cast in enumerate(votes) if cast), key=lambda at: (-rest[at], -votes[at]))
        got = [place for place in order if allocation.seats[place] > votes[place] // quota]
        level = tie.claimants if tie else ()
        without = [place for place in order if place not in got and place not in level]
        rivals = tuple(Rival(place, self._short(allocation, place)) for place in without if got or tie)
        for place in got:
            last = place == got[-1] and not tie
            yield Step((place,), number, 1, "remainder", rest[place], rivals if last else ())
            number += 1
        if tie:
            yield Step(level, number, tie.seats, "remainder", rest[level[0]], rivals)

    def _short(self, allocation: Allocation, place: int) -> int:
        """Return how many votes more would win a list a seat more.

        With a list's votes its quotas grow and those of all others shrink, so that more votes never cost it a seat: bisection
        finds the fewest. A quota that is rounded up stays the same for as many votes as it has parts, and then jumps; there,
        that holds of the last of these votes, and of all of them up to a jump. (Where the law changes the number of parts,
        as of Imperiali quotas, fewer votes may do besides.)
        """
        votes = allocation.votes
        seats = sum(allocation.seats) + allocation.unfilled + (allocation.tie.seats if allocation.tie else 0)

        def wins(more: int) -> bool:
            cast = [each + more * (at == place) for at, each in enumerate(votes)]
            again = self.allocate(cast, seats)
            again = again.with_most_votes() if allocation.by_votes else again
            return again.seats[place] > allocation.seats[place]

        stretch = seats + self.more if self.whole else 1
        first = (-1 - sum(votes)) % stretch  # the last vote of the present quota
        most = 1
        while not wins(first + most * stretch):
            most *= 2
        block = bisect_left(range(most), 1, key=lambda count: wins(first + count * stretch))
        end = first + block * stretch
        begin = max(end - stretch + 1, 0)
        return begin + bisect_left(range(end - begin), 1, key=lambda more: wins(begin + more))
