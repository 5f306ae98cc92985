"""What is different between two publications of one contest without any test: units, candidates, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import listed, whole
from primaire.captions import FIGURES
from primaire.messages import Message, msg, msgn
from primaire.publications.between import FIRM, Between, Units, differ
from primaire.publications.update import WHOLES
from primaire.schema import COUNTS

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.sides import Sides

    Wholes = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

_OTHERS: Final = tuple(name for name in COUNTS if name not in WHOLES)


@dataclass(frozen=True)
class Stranger:
    """A candidate who is in one of two publications alone, or whose votes are no longer published.

    Attributes:
        name: as published.
        votes: those that are known; None: none are.
        before: whether the first has them.
        stays: whether the candidate is in both, and the votes in the first alone.
        new: whether the candidate is new only in units that are.
    """

    name: str
    votes: int | None
    before: bool
    stays: bool
    new: bool

    @property
    def telling(self) -> bool:
        """Whether counting more votes does not explain it."""
        return not self.new and self.votes != 0

    @property
    def said(self) -> Message:
        """The name, the votes and where they are."""
        if self.stays:
            return msg("{told}: given in the first alone", told=self._told)
        if self.before:
            return msg("{told} is in the first alone", told=self._told)
        return msg("{told} is in the second alone", told=self._told)

    @property
    def _told(self) -> Message:
        """The name, and the votes where they are known."""
        if self.votes is None:
            return msg("{name}", name=self.name)
        return msgn("{name} ({n:count} vote)", "{name} ({n:count} votes)", self.votes, name=self.name)


def strangers(found: Between) -> dict[int, list[Stranger]]:
    """Return the candidates of each pair that are in one publication alone; pairs that have none are left out."""
    rows = found.sides.frame
    before, after = (rows[f"stood_{side}"].to_numpy() for side in ("before", "after"))
    withdrawn = before & _withdrawn(found)
    result: dict[int, list[Stranger]] = {}
    for row in np.flatnonzero((before != after) | withdrawn).tolist():
        first, stays = bool(before[row]), bool(withdrawn[row])
        votes = rows["votes_before" if first else "votes_after"].iloc[row]
        pair, name = int(found.sides.pair[row]), str(rows["candidate"].iloc[row])
        known = None if pd.isna(votes) else int(votes)
        new = not stays and found.units is not None and not _stands_in_both(found.units, pair, name)
        result.setdefault(pair, []).append(Stranger(name, known, first, stays, new))
    return result


def _withdrawn(found: Between) -> Bools:
    """Tell which rows have votes in the first alone, where others have some in the second, or no share is left either.

    Where there are units, it must be so in one that is in both: a new unit may leave a sum unknown.
    """
    lost = _without_votes(found.sides)
    units = found.units
    if units is None:
        return lost
    rows = units.sides.frame[_without_votes(units.sides)]
    inside = _contests(units)[rows.index]
    held = set(zip(inside.tolist(), rows["candidate"].tolist(), strict=True))
    told = zip(found.sides.pair.tolist(), found.sides.frame["candidate"].tolist(), strict=True)
    return lost & np.array([each in held for each in told], dtype="bool") if lost.any() else lost


def _without_votes(sides: Sides) -> Bools:
    rows, pair = sides.frame, sides.pair
    kept = rows["votes_after"].notna().to_numpy()
    others = np.bincount(pair[kept], minlength=sides.size)[pair] > 0
    lost = rows["votes_before_origin"].isin(FIRM).to_numpy() & rows["stood_after"].to_numpy() & ~kept
    return np.asarray(lost & (others | rows["share_after"].isna().to_numpy()))


def _contests(units: Units) -> Wholes:
    """Return the number of the contest of each candidate's row in units that are in both."""
    return np.asarray(units.within[1][units.pairs.other[units.sides.pair]])


def _stands_in_both(units: Units, pair: int, name: str) -> bool:
    """Tell whether a candidate of one publication stands in a unit that is in both."""
    rows = (units.sides.frame["candidate"] == name).to_numpy()
    return bool((rows & (_contests(units) == pair)).any())


def other_figures(found: Between) -> dict[str, Bools]:
    """Tell of each count that is no total of votes (registered, blank, null) in which pairs it is another one."""
    one, other = found.before.ballots.iloc[found.pairs.one], found.after.ballots.iloc[found.pairs.other]
    return {
        FIGURES[name]: np.asarray(
            differ(one[name].reset_index(drop=True), other[name].reset_index(drop=True)), dtype="bool"
        )
        for name in _OTHERS
    }


def had_votes(units: Units) -> Bools:
    """Tell which of the units that are gone had votes or voters."""
    gone = units.pairs.lone_left
    ballots, votes = units.before.ballots, units.before.votes
    cast = np.bincount(votes["ballot"].to_numpy(), weights=whole(votes["votes"]), minlength=len(ballots))
    told = [whole(ballots[name]) > 0 for name in WHOLES]
    return np.asarray(np.logical_or.reduce([cast > 0, *told])[gone])


def renamed(units: Units, gone: int) -> int | None:
    """Return the unit that was added with the very figures of one that is gone; None: there is none, or several."""
    mine = _figures(units, before=True, at=gone)
    contest = units.within[0][gone]
    alike = [
        at
        for at in units.pairs.lone_right[units.within[1][units.pairs.lone_right] == contest].tolist()
        if _figures(units, before=False, at=at) == mine
    ]
    return alike[0] if len(alike) == 1 else None


def _figures(units: Units, *, before: bool, at: int) -> tuple[object, ...]:
    returns = units.before if before else units.after
    votes = returns.votes
    start, stop = np.searchsorted(votes["ballot"].to_numpy(), [at, at + 1])
    names = listed(returns.candidates["candidate"].iloc[votes["candidate"].iloc[start:stop]])
    return (
        *(str(returns.ballots[name].iloc[at]) for name in COUNTS),
        *sorted(zip(names, map(str, listed(votes["votes"].iloc[start:stop])), strict=True)),
    )
