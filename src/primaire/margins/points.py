"""One point of an outcome, and whether ballots in doubt overturn it: a lead, a condition, who goes on.

The judge of elections asks by how much a result could be wrong. Irregular ballots of which nobody knows for whom they were
are *deducted*, hypothetically, from whomever that hurts most, and from the valid votes; ballots that were wrongly voided
and are lost are *added*, hypothetically, for whomever that helps most. Each time the majority is computed again. The
registered voters stay as they are. A point is overturned where it is no longer certain and the same: a tie overturns it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from primaire.rules.parts import Condition
    from primaire.rules.rule import Qualified


class Shift(NamedTuple):
    """Ballots in doubt, all of them where that hurts most.

    Attributes:
        deducted: irregular ballots, each for one of the candidates.
        added: ballots to be added back, each for one of the candidates.
        enrolled: electors to be added to the registered voters.
        voted: ballots to be added to the voters; an irregular or a voided one is among them already.
    """

    deducted: int = 0
    added: int = 0
    enrolled: int = 0
    voted: int = 0


class Point(Protocol):
    """Something that the votes decide."""

    @property
    def most(self) -> int:
        """A number of ballots that overturns it, if any number does."""

    @property
    def most_deducted(self) -> int:
        """The same for ballots deducted: at most those of everybody but the candidate whom that is to help."""

    @property
    def near(self) -> tuple[int, int]:
        """About how many ballots deducted, and how many added, may overturn it: where to look first."""

    @property
    def steady(self) -> bool:
        """Whether what some ballots overturn, more of them do."""

    def overturned(self, shift: Shift) -> bool:
        """Tell whether so many ballots in doubt can overturn it."""


def fewest(test: Callable[[int], bool], most: int, *, steady: bool = True, near: int = 0) -> int | None:
    """Return the smallest number from 0 to ``most`` for which a test holds, None for none.

    ``steady``: whether the test holds for every number above one for which it does; else all are tried, in their order.
    ``near``: a number that it may be near to, which only saves time.

    >>> fewest(lambda ballots: 393 - ballots <= (785 - ballots) // 2, 785)
    1
    """
    if not steady:
        return next((number for number in range(most + 1) if test(number)), None)
    low, high, step = 0, most + 1, 1
    at = min(max(near, 0), most)
    while low < high and low <= at < high:  # outwards from there, with longer and longer steps, until it is passed
        if test(at):
            high, at = at, at - step
        else:
            low, at = at + 1, at + step
        step *= 2
    found = low + bisect_left(range(low, high), True, key=test)
    return found if found <= most else None


def fewest_deducted(point: Point) -> int | None:
    """Return the fewest irregular ballots that overturn a point; None where not even all of them do."""
    return fewest(
        lambda ballots: point.overturned(Shift(deducted=ballots)),
        point.most_deducted,
        steady=point.steady,
        near=point.near[0],
    )


def fewest_added(point: Point) -> int | None:
    """Return the fewest ballots that, wrongly voided and added back, overturn a point; None where no number does."""
    return fewest(
        lambda ballots: point.overturned(Shift(added=ballots)), point.most, steady=point.steady, near=point.near[1]
    )


def fewest_unknown(point: Point, enrolled_after: int | None) -> int | None:
    """Return from how many electors of unknown vote on a point is open; None where it is settled whatever their number.

    They may vote for anybody, or not at all. For ``enrolled_after`` see :func:`unknown_electors`.
    """
    return fewest(
        lambda electors: point.overturned(unknown_electors(electors, enrolled_after)), point.most, steady=point.steady
    )


def unknown_electors(number: int, enrolled_after: int | None) -> Shift:
    """Return what electors can do of whom it is not known how, or whether, they voted.

    ``enrolled_after``: how many of them are among the registered voters already; None: all, whatever their number.
    """
    enrolled = 0 if enrolled_after is None else max(number - enrolled_after, 0)
    return Shift(added=number, enrolled=enrolled, voted=number)


@dataclass(frozen=True)
class Lead:
    """One ahead of another: each ballot counts for one, and level is no longer ahead."""

    first: int
    second: int
    steady: ClassVar[bool] = True

    @property
    def most(self) -> int:
        return self.first

    most_deducted = most

    @property
    def near(self) -> tuple[int, int]:
        return (self.first - self.second,) * 2

    def overturned(self, shift: Shift) -> bool:
        return max(self.first - shift.deducted, 0) <= self.second + shift.added


@dataclass(frozen=True)
class Bar:
    """A condition that a candidate meets, or does not.

    Who meets it is hurt by ballots deducted from their own votes and by ballots added for others; who does not is helped by
    ballots deducted from others, which count in the valid votes alone, and by ballots added for them.
    """

    condition: Condition
    votes: int
    total: int
    valid: int
    steady: ClassVar[bool] = True

    @cached_property
    def met(self) -> bool:
        """Whether the condition is met."""
        return self.votes >= self.condition.needed(self.total)

    @property
    def most(self) -> int:
        return most_for(self.condition, self.total)

    @property
    def most_deducted(self) -> int:
        return self.votes if self.met else self.valid - self.votes

    @property
    def near(self) -> tuple[int, int]:
        part, total = self.condition.part.numerator, self.condition.part.denominator
        gap = (
            self.votes * total - self.total * part
        )  # between votes and their share of the base, in so many parts of a vote
        if self.condition.base != "valid":
            return (abs(gap) // total,) * 2
        of_own, of_others = abs(gap) // max(total - part, 1), abs(gap) // part
        return (of_own, of_others) if gap >= 0 else (of_others, of_own)

    def after(self, shift: Shift) -> tuple[int, int, int]:
        """Return the votes, the count that they are held against, and the votes needed, all after so many ballots."""
        if self.met:
            votes = max(self.votes - shift.deducted, 0)
        else:
            votes = max(self.votes + shift.added - max(shift.deducted - (self.valid - self.votes), 0), 0)
        total = shifted(self.condition, self.total, shift)
        return votes, total, self.condition.needed(total)

    def overturned(self, shift: Shift) -> bool:
        votes, _, needed = self.after(shift)
        return (votes >= needed) != self.met


def shifted(condition: Condition, total: int, shift: Shift) -> int:
    """Return the count that a condition is a part of after so many ballots."""
    if condition.base == "valid":
        return max(total - shift.deducted + shift.added, 0)
    return total + (shift.enrolled if condition.base == "registered" else shift.voted)


def most_for(condition: Condition, total: int) -> int:
    """Return a number of ballots that any other number overturns no more than: v / p and v / (1 - p) are below it."""
    return (total + 1) * condition.part.denominator


@dataclass(frozen=True)
class Onward:
    """Whether a candidate goes on to the next round, if nobody is elected in this one.

    By a condition or by rank; and where one alone meets the condition, or nobody, by rank too. Ballots can hence work in
    two ways: they push somebody over the bar, or change how many are above it, and so who goes on by rank. As many must go on
    by rank where one alone meets the condition as where nobody does; so it is in every rule that ships.

    Attributes:
        qualified: what the rule says.
        votes: of the candidate.
        others: of all others, from the most to the fewest.
        total: the count that the condition is a part of; 0 without a condition.
        valid: valid votes, those of nobody listed included.
        inside: whether the candidate goes on; None where a tie leaves it open.
    """

    qualified: Qualified
    votes: int
    others: Sequence[int]
    total: int
    valid: int
    inside: bool | None

    @property
    def most(self) -> int:
        places = max([place for place in self._places if place], default=1)
        bar = most_for(self.qualified.condition, self.total) if self.qualified.condition else 0
        return max(bar, (self.valid + 1) * places)

    @property
    def most_deducted(self) -> int:
        return self.valid - self.votes if self.inside is False else self.votes

    @property
    def steady(self) -> bool:
        """With the two first by rank, more ballots do what fewer could.

        A bar that is a part of valid votes moves by at most one vote with each ballot, and one ballot more makes up for it.
        """
        return self.qualified.condition is None or (self.qualified.if_none or 0) <= 2  # noqa: PLR2004  the two first

    @cached_property
    def _places(self) -> tuple[int | None, int | None]:
        """How many go on by rank where nobody, and where one alone, meets the condition."""
        rule = self.qualified
        return (rule.if_none, rule.if_one) if rule.condition else (rule.first, rule.first)

    @property
    def near(self) -> tuple[int, int]:
        bar = self.qualified.condition.needed(self.total) if self.qualified.condition else self.votes
        return (abs(self.votes - bar),) * 2

    def overturned(self, shift: Shift) -> bool:
        if self.inside is None:
            return True
        condition = self.qualified.condition
        bar = condition.needed(shifted(condition, self.total, shift)) if condition else None
        return self._put_out(shift, bar) if self.inside else self._let_in(shift, bar)

    def _put_out(self, shift: Shift, bar: int | None) -> bool:
        """Tell whether the candidate can come to be out, or level with one who is.

        It is tried with nobody else, with one other, and with two others above the bar.
        """
        below = self.valid + shift.added + shift.voted if bar is None else bar - 1
        none, one = self._places
        ways = [(0, none)] if bar is None else [(0, none), (1, one), (2, None)]
        for above, places in ways:
            lowered = 0 if above > 1 else sum(max(votes - below, 0) for votes in self.others[above:])
            if lowered > shift.deducted:
                continue
            left = self.votes - (shift.deducted - lowered)
            if left <= 0:
                return True
            if left > below or len(self.others) < max(above, places or 0):
                continue
            raised = sum(max((bar or 0) - votes, 0) for votes in self.others[:above])
            raised += sum(max(left - votes, 0) for votes in self.others[above : places or 0])
            if raised <= shift.added:
                return True
        return False

    def _let_in(self, shift: Shift, bar: int | None) -> bool:
        """Tell whether the candidate can come to be in, or level with one who is."""
        from_others = self.valid - self.votes
        votes = self.votes + shift.added - max(shift.deducted - from_others, 0)
        if votes <= 0:
            return False
        if bar is not None and votes >= bar:
            return True
        none, one = self._places
        ways = [(0, none)] if bar is None else [(0, none), (1, one)]
        return any(places and self._by_rank(above, places, votes, shift, bar) for above, places in ways)

    def _by_rank(self, above: int, places: int, votes: int, shift: Shift, bar: int | None) -> bool:
        """Tell whether the candidate can be among the first, where so many others are to be above the bar."""
        if above >= places or above > len(self.others):
            return False
        mine = votes - sum(max((bar or 0) - other, 0) for other in self.others[:above])
        if mine <= 0:
            return False
        ahead = self.others[above : places - 1]
        lowered = 0 if bar is None else sum(max(other - bar + 1, 0) for other in ahead)
        return lowered + sum(max(other - mine, 0) for other in self.others[places - 1 :]) <= shift.deducted
