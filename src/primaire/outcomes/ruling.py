"""Which rule each contest of a data set is held under, and whether it can be applied to what the data hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import listed, located, whole
from primaire.captions import by_nuance, captions
from primaire.messages import Message, msg
from primaire.outcomes.wholeness import PART, UNKNOWN, Wholeness
from primaire.rules.choice import Choice, Facts, asked_for, choose, of_kind, pick
from primaire.rules.rule_file import CODES
from primaire.rules.shipped import shipped
from primaire.schema import CONTEST_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.captions import Caption
    from primaire.rules.rule import Rule
    from primaire.schema import Returns

_NO_RESULT: Final = {
    "frozen": msg("This count is frozen: it is not a result, and nobody is elected by it."),
    "annulled": msg("This count is annulled: it has no effect, and nobody is elected by it."),
}


@dataclass(frozen=True)
class Ruling:
    """How one contest and round stands before its rule.

    Attributes:
        rule: the rule; None where none is known.
        reason: why it is not applied, in words; None where it is.
        doubt: what the answer rests on: the units are taken for the whole of the contest.
        assumed: whether they are so only because that was asked for.
        part: whether it is not applied because the units are a part of the contest.
        remarks: what was taken for granted in choosing the rule.
    """

    rule: Rule | None
    reason: Message | None = None
    doubt: Message | None = None
    assumed: bool = False
    part: bool = False
    remarks: tuple[Message, ...] = ()


ASSUMED: Final = msg("Assumed, as asked for, and not known: these units are the whole of the contest.")


def rulings(
    returns: Returns,
    figures: Returns,
    *,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
) -> list[Ruling]:
    """Return how each row of ``figures.ballots`` stands before its rule.

    Args:
        returns: as read.
        figures: the same, added up by contest (:func:`primaire.tally.tally`).
        rules: one rule, which is then taken whatever it was made for; or several of one kind, of which each contest takes
            the one that was in force. By default, the rules that ship.
        seats: how many are to be filled in each contest, where that is known.
        assume_whole: whether contests are taken for whole that are a part, or may be one.
    """
    told = captions(figures)
    facts = _facts(figures, seats)
    choices = _Chooser(rules)
    chosen = [choices.of(each) for each in facts]
    contest = located(figures.ballots, returns.contests, CONTEST_KEY).tolist()
    levels: list[str | None] = [None] * len(returns.contests)
    for place, choice in zip(contest, chosen, strict=True):
        levels[place] = choice.rule.scope.contest if choice.rule else None
    wholeness = Wholeness(returns, levels)
    nuances = by_nuance(figures)
    found = []
    for caption, choice, place in zip(told, chosen, contest, strict=True):
        reason = _reason(caption, choice, nuances=nuances)
        if reason is not None:
            ruling = Ruling(choice.rule, reason)
        elif assume_whole:
            ruling = Ruling(choice.rule, doubt=ASSUMED, assumed=True)
        else:
            ruling = _by_wholeness(caption, choice.rule, wholeness.of(place))
        found.append(replace(ruling, remarks=choice.remarks))
    return found


def _reason(caption: Caption, choice: Choice, *, nuances: bool) -> Message | None:
    """Return why a rule is not applied, whatever part of the contest the units are."""
    if choice.rule is None:
        return choice.reason
    if caption.status in _NO_RESULT:
        return _NO_RESULT[caption.status]
    if nuances and choice.rule.votes_for != "lists":
        return msg(
            "Votes are added up by nuance here, and several candidates may share one: nobody can be declared elected."
        )
    if choice.rule.rounds and caption.round > len(choice.rule.rounds):
        n = len(choice.rule.rounds)
        return msg(
            "“{title}” has {n} rounds, and this is round {round}.", title=choice.rule.title, n=n, round=caption.round
        )
    return None


def _by_wholeness(caption: Caption, rule: Rule | None, found: tuple[str, Message | None]) -> Ruling:
    extent, shown = found
    if extent == PART and caption.unit == caption.contest:
        reason = msg(
            "Nothing shows these votes to be the whole of {contest}: the source gives no level and no departements.",
            contest=caption.contest,
        )
        return Ruling(rule, reason, part=True)
    if extent == PART:
        part = (
            msg("{unit} is only a part of {contest}", unit=caption.unit, contest=caption.contest)
            if caption.unit
            else msg("These {n:count} units are only a part of {contest}", n=caption.units, contest=caption.contest)
        )
        reason = msg("{part}: {shown}.", part=part, shown=shown) if shown else msg("{part}.", part=part)
        return Ruling(rule, reason, part=True)
    if extent == UNKNOWN and caption.unit == caption.contest:
        return Ruling(
            rule,
            doubt=msg("The source does not say that these votes are the whole contest; the answer holds if they are."),
        )
    if extent == UNKNOWN:
        doubt = msg(
            "The source does not say whether this is the whole of {contest} ({place}); the answer holds if it is.",
            place=caption.place,
            contest=caption.contest,
        )
        return Ruling(rule, doubt=doubt)
    return Ruling(rule)


class _Chooser:
    """The rule of each contest; what hangs on its election and day alone is asked once for all contests of these."""

    def __init__(self, rules: Sequence[Rule] | None) -> None:
        self._asked = rules
        self._of_kind = cache(lambda election: of_kind(shipped(), election))
        self.of = cache(self._of)

    def _of(self, facts: Facts) -> Choice:
        if self._asked is None:
            return choose(self._of_kind(facts.election), facts)
        if len(self._asked) == 1:
            return asked_for(self._asked[0], facts)
        return pick(self._asked, facts)


def _facts(figures: Returns, seats: int | None) -> list[Facts]:
    ballots = figures.ballots
    contests = figures.contests.take(located(ballots, figures.contests, CONTEST_KEY))
    cast = np.bincount(figures.votes["ballot"], whole(figures.votes["votes"]), minlength=len(ballots))
    valid = listed(ballots["valid"])
    codes = [listed(ballots[column]) for column in CODES]
    return [
        Facts(
            election=election,
            day=day,
            codes=tuple((column, code) for column, code in zip(CODES, places, strict=True) if code is not None),
            seats=seats,
            names=None if most is None else total > most,
        )
        for election, day, total, most, *places in zip(
            listed(ballots["election"]), listed(contests["date"]), cast.tolist(), valid, *codes, strict=True
        )
    ]
