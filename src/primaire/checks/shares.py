"""Shares of units that can be compared with those of others: of candidates, turnout, blank and null votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Any

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
    """Return all shares of counts that are known exactly; a count above its base is a contradiction, and no share.

    Args:
        known: with what follows from the published figures.
    """
    ballots, votes = known.ballots, known.votes
    count = {name: whole(ballots[name]) for name in ("registered", "voters", "blank_null", "valid")}
    exact = {name: _exact(codes(ballots[f"{name}_origin"])) for name in count}
    at, person = votes["ballot"].to_numpy(), votes["candidate"].to_numpy()
    units = np.arange(len(ballots))
    vote = numbered(ballots, ("election", "round", "level"))
    parts = [
        (at, person, whole(votes["votes"]), count["valid"][at], _exact(codes(votes["votes_origin"])) & exact["valid"][at]),
        (units, TURNOUT, count["voters"], count["registered"], exact["voters"] & exact["registered"]),
        (units, BLANK, count["blank_null"], count["voters"], exact["blank_null"] & exact["voters"]),
    ]
    rows = [np.flatnonzero(held & (some >= 0) & (some <= base) & (base > 0)) for _, _, some, base, held in parts]
    unit = np.concatenate([part[0][row] for part, row in zip(parts, rows, strict=True)])
    figure = np.concatenate([np.broadcast_to(part[1], len(part[0]))[row] for part, row in zip(parts, rows, strict=True)])
    option = by_appearance(vote[unit] * (len(known.candidates) + 2) + figure - BLANK)
    return Shares(
        unit,
        figure,
        option,
        np.concatenate([part[2][row] for part, row in zip(parts, rows, strict=True)]),
        np.concatenate([part[3][row] for part, row in zip(parts, rows, strict=True)]),
    )


def _exact(origin: Wholes) -> npt.NDArray[np.bool_]:
    return np.asarray((origin >= 0) & (origin < _APPROXIMATE))
