"""Councils: the lists of each contest and round, and the seats that a rule gives them, or why it gives none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, listed
from primaire.captions import NO_NUANCE, by_nuance
from primaire.errors import NotHeldError
from primaire.messages import Message, msg
from primaire.pairing import series
from primaire.rules.sharing import Sharing, share, unmet
from primaire.rules.words import condition_words
from primaire.schema import BASES, ORIGINS, Returns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from primaire.rules.rule import Rule, Seats


@dataclass(frozen=True)
class Council:
    """The lists of one ballot, and their seats.

    Attributes:
        names: of the lists, in the order of the rows of :func:`primaire.scores.scores`.
        votes: of each list; None where one is not known. Candidates without a nuance, added up, are no list: 0.
        totals: the counts that thresholds are a part of, None where not known.
        published: the seats of each list as the source says them, None where it does not.
        rule: how seats are shared out.
        firm: the place of the weakest of the votes' origins in :data:`primaire.schema.ORIGINS`, -1 where votes are missing.
        sharing: the seats; None where there are none.
        why: why there are none.
        error: the same, where it is something that the source lacks.
    """

    names: tuple[str, ...]
    votes: tuple[int, ...] | None
    totals: dict[str, int | None]
    published: tuple[int | None, ...]
    rule: Seats
    firm: int
    sharing: Sharing | None = None
    why: Message | None = None
    error: NotHeldError | None = None

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
        with_one = share(self.rule, (*self.votes, self.others), self.totals, self.sharing.number)
        return (*self.sharing.low, 0, *self.sharing.high, 0) != (*with_one.low, *with_one.high)


def councils(figures: Returns, rows: pd.DataFrame, rule: Rule, seats: int | None, level: str) -> list[Council]:
    """Share out the seats of every ballot.

    Args:
        figures: as :func:`primaire.tally.tally` gives them, added up by ``level``.
        rows: their scores.
        rule: which must share seats out. Where it has rounds, those of a contest depend on each other: the first in which
            the conditions for being elected are met settles it, and so does the last. Without rounds, each is by itself.
        seats: how many there are in each contest; None: as the rule says, else as many as the source says were won.

    Returns:
        One council for each row of ``ballots``, in their order.

    Raises:
        NotHeldError: the rule shares out no seats; or no contest holds what the rule needs, the first thing that lacks.
    """
    if rule.seats is None:
        raise NotHeldError(
            msg(
                "By the rules “{rule}”, people are elected by themselves: there are no seats to share out.",
                rule=rule.title,
            ),
            remedy=msg("Name other rules with --rules, or a method with --method."),
        )
    held = _held(figures, rows, rule.seats)
    order, number = series(figures, level)
    rounds = figures.ballots["round"].tolist()
    before, settled = -1, False
    for place, contest in zip(order.tolist(), number.tolist(), strict=True):
        settled = settled and contest == before
        held[place], settled = _settled(held[place], rule, seats, rounds[place], settled=settled)
        before = contest
    errors = [council.error for council in held if council.error]
    if errors and all(council.sharing is None for council in held):
        raise errors[0]
    return held


def _held(figures: Returns, rows: pd.DataFrame, rule: Seats) -> list[Council]:
    stops = np.cumsum(np.bincount(rows["ballot"], minlength=len(figures.ballots))).tolist()
    names, cast, firm = listed(rows["candidate"]), listed(rows["votes"]), codes(rows["votes_origin"]).tolist()
    published = _published(figures, rows)
    if by_nuance(figures):
        cast = [
            0 if name == NO_NUANCE and votes is not None else votes for name, votes in zip(names, cast, strict=True)
        ]
    bases = list(zip(*(listed(figures.ballots[base]) for base in BASES), strict=True))
    found = []
    for start, stop, totals in zip([0, *stops], stops, bases, strict=False):
        part = slice(start, stop)
        votes = None if None in cast[part] or start == stop else tuple(cast[part])
        firmness = max(firm[part], default=-1) if votes is not None else -1
        given = dict(zip(BASES, totals, strict=True))
        found.append(Council(tuple(names[part]), votes, given, tuple(published[part]), rule, firmness))
    return found


def _published(figures: Returns, rows: pd.DataFrame) -> list[int | None]:
    """Return the seats that the source says each list has won, in the order of the rows."""
    if figures.votes["seats"].isna().all():
        return [None] * len(rows)
    key = ["ballot", "candidate"]
    said = dict(
        zip(
            zip(*(figures.votes[name].tolist() for name in key), strict=True),
            listed(figures.votes["seats"]),
            strict=True,
        )
    )
    return [said[cell] for cell in zip(rows["ballot"].tolist(), rows["person"].tolist(), strict=True)]


def _settled(council: Council, rule: Rule, seats: int | None, round_: int, *, settled: bool) -> tuple[Council, bool]:
    """Return a council with its seats, or why it has none, and whether its contest is settled with this round."""
    if settled:
        return replace(council, why=msg("By the rules, the round before has settled it: no seats are left.")), True
    try:
        why = _unsettled(council, rule, round_)
        if why:
            return replace(council, why=why), False
        sharing = share(council.rule, _votes(council), council.totals, _number(council, seats))
        return replace(council, sharing=sharing), bool(rule.rounds)
    except NotHeldError as error:
        return replace(council, why=error.seen, error=error), False


def _unsettled(council: Council, rule: Rule, round_: int) -> Message | None:
    """Return why a round leaves it to the next one; None where it settles the contest."""
    if not rule.rounds:
        return None
    if round_ > len(rule.rounds):
        raise NotHeldError(
            msg("By the rules “{rule}” there is no round {round}.", rule=rule.title, round=round_),
            remedy=msg("Name other rules with --rules, or another round with --round."),
        )
    if round_ == len(rule.rounds):
        return None
    missed = unmet(rule.rounds[round_ - 1], _votes(council), council.totals)
    if not missed:
        return None
    return msg(
        "No list has {conditions}: seats are shared out in round {next}.",
        conditions=[condition_words(condition, votes) for condition, votes in missed],
        next=round_ + 1,
    )


def _votes(council: Council) -> Sequence[int]:
    if council.votes is None:
        raise NotHeldError(
            msg("The votes of the lists are not all known."),
            remedy=msg("Seats are shared out by votes, and percentages are not enough."),
        )
    return council.votes


def _number(council: Council, seats: int | None) -> int:
    known = [each for each in council.published if each is not None]
    said = sum(known) if len(known) == len(council.published) else 0
    number = seats or council.rule.number or said
    if not number:
        raise NotHeldError(
            msg("How many seats there are is said neither by the rules nor by the source."),
            remedy=msg("Give their number: --seats 29"),
        )
    return number


def approximate(council: Council) -> bool:
    """Tell whether the seats rest on approximate votes."""
    return council.firm == ORIGINS.index("approximate")
