"""Which units of two votes are used: those that both have, whose counts are known, agree, and are of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import codes, listed, numbered
from primaire.errors import NotHeldError
from primaire.flows.options import NEEDED, Side
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.pairing import loneliness, names_of
from primaire.schema import LEVELS, shortened
from primaire.sides import nothing_to_compare, one_after_the_other

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from primaire.captions import Caption
    from primaire.schema import Returns
    from primaire.sides import Votes

    Flags = npt.NDArray[np.bool_]
    Wholes = npt.NDArray[np.int64]

OTHER_PEOPLE: Final = 0.5
"""The change of a unit's roll, as a part of the larger one, above which it is taken for another unit."""

OTHER_PLACES: Final = 0.25
"""The change of all rolls, unit by unit, as a part of them, above which two votes are taken for votes of other places."""

_NAMED: Final = 5


@dataclass(frozen=True)
class Units:
    """Two votes, and the units of both that are used.

    Attributes:
        votes: the figures, and which of their ballots are set against which.
        before, after: the counts of either.
        used: the pairs that are used.
        notes: which units are not, and why.
    """

    votes: Votes
    before: Side
    after: Side
    used: Wholes
    notes: tuple[Message, ...]

    @property
    def one(self) -> Wholes:
        """The ballots before, of the pairs that are used."""
        return self.votes.pairs.one[self.used]

    @property
    def other(self) -> Wholes:
        """The ballots after."""
        return self.votes.pairs.other[self.used]


def units_of(before: Returns, after: Returns | None, over: str = "unit") -> Units:
    """Match the units of two votes, and find out which can be used.

    Args:
        before, after: as read; without ``after``, the rounds of one data set.
        over: ``unit`` for units as they are in the source; else the level of the places to which they are added up.

    Raises:
        NameUnknownError: there is no such level.
        NotHeldError: they have no unit in common; none has the counts that are needed; the rolls differ so much that the
            units are not the same.
    """
    votes = _matched(before, after, over)
    pairs = votes.pairs
    sides = Side.of(votes.left), Side.of(votes.right)
    kept = _finest(votes)
    known, sound = (
        getattr(sides[0], name)[pairs.one] & getattr(sides[1], name)[pairs.other] for name in ("known", "sound")
    )
    if not (kept & known).any():
        raise _unknown(votes, sides)
    rolls = [side.counts["registered"][at] for side, at in zip(sides, (pairs.one, pairs.other), strict=True)]
    change, largest = np.abs(rolls[1] - rolls[0]), np.maximum(*rolls)
    used = kept & sound & (largest > 0)
    if not used.any():
        raise _unsound(votes, kept & known)
    _refuse_other_places(change[used], largest[used], rolls, used)
    others = used & (change > OTHER_PEOPLE * largest)
    notes = (
        *_said_of_level(votes.level, over),
        *_settled(votes, sides[0]),
        *loneliness(pairs, "unit"),
        *_left_out(votes, kept & ~known, _missing),
        *_left_out(votes, kept & known & ~sound, _contradictory),
        *_left_out(votes, others, _changed),
    )
    return Units(votes, *sides, np.flatnonzero(used & ~others), tuple(notes))


def _matched(before: Returns, after: Returns | None, over: str) -> Votes:
    """Return two votes paired by their places; by units as they are, else by the finer of the levels of either's units."""
    votes = one_after_the_other(before, after, over)
    if len(votes.pairs):
        return votes
    for level in _levels(before, after) if over == "unit" else ():
        try:
            wider = one_after_the_other(before, after, level)
        except NotHeldError:  # one of them does not tell these places
            continue
        if len(wider.pairs):
            return wider
    if after is None:
        raise nothing_to_compare(votes)
    raise NotHeldError(
        msg("The two votes have no unit in common."),
        expected=msg(
            "Before: {before}. After: {after}.", before=names_of(votes.pairs.left), after=names_of(votes.pairs.right)
        ),
        remedy=msg("Name two votes of the same places. Where codes changed between them, --crosswalk says how."),
    )


def _levels(*votes: Returns | None) -> list[str]:
    """Return the levels at which the units of one vote may be sums of those of the other, from the finest."""
    held = {name for vote in votes if vote is not None for name in vote.ballots["level"].unique()}
    return [level for level in reversed(LEVELS[1:]) if level in held]


def _said_of_level(level: str, over: str) -> list[Message]:
    if level == "unit":
        return []
    if level == over:
        return [msg("Units are added up by {level:term} first.", level=level)]
    return [msg("The units of the two votes differ, so they are added up by {level:term} first.", level=level)]


def _settled(votes: Votes, before: Side) -> list[Message]:
    """Name the contests of the first vote that have no unit in the second: most were settled by it."""
    pairs = votes.pairs
    lone = np.setdiff1d(before.contest[pairs.lone_left], before.contest[pairs.one])
    if not len(lone):
        return []
    first = np.unique(before.contest, return_index=True)[1][lone]
    names = listed(votes.left.ballots["contest"].iloc[first])
    return [
        msgn(
            "{n:count} contest of the first vote was not held in the second: {names}.",
            "{n:count} contests of the first vote were not held in the second: {names}.",
            len(names),
            names=shortened(names),
        )
    ]


def _finest(votes: Votes) -> Flags:
    """Tell which pairs are of the finest level that their contest has: coarser ones hold the same votes."""
    ballots = votes.left.ballots.iloc[votes.pairs.one]
    rank = np.array([*(LEVELS.index(name) if name in LEVELS else -1 for name in ballots["level"].cat.categories), -1])
    level = rank[codes(ballots["level"])]
    contest = numbered(ballots, ("election", "round", "contest"))
    finest = np.full(int(contest.max(initial=-1)) + 1, -1)
    np.maximum.at(finest, contest, level)
    return np.asarray(level == finest[contest])


def called(caption: Caption) -> Message:
    """Return a unit's name, and the place that it is in where the name does not say it."""
    around = caption.within[-1] if caption.within else None
    if around is None or fold(around) in fold(caption.unit or ""):
        return caption.place
    return msg("{unit} ({place})", unit=caption.place, place=around)


def _left_out(votes: Votes, rows: Flags, said: Callable[..., Message]) -> list[Message]:
    found = np.flatnonzero(rows)
    if not len(found):
        return []
    registered = votes.left.ballots["registered"].iloc[votes.pairs.one[found]]
    names = [called(votes.pairs.left[place]) for place in votes.pairs.one[found[:_NAMED]].tolist()]
    more = [msg("… ({n:count} more)", n=len(found) - _NAMED)] if len(found) > _NAMED else []
    known = None if registered.isna().all() else int(registered.sum())
    return [said(len(found), registered=known, names=[*names, *more])]


def _missing(n: int, *, registered: int | None, names: list[Message]) -> Message:
    return msgn(
        "{n:count} unit is left out, since one of its counts is not known ({registered}): {names}.",
        "{n:count} units are left out, since counts of theirs are not known ({registered}): {names}.",
        n,
        registered=msg("registered voters not published")
        if registered is None
        else msg("{n:count} registered as far as published", n=registered),
        names=names,
    )


def _contradictory(n: int, **told: object) -> Message:
    return msgn(
        "{n:count} unit is left out, since its counts contradict each other ({registered:count} registered): {names}. “primaire check” says how.",
        "{n:count} units are left out, since their counts contradict each other ({registered:count} registered): {names}. “primaire check” says how.",
        n,
        **told,
    )


def _changed(n: int, **told: object) -> Message:
    return msgn(
        "{n:count} unit is left out, since its roll changed by more than half, so that it is hardly the same ({registered:count} registered before): {names}.",
        "{n:count} units are left out, since their rolls changed by more than half, so that they are hardly the same ({registered:count} registered before): {names}.",
        n,
        **told,
    )


_COUNTED: Final = {
    "registered": msg("registered voters"),
    "voters": msg("voters"),
    "valid": msg("valid votes"),
}


def _unknown(votes: Votes, sides: tuple[Side, Side]) -> NotHeldError:
    """Return what is to be said where no unit has all counts on both sides."""
    lacking = []
    for side, at, when in zip(sides, (votes.pairs.one, votes.pairs.other), (msg("before"), msg("after")), strict=True):
        missing = [_COUNTED[name] for name in NEEDED if not side.held[name][at].any()]
        if not missing and not side.known[at].any():
            missing = [msg("the votes of every candidate")]
        lacking += [msg("{when}: {counts}", when=when, counts=missing)] if missing else []
    return NotHeldError(
        msg("No unit has all the counts that an estimate needs, in both votes."),
        expected=msg("Not published: {counts}.", counts=lacking) if lacking else None,
        remedy=msg(
            "Of each unit it takes the registered voters, the voters, the valid votes, and the votes of every candidate: who stayed away is an option too."
        ),
    )


def _unsound(votes: Votes, rows: Flags) -> NotHeldError:
    found = np.flatnonzero(rows)
    names = [str(called(votes.pairs.left[place])) for place in votes.pairs.one[found[: 2 * _NAMED]].tolist()]
    return NotHeldError(
        msgn(
            "The counts of the only unit contradict each other, or it has no registered voter: {names}.",
            "The counts of all {n:count} units contradict each other, or they have no registered voter: {names}.",
            len(found),
            names=shortened(names, _NAMED),
        ),
        remedy=msg("“primaire check” says what does not add up."),
    )


def _refuse_other_places(change: Wholes, largest: Wholes, rolls: list[Wholes], used: Flags) -> None:
    if change.sum() <= OTHER_PLACES * largest.sum():
        return
    raise NotHeldError(
        msg(
            "The rolls of the units differ too much for votes of the same people: {before:count} registered before, {after:count} after, and {change:count} more or fewer unit by unit ({part:percent}).",
            before=int(rolls[0][used].sum()),
            after=int(rolls[1][used].sum()),
            change=int(change.sum()),
            part=round(100 * float(change.sum() / largest.sum()), 1),
        ),
        expected=msg("Between two votes of the same places, rolls change by a few per cent."),
        remedy=msg("See whether the codes of the units mean the same in both; --crosswalk says what became of places."),
    )
