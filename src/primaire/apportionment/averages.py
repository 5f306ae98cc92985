"""Highest averages: each seat in turn goes to the list with the most votes for each of the seats that it would then have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from primaire.apportionment.allocation import Allocation, Rival, Step, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Averages:
    """A method of highest averages, by its divisors: for a list's first seat ``first``, then in steps of ``step``.

    Divisors are whole numbers, ``scale`` times those of the formula, so that all comparisons are of whole numbers: 1.4, 3,
    5, ... are 7, 15, 25, ... of scale 5.

    Attributes:
        start: the first divisor without the modification of the first seat; at least as much as nothing, at most ``first``.
    """

    label: str
    formula: str
    source: str
    step: int
    first: int
    start: int
    scale: int = 1
    compensates: ClassVar[bool] = True

    def divisor(self, held: int) -> int:
        """Return the divisor of the next seat of a list that holds so many."""
        return self.start + self.step * held if held else self.first

    def allocate(self, votes: Sequence[int], seats: int, held: Sequence[int] | None = None) -> Allocation:
        """Share seats out; see :class:`primaire.apportionment.allocation.Method`."""
        total = sum(votes)
        if not total:
            return Allocation(self, tuple(votes), (0,) * len(votes), unfilled=seats)
        has = list(held) if held else self._sure(votes, total, seats)
        left = seats if held else seats - sum(has)
        divisors = [self.divisor(each) for each in has]
        tie = None
        while left:
            level = _highest(votes, divisors)
            if len(level) > left:
                tie = Tie(tuple(level), left)
                break
            for place in level:
                has[place] += 1
                divisors[place] = self.divisor(has[place])
            left -= len(level)
        if held:
            has = [now - before for now, before in zip(has, held, strict=True)]
        return Allocation(self, tuple(votes), tuple(has), tie, 0, tuple(held) if held else None)

    def _sure(self, votes: Sequence[int], total: int, seats: int) -> list[int]:
        """Return seats that lists have in any case, nearly all: those with an average of ``total / room`` or more.

        A list of v votes has at most v * room / (total * step) + 1 - start / step of them, so that all together have no more
        than there are.
        """
        room = seats * self.step - len(votes) * max(self.step - self.start, 0)
        if room <= 0:
            return [0] * len(votes)
        return [
            0
            if cast * room < self.first * total
            else max((cast * room - self.start * total) // (self.step * total) + 1, 1)
            for cast in votes
        ]

    def steps(self, allocation: Allocation) -> Iterator[Step]:
        """Yield one step for each seat, from the highest average to the lowest, then the tie, if there is one."""
        votes, held = allocation.votes, list(allocation.held or (0,) * len(allocation.votes))
        taken = sorted(
            (-self._average(cast, before + more), -cast, place)
            for place, (cast, before, seats) in enumerate(zip(votes, held, allocation.seats, strict=True))
            for more in range(seats)
        )
        for number, (average, _, place) in enumerate(taken, start=1):
            yield Step((place,), number, 1, "average", -average, self._rivals(allocation, held, (place,)))
            held[place] += 1
        if allocation.tie:
            yield self._tied(allocation, allocation.tie, held)

    def last(self, allocation: Allocation) -> Step | None:
        """Return the step of the last seat, or of the tie for it."""
        votes, seats = allocation.votes, allocation.seats
        held = [now + before for now, before in zip(seats, allocation.held or (0,) * len(votes), strict=True)]
        if allocation.tie:
            return self._tied(allocation, allocation.tie, held)
        won = [place for place, count in enumerate(seats) if count]
        if not won:
            return None
        place = min(won, key=lambda at: (self._average(votes[at], held[at] - 1), votes[at], -at))
        held[place] -= 1
        average = self._average(votes[place], held[place])
        return Step((place,), sum(seats), 1, "average", average, self._rivals(allocation, held, (place,)))

    def _tied(self, allocation: Allocation, tie: Tie, held: Sequence[int]) -> Step:
        votes = allocation.votes
        average = self._average(votes[tie.claimants[0]], held[tie.claimants[0]])
        rivals = self._rivals(allocation, held, tie.claimants)
        return Step(tie.claimants, sum(allocation.seats) + 1, tie.seats, "average", average, rivals)

    def _average(self, votes: int, held: int) -> Fraction:
        return Fraction(votes * self.scale, self.divisor(held))

    def _rivals(self, allocation: Allocation, held: Sequence[int], won: tuple[int, ...]) -> tuple[Rival, ...]:
        votes = allocation.votes
        others = [place for place, cast in enumerate(votes) if cast and place not in won]
        others.sort(key=lambda place: (self._average(votes[place], held[place]), votes[place]), reverse=True)
        cast, divisor = votes[won[0]], self.divisor(held[won[0]])
        found = []
        for place in others:
            level, rest = divmod(cast * self.divisor(held[place]), divisor)
            equal_is_enough = allocation.by_votes and not rest and level > cast
            found.append(Rival(place, level + (not equal_is_enough) - votes[place]))
        return tuple(found)


def _highest(votes: Sequence[int], divisors: Sequence[int]) -> list[int]:
    """Return the places of the highest average, compared as whole numbers over a common denominator."""
    level: list[int] = []
    most, by = 0, 1
    for place, cast in enumerate(votes):
        ours, theirs = cast * by, most * divisors[place]
        if ours > theirs:
            level, most, by = [place], cast, divisors[place]
        elif ours == theirs and cast:
            level.append(place)
    return level
