"""Seats shared out by a rule, stage by stage: who takes a bonus, who meets the threshold, what is left, what a tie leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

from primaire.apportionment import METHODS, Allocation, Rival, Step, Tie
from primaire.errors import NotHeldError
from primaire.messages import msg
from primaire.rules.parts import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from primaire.rules.parts import Condition
    from primaire.rules.rule import Round, Seats, Stage

MOST_WAYS: Final = 1000
"""Ways in which a tie can fall out, above which they are not gone through."""

MOST_VOTES: Final = "most votes"
"""The only thing that breaks a tie of averages and that results tell."""

BY_SECTION: Final = msg("The law shares these seats out section by section, and not by the votes of them all.")
NO_VOTES: Final = msg("There are no votes for any list, and nothing to share seats out by.")


@dataclass(frozen=True, slots=True)
class Given:
    """What one stage gives out.

    Attributes:
        stage: of the rule.
        seats: how many it gives out.
        needed: the votes that a list needs to have a share in it; None without a threshold.
        sharers: the places of the lists that have them.
        certain: seats of each list, whatever ties leave open.
        tie: what a tie leaves open, in places of all lists; None without one.
        unfilled: seats that nobody has a claim to: no list meets the threshold.
        allocation: how they were shared out among ``sharers``; None where the first list takes all.
        broken: the tie that most votes have broken.
    """

    stage: Stage
    seats: int
    needed: int | None
    sharers: tuple[int, ...]
    certain: tuple[int, ...]
    tie: Tie | None = None
    unfilled: int = 0
    allocation: Allocation | None = None
    broken: Tie | None = None

    @property
    def most(self) -> tuple[int, ...]:
        """The seats of each list if ties fall out in its favour."""
        if self.tie is None:
            return self.certain
        more, claimants = self.tie.each, self.tie.claimants
        return tuple(seats + more * (place in claimants) for place, seats in enumerate(self.certain))

    def steps(self, votes: Sequence[int]) -> Iterator[Step]:
        """Yield the steps of the stage, in places of all lists, given the votes of all of them."""
        if self.stage.to == "first" and self.seats and self.sharers:
            yield _bonus(self, votes)
        for step in self.allocation.steps() if self.allocation else ():
            yield _placed(step, self.sharers)

    def last(self) -> Step | None:
        """Return the last step of what was shared out, in places of all lists; None where the first list takes all."""
        step = self.allocation.last() if self.allocation else None
        return step and _placed(step, self.sharers)


def _placed(step: Step, sharers: Sequence[int]) -> Step:
    """Return a step of the lists that share in places of all lists."""
    rivals = tuple(Rival(sharers[rival.place], rival.short) for rival in step.rivals)
    return replace(step, lists=tuple(sharers[place] for place in step.lists), rivals=rivals)


def _bonus(given: Given, votes: Sequence[int]) -> Step:
    """Return the step by which the first list takes all seats of a stage."""
    order = sorted(given.sharers, key=votes.__getitem__, reverse=True)
    most = votes[order[0]]
    first = tuple(place for place in given.sharers if votes[place] == most)
    rivals = tuple(Rival(place, most - votes[place] + 1) for place in order[len(first) :])
    return Step(first, 1, given.seats, "bonus", Fraction(most), rivals)


@dataclass(frozen=True)
class Sharing:
    """All seats shared out.

    Attributes:
        number: of seats.
        ways: what the stages give out; several ways where later stages depend on how a tie falls out.
        common: the stages up to the one whose tie leads to several ways; all, where there is one way.
    """

    number: int
    ways: tuple[tuple[Given, ...], ...]
    common: tuple[Given, ...]

    @cached_property
    def low(self) -> tuple[int, ...]:
        """The fewest seats of each list."""
        return _ends([[given.certain for given in way] for way in self.ways], min)

    @cached_property
    def high(self) -> tuple[int, ...]:
        """The most seats of each list: the same as the fewest, unless a tie leaves them open."""
        return _ends([[given.most for given in way] for way in self.ways], max)

    @property
    def needed(self) -> int | None:
        """The votes that the last stage with a threshold asks for."""
        asked = [given.needed for given in self.ways[0] if given.needed is not None]
        return asked[-1] if asked else None

    def of_stage(self, place: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the fewest and the most seats of each list in a stage."""
        given = [way[place] for way in self.ways]
        return _ends([[one.certain] for one in given], min), _ends([[one.most] for one in given], max)

    @property
    def unfilled(self) -> int:
        """The seats that nobody has a claim to."""
        return sum(given.unfilled for given in self.ways[0])


def _ends(ways: Sequence[Sequence[Sequence[int]]], end: Callable[[Iterable[int]], int]) -> tuple[int, ...]:
    return tuple(end(seats) for seats in zip(*(map(sum, zip(*way, strict=True)) for way in ways), strict=True))


def share(rule: Seats, votes: Sequence[int], totals: Mapping[str, int | None], number: int) -> Sharing:
    """Share seats out by a rule.

    Args:
        rule: its stages.
        votes: of each list.
        totals: what thresholds are a part of: ``valid``, ``voters`` and ``registered``, None where not known.
        number: how many seats there are, 1 or more.

    Raises:
        NotHeldError: the rule shares seats out by section; there are no votes; there are fewer seats than a stage gives out;
            a threshold is a part of a total that is not known; or a tie that later stages depend on can fall out in very
            many ways.
    """
    if rule.by_section:
        raise NotHeldError(BY_SECTION)
    if not any(votes):
        raise NotHeldError(NO_VOTES)
    ways: list[tuple[Given, ...]] = [()]
    common: list[Given] = []
    for place, (stage, seats) in enumerate(_plan(rule, number)):
        given = [_give(stage, seats, votes, totals, way) for way in ways]
        common += given if len(ways) == 1 else []
        each = any(later.count_earlier for later in rule.stages[place + 1 :])
        ways = [(*way, one) for way, before in zip(ways, given, strict=True) for one in _fallen_out(before, each=each)]
    return Sharing(number, tuple(ways), tuple(common))


def unmet(round_: Round, votes: Sequence[int], totals: Mapping[str, int | None]) -> tuple[tuple[Condition, int], ...]:
    """Return the conditions for being elected in a round that nobody meets, with the votes that they ask for.

    Raises:
        NotHeldError: a condition is a part of a total that is not known.
    """
    if round_.elected is None:
        return ()
    asked = [(condition, needed(condition, totals)) for condition in round_.elected.conditions]
    return tuple((condition, count) for condition, count in asked if max(votes, default=0) < count)


def needed(condition: Condition, totals: Mapping[str, int | None]) -> int:
    """Return the votes that meet a condition. Raises NotHeldError where the total that it is a part of is not known."""
    total = totals[condition.base]
    if total is None:
        raise NotHeldError(
            msg("The rule asks for a part of {base:term}, and that count is not known.", base=condition.base),
            remedy=msg("Add it to the source, in the column “{base}”.", base=condition.base),
        )
    return condition.needed(total)


def votes_short(condition: Condition, votes: int, totals: Mapping[str, int | None]) -> int | None:
    """Return how many votes more meet a condition, 0 or more, their own weight in its base included.

    None where no number of votes does, or the base is not known.

    >>> from primaire.rules.parts import parse_condition
    >>> votes_short(parse_condition("at least 5 % of valid"), 1422, {"valid": 29862})  # 1,497 of 29,937
    75
    """
    total = totals[condition.base]
    if total is None:
        return None
    if condition.base == "registered":  # who votes is registered before
        return max(condition.needed(total) - votes, 0)
    if condition.part == 1:
        return None
    missing = (condition.part * total - votes) / (1 - condition.part)
    return max(missing // 1 + 1 if condition.strictly else -(-missing // 1), 0)


def _plan(rule: Seats, number: int) -> list[tuple[Stage, int]]:
    """Return how many seats each stage gives out: the last one what is left."""
    plan, left = [], number
    for stage in rule.stages[:-1]:
        seats = rounded(stage.seats, number, stage.rounding) if isinstance(stage.seats, Fraction) else stage.seats or 0
        if seats > number:
            raise NotHeldError(
                msg("The rule gives out {n:count} seats at once, and there are {number:count}.", n=seats, number=number)
            )
        plan.append((stage, min(seats, left)))
        left -= plan[-1][1]
    return [*plan, (rule.stages[-1], left)]


def _give(
    stage: Stage, seats: int, votes: Sequence[int], totals: Mapping[str, int | None], before: tuple[Given, ...]
) -> Given:
    count = needed(stage.threshold, totals) if stage.threshold else None
    least = count or 1
    sharers = tuple([place for place, cast in enumerate(votes) if cast >= least])
    if not sharers or not seats:
        return Given(stage, seats, count, sharers, (0,) * len(votes), unfilled=seats)
    if stage.to == "first":
        return _to_first(stage, seats, count, sharers, votes)
    held = [sum(given.certain[place] for given in before) for place in sharers] if stage.count_earlier else None
    return _to_all(stage, seats, count, sharers, votes, held)


def _to_first(stage: Stage, seats: int, count: int | None, sharers: tuple[int, ...], votes: Sequence[int]) -> Given:
    most = max([votes[place] for place in sharers])
    first = tuple([place for place in sharers if votes[place] == most])
    certain = [0] * len(votes)
    if len(first) > 1:
        return Given(stage, seats, count, sharers, tuple(certain), Tie(first, seats, each=seats))
    certain[first[0]] = seats
    return Given(stage, seats, count, sharers, tuple(certain))


def _to_all(  # noqa: PLR0913, PLR0917  what is given out, among whom, by what
    stage: Stage,
    seats: int,
    count: int | None,
    sharers: tuple[int, ...],
    votes: Sequence[int],
    held: Sequence[int] | None,
) -> Given:
    level = allocation = METHODS[stage.method or ""].allocate([votes[place] for place in sharers], seats, held)
    if stage.tie[:1] == (MOST_VOTES,):
        allocation = level.with_most_votes()
    certain = [0] * len(votes)
    for place, taken in zip(sharers, allocation.seats, strict=True):
        certain[place] = taken
    broken = _among(level.tie, sharers) if allocation.tie != level.tie else None
    tie = _among(allocation.tie, sharers)
    return Given(stage, seats, count, sharers, tuple(certain), tie, allocation.unfilled, allocation, broken)


def _among(tie: Tie | None, sharers: Sequence[int]) -> Tie | None:
    """Return a tie among the lists that share in places of all lists."""
    return tie and replace(tie, claimants=tuple(sharers[place] for place in tie.claimants))


def _fallen_out(given: Given, *, each: bool) -> list[Given]:
    """Return what a stage gives out for each way in which its tie can fall out, if each is to be looked at."""
    if given.tie is None or not each:
        return [given]
    tie = given.tie
    if comb(len(tie.claimants), tie.preferred) > MOST_WAYS:
        raise NotHeldError(
            msg("{n:count} lists are level, in a stage that later ones depend on.", n=len(tie.claimants)),
            expected=msg("That can fall out in more than {most:count} ways.", most=MOST_WAYS),
        )
    return [
        replace(
            given,
            tie=None,
            certain=tuple(seats + tie.each * (place in winners) for place, seats in enumerate(given.certain)),
        )
        for winners in combinations(tie.claimants, tie.preferred)
    ]
