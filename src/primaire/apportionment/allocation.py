"""What an allocation is: seats by list, what ties leave open, and the steps that led there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tie:
    """Lists with an equal claim to fewer seats than all of them would need. Votes do not say whose they are.

    Attributes:
        claimants: the places of the lists, in the order of the votes.
        seats: how many seats they claim, together.
        each: how many of them a list that is preferred gets: 1 of an average, all of a bonus.
    """

    claimants: tuple[int, ...]
    seats: int
    each: int = 1

    @property
    def preferred(self) -> int:
        """How many of the claimants will be preferred."""
        return self.seats // self.each


@dataclass(frozen=True, slots=True)
class Rival:
    """A list that would have liked to have a seat, and how many votes it was short of.

    ``short`` is how many more it would have needed, all other votes being the same: for a larger average than the one that
    won, or for an equal one where more votes then come first; under largest remainders for a seat more, the quota being
    counted anew. With one vote less it would not have had the seat.
    """

    place: int
    short: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an allocation.

    Attributes:
        lists: whose seats they are; several where a tie leaves it open.
        first: the number of the seat, from 1; of several seats, of the first.
        seats: how many are taken at once.
        by: what for: an ``average`` (votes by divisor), full ``quota``\\ s (votes by quota), or a ``remainder`` (in votes).
        figure: that average, number of quotas or remainder, exactly.
        rivals: the lists that the seat did not go to, from the one that came next; of equals, by votes. Of quotas and
            remainders, the last remainder alone has some: whoever is given more votes pushes the last one out.
    """

    lists: tuple[int, ...]
    first: int
    seats: int
    by: Literal["average", "quota", "remainder", "bonus"]
    figure: Fraction
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Allocation:
    """Seats given out in proportion to votes.

    Attributes:
        method: how.
        votes: of each list.
        seats: those that each list has for certain.
        tie: what a tie leaves open, None without one.
        unfilled: the seats that no list has a claim to: there are no votes, or too few for a quota that was rounded up.
        held: seats of each list from before, which counted.
        by_votes: whether, of lists with equal claims, those with more votes come first.
    """

    method: Method
    votes: tuple[int, ...]
    seats: tuple[int, ...]
    tie: Tie | None = None
    unfilled: int = 0
    held: tuple[int, ...] | None = None
    by_votes: bool = False

    def with_most_votes(self) -> Allocation:
        """Return the allocation in which, of lists with equal claims, those with more votes come first.

        A tie of lists with as many votes stays.
        """
        given = replace(self, by_votes=True)
        if self.tie is None:
            return given
        votes, tie = self.votes, self.tie
        order = sorted(tie.claimants, key=votes.__getitem__, reverse=True)
        last = votes[order[tie.seats]]  # of the first list that would go without
        preferred = [place for place in order if votes[place] > last]
        level = tuple(place for place in tie.claimants if votes[place] == last)
        seats = tuple(count + (place in preferred) for place, count in enumerate(self.seats))
        left = tie.seats - len(preferred)
        return replace(given, seats=seats, tie=Tie(level, left) if left else None)

    def steps(self) -> Iterator[Step]:
        """Yield the steps, in their order: who took which seat, and who came next."""
        return self.method.steps(self)

    def last(self) -> Step | None:
        """Return the last step, without going through all of them; None where no seat was given out."""
        return self.method.last(self)


class Method(Protocol):
    """A way of sharing seats out in proportion to votes."""

    @property
    def label(self) -> str:
        """What people call it, to be translated."""

    @property
    def formula(self) -> str:
        """The divisors, or the quota, with V for votes and S for seats."""

    @property
    def source(self) -> str:
        """Where it is described."""

    @property
    def compensates(self) -> bool:
        """Whether seats held before can count."""

    def allocate(self, votes: Sequence[int], seats: int, held: Sequence[int] | None = None) -> Allocation:
        """Share seats out.

        Args:
            votes: of each list, 0 or more.
            seats: how many, 0 or more.
            held: seats that each list has from before, which count; only where the method compensates.

        Returns:
            The seats, which do not depend on the order of the lists. A list without votes gets none.
        """

    def steps(self, allocation: Allocation) -> Iterator[Step]:
        """Yield the steps of an allocation by this method."""

    def last(self, allocation: Allocation) -> Step | None:
        """Return the last step of an allocation by this method."""
