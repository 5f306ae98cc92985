"""Two publications judged: what changed, unit by unit and in sum, and the tests on what was added."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.publications.facts import Stranger, had_votes, other_figures, renamed, strangers
from primaire.publications.judgement import UNCHANGED, Judgement, Seen, judge
from primaire.publications.sentences import Around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from primaire.captions import Caption, Captions
    from primaire.publications.between import Between, Units
    from primaire.publications.update import Update

    Wholes = npt.NDArray[np.int64]

MOST: Final = 1_000
"""Contests or places between two publications up to which what was added to each is tested."""

MANY: Final = 12
"""Contests or places above which those that are unchanged are not shown one by one."""

ADDED: Final = "units_added"
GONE: Final = "units_gone"
REVISED: Final = "units_revised"
LOWERED: Final = "units_lowered"
LOST: Final = "units_lost"
UNITS: Final = (ADDED, GONE, REVISED, LOWERED)
"""How many units of a contest were added, are gone, have other figures, and fewer votes, voters or valid votes;
:data:`LOST` are those that are gone and had votes."""


@dataclass(frozen=True)
class Step:
    """Two consecutive publications, judged."""

    found: Between
    updates: list[Update]
    judgements: list[Judgement]
    sums: dict[str, Wholes] | None
    strangers: dict[int, list[Stranger]]
    figures: dict[str, npt.NDArray[np.bool_]]

    @classmethod
    def of(cls, found: Between, level: float) -> Step:
        updates, sums, others, figures = found.updates, _unit_sums(found), strangers(found), other_figures(found)
        differ = np.logical_or.reduce([*figures.values()])
        seen = [
            Seen(
                down=_down(update, sums, pair),
                changed=bool(differ[pair]) or pair in others or _changed(update, sums, pair),
                gone=sums is not None and bool(sums[LOST][pair]),
                others=any(one.telling for one in others.get(pair, ())),
            )
            for pair, update in enumerate(updates)
        ]
        judged = judge(updates, seen, level, tests=len(updates) <= MOST)
        return cls(found, updates, judged, sums, others, figures)

    @cached_property
    def alone(self) -> tuple[list[Caption], list[Caption]]:
        """The first contests or places that are in one of the two only."""
        pairs = self.found.pairs
        left, right = pairs.lone_left[:99].tolist(), pairs.lone_right[:99].tolist()
        return [pairs.left[at] for at in left], [pairs.right[at] for at in right]

    @cached_property
    def order(self) -> list[int]:
        """The contests as they are told: of many, those to be checked first and those that are unchanged last."""
        pairs = range(len(self.updates))
        if len(pairs) <= MANY:
            return list(pairs)
        return sorted(pairs, key=lambda pair: (not self.judgements[pair].flagged, self.unchanged(pair)))

    def unchanged(self, pair: int) -> bool:
        """Tell whether nothing is different in a contest."""
        return self.judgements[pair].finding == UNCHANGED

    def folded(self, pair: int) -> bool:
        """Tell whether a contest is not shown: of many, one that is unchanged, since the first one's sentence counts it."""
        return len(self.updates) > MANY and pair != self.order[0] and self.unchanged(pair)

    @property
    def overview(self) -> tuple[Message, ...]:
        """What is to be said before the first contest: of many, how many changed; and which ones are gone."""
        missing = () if self.missing is None else (self.missing,)
        if len(self.updates) <= MANY:
            return missing
        flagged = [pair for pair in self.order if self.judgements[pair].flagged]
        counted = {"n": len(self.updates), "unchanged": sum(map(self.unchanged, range(len(self.updates))))}
        if not flagged:
            return (
                msg("{n:count} contests or places: {unchanged:count} unchanged, none to be checked.", **counted),
                *missing,
            )
        names = [self.found.pairs.captions(pair)[1].place for pair in flagged[:_MANY]]
        return (
            msg(
                "{n:count} contests or places: {unchanged:count} unchanged, {flagged:count} to be checked: {names}.",
                **counted,
                flagged=len(flagged),
                names=[*names, *(["…"] if len(flagged) > _MANY else [])],
            ),
            *missing,
        )

    @property
    def missing(self) -> Message | None:
        """That contests or places of the first publication are not in the second; None where none is missing."""
        gone = len(self.found.pairs.lone_left)
        if not gone:
            return None
        return msgn(
            "To be checked: one contest or place of “{before}” is not in “{after}”: {names}.",
            "To be checked: {n:count} contests or places of “{before}” are not in “{after}”: {names}.",
            gone,
            before=self.found.labels[0],
            after=self.found.labels[1],
            names=_names(self.alone[0], gone),
        )

    @property
    def notes(self) -> tuple[Message, ...]:
        """Which contests and places the second has only, and who was matched by more than the name."""
        fresh = len(self.found.pairs.lone_right)
        told = [msg("Only in “{label}”: {names}.", label=self.found.labels[1], names=_names(self.alone[1], fresh))]
        untested = [msg("Of more than {most:count} contests or places, what was added is not tested.", most=MOST)]
        return (
            *(told if fresh else ()),
            *(untested if len(self.updates) > MOST else ()),
            *self.found.sides.notes,
        )

    def around(self, pair: int) -> Around:
        """Return what is different in a contest without any test, in words."""
        units = self.found.units
        others = self.strangers.get(pair, [])
        return Around(
            gone=() if units is None else self._units(LOST, pair),
            lowered=() if units is None else self._units(LOWERED, pair),
            strangers=[one.said for one in others if one.telling],
            figures=[name for name, differs in self.figures.items() if differs[pair]],
            tested=len(self.updates) <= MOST,
        )

    def _units(self, name: str, pair: int) -> list[Message]:
        told, rows, within = self._which[name]
        return [unit_name(told[at]) for at in rows[within == pair].tolist()]

    @cached_property
    def _which(self) -> dict[str, tuple[Captions, Wholes, Wholes]]:
        return {} if self.found.units is None else _which(self.found.units)

    def on_others(self, pair: int) -> Iterator[Message]:
        """Yield who is in one publication alone without its being telling, and which units may only be called otherwise."""
        for one in self.strangers.get(pair, ()):
            if one.new:
                yield msg("{said}, in no unit that is in both.", said=one.said)
            elif not one.telling:
                yield msg("{said}.", said=one.said)
        units = self.found.units
        if units is None:
            return
        told, rows, within = self._which[GONE]
        for at in rows[within == pair][:_FEW].tolist():
            now = renamed(units, at)
            if now is not None:
                yield msg(
                    "{after}, which was added, has the very figures of {before}, which is gone: renamed?",
                    before=unit_name(told[at]),
                    after=unit_name(units.pairs.right[now]),
                )

    def on_units(self, pair: int) -> Iterator[Message]:
        """Yield what is said of the units of a contest: how many changed, and the names of the first few."""
        units = self.found.units
        if units is None or self.sums is None:
            return
        for name, sentence in zip(UNITS, _SENTENCES, strict=True):
            told, rows, within = self._which[name]
            mine = rows[within == pair]
            if len(mine):
                names = [unit_name(told[at]) for at in mine[:_FEW].tolist()]
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
    lost = pairs.lone_left[had_votes(units)]
    revised, lowered = pairs.other[units.revised], pairs.other[units.lowered]
    return {
        ADDED: (pairs.right, pairs.lone_right, right[pairs.lone_right]),
        GONE: (pairs.left, pairs.lone_left, left[pairs.lone_left]),
        LOST: (pairs.left, lost, left[lost]),
        REVISED: (pairs.right, revised, right[revised]),
        LOWERED: (pairs.right, lowered, right[lowered]),
    }


def unit_name(caption: Caption) -> Message:
    """Return what a unit is called, with its commune where its name does not say it."""
    *_, finest = caption.within or ("",)
    if caption.unit is None or not finest or fold(finest) in fold(caption.unit):
        return caption.place
    return msg("{unit} ({place})", unit=caption.unit, place=finest)


def _names(alone: list[Caption], many: int) -> list[object]:
    """Return what contests or places are called that are in one publication only: rounds, where that is all there is."""
    names: list[object] = [
        msg("round {round}", round=one.round)
        if one.unit is None or one.unit == one.contest == one.election
        else one.place
        for one in alone
    ]
    return [*names[:_MANY], *([msg("… ({n:count} more)", n=many - _MANY)] if many > _MANY else [])]


_MANY: Final = 8


def _unit_sums(found: Between) -> dict[str, Wholes] | None:
    """Return for each pair how many units were added, are gone, were revised, and lost votes; None without units."""
    units, size = found.units, len(found.pairs)
    if units is None:
        return None
    return {name: np.bincount(within[within >= 0], minlength=size) for name, (_, _, within) in _which(units).items()}


def _down(update: Update, sums: dict[str, Wholes] | None, pair: int) -> bool:
    """Tell whether votes went down for which no unit that is gone accounts."""
    down = bool(update.went_down) or any(after < before for before, after in update.totals.values())
    if sums is None:
        return down
    return bool(sums[LOWERED][pair]) or (down and not sums[LOST][pair])


def _changed(update: Update, sums: dict[str, Wholes] | None, pair: int) -> bool:
    if sums is not None and any(int(sums[name][pair]) for name in UNITS):
        return True
    lines = any((one.before, one.share_before) != (one.after, one.share_after) for one in update.lines)
    return lines or any(before != after for before, after in update.totals.values())
