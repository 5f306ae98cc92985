"""What a careful analyst says of an estimate before anybody uses it, with the numbers that make it necessary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.flows.options import CANDIDATE, GONE, GROUP, NEW
from primaire.inference import diagnostics
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.flows.estimates import Estimated

    Floats = npt.NDArray[np.float64]

FEW: Final = 4
"""Units for each option before (but one) below which they are called few; the districts of the validation have a median of 4."""

VAGUE: Final = 0.5
"""The part of the voters in cells that say little from which the whole table is said to say little."""

WIDE: Final = 0.3
"""The width of an interval, as a part of its row, from which a cell says little."""

ALIKE: Final = 0.01
"""The standard deviation of an option's share over the units below which they are called alike in it."""

_SMALL: Final = 0.05
"""The part of the voters below which an option's share cannot differ much between units, and need not be warned of."""

_NAMED: Final = 3


@dataclass(frozen=True)
class Cautions:
    """What is to be said of one estimate."""

    found: Estimated

    @cached_property
    def vague(self) -> float | None:
        """The part of the electors in cells whose interval is about as wide as the bounds, or wide in itself; None without any."""
        total = self.found.total
        width = (total.upper - total.lower)[0]
        if np.isnan(width).all():
            return None
        vague = (np.nan_to_num(self._beside) >= diagnostics.AS_WIDE) | (np.nan_to_num(width) >= WIDE)
        return float(total.votes[0][vague].sum() / max(total.votes[0].sum(), 1))

    @cached_property
    def _beside(self) -> Floats:
        """How wide each interval is beside the bounds."""
        total = self.found.total
        return diagnostics.against_bounds(total.lower[0], total.upper[0], total.low[0], total.high[0], total.before[0])

    @property
    def lead(self) -> Message | None:
        """The sentence to read if one reads only one; None where nothing says how sure it would be."""
        if self._few() is not None:
            return msg(
                "These figures say little: the units are few for so many options. What is known here are the bounds, not the estimates within them."
            )
        if self.vague is None:
            return None
        if self.vague >= VAGUE:
            return msg(
                "These figures say little: for {part:percent} of the electors, the interval is {width:count} points wide or more, or about as wide as the bounds. What is known here are the bounds and the intervals, not the estimates within them.",
                part=round(100 * self.vague),
                width=round(100 * WIDE),
            )
        return self._largest()

    def _largest(self) -> Message | None:
        """Say where the voters went of the largest candidate who stood no longer, or else of the largest."""
        flow, total = self.found.flow, self.found.total
        after = {option.name for option in flow.after.options if option.kind in {CANDIDATE, GROUP}}
        people = [place for place, option in enumerate(flow.before.options) if option.kind in {CANDIDATE, GROUP}]
        gone = [place for place in people if flow.before.options[place].name not in after] or people
        if not gone:
            return None
        row = max(gone, key=lambda place: total.before[0][place])
        if not total.before[0][row]:
            return None
        share = 100 * total.votes[0][row] / total.before[0][row]
        order = np.argsort(-share, kind="stable")[:_NAMED].tolist()
        parts = [self._part(row, column, float(share[column])) for column in order]
        return msg(
            "Of 100 electors of {before}, as estimated: {parts}.", before=flow.before.options[row].said, parts=parts
        )

    def _part(self, row: int, column: int, share: float) -> Message:
        total, after = self.found.total, self.found.flow.after.options[column].said
        low, high = (100 * float(ends[0][row, column]) for ends in (total.lower, total.upper))
        if high - low >= 100 * WIDE:
            return msg("{after} {low:count} to {high:count}", after=after, low=round(low), high=round(high))
        return msg(
            "{after} {share:count} ({low:count} to {high:count})",
            after=after,
            share=round(share),
            low=round(low),
            high=round(high),
        )

    @property
    def notes(self) -> list[Message]:
        """The warnings that apply."""
        return [note for note in (self._few(), self._as_wide(), self._alike(), self._mixed(), self._far()) if note]

    def _few(self) -> Message | None:
        flow = self.found.flow
        units, cells = diagnostics.size(flow.before.counts, flow.after.counts)
        rows = int((self.found.total.before[0] > 0).sum())
        if units >= FEW * (rows - 1):
            return None
        return msgn(
            "Few units: {n:count} unit, for a table with {cells:count} cells that its margins leave free.",
            "Few units: {n:count} units, for a table with {cells:count} cells that its margins leave free.",
            units,
            cells=cells,
        )

    def _as_wide(self) -> Message | None:
        sides = (self.found.flow.before, self.found.flow.after)
        # Of those by whom the rolls changed, the bounds are narrow anyway.
        told = np.ix_(*([option.kind not in {NEW, GONE} for option in side.options] for side in sides))
        beside = self._beside[told]
        wide = int((np.nan_to_num(beside) >= diagnostics.AS_WIDE).sum())
        if not wide:
            return None
        return msgn(
            "In {n:count} of {cells:count} cells the interval is about as wide as the bounds: there, the estimate adds nothing to what is certain.",
            "In {n:count} of {cells:count} cells the interval is about as wide as the bounds: there, the estimate adds nothing to what is certain.",
            wide,
            cells=int((~np.isnan(beside)).sum()),
        )

    def _alike(self) -> Message | None:
        """Name large options whose share is about the same in all units."""
        flow, total = self.found.flow, self.found.total
        deviation = diagnostics.spread(flow.before.counts)
        large = total.before[0] >= _SMALL * total.before[0].sum()
        places = np.flatnonzero(large & (deviation < ALIKE)).tolist()
        if not places:
            return None
        options = flow.before.options
        return msg(
            "The units are much alike, and little can be learnt from comparing them: the share of {names} differs by less than a point from unit to unit (standard deviation).",
            names=[options[place].said for place in places],
        )

    def _mixed(self) -> Message | None:
        """Say so where some options before cannot be told from a mixture of others."""
        flow = self.found.flow
        condition = diagnostics.condition(flow.before.counts)
        if condition < diagnostics.COLLINEAR:
            return None
        alike = diagnostics.collinearity(flow.before.counts)
        order = np.argsort(-np.nan_to_num(alike), kind="stable")[:_NAMED].tolist()
        told = [
            msg(
                "{option} ({part:percent})",
                option=flow.before.options[place].said,
                part=round(100 * float(alike[place]), 1),
            )
            for place in order
        ]
        if np.isinf(condition):
            return msg(
                "Some options before are mixtures of others in every unit; most of all: {options}.", options=told
            )
        return msg(
            "Some options before are nearly mixtures of others in every unit (condition number {condition:count}, of which 30 is much); most of all: {options} foretold by the others.",
            condition=round(condition),
            options=told,
        )

    def _far(self) -> Message | None:
        """Name the units that are far from what the table lets one expect: a local change, or an error."""
        flow, total = self.found.flow, self.found.total
        shares = total.votes[0] / np.where(total.before[0] > 0, total.before[0], np.nan)[:, None]
        # Rolls change for reasons of their own.
        stayed = [place for place, option in enumerate(flow.after.options) if option.kind != GONE]
        far = diagnostics.departures(flow.before.counts, flow.after.counts[:, stayed], shares[:, stayed])
        units = np.flatnonzero(np.abs(far.deviations) >= diagnostics.FAR)
        if not len(units):
            return None
        order = units[np.argsort(-np.abs(far.deviations[units]), kind="stable")][:_NAMED]
        told = [
            msg(
                "{unit} ({counted:count} for {option}, about {expected:count} expected)",
                unit=flow.name(unit),
                counted=int(flow.after.counts[unit, far.option[unit]]),
                option=flow.after.options[int(far.option[unit])].said,
                expected=round(float(far.expected[unit])),
            )
            for unit in order.tolist()
        ]
        return msgn(
            "{n:count} of {all:count} units changed in a way of its own, far from what the table lets one expect: {units}.",
            "{n:count} of {all:count} units changed in a way of their own, far from what the table lets one expect; farthest: {units}.",
            len(units),
            all=len(flow),
            units=told,
        )
