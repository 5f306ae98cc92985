"""Two rounds of one contest against each other: units that only one of them has, and rolls that change more than others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, located, numbered, whole
from primaire.checks.elections import taken_for_two
from primaire.checks.finding import Answer, Found, Seen, place_of
from primaire.messages import Message, msg, msgn
from primaire.pairing import series
from primaire.schema import CONTEST_KEY, Returns, shortened

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_CONTEST: Final = ("election", "contest", "level")
_APART: Final = 20
"""Units of one contest and round without a counterpart that are listed one by one; more are one finding."""

_MOST: Final = 0.99
_TIMES: Final = 6
_ENOUGH: Final = 200
_FLOOR: Final = 0.02
_VOTERS: Final = 20
_EXCHANGED: Final = 3


def between_rounds(returns: Returns) -> Answer:
    """Compare the units and the rolls of consecutive rounds of each contest, at the level that both are published at.

    A contest that only one round holds is settled, or was not read: neither is a finding. Nor is a unit that is missing
    from a contest of which the source says that it gives a part.

    A roll changes more than others if it does so by 6 times what 99 % of the units of its level stay within, by at
    least 2 % and by at least 20 voters: changes have heavy tails, and no bell curve says what is rare. On fewer than 200
    units there is no such measure, and only rolls that are exchanged between two units of a commune are found.
    """
    if returns.ballots["round"].nunique() < 2:  # noqa: PLR2004  a round has another one to be compared with
        return Answer(said=(msg("there is a single round."),), applies=False)
    two = tuple(taken_for_two(returns, "round"))
    order, unit = series(returns, "unit")
    pairs = np.flatnonzero(unit[1:] == unit[:-1])
    if not len(pairs):
        return Answer(
            said=two or (msg("no unit of one round is found in another, at the same level."),),
            applies=False,
        )
    seen = [*_of_one_round(returns, order, unit), *_of_rolls(returns, order[pairs], order[pairs + 1])]
    said = msgn(
        "{n:count} unit in two consecutive rounds.",
        "{n:count} units in two consecutive rounds.",
        len(pairs),
    )
    return Answer(tuple(sorted(seen, key=lambda one: (one.ballot or 0, one.code))), (said, *two))


def _of_one_round(returns: Returns, order: Wholes, unit: Wholes) -> Found:
    """Find the units of each contest that lack a counterpart in the round before or after, where it was held."""
    ballots = returns.ballots.iloc[order]
    contest = numbered(ballots, _CONTEST)
    rounds = ballots["round"].to_numpy()
    span = int(rounds.max()) + 1
    # Each contest and round that is held, one after the other: the next one may be of the same contest.
    held, at = np.unique(contest * span + rounds, return_inverse=True)
    follows = np.append(held[1:] // span == held[:-1] // span, False)
    part = np.zeros(len(held), dtype="bool")
    part[at] |= _in_parts(returns)[order]
    key = unit * (len(held) + 1) + at
    for step, there in ((1, follows), (-1, np.roll(follows, 1))):
        met = np.isin(key + step, key)
        # Where no unit is met, names or levels differ, and nothing is known of single units.
        some = np.bincount(at[met], minlength=len(held)) > 0
        lone = np.flatnonzero((there & some & ~part & ~np.roll(part, -step))[at] & ~met)
        for of_round in np.unique(at[lone]).tolist():
            rows = np.sort(order[lone[at[lone] == of_round]]).tolist()
            yield from _lone(returns, rows, int((at == of_round).sum()), int(held[of_round + step] % span))


def _in_parts(returns: Returns) -> npt.NDArray[np.bool_]:
    """Tell of each ballot whether its contest is given in part."""
    contest = located(returns.ballots, returns.contests, CONTEST_KEY)
    return np.asarray((returns.contests["coverage"] == "part").to_numpy()[contest])


def _lone(returns: Returns, lone: list[int], units: int, there: int) -> Found:
    """Tell of units of one contest and round, of which it has so many, that they are not among those of another round."""
    ballots = returns.ballots
    if len(lone) > _APART:
        yield _gathered(ballots, lone, units, there)
        return
    for ballot in lone:
        registered = ballots["registered"].iloc[ballot]
        size = (
            msg("registered voters not published")
            if pd.isna(registered)
            else msg("{n:count} registered", n=int(registered))
        )
        message = msg(
            "not among the units of round {round}, where its contest was held too ({size})", round=there, size=size
        )
        yield Seen("PRI201", message, ballot)


def _gathered(ballots: pd.DataFrame, lone: list[int], units: int, there: int) -> Seen:
    message = msg(
        "{n:count} of {units:count} units are not among those of round {round}: {names}",
        n=len(lone),
        units=units,
        round=there,
        names=shortened([str(name) for name in ballots["unit"].iloc[lone]]),
    )
    first = ballots.iloc[lone[0]]
    round_ = msg("round {round}", round=int(first["round"]))
    return Seen("PRI201", message, place=place_of(str(first["election"]), round_, str(first["contest"])), first=lone[0])


@dataclass(frozen=True)
class _Rolls:
    """Registered voters of units in two consecutive rounds, where both are known."""

    units: Wholes
    before: Wholes
    after: Wholes
    commune: Wholes

    @property
    def change(self) -> Wholes:
        return self.after - self.before

    def elsewhere(self, at: int) -> int:
        """Return by how much the rolls of the other units of a unit's commune change together; 0 where there is none."""
        if self.commune[at] < 0:
            return 0
        return int(self.change[self.commune == self.commune[at]].sum() - self.change[at])


def _of_rolls(returns: Returns, one: Wholes, other: Wholes) -> Found:
    ballots = returns.ballots
    registered = whole(ballots["registered"])
    known = ballots["registered"].notna().to_numpy() & (registered > 0)
    both = known[one] & known[other]
    one, other = one[both], other[both]
    # Rounds, and levels, differ in how much their rolls change.
    group = numbered(ballots, ("election", "round", "level"))[one]
    commune = codes(ballots["commune_code"])
    for number in np.unique(group).tolist():
        rows = np.flatnonzero(group == number)
        rolls = _Rolls(other[rows], registered[one[rows]], registered[other[rows]], commune[one[rows]])
        exchanged = _exchanged(rolls)
        for at, with_ in sorted(exchanged.items()):
            if at < with_:
                yield _exchange(returns, rolls, at, with_)
        yield from _unusual(rolls, set(exchanged))


def _unusual(rolls: _Rolls, told: set[int]) -> Found:
    if len(rolls.units) < _ENOUGH:
        return
    change, rate = rolls.change, np.abs(rolls.change) / rolls.before
    usual = float(np.quantile(rate, _MOST))
    far = (rate > max(_TIMES * usual, _FLOOR)) & (np.abs(change) >= _VOTERS)
    for at in np.flatnonzero(far).tolist():
        if at in told:
            continue
        yield Seen(
            "PRI202",
            msg(
                "{before:count} registered voters in the round before, {after:count} in this one ({change}){why}",
                before=int(rolls.before[at]),
                after=int(rolls.after[at]),
                change=_by(float(100 * change[at] / rolls.before[at])),
                why=_why(rolls, at),
            ),
            int(rolls.units[at]),
            expected=msg(
                "{most:percent} of {n:count} units change by at most {usual:share}",
                most=100 * _MOST,
                n=len(rolls.units),
                usual=100 * usual,
            ),
        )


def _by(change: float) -> Message:
    return msg("{change:share} more", change=change) if change > 0 else msg("{change:share} fewer", change=-change)


def _why(rolls: _Rolls, at: int) -> Message | str:
    change, elsewhere = int(rolls.change[at]), rolls.elsewhere(at)
    if abs(change + elsewhere) * 5 <= abs(change):
        return msg(
            "; the other units of its commune change by {n:count} together: their limits may have moved", n=elsewhere
        )
    if change % 100 == 0:
        return msg("; by {n:count} exactly: a digit may be wrong in one of the two", n=abs(change))
    return ""


def _exchanged(rolls: _Rolls) -> dict[int, int]:
    """Return the units whose roll before is that of another unit of their commune after, and the other way round."""
    found: dict[int, int] = {}
    moved = np.flatnonzero((np.abs(rolls.change) >= _EXCHANGED) & (rolls.commune >= 0)).tolist()
    held = {(int(rolls.commune[at]), int(rolls.before[at]), int(rolls.after[at])): at for at in moved}
    for (commune, before, after), at in held.items():
        if (commune, after, before) in held:
            found[at] = held[commune, after, before]
    return found


def _exchange(returns: Returns, rolls: _Rolls, at: int, with_: int) -> Seen:
    message = msg(
        "registered voters exchanged with those of {other}: {before:count} and {after:count} in the round before, {after:count} and {before:count} in this one",
        other=str(returns.ballots["unit"].iloc[int(rolls.units[with_])]),
        before=int(rolls.before[at]),
        after=int(rolls.after[at]),
    )
    expected = msg("the same numbers of the two units in both rounds; all their figures may be exchanged")
    return Seen("PRI202", message, int(rolls.units[at]), expected=expected)
