"""The margins of every contest of a data set, closest first, and what hypotheses make of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from primaire.arrays import located
from primaire.captions import Lines
from primaire.errors import NotHeldError
from primaire.margins.counting import Unknown, annulled, refuse_both, silent, unknown_units, without_ballots
from primaire.margins.found import LAST_SEAT, closest, deciding, lead_of, margins_of
from primaire.margins.last_seat import LastSeat
from primaire.margins.points import Shift, fewest_unknown, unknown_electors
from primaire.messages import msg
from primaire.outcomes.judged import Case, Judged, judged
from primaire.outcomes.refusal import refuse_unjudged
from primaire.rules.judging import LackingError
from primaire.schema import CONTEST_KEY, Returns
from primaire.scores import said_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.margins.found import Margin
    from primaire.rules.rule import Rule


@dataclass(frozen=True)
class Hypotheses:
    """What is supposed of ballots.

    Attributes:
        deduct, add: how many are deducted, or added, in the way that hurts each point most.
        annul: names of units whose ballots do not count.
        unknown: names of units whose ballots are not known, with their electors; None for all of a unit, or a number not published.
        of: what margins are asked for, of :data:`primaire.margins.found.MARGINS`; none for all.
    """

    deduct: int = 0
    add: int = 0
    annul: tuple[str, ...] = ()
    unknown: tuple[tuple[str, int | None], ...] = ()
    of: tuple[str, ...] = ()

    @property
    def shift(self) -> Shift | None:
        """The ballots deducted and added; None where there are none."""
        return Shift(self.deduct, self.add) if self.deduct or self.add else None


@dataclass(frozen=True)
class Contest:
    """The margins of one contest and round.

    Attributes:
        case: how it was judged.
        margins: closest first.
        names, votes: of its candidates, in the order that margins count places in.
        unknown: the electors whose ballots are not known; None where all are.
        seats: the fewest and the most seats of each list; None where none are shared out, or it is not known how many.
        seats_lack: whether seats are shared out, and it is not known how many.
        spare: how many ballots can have been wrongly voided at most: those that are no valid votes; None where not known.
    """

    case: Case
    margins: tuple[Margin, ...]
    names: tuple[str, ...]
    votes: tuple[int, ...]
    unknown: Unknown | None = None
    seats: tuple[tuple[int, int], ...] | None = None
    seats_lack: bool = False
    spare: int | None = None

    @property
    def nearest(self) -> tuple[bool, int] | None:
        """How near the closest of its margins is; one that decides comes before one that does not. None where none is near."""
        found = closest(self.margins, self.counts)
        return None if found is None else (not found[0].decides, found[1])

    @property
    def counts(self) -> Sequence[int | None]:
        """What margins are as close as: the ballots, or electors of unknown vote, that overturn them."""
        return [each.ballots for each in self.margins] if self.unknown is None else self.opens

    @cached_property
    def opens(self) -> tuple[int | None, ...]:
        """For each margin, from how many electors of unknown vote on it is open; None where it is settled."""
        if self.unknown is None:
            return (None,) * len(self.margins)
        after = self.unknown.enrolled_after
        return tuple(None if each.point is None else fewest_unknown(each.point, after) for each in self.margins)

    def stands(self, margin: Margin, shift: Shift | None) -> bool | None:
        """Tell whether something holds whatever the ballots in doubt are; None where nothing is in doubt, or not known."""
        if margin.point is None:
            return None
        if shift is None and self.unknown is not None and self.unknown.electors is not None:
            shift = unknown_electors(self.unknown.electors, self.unknown.enrolled_after)
        return None if shift is None else not margin.point.overturned(shift)


@dataclass(frozen=True)
class Answer:
    """The margins of a data set.

    Attributes:
        found: how its contests were judged, without the ballots that were annulled or are not known.
        contests: those that have margins, closest first.
        before: the same with the ballots that were annulled, in the order of ``found``; None where none were.
        annulled: how many units they were of.
        silent: how many units with registered voters are published with no voters at all: perhaps not counted yet.
        emptied: the rows of ``found.figures.ballots`` that have no votes without the ballots of units that were named.
        left_out: how many contests and rounds are not shown, since no unit that was named is theirs.
    """

    found: Judged
    contests: tuple[Contest, ...]
    before: tuple[Contest, ...] | None = None
    annulled: int = 0
    silent: int = 0
    emptied: tuple[int, ...] = ()
    left_out: int = 0


def margins_in(
    returns: Returns,
    hypotheses: Hypotheses,
    *,
    rules: Sequence[Rule] | None,
    seats: int | None,
    assume_whole: bool,
) -> Answer:
    """Find the margins of every contest and round; see :func:`primaire.analysis.margin.margin` for the rest.

    Raises:
        NotHeldError: no contest has margins; a unit is not there; more ballots are deducted than are valid.
        NameUnknownError: a unit is annulled and unknown at once, or twice unknown with other numbers.
    """
    refuse_both(returns, hypotheses.annul, hypotheses.unknown)
    before, rest, gone = None, returns, 0
    named: set[int] = set()
    if hypotheses.annul:
        rows = annulled(returns, hypotheses.annul)
        rest, gone = without_ballots(returns, rows), int(rows.sum())
        named.update(located(returns.ballots, returns.contests, CONTEST_KEY)[rows].tolist())
        # What is not known is out on both sides: of a part that is counted, the same part is compared.
        known, _ = unknown_units(returns, hypotheses.unknown)
        first = judged(known, rules=rules, seats=seats, assume_whole=assume_whole)
        before = tuple(_contests(first, hypotheses, seats, {}))
    rest, unknown = unknown_units(rest, hypotheses.unknown)
    named.update(contest for contest, each in unknown.items() if each.named)
    found = judged(rest, rules=rules, seats=seats, assume_whole=assume_whole)
    place = located(found.figures.ballots, rest.contests, CONTEST_KEY).tolist()
    contests = _contests(found, hypotheses, seats, unknown, place)
    about = [each for each in contests if not named or place[each.case.ballot] in named]
    emptied = tuple(each.case.ballot for each in about if named and each.votes and not any(each.votes))
    held = [each for each in about if each.margins]
    if not held:
        _refuse(found, hypotheses, about, emptied)
    _check_deducted(found, held, hypotheses.deduct)
    return Answer(
        found, tuple(sorted(held, key=_nearness)), before, gone, silent(returns), emptied, len(contests) - len(about)
    )


def _nearness(contest: Contest) -> tuple[bool, bool, int]:
    """Return what contests are put in order by: what decides comes before what does not."""
    counts = [
        (not each.decides, count)
        for each, count in zip(contest.margins, contest.counts, strict=True)
        if count is not None
    ]
    return (not counts, *min(counts, default=(True, 0)))


def _contests(
    found: Judged,
    hypotheses: Hypotheses,
    seats: int | None,
    unknown: Mapping[int, Unknown],
    place: Sequence[int] | None = None,
) -> list[Contest]:
    lines = Lines(found.rows)
    published = said_of(found.figures, found.rows, "seats")
    ballots = Lines(found.figures.ballots)
    valid, rounds = ballots["valid"], ballots["round"]
    contests = []
    for case in found.cases:
        votes = lines["votes"][case.start : case.stop]
        names = lines["candidate"][case.start : case.stop]
        waiting = None if place is None else unknown.get(place[case.ballot])
        margins: list[Margin] = []
        number = _seats(case, seats, published[case.start : case.stop])
        if None not in votes and any(votes):
            margins = _margins(found, case, rounds[case.ballot], votes, valid[case.ballot], number)
        spare = _spare(*(ballots[name][case.ballot] for name in ("registered", "voters", "valid")))
        counted = [_within(spare, each) for each in deciding([each.counted() for each in margins])]
        wanted = [each for each in counted if not hypotheses.of or each.of in hypotheses.of]
        cast = tuple(vote or 0 for vote in votes)
        contest = Contest(
            case, tuple(wanted), tuple(names), cast, waiting, _seats_of(counted), _lacks_seats(case, number), spare
        )
        closest_first = sorted(
            zip(contest.counts, wanted, strict=True),
            key=lambda pair: (pair[0] is None, pair[0] or 0, not pair[1].decides),
        )
        contests.append(replace(contest, margins=tuple(margin for _, margin in closest_first)))
    return contests


def _spare(registered: int | None, voters: int | None, valid: int | None) -> int | None:
    """Return how many ballots, or at least electors, there are who have no valid vote; None where that is not known."""
    cast = registered if voters is None else voters
    return None if cast is None or valid is None or cast < valid else cast - valid


def _within(spare: int | None, margin: Margin) -> Margin:
    """Return a margin without the ballots to be added, if there cannot have been as many."""
    beyond = spare is not None and margin.add is not None and margin.add > spare
    return replace(margin, add=None) if beyond else margin


def _lacks_seats(case: Case, number: int | None) -> bool:
    """Tell whether a contest shares out seats by the votes of all, and it is not known how many."""
    if case.verdict is None or case.rule.seats is None or case.rule.seats.by_section:
        return False
    return number is None and case.verdict.settled


def _seats_of(margins: Sequence[Margin]) -> tuple[tuple[int, int], ...] | None:
    """Return the fewest and the most seats of each list, where they are shared out."""
    for margin in margins:
        if isinstance(margin.point, LastSeat):
            return tuple(zip(margin.point.sharing.low, margin.point.sharing.high, strict=True))
    return None


def _margins(  # noqa: PLR0913, PLR0917  what a contest is made of
    found: Judged, case: Case, round: int, votes: Sequence[int], valid: int | None, seats: int | None
) -> list[Margin]:
    """Return the margins of a contest: all where it was judged, the lead alone where nobody can be elected by it."""
    if case.verdict is not None and case.counted is not None:
        try:
            return list(margins_of(case.rule, round, case.counted, case.verdict, seats))
        except LackingError:
            return []
    if not only_led(found, case):
        return []
    return list(lead_of(votes, unlisted=(valid or 0) - sum(votes)))


def only_led(found: Judged, case: Case) -> bool:
    """Tell whether somebody leads in a contest that cannot be judged: a part of one, without a rule, or not a result."""
    caption = found.told[case.ballot]
    return case.ruling.rule is None or case.ruling.part or caption.status in {"frozen", "annulled"}


def _seats(case: Case, seats: int | None, published: Sequence[int | None]) -> int | None:
    """Return how many seats are shared out: as asked for, as the rule says, or as the source says were won."""
    rule = case.ruling.rule
    if rule is None or rule.seats is None:
        return None
    known = [each for each in published if each is not None]
    return seats or rule.seats.number or (sum(known) if len(known) == len(published) else None) or None


def _refuse(found: Judged, hypotheses: Hypotheses, about: Sequence[Contest], emptied: Sequence[int]) -> None:
    """Raise NotHeldError: no contest has any margin."""
    if emptied:
        names = [found.told[ballot].subtitle or found.told[ballot].place for ballot in emptied]
        raise NotHeldError(msg("Without the ballots of these units, nothing is left of {names}.", names=names))
    if LAST_SEAT in hypotheses.of and any(each.seats_lack for each in about):
        raise NotHeldError(
            msg("How near the last seat is cannot be told: the number of seats is not given."),
            remedy=msg("--seats says it."),
        )
    refuse_unjudged(found)
    if hypotheses.of:
        raise NotHeldError(msg("Nothing here hangs on: {words:term}.", words=list(hypotheses.of)))
    raise NotHeldError(msg("There is nothing here that votes could overturn."))


def _check_deducted(found: Judged, held: Sequence[Contest], deducted: int) -> None:
    """Raise NotHeldError where more ballots are to be deducted than a contest has valid votes."""
    valid = Lines(found.figures.ballots)["valid"]
    for contest in held:
        votes = valid[contest.case.ballot]
        if votes is None:
            votes = sum(contest.votes)
        if deducted > votes:
            caption = found.told[contest.case.ballot]
            raise NotHeldError(
                msg(
                    "{n:count} ballots cannot be deducted from {votes:count} valid votes: {title}, {place}.",
                    n=deducted,
                    votes=votes,
                    title=caption.title,
                    place=caption.subtitle or caption.place,
                ),
                remedy=msg("Choose one with --contest.") if len(held) > 1 else None,
            )
