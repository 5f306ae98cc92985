"""The margins of one contest and round: what was decided there, how near it was, and how many ballots overturn it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from primaire.errors import NotHeldError
from primaire.margins.last_seat import LastSeat
from primaire.margins.places import Places
from primaire.margins.points import Bar, Lead, Onward, Point, fewest_added, fewest_deducted
from primaire.messages import term
from primaire.rules.judging import ELECTED, QUALIFIED, TIED, LackingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from primaire.rules.judging import Counted, Judgement
    from primaire.rules.parts import Condition
    from primaire.rules.rule import Elected, Round, Rule

FIRST: Final = term("first against second")
MAJORITY: Final = term("absolute majority")
QUARTER: Final = term("a quarter of the registered")
ELECTION: Final = term("condition of election")
PLACE: Final = term("last place")
QUALIFICATION: Final = term("qualification")
MERGER: Final = term("merger")
EXPENSES: Final = term("reimbursement")
BONUS: Final = term("bonus")
SHARING: Final = term("share in the seats")
LAST_SEAT: Final = term("last seat")

MARGINS: Final = (
    FIRST,
    MAJORITY,
    QUARTER,
    ELECTION,
    PLACE,
    BONUS,
    QUALIFICATION,
    MERGER,
    SHARING,
    LAST_SEAT,
    EXPENSES,
)
"""What a margin can be of, what weighs more first."""

CONDITIONS: Final = frozenset({MAJORITY, QUARTER, ELECTION})
"""Those of a condition for being elected."""


@dataclass(frozen=True)
class Margin:
    """How near one thing was.

    Attributes:
        of: one of :data:`MARGINS`.
        candidate: the place of whom it is about.
        votes: that candidate's.
        bar: the votes that were needed, or the rival's; None where neither decides.
        against: the place of the rival, where rank decides.
        point: what was decided; None where it is not known how ballots would act on it.
        condition: what was to be met, where a condition decides.
        article: what says so.
        decides: whether the outcome of this round hangs on it: a lead decides nothing where a majority is asked for.
        deduct: the fewest irregular ballots that overturn it, None where no number does.
        add: the fewest ballots wrongly voided that do.
        lower_rate: whether those who do not have it are paid back too, only less.
    """

    of: str
    candidate: int
    votes: int
    bar: int | None
    against: int | None = None
    point: Point | None = None
    condition: Condition | None = None
    article: str | None = None
    decides: bool = True
    deduct: int | None = None
    add: int | None = None
    lower_rate: bool = False

    @property
    def margin(self) -> int | None:
        """Votes to spare, 0 and more, or short of the bar."""
        return None if self.bar is None else self.votes - self.bar

    @property
    def above(self) -> bool:
        """Whether the candidate has what it takes."""
        if isinstance(self.point, Bar):
            return self.point.met
        return self.point.inside is not False if isinstance(self.point, Onward) else (self.margin or 0) >= 0

    @property
    def ballots(self) -> int | None:
        """The fewest ballots that overturn it in either way."""
        return min((count for count in (self.deduct, self.add) if count is not None), default=None)

    def counted(self) -> Margin:
        """Return it with the ballots that overturn it."""
        if self.point is None or self.deduct is not None or self.add is not None:
            return self
        return replace(self, deduct=fewest_deducted(self.point), add=fewest_added(self.point))


def deciding(margins: Sequence[Margin]) -> list[Margin]:
    """Return margins with those conditions of election marked as deciding nothing that others keep from doing so.

    Who lacks a majority by thousands is not elected by four votes more, though they be a quarter of the registered: of the
    conditions that a candidate lacks, the one that asks for the most ballots decides, and none that is met.
    """
    lacking: dict[int, list[Margin]] = {}
    for margin in margins:
        if margin.of in CONDITIONS and not margin.above:
            lacking.setdefault(margin.candidate, []).append(margin)
    farthest = {place: max(each, key=_to_add) for place, each in lacking.items()}
    return [
        replace(margin, decides=margin is farthest[margin.candidate])
        if margin.of in CONDITIONS and margin.candidate in farthest
        else margin
        for margin in margins
    ]


def _to_add(margin: Margin) -> int:
    """Return how many ballots must be added, for comparison: what no number of them gives is farther than all else."""
    return margin.votes + (margin.bar or 0) if margin.add is None else margin.add


def closest(margins: Iterable[Margin], counts: Iterable[int | None]) -> tuple[Margin, int] | None:
    """Return the margin that decides and that the fewest overturn, and how few; of those that decide nothing, where none does.

    ``counts``: how many overturn each, None where no number does.
    """
    known = [(margin, count) for margin, count in zip(margins, counts, strict=True) if count is not None]
    ranked = [pair for pair in known if pair[0].decides] or [pair for pair in known if pair[0].of == FIRST] or known
    return min(ranked, key=lambda pair: pair[1], default=None)


def lead_of(votes: Sequence[int], *, unlisted: int = 0, of: str = FIRST, decides: bool = True) -> Iterator[Margin]:
    """Yield the lead of the first over the second, where both are known: nothing where somebody who is not listed may be one.

    ``unlisted``: how many valid votes are for nobody who is listed.
    """
    order = _by_votes(range(len(votes)), votes)
    if len(order) < 2 or unlisted > votes[order[1]] or not votes[order[0]]:  # noqa: PLR2004  two are needed for a lead
        return
    first, second = order[:2]
    point = Lead(votes[first], votes[second])
    yield Margin(of, first, votes[first], votes[second], second, point, decides=decides)


def margins_of(rule: Rule, round: int, counted: Counted, verdict: Judgement, seats: int | None) -> Iterator[Margin]:
    """Yield the margins of a round that was judged, without the ballots that overturn them: see :meth:`Margin.counted`.

    Args:
        rule, round, counted, verdict: what was judged, and what came of it.
        seats: how many are shared out among lists, if that is known.
    """
    this = rule.rounds[round - 1]
    conditions = this.elected.conditions if this.elected else ()
    if rule.seats is not None and verdict.settled:
        yield from _of_lists(rule, counted, seats)
    elif this.elected is not None and this.elected.first != 1:
        yield from _of_several(this.elected, counted, verdict)
    else:
        unlisted = (counted.totals["valid"] or 0) - sum(counted.votes)
        lead = lead_of(counted.votes, unlisted=unlisted, decides=rule.seats is None and not conditions)
        article = this.elected.article if this.elected and not conditions else None
        yield from (replace(margin, article=article) for margin in lead)
    if this.elected is not None and (rule.seats is not None or this.elected.first == 1):
        yield from _election(this.elected, counted)
    if not verdict.settled:
        yield from _onward(this, counted, verdict)
    if rule.expenses is not None and rule.expenses.round == round:
        for margin in _each_side(EXPENSES, rule.expenses.condition, counted, rule.expenses.article, decides=False):
            yield replace(margin, lower_rate=rule.expenses.lower_rate)


def _by_votes(places: Sequence[int], votes: Sequence[int]) -> list[int]:
    return sorted(places, key=lambda place: -votes[place])


def _bar(of: str, condition: Condition, counted: Counted, place: int, article: str | None) -> Margin:
    total, valid = counted.totals[condition.base], counted.totals["valid"]
    if total is None or valid is None:
        raise LackingError(condition.base if total is None else "valid")
    votes = counted.votes[place]
    point = Bar(condition, votes, total, valid)
    return Margin(of, place, votes, condition.needed(total), None, point, condition, article)


def _each_side(  # noqa: PLR0913  what is asked, of whom, by what
    of: str,
    condition: Condition,
    counted: Counted,
    article: str | None,
    *,
    decides: bool = True,
    among: Sequence[int] | None = None,
) -> Iterator[Margin]:
    """Yield the closest candidate above a bar, and the closest below it; nothing where its base is not known."""
    votes = counted.votes
    if counted.totals[condition.base] is None or counted.totals["valid"] is None:
        return
    needed = counted.needed(condition)
    places = _by_votes(range(len(votes)) if among is None else among, votes)
    above = [place for place in places if votes[place] >= needed]
    below = [place for place in places if 0 < votes[place] < needed]
    for place in (*above[-1:], *below[:1]):
        yield replace(_bar(of, condition, counted, place, article), decides=decides)


def _election(elected: Elected, counted: Counted) -> Iterator[Margin]:
    """Yield the margins of the conditions for being elected, where one alone can be, or the first list is: the first's."""
    first = _by_votes(range(len(counted.votes)), counted.votes)[0]
    for condition in elected.conditions:
        yield _bar(_condition_called(condition), condition, counted, first, elected.article)


def _condition_called(condition: Condition) -> str:
    known = {
        (True, Fraction(1, 2), "valid"): MAJORITY,
        (False, Fraction(1, 4), "registered"): QUARTER,
    }
    return known.get((condition.strictly, condition.part, condition.base), ELECTION)


def _of_several(elected: Elected, counted: Counted, verdict: Judgement) -> Iterator[Margin]:
    """Yield the margins of the last who is elected and of the first who is not, where several can be.

    Where places are left, conditions alone decide; where they are not, the first who is out must also pass the last.
    """
    votes, words = counted.votes, [fate.word for fate in verdict.fates]
    order = [place for place in _by_votes(range(len(votes)), votes) if votes[place]]
    inside = [place for place in order if words[place] in {ELECTED, TIED}]
    out = [place for place in order if words[place] not in {ELECTED, TIED}]
    level = [place for place in inside if words[place] == TIED]
    places = counted.seats if elected.first == "seats" else elected.first
    full = bool(level) or len(inside) == places
    for condition in elected.conditions:
        for place in (*inside[-1:], *(() if full else out[:1])):
            bar = _bar(_condition_called(condition), condition, counted, place, elected.article)
            if place in inside or not bar.above:
                yield bar
    if full and (level or out):
        last, following = (level[0], level[1]) if level else (inside[-1], out[0])
        yield _last_place(elected, counted, last, following)


def _last_place(elected: Elected, counted: Counted, last: int, following: int) -> Margin:
    votes, valid = counted.votes, counted.totals["valid"]
    point: Point = Lead(votes[last], votes[following])
    if elected.conditions and valid is not None and votes[last] > votes[following]:
        point = Places(elected.conditions, counted.totals, valid, votes[last], votes[following])
    return Margin(PLACE, last, votes[last], votes[following], following, point, article=elected.article)


def _onward(this: Round, counted: Counted, verdict: Judgement) -> Iterator[Margin]:
    """Yield who goes on most narrowly, who is level, and who is out most narrowly; and the same for lists that may merge."""
    if this.qualified is None or this.qualified.everyone:
        return
    fates, votes = verdict.fates, counted.votes
    standing = [place for place in _by_votes(range(len(votes)), votes) if votes[place]]
    inside = [place for place in standing if fates[place].word == QUALIFIED]
    level = [place for place in standing if fates[place].word == TIED]
    out = [place for place in standing if place not in inside and place not in level]
    for place in (*inside[-1:], *level[:1], *out[:1]):
        margin = _going_on(this, counted, verdict, place)
        if margin is not None:
            yield margin
    if this.may_merge is not None:
        yield from _each_side(MERGER, this.may_merge.condition, counted, this.may_merge.article, among=out)


def _going_on(this: Round, counted: Counted, verdict: Judgement, place: int) -> Margin | None:
    """Return how near it was that one candidate goes on, or does not; None for who cannot be passed by anybody."""
    qualified, votes = this.qualified, counted.votes
    if qualified is None:
        return None
    inside = {QUALIFIED: True, TIED: None}.get(verdict.fates[place].word, False)
    staying = [one for one, fate in enumerate(verdict.fates) if fate.word != ELECTED and one != place]
    others = _by_votes(staying, votes)
    ranked = (
        qualified.first
        if qualified.condition is None
        else {0: qualified.if_none, 1: qualified.if_one}.get(verdict.reached or 0)
    )
    rival = others[ranked - 1] if ranked and len(others) >= ranked else None
    bar, against = verdict.to_go_on, None
    if rival is not None and (
        bar is None or (inside is not False and votes[place] < bar) or (not inside and votes[rival] < bar)
    ):
        bar, against = votes[rival], rival
    if bar is None or (inside and against is None and votes[place] < bar):
        return None
    total = counted.totals[qualified.condition.base] if qualified.condition else 0
    valid = counted.totals["valid"]
    point = None
    if (
        total is not None
        and valid is not None
        and (qualified.condition is None or qualified.if_one == qualified.if_none)
    ):
        point = Onward(qualified, votes[place], [votes[other] for other in others], total, valid, inside)
    return Margin(
        QUALIFICATION,
        place,
        votes[place],
        bar,
        against,
        point,
        None if against is not None else qualified.condition,
        qualified.article,
    )


def _of_lists(rule: Rule, counted: Counted, seats: int | None) -> Iterator[Margin]:
    """Yield the margins of lists that share seats: of the bonus, of sharing at all, of the last seat."""
    if rule.seats is None:
        return
    stages = rule.seats.stages
    bonus = next((stage for stage in stages if stage.to == "first"), None)
    lead = lead_of(counted.votes, of=BONUS if bonus else FIRST, decides=bonus is not None)
    yield from (replace(margin, article=bonus.article if bonus else None) for margin in lead)
    for stage in stages:
        if stage.to == "all" and stage.threshold is not None:
            yield from _each_side(SHARING, stage.threshold, counted, stage.article)
    if seats and not rule.seats.by_section and any(counted.votes):
        yield from _last_seat(LastSeat(rule.seats, counted.votes, counted.totals, seats), stages[-1].article)


def _last_seat(point: LastSeat, article: str | None) -> Iterator[Margin]:
    """Yield who has the seat that is lost most easily, and who is next in line for it."""
    try:
        last = point.sharing.common[-1].last()
    except NotHeldError:  # fewer seats than the rule gives out at once, say: there is no last seat to tell
        return
    if point.open:
        open_ = [
            place
            for place, (low, high) in enumerate(zip(point.sharing.low, point.sharing.high, strict=True))
            if low != high
        ]
        yield Margin(
            LAST_SEAT,
            open_[0],
            point.votes[open_[0]],
            point.votes[open_[0]],
            open_[1],
            point,
            article=article,
            deduct=0,
            add=0,
        )
        return
    loser, gainer = point.nearest_loser(), point.nearest_gainer()
    if last is None or loser is None:
        return
    place, deduct = loser
    votes = point.votes[place]
    yield Margin(
        LAST_SEAT,
        place,
        votes,
        votes - deduct + 1,
        point.taker(place, deduct),
        point,
        article=article,
        deduct=deduct,
        add=gainer and gainer[1],
    )
