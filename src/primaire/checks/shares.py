"""Shares of units that can be compared with those of others: of candidates, turnout, blank and null votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.arrays import by_appearance, codes, numbered, whole
from primaire.schema import ORIGINS

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]

TURNOUT: Final = -1
BLANK: Final = -2
_APPROXIMATE: Final = ORIGINS.index("approximate")


@dataclass(frozen=True)
class Shares:
    """Counts and what they are shares of, one for each unit and figure.

    Attributes:
        unit: the row of ``ballots``.
        figure: the row of ``candidates``; :data:`TURNOUT` or :data:`BLANK`.
        option: a number for what is the same figure of other units: of one candidate, round and level.
        count: 0 to ``base``.
        base: the valid votes of a candidate's; the registered of turnout; the voters of blank and null votes. 1 or more.
    """

    unit: Wholes
    figure: Wholes
    option: Wholes
    count: Wholes
    base: Wholes

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, rows: npt.NDArray[Any]) -> Shares:
        """Return some of them."""
        held = (self.unit, self.figure, self.option, self.count, self.base)
        return Shares(*(each[rows] for each in held))


def shares(known: Returns) -> Shares:
    """Return all shares of counts that are known exactly; a count above its base is a contradiction, and no share; nor is what nobody anywhere voted for.

    Args:
        known: with what follows from the published figures.
    """
    ballots, votes = known.ballots, known.votes
    count = {name: whole(ballots[name]) for name in ("registered", "voters", "blank_null", "valid")}
    exact = {name: _exact(codes(ballots[f"{name}_origin"])) for name in count}
    at, person, cast = votes["ballot"].to_numpy(), votes["candidate"].to_numpy(), whole(votes["votes"])
    units, size = np.arange(len(ballots)), len(ballots)
    unit = np.concatenate([at, units, units])
    figure = np.concatenate([person, np.full(size, TURNOUT), np.full(size, BLANK)])
    counted = np.concatenate([cast, count["voters"], count["blank_null"]])
    base = np.concatenate([count["valid"][at], count["registered"], count["voters"]])
    of_candidates = _exact(codes(votes["votes_origin"])) & exact["valid"][at]
    held = np.concatenate([of_candidates, exact["voters"] & exact["registered"], exact["blank_null"] & exact["voters"]])
    vote = numbered(ballots, ("election", "round", "level"))
    option = by_appearance(vote[unit] * (len(known.candidates) + 2) + figure - BLANK)
    voted = np.bincount(option, counted) > 0  # a nuance that nobody stood for has 0 everywhere in some files
    rows = np.flatnonzero(held & (counted >= 0) & (counted <= base) & (base > 0) & voted[option])
    return Shares(unit[rows], figure[rows], by_appearance(option[rows]), counted[rows], base[rows])


def _exact(origin: Wholes) -> npt.NDArray[np.bool_]:
    return np.asarray((origin >= 0) & (origin < _APPROXIMATE))
