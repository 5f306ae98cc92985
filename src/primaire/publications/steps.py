"""Two publications judged: what changed, unit by unit and in sum, and the tests on what was added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.messages import Message, msg, msgn
from primaire.publications.judgement import Judgement, Seen, judge
from primaire.publications.sentences import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from primaire.captions import Caption, Captions
    from primaire.publications.between import Between, Units
    from primaire.publications.update import Update

    Wholes = npt.NDArray[np.int64]

MOST: Final = 1_000
"""Contests or places between two publications up to which what was added to each is tested."""

ADDED: Final = "units_added"
GONE: Final = "units_gone"
REVISED: Final = "units_revised"
LOWERED: Final = "units_lowered"
UNITS: Final = (ADDED, GONE, REVISED, LOWERED)
"""How many units of a contest were added, are gone, have other figures, and fewer votes, voters or valid votes."""


@dataclass(frozen=True)
class Step:
    """Two consecutive publications, judged."""

    found: Between
    updates: list[Update]
    judgements: list[Judgement]
    sums: dict[str, Wholes] | None

    @classmethod
    def of(cls, found: Between, level: float) -> Step:
        updates, sums = found.updates, _unit_sums(found)
        seen = [_seen(update, sums, pair) for pair, update in enumerate(updates)]
        return cls(found, updates, judge(updates, seen, level, tests=len(updates) <= MOST), sums)

    @property
    def notes(self) -> tuple[Message, ...]:
        """Which contests and places are in one of the two only, and who was matched by more than the name."""
        told = [
            msg("Only in “{label}”: {names}.", label=label, names=shown([one.place for one in side[:99]]))
            for label, side in zip(self.found.labels, _lone(self.found), strict=True)
            if side
        ]
        untested = [msg("Of more than {most:count} contests or places, what was added is not tested.", most=MOST)]
        return (*told, *(untested if len(self.updates) > MOST else ()), *self.found.sides.notes)

    def on_units(self, pair: int) -> Iterator[Message]:
        """Yield what is said of the units of a contest: how many changed, and the names of the first few."""
        units = self.found.units
        if units is None or self.sums is None:
            return
        which = _which(units)
        for name, sentence in zip(UNITS, _SENTENCES, strict=True):
            told, rows, within = which[name]
            mine = rows[within == pair]
            if len(mine):
                names = [told[at].place for at in mine[:_FEW].tolist()]
                yield sentence(len(mine), [*names, *(["…"] if len(mine) > _FEW else [])])
        if not any(int(self.sums[name][pair]) for name in UNITS):
            yield msg("No unit was added, is gone or has other figures.")


_FEW: Final = 5

_SENTENCES: Final[tuple[Callable[[int, list[object]], Message], ...]] = (
    lambda n, names: msgn("{n:count} unit was added: {names}.", "{n:count} units were added: {names}.", n, names=names),
    lambda n, names: msgn("{n:count} unit is gone: {names}.", "{n:count} units are gone: {names}.", n, names=names),
    lambda n, names: msgn(
        "{n:count} unit was revised: {names}.", "{n:count} units were revised: {names}.", n, names=names
    ),
    lambda n, names: msgn(
        "In {n:count} unit votes went down: {names}.", "In {n:count} units votes went down: {names}.", n, names=names
    ),
)


def _which(units: Units) -> dict[str, tuple[Captions, Wholes, Wholes]]:
    """Return the units that were added, are gone, were revised and lost votes: captions, rows, and the pair of each."""
    pairs, (left, right) = units.pairs, units.within
    revised, lowered = pairs.other[units.revised], pairs.other[units.lowered]
    return {
        ADDED: (pairs.right, pairs.lone_right, right[pairs.lone_right]),
        GONE: (pairs.left, pairs.lone_left, left[pairs.lone_left]),
        REVISED: (pairs.right, revised, right[revised]),
        LOWERED: (pairs.right, lowered, right[lowered]),
    }


def _lone(found: Between) -> tuple[list[Caption], list[Caption]]:
    left, right = found.pairs.lone_left[:99].tolist(), found.pairs.lone_right[:99].tolist()
    return [found.pairs.left[at] for at in left], [found.pairs.right[at] for at in right]


def _unit_sums(found: Between) -> dict[str, Wholes] | None:
    """Return for each pair how many units were added, are gone, were revised, and lost votes; None without units."""
    units, size = found.units, len(found.pairs)
    if units is None:
        return None
    return {name: np.bincount(within[within >= 0], minlength=size) for name, (_, _, within) in _which(units).items()}


def _seen(update: Update, sums: dict[str, Wholes] | None, pair: int) -> Seen:
    down = bool(update.went_down) or any(after < before for before, after in update.totals.values())
    gone, lowered = (int(sums[name][pair]) if sums else 0 for name in (GONE, LOWERED))
    return Seen(down or lowered > 0, explained=gone > 0 and lowered == 0, changed=_changed(update, sums, pair))


def _changed(update: Update, sums: dict[str, Wholes] | None, pair: int) -> bool:
    if sums is not None and any(int(sums[name][pair]) for name in UNITS):
        return True
    lines = any((one.before, one.share_before) != (one.after, one.share_after) for one in update.lines)
    return lines or any(before != after for before, after in update.totals.values())
