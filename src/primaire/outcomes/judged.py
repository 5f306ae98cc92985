"""The contests of a data set judged under their rules: who is elected, who goes on, and who then did not stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import located
from primaire.captions import Lines, captions
from primaire.messages import Message, msg, term
from primaire.outcomes.ruling import ASSUMED, Ruling, rulings
from primaire.outcomes.verdict import rule_said, rules_named
from primaire.pairing import consecutive
from primaire.rules import judging
from primaire.rules.judging import ELECTED, ELIMINATED, QUALIFIED, TIED, Counted, Judgement, LackingError, judge
from primaire.rules.parts import BASES
from primaire.schema import CONTEST_KEY
from primaire.scores import said_of, scores
from primaire.sides import side_by_side
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from primaire.captions import Captions
    from primaire.rules.rule import Rule
    from primaire.schema import Returns

WITHDRAWN: Final = term("withdrawn")
"""Who could have stood in the next round, and did not."""

FATES: Final = (*judging.FATES, WITHDRAWN)
"""What can become of a candidate."""


@dataclass(frozen=True)
class Case:
    """One contest and round before its rule.

    Attributes:
        ballot: its row in ``figures.ballots``.
        start, stop: its rows in ``rows``.
        ruling: the rule; where ``verdict`` is None, its ``reason`` says why.
        counted: what was judged; None where it was not.
        verdict: what the rule makes of it.
        next: the row in ``figures.ballots`` of the next round, if the data hold it.
    """

    ballot: int
    start: int
    stop: int
    ruling: Ruling
    counted: Counted | None = None
    verdict: Judgement | None = None
    next: int | None = None

    @property
    def size(self) -> int:
        """How many candidates stood."""
        return self.stop - self.start

    @property
    def rule(self) -> Rule:
        """The rule. Raises ValueError where there is none."""
        if self.ruling.rule is None:
            raise ValueError("this contest has no rule")
        return self.ruling.rule


@dataclass(frozen=True)
class Judged:
    """All contests and rounds of a data set before their rules.

    Attributes:
        figures: the data, added up by contest.
        told: the captions of its ballots.
        rows: :func:`primaire.scores.scores` of it.
        cases: of each row of ``figures.ballots``.
        fates: of each of ``rows``, one of :data:`FATES`; None where not judged.
        stood: of each of ``rows``, whether the same person stood in the next round; None where the data do not hold it.
        marked: of each of ``rows``, whether the source marks it as elected; None where it does not say.
    """

    figures: Returns
    told: Captions
    rows: pd.DataFrame
    cases: tuple[Case, ...]
    fates: tuple[str | None, ...]
    stood: tuple[bool | None, ...]
    marked: tuple[bool | None, ...]


def judged(
    returns: Returns,
    *,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
) -> Judged:
    """Judge every contest and round of a data set; see :func:`primaire.outcomes.ruling.rulings` for the arguments."""
    figures = tally(returns, "contest")
    rows = scores(figures)
    held = rulings(returns, figures, rules=rules, seats=seats, assume_whole=assume_whole)
    stops = np.cumsum(np.bincount(rows["ballot"], minlength=len(figures.ballots))).tolist()
    lines, ballots = Lines(rows), Lines(figures.ballots)
    following, stood = _next_round(figures, len(rows))
    before = {after: ballot for ballot, after in following.items()}
    cases: dict[int, Case] = {}
    rounds = ballots["round"]
    for ballot in sorted(range(len(held)), key=rounds.__getitem__):
        case = Case(ballot, stops[ballot - 1] if ballot else 0, stops[ballot], held[ballot], next=following.get(ballot))
        earlier = cases.get(before.get(ballot, -1))
        if earlier and earlier.verdict and earlier.verdict.settled and case.ruling.reason is None:
            case = replace(case, ruling=replace(case.ruling, reason=_SETTLED))
        left = _left(seats, earlier)
        cases[ballot] = _judged(case, lines["votes"], {base: ballots[base][ballot] for base in BASES}, rounds, left)
    unlike = _unlike(returns, figures) if rows["votes"].isna().any() else frozenset()
    in_order = tuple(_told_unlike(cases[ballot]) if ballot in unlike else cases[ballot] for ballot in range(len(held)))
    return Judged(
        figures,
        captions(figures),
        rows,
        in_order,
        _fates(in_order, stood),
        tuple(stood),
        tuple(said_of(figures, rows, "elected")),
    )


def _unlike(returns: Returns, figures: Returns) -> frozenset[int]:
    """Return the ballots whose units do not list the same candidates, while all that they list have votes."""
    at = located(returns.ballots, figures.ballots, CONTEST_KEY)
    unit = returns.votes["ballot"].to_numpy()
    listing = np.isin(np.arange(len(at)), unit)
    lacking = np.concatenate([at[unit[returns.votes["votes"].isna().to_numpy()]], at[~listing]])
    return frozenset(range(len(figures.ballots))) - frozenset(lacking.tolist())


def _told_unlike(case: Case) -> Case:
    """Return a case that was not judged for want of votes with what its units suggest: that they are several contests."""
    if case.ruling.reason is not _NOT_ALL_VOTES:
        return case
    return replace(case, ruling=replace(case.ruling, reason=_SEVERAL))


def _left(seats: int | None, before: Case | None) -> int | None:
    """Return the seats that the round before has left."""
    if seats is None or before is None or before.verdict is None:
        return seats
    return seats - sum(fate.word == ELECTED for fate in before.verdict.fates)


def _judged(
    case: Case, votes: Sequence[int | None], totals: dict[str, int | None], rounds: Sequence[int], seats: int | None
) -> Case:
    if case.ruling.reason is not None or case.ruling.rule is None:
        return case
    cast = [count for count in votes[case.start : case.stop] if count is not None]
    if not cast or len(cast) < case.stop - case.start:
        return replace(case, ruling=replace(case.ruling, reason=_NOT_ALL_VOTES))
    counted = Counted(cast, totals, seats)
    try:
        verdict = judge(case.ruling.rule, rounds[case.ballot], counted)
        unlisted = (totals["valid"] or 0) - sum(cast)
        if unlisted > 0 and _would_change(case.ruling.rule, rounds[case.ballot], counted, verdict, unlisted):
            reason = msg(
                "{n:count} of {valid:count} valid votes are for nobody who is listed, enough to change the outcome.",
                n=unlisted,
                valid=totals["valid"],
            )
            return replace(case, ruling=replace(case.ruling, reason=reason))
    except LackingError as lacking:
        return replace(case, ruling=replace(case.ruling, reason=_LACKS[lacking.what]))
    return replace(case, counted=counted, verdict=verdict)


def _would_change(rule: Rule, round: int, counted: Counted, verdict: Judgement, unlisted: int) -> bool:
    """Tell whether somebody would have another fate if the votes of nobody listed were those of one more candidate.

    No other way to share these votes out reaches further: whoever is passed by some of them is passed by all.
    """
    with_one = judge(rule, round, replace(counted, votes=[*counted.votes, unlisted]))
    return [fate.word for fate in with_one.fates[:-1]] != [fate.word for fate in verdict.fates]


_NOT_ALL_VOTES: Final = msg("The votes of every candidate are not known: nobody can be declared elected.")
_SEVERAL: Final = msg(
    "Its units do not have the same candidates: if they are several contests, a column “contest” tells them apart."
)
_SETTLED: Final = msg("By the rules, the round before has settled it.")
_LACKS: Final = {
    "registered": msg("The rule asks for a share of the registered voters, and their number is not published."),
    "voters": msg("The rule asks for a share of the voters, and their number is not published."),
    "valid": msg("The rule asks for a share of the valid votes, and their number is not known."),
    "seats": msg("As many are elected as there are seats, and their number is not given. --seats says it."),
}


def _next_round(figures: Returns, size: int) -> tuple[dict[int, int], list[bool | None]]:
    """Return the ballot of the next round of each that has one, and which of the rows of scores stood in it."""
    pairs = consecutive(figures)
    stood: list[bool | None] = [None] * size
    if not len(pairs):
        return {}, stood
    sides = side_by_side(figures, figures, pairs, ("before", "after"))
    for here, there in zip(sides.left_rows.tolist(), sides.right_rows.tolist(), strict=True):
        if here >= 0:
            stood[here] = there >= 0
    return dict(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)), stood


def _fates(cases: Sequence[Case], stood: Sequence[bool | None]) -> tuple[str | None, ...]:
    fates: list[str | None] = []
    for case in cases:
        if case.verdict is None:
            fates.extend([None] * (case.stop - case.start))
            continue
        # Lists merge and change their names from round to round: who is not found is not therefore withdrawn.
        people = case.rule.votes_for == "people"
        for fate, again in zip(case.verdict.fates, stood[case.start : case.stop], strict=True):
            fates.append(WITHDRAWN if people and fate.word == QUALIFIED and again is False else fate.word)
    return tuple(fates)


def unexpected(judged: Judged, case: Case) -> list[int]:
    """Return the rows of those who stood in the next round although the votes did not let them, or left it open."""
    if case.verdict is None or case.rule.votes_for != "people":
        return []
    return [
        row for row in range(case.start, case.stop) if judged.stood[row] and judged.fates[row] in (ELIMINATED, TIED)
    ]


def marked_otherwise(judged: Judged, case: Case) -> list[int]:
    """Return the rows that the source marks as elected and the rule does not, or the other way round; ties are open."""
    rows = range(case.start, case.stop)
    if case.verdict is None or not any(judged.marked[row] for row in rows):
        return []
    return [row for row in rows if judged.fates[row] != TIED and judged.marked[row] != (judged.fates[row] == ELECTED)]


def rules_said(judged: Judged) -> tuple[Message, ...]:
    """Return what holds for all answers: what was assumed, and what the rules say that were applied."""
    applied = rules_named(
        (case.rule, judged.told[case.ballot].election) for case in judged.cases if case.verdict is not None
    )
    assumed = (ASSUMED,) if any(case.ruling.assumed for case in judged.cases) else ()
    return (*assumed, *(note for rule, named in applied for note in (named, *rule_said(rule))))
