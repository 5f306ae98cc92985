"""How a large contest is divided: a country is not one place, and is told better as many places than as one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance
from primaire.errors import NotHeldError
from primaire.flows.contests import places
from primaire.inference.estimate import MOST_UNITS, UNITS
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.flows.contests import Flow, Places
    from primaire.flows.units import Units

    Wholes = npt.NDArray[np.int64]

FEWEST: Final = 20
"""Units below which a part is joined with one beside it, in the same departement."""

LEVELS: Final = ("constituency", "canton", "departement", "commune")
"""The places that are taken for parts: the first level of them whose places mostly have so many units."""


@dataclass(frozen=True)
class Parts:
    """The parts of a contest.

    Attributes:
        labels: for each unit the number of its part.
        level: of the places that were taken for parts; None where there are none.
    """

    labels: Wholes
    level: str | None = None

    @property
    def said(self) -> list[Message]:
        """That it was divided, and by what."""
        size = int(self.labels.max(initial=0)) + 1
        if size == 1:
            return []
        if self.level is None:
            return [
                msg(
                    "Estimated in {n:count} parts, about {run:count} units each in the order of the source, whose tables are added up.",
                    n=size,
                    run=UNITS,
                )
            ]
        return [
            msgn(
                "Estimated by {level:term}, in {n:count} part, whose tables are added up.",
                "Estimated by {level:term}, in {n:count} parts, whose tables are added up.",
                size,
                level=self.level,
            )
        ]


@dataclass(frozen=True)
class Divider:
    """What divides the contests of two votes."""

    units: Units
    _known: dict[str, Places | None] = field(default_factory=dict)

    def parts(self, flow: Flow) -> Parts:
        """Return the parts of a contest: itself, if it has few units; else its places; else runs of its units."""
        size = len(flow)
        if size <= MOST_UNITS:
            return Parts(np.zeros(size, dtype="int64"))
        around = self._places("departement")
        wide = np.zeros(size, dtype="int64") if around is None else around.number[flow.rows]
        for level in LEVELS:
            held = self._places(level)
            if held is None:
                continue
            label = by_appearance(held.number[flow.rows])
            if FEWEST <= np.median(np.bincount(label)[label]) <= MOST_UNITS:
                return Parts(_even(label, wide), level)
        return Parts(_runs(np.zeros(size, dtype="int64")))

    def _places(self, level: str) -> Places | None:
        if level not in self._known:
            try:
                self._known[level] = places(self.units, level)
            except NotHeldError:
                self._known[level] = None
        return self._known[level]


def _even(label: Wholes, around: Wholes) -> Wholes:
    """Return parts that are not too small, joined within the wider place that they lie in, and not too large."""
    size = np.bincount(label)
    wide = np.zeros(len(size), dtype="int64")
    wide[label] = around
    joined = np.arange(len(size))
    for place in np.flatnonzero(size < FEWEST).tolist():
        beside = np.flatnonzero(
            (wide == wide[place]) & (joined == np.arange(len(size))) & (np.arange(len(size)) != place)
        )
        if len(beside):
            nearest = int(beside[np.argmin(np.abs(beside - place))])
            joined[joined == place] = nearest
    return _runs(by_appearance(joined[label]))


def _runs(label: Wholes) -> Wholes:
    """Return parts of which those that are too large are divided into runs of their units, as they come."""
    size = np.bincount(label)
    many = np.where(size > MOST_UNITS, np.rint(size / UNITS), 1).astype("int64")
    order = np.argsort(label, kind="stable")
    start = np.cumsum(size) - size
    within = np.empty(len(label), dtype="int64")
    within[order] = np.arange(len(label)) - np.repeat(start, size)
    run = within * many[label] // size[label]
    return by_appearance(label * (int(many.max(initial=1)) + 1) + run)
