"""Councils: the lists of each contest and round, and the seats that a rule gives them, or why it gives none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, listed
from primaire.captions import NO_NUANCE, by_nuance
from primaire.errors import NotHeldError
from primaire.messages import Message, msg, msgn
from primaire.outcomes.verdict import condition_said
from primaire.pairing import series
from primaire.rules.sharing import BY_SECTION, NO_VOTES, Sharing, needed, share, unmet
from primaire.schema import BASES, ORIGINS, Returns
from primaire.scores import said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from primaire.outcomes.ruling import Ruling
    from primaire.rules.parts import Condition
    from primaire.rules.rule import Rule, Seats


@dataclass(frozen=True)
class Council:
    """The lists of one ballot, and their seats.

    Attributes:
        names: of the lists, in the order of the rows of :func:`primaire.scores.scores`.
        votes: of each list; None where one is not known. Candidates without a nuance, added up, are no list: 0.
        totals: the counts that thresholds are a part of, None where not known.
        published: the seats of each list as the source says them, None where it does not.
        ruling: the rule that it is held under, or why none is applied.
        firm: the place of the weakest of the votes' origins in :data:`primaire.schema.ORIGINS`, -1 where votes are missing.
        sharing: the seats; None where there are none.
        why: why there are none.
        error: the same, where something is missing for it.
        asked: the conditions by which this round settled the contest, though another could follow.
    """

    names: tuple[str, ...]
    votes: tuple[int, ...] | None
    totals: dict[str, int | None]
    published: tuple[int | None, ...]
    ruling: Ruling
    firm: int
    sharing: Sharing | None = None
    why: Message | None = None
    error: NotHeldError | None = None
    asked: tuple[Condition, ...] = ()

    @property
    def ahead(self) -> int | None:
        """How many votes the first has above what this round asks for; None where it asks for nothing."""
        if not self.asked or not self.votes:
            return None
        return max(self.votes) - max(needed(condition, self.totals) for condition in self.asked)

    def settles_with(self, more: int) -> bool:
        """Tell whether this round would settle the contest all the same with so many votes more for another than the first."""
        totals = {
            base: total if base == "registered" or total is None else total + more
            for base, total in self.totals.items()
        }
        return all(max(self.votes or (0,)) >= needed(condition, totals) for condition in self.asked)

    @cached_property
    def others(self) -> int:
        """The valid votes that are of none of the lists."""
        valid = self.totals["valid"]
        return 0 if valid is None or self.votes is None else max(valid - sum(self.votes), 0)

    @cached_property
    def others_matter(self) -> bool:
        """Whether seats would be others if these votes were of one list."""
        if self.sharing is None or self.votes is None or not self.others:
            return False
        with_one = share(seats_of(self.ruling.rule), (*self.votes, self.others), self.totals, self.sharing.number)
        return (*self.sharing.low, 0, *self.sharing.high, 0) != (*with_one.low, *with_one.high)

    @property
    def approximate(self) -> bool:
        """Whether the seats rest on approximate votes."""
        return self.firm == ORIGINS.index("approximate")


def seats_of(rule: Rule | None) -> Seats:
    """Return how a rule shares seats out. Raises NotHeldError where it shares out none."""
    if rule is None or rule.seats is None:
        raise NotHeldError(
            msg(
                "By the rules “{rule}”, people are elected by themselves: there are no seats to share out.",
                rule=rule.title if rule else "",
            ),
            remedy=msg(
                "“primaire outcome” says who is elected. A method shares seats out all the same: --method dhondt"
            ),
        )
    return rule.seats


def councils(
    figures: Returns, rows: pd.DataFrame, rulings: Sequence[Ruling], seats: int | None, level: str
) -> list[Council]:
    """Share out the seats of every ballot.

    Args:
        figures: as :func:`primaire.tally.tally` gives them, added up by ``level``.
        rows: their scores.
        rulings: the rule of each ballot. Where it has rounds, those of a contest depend on each other: the first in which
            the conditions for being elected are met settles it, and so does the last. Without rounds, each is by itself.
        seats: how many there are in each contest; None: as the rule says, else as many as the source says were won.

    Returns:
        One council for each row of ``ballots``, in their order.

    Raises:
        NotHeldError: no contest holds what its rule needs; the first thing that lacks.
    """
    held = _held(figures, rows, rulings)
    order, number = series(figures, level)
    rounds = figures.ballots["round"].tolist()
    before, settled = -1, False
    for place, contest in zip(order.tolist(), number.tolist(), strict=True):
        settled = settled and contest == before
        held[place], settled = _settled(held[place], seats, rounds[place], settled=settled)
        before = contest
    errors = [council.error for council in held if council.error]
    if errors and all(council.sharing is None for council in held):
        raise errors[0]
    return held


def _held(figures: Returns, rows: pd.DataFrame, rulings: Sequence[Ruling]) -> list[Council]:
    stops = np.cumsum(np.bincount(rows["ballot"], minlength=len(figures.ballots))).tolist()
    names, cast, firm = listed(rows["candidate"]), listed(rows["votes"]), codes(rows["votes_origin"]).tolist()
    published = said_of(figures, rows, "seats")
    if by_nuance(figures):
        cast = [
            0 if name == NO_NUANCE and votes is not None else votes for name, votes in zip(names, cast, strict=True)
        ]
    bases = zip(*(listed(figures.ballots[base]) for base in BASES), strict=True)
    found, start = [], 0
    for stop, totals, ruling in zip(stops, bases, rulings, strict=True):
        part = slice(start, stop)
        votes = None if None in cast[part] or start == stop else tuple(cast[part])
        firmness = max(firm[part], default=-1) if votes is not None else -1
        given = dict(zip(BASES, totals, strict=True))
        found.append(Council(tuple(names[part]), votes, given, tuple(published[part]), ruling, firmness))
        start = stop
    return found


def _settled(council: Council, seats: int | None, round_: int, *, settled: bool) -> tuple[Council, bool]:
    """Return a council with its seats, or why it has none, and whether its contest is settled with this round."""
    if settled:
        return replace(council, why=msg("By the rules, the round before has settled it: no seats are left.")), True
    try:
        rule = _rule(council.ruling)
        why = _unsettled(council, rule, round_)
        if why:
            return replace(council, why=why), False
        sharing = share(seats_of(rule), _votes(council), council.totals, _number(council, seats))
        return replace(council, sharing=sharing, asked=_asked(rule, round_)), bool(rule.rounds)
    except NotHeldError as error:
        return replace(council, why=error.seen, error=error), False


def _rule(ruling: Ruling) -> Rule:
    """Return the rule that is applied. Raises NotHeldError where none is."""
    if ruling.rule is not None and ruling.reason is None:
        return ruling.rule
    remedy = None
    if ruling.part:
        remedy = msg("If these units are the whole contest after all, say so: --assume-whole.")
    elif ruling.rule is None:
        remedy = msg("Name rules with --rules (docs/rules.md lists them), or a method with --method.")
    raise NotHeldError(ruling.reason or msg("No rule is known."), remedy=remedy)


def _unsettled(council: Council, rule: Rule, round_: int) -> Message | None:
    """Return why a round leaves it to the next one; None where it settles the contest."""
    if rule.seats is None or round_ >= len(rule.rounds):
        return None
    missed = unmet(rule.rounds[round_ - 1], _votes(council), council.totals)
    if not missed:
        return None
    return msg(
        "No list has {conditions}: seats are shared out in round {next}.",
        conditions=[condition_words(condition, votes) for condition, votes in missed],
        next=round_ + 1,
    )


def _asked(rule: Rule, round_: int) -> tuple[Condition, ...]:
    """Return what a round asks for so that no other follows."""
    elected = rule.rounds[round_ - 1].elected if round_ < len(rule.rounds) else None
    return elected.conditions if elected else ()


def condition_words(condition: Condition, votes: int) -> Message:
    """Say a condition, with the votes that it asks for."""
    return msgn(
        "{condition}, {n:count} vote", "{condition}, {n:count} votes", votes, condition=condition_said(condition)
    )


def _votes(council: Council) -> Sequence[int]:
    if council.votes is None:
        raise NotHeldError(
            msg("The votes of the lists are not all known."),
            remedy=msg("Seats are shared out by votes, and percentages are not enough."),
        )
    if not any(council.votes):
        raise NotHeldError(NO_VOTES)
    return council.votes


def _number(council: Council, seats: int | None) -> int:
    if seats_of(council.ruling.rule).by_section:
        raise NotHeldError(BY_SECTION)
    known = [each for each in council.published if each is not None]
    said = sum(known) if len(known) == len(council.published) else 0
    number = seats or seats_of(council.ruling.rule).number or said
    if not number:
        raise NotHeldError(
            msg("How many seats there are is said neither by the rules nor by the source."),
            remedy=msg("Give their number: --seats 29"),
        )
    return number
