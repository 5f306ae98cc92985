"""What a rule makes of the votes of one contest in one round: everybody's fate, and by how many votes.

Everything here is whole numbers: conditions are asked of counts, never of percentages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.messages import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from primaire.rules.parts import Condition
    from primaire.rules.rule import Elected, Qualified, Round, Rule

ELECTED: Final = term("elected")
NOT_ELECTED: Final = term("not elected")
TIED: Final = term("tied")
QUALIFIED: Final = term("qualified")
MAY_MERGE: Final = term("may merge")
ELIMINATED: Final = term("eliminated")
BONUS: Final = term("first, takes the bonus")
SHARES: Final = term("shares the seats")
NO_SEATS: Final = term("no seats")

FATES: Final = (ELECTED, QUALIFIED, MAY_MERGE, ELIMINATED, NOT_ELECTED, TIED, BONUS, SHARES, NO_SEATS)
"""What becomes of a candidate or list. ``tied`` is who may still be in or out: votes do not tell."""


Needed = tuple[tuple["Condition", int], ...]
"""Conditions, and the fewest votes that meet each."""


class LackingError(Exception):
    """What a rule asks for is not published: ``what`` is a base of :data:`primaire.rules.parts.BASES`, or ``seats``."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Counted:
    """The votes of each candidate, those who stood; the counts that conditions are asked of, None where not known; and
    how many seats there are, if that is known and asked for."""

    votes: Sequence[int]
    totals: Mapping[str, int | None]
    seats: int | None = None

    def needed(self, condition: Condition) -> int:
        """Return the fewest votes that meet a condition. Raises LackingError where its base is not known."""
        total = self.totals[condition.base]
        if total is None:
            raise LackingError(condition.base)
        return condition.needed(total)


@dataclass(frozen=True)
class Fate:
    """What becomes of one candidate.

    Attributes:
        word: one of :data:`FATES`.
        margin: votes above (0 and more) or below what decided it: a condition's count; or, where rank decided, votes ahead
            of the first one who is out, or behind the last who is in. None where nothing was to be decided.
        article: what says so.
    """

    word: str
    margin: int | None = None
    article: str | None = None


@dataclass(frozen=True)
class Judgement:
    """What a rule makes of one round.

    Attributes:
        fates: of each candidate, in their order.
        settled: whether the round elects everybody that is to be elected, or gives out the seats. A tie settles it too:
            there is no further round for it.
        needed: for each condition of election, the fewest votes that meet it.
        reached: how many meet the condition to go on; None where the rule has none, or the round is settled.
        to_go_on: the fewest votes that meet that condition; None likewise.
        tie: how a tie is broken, of :data:`primaire.rules.parts.TIES`, where there is one.
        vacant: how many places nobody is elected to, in the round that settles it.
    """

    fates: tuple[Fate, ...]
    settled: bool
    needed: Needed = ()
    reached: int | None = None
    to_go_on: int | None = None
    tie: tuple[str, ...] = ()
    vacant: int = 0


@dataclass(frozen=True)
class _Cut:
    """The first so many by votes: who is in, who is tied for the last places, by how much the others are out."""

    inside: frozenset[int]
    tied: frozenset[int]
    last_in: int | None
    first_out: int | None

    @classmethod
    def at(cls, votes: Sequence[int], among: Iterable[int], places: int) -> _Cut:
        order = sorted(among, key=lambda one: -votes[one])
        if len(order) <= places:
            return cls(frozenset(order), frozenset(), votes[order[-1]] if order else None, None)
        bar = votes[order[places - 1]]
        if votes[order[places]] < bar:
            return cls(frozenset(order[:places]), frozenset(), bar, votes[order[places]])
        level = frozenset(one for one in order if votes[one] == bar)
        return cls(frozenset(one for one in order[:places] if votes[one] > bar), level, bar, bar)

    def margin(self, votes: int, one: int) -> int | None:
        if one in self.tied:
            return 0
        against = self.first_out if one in self.inside else self.last_in
        return None if against is None else votes - against


def judge(rule: Rule, round: int, counted: Counted) -> Judgement:
    """Say what becomes of everybody.

    Args:
        rule: of this election.
        round: its number, 1 or more; at most as many as the rule has.
        counted: the votes. Candidates without any vote are never elected, and go on only where everyone does.

    Raises:
        LackingError: a count is not known that the rule asks for.
        IndexError: the rule has no such round.
    """
    this = rule.rounds[round - 1]
    if rule.seats is not None:
        return _of_lists(rule, round, counted)
    elected = _elected(this.elected, counted) if this.elected else None
    fates: dict[int, Fate] = dict(elected.fates) if elected else {}
    needed = elected.needed if elected else ()
    last = round == len(rule.rounds)
    if elected and (elected.settled or last):
        rest = {one: elected.short(one, counted) for one in range(len(counted.votes)) if one not in fates}
        return Judgement(_ordered({**rest, **fates}), True, needed, tie=elected.tie, vacant=elected.vacant)
    return _going_on(this, counted, fates, needed)


def _least(*margins: int | None) -> int | None:
    """Return the least of the margins that there are."""
    return min((margin for margin in margins if margin is not None), default=None)


def _ordered(fates: Mapping[int, Fate]) -> tuple[Fate, ...]:
    return tuple(fates[one] for one in sorted(fates))


@dataclass(frozen=True)
class _Election:
    rule: Elected
    fates: Mapping[int, Fate]
    needed: Needed
    cut: _Cut
    places: int

    @property
    def settled(self) -> bool:
        return bool(self.cut.tied) or len(self.cut.inside) == self.places

    @property
    def vacant(self) -> int:
        return 0 if self.cut.tied else self.places - len(self.cut.inside)

    @property
    def tie(self) -> tuple[str, ...]:
        return self.rule.tie if self.cut.tied else ()

    def short(self, one: int, counted: Counted) -> Fate:
        """Return the fate of one who is not elected in the round that settles it."""
        votes = counted.votes[one]
        missed = [votes - count for _, count in self.needed if votes < count]
        return Fate(NOT_ELECTED, min(missed) if missed else self.cut.margin(votes, one), self.rule.article)


def _elected(rule: Elected, counted: Counted) -> _Election:
    needed = tuple((condition, counted.needed(condition)) for condition in rule.conditions)
    places = counted.seats if rule.first == "seats" else rule.first
    if places is None:
        raise LackingError("seats")
    able = [one for one, votes in enumerate(counted.votes) if votes > 0 and all(votes >= count for _, count in needed)]
    cut = _Cut.at(counted.votes, able, places)
    fates = {}
    for one in cut.inside:
        votes = counted.votes[one]
        margins = [votes - count for _, count in needed]
        ahead = cut.margin(votes, one) if not needed or cut.first_out is not None else None
        if ahead is None and not needed:  # all who have votes are elected: ahead of those who have none
            ahead = votes if len(counted.votes) > len(able) else None
        fates[one] = Fate(ELECTED, _least(*margins, ahead), rule.article)
    fates.update({one: Fate(TIED, 0, rule.article) for one in cut.tied})
    return _Election(rule, fates, needed, cut, places)


@dataclass(frozen=True)
class _Onward:
    """Who stands in the next round, of those who are not elected: by a condition, by rank, or by joining another list."""

    round: Round
    counted: Counted
    to_go_on: int | None
    reached: int | None
    cut: _Cut | None

    @classmethod
    def of(cls, round: Round, qualified: Qualified, counted: Counted, others: Sequence[int]) -> _Onward:
        if qualified.everyone:
            return cls(round, counted, None, None, None)
        standing = [one for one in others if counted.votes[one] > 0]
        if qualified.condition is None:
            to_go_on, reached, places = None, None, qualified.first
        else:
            to_go_on = counted.needed(qualified.condition)
            reached = sum(counted.votes[one] >= to_go_on for one in standing)
            places = {0: qualified.if_none, 1: qualified.if_one}.get(reached)
        return cls(round, counted, to_go_on, reached, _Cut.at(counted.votes, standing, places) if places else None)

    def fate(self, one: int) -> Fate:
        qualified = self.round.qualified
        votes, article = self.counted.votes[one], qualified.article if qualified else None
        if qualified and qualified.everyone:
            return Fate(QUALIFIED, None, article)
        if self.to_go_on is not None and votes >= self.to_go_on:
            return Fate(QUALIFIED, votes - self.to_go_on, article)
        behind = self.cut.margin(votes, one) if self.cut else None
        if self.cut and one in self.cut.tied | self.cut.inside:
            return Fate(TIED if one in self.cut.tied else QUALIFIED, behind, article)
        merge = self.round.may_merge
        if merge is not None:
            margin = votes - self.counted.needed(merge.condition)
            return Fate(MAY_MERGE if margin >= 0 else ELIMINATED, margin, merge.article)
        # Where rank decides for want of others, whoever had met the condition would be in too.
        missed = [behind, None if self.to_go_on is None else votes - self.to_go_on]
        return Fate(ELIMINATED, max((short for short in missed if short is not None), default=None), article)


def _going_on(round: Round, counted: Counted, elected: Mapping[int, Fate], needed: Needed) -> Judgement:
    """Say what becomes of those who are not elected in a round that does not settle everything."""
    others = [one for one in range(len(counted.votes)) if one not in elected]
    if round.qualified is None:  # the last round, which does not elect as many as it could
        return Judgement(_ordered({**{one: Fate(NOT_ELECTED) for one in others}, **elected}), True, needed)
    onward = _Onward.of(round, round.qualified, counted, others)
    fates = {**{one: onward.fate(one) for one in others}, **elected}
    tie = round.qualified.tie if onward.cut and onward.cut.tied else ()
    return Judgement(_ordered(fates), False, needed, onward.reached, onward.to_go_on, tie)


def _of_lists(rule: Rule, round: int, counted: Counted) -> Judgement:
    """Say which lists share the seats, if this round gives them out; else which go on."""
    this = rule.rounds[round - 1]
    conditions = this.elected.conditions if this.elected else ()
    needed = tuple((condition, counted.needed(condition)) for condition in conditions)
    won = [one for one, votes in enumerate(counted.votes) if votes > 0 and all(votes >= count for _, count in needed)]
    if round < len(rule.rounds) and not won:
        return _going_on(this, counted, {}, needed)
    return _sharing(rule, counted, needed)


def _sharing(rule: Rule, counted: Counted, needed: Needed) -> Judgement:
    stages = rule.seats.stages if rule.seats else ()
    bonus = next((stage for stage in stages if stage.to == "first"), None)
    first = _Cut.at(counted.votes, [one for one, votes in enumerate(counted.votes) if votes > 0], 1)
    fates: list[Fate] = []
    for one, votes in enumerate(counted.votes):
        if bonus is not None and one in first.inside | first.tied:
            word = TIED if one in first.tied else BONUS
            margins = [votes - count for _, count in needed]
            ahead = first.margin(votes, one)
            fates.append(Fate(word, _least(*margins, ahead), bonus.article))
            continue
        each = [
            (votes - (counted.needed(stage.threshold) if stage.threshold else 1), stage.article)
            for stage in stages
            if stage.to == "all"
        ]
        margin, article = max(each, default=(-1, None), key=lambda pair: pair[0])
        fates.append(Fate(SHARES if margin >= 0 else NO_SEATS, margin, article))
    return Judgement(tuple(fates), True, needed, tie=bonus.tie if bonus and first.tied else ())
