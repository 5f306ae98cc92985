"""What holds for a whole run of totals, so that not each of them has to be looked at.

Without the rounding to whole numbers, the ends of a count are straight lines over the totals: what holds of a sum of
lines at both ends of a run holds within it. Lines are in the boxes' unit, hence exact whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from primaire.reconstruction.boxes import Array, Boxes

LENGTH = 1 << 13  # totals: some ten rows of them stay in a processor's cache


class Runs:
    """The totals of the boxes cut into runs, from the smallest. Masks have one place per run."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        totals = boxes.totals
        self._cuts = [totals[start : start + LENGTH] for start in range(0, len(totals), LENGTH)]
        self.lengths = np.array([len(cut) for cut in self._cuts])
        # Axes: the two ends of a run, rows, runs.
        ends = np.stack([boxes.array([cut[0] for cut in self._cuts]), boxes.array([cut[-1] for cut in self._cuts])])
        self._whole = boxes.unit * ends
        ends = ends[:, np.newaxis]
        self._low = np.where(boxes.least > 0, boxes.unit * boxes.least, boxes.below * ends)
        self._high = np.where(boxes.limited, boxes.unit * boxes.most, boxes.above * ends)

    def __len__(self) -> int:
        return len(self._cuts)

    def totals(self, places: Iterable[int]) -> Iterator[Array]:
        """Yield the totals of some runs."""
        return (self._boxes.array(self._cuts[place]) for place in places)

    def overfull(self, rows: slice | Sequence[int] = slice(None)) -> Array:
        """Tell of each run that none of its totals has room for the rows; where not, some may have."""
        low, high = self._low[:, rows], self._high[:, rows]
        too_much = (low.sum(axis=1) > self._whole).all(axis=0)
        too_far_apart = (low[0] > high[1]).any(axis=0)  # neither ever falls
        return np.asarray(too_much | too_far_apart)

    def hopeless(self) -> Array:
        """Tell of each run that none of its totals has a solution; where not, some may have."""
        too_little = (self._high.sum(axis=1) < self._whole).all(axis=0)
        return np.asarray(self.overfull() | too_little)

    def certain(self) -> Array:
        """Tell of each run that all of its totals have a solution; where not, all may have.

        A percentage's interval has to be 1 long, which a known count's is not. Its ends are moved inwards by less than 1,
        to the next whole numbers.
        """
        boxes = self._boxes
        holds_one = (self._high - self._low >= boxes.unit * boxes.rounded).all(axis=(0, 1))
        moved = boxes.unit * boxes.rounded.sum()
        has_room = (self._low.sum(axis=1) + moved <= self._whole).all(axis=0)
        fills = (self._high.sum(axis=1) - moved >= self._whole).all(axis=0)
        return np.asarray(holds_one & has_room & fills)

    def beyond(self, least: Array, most: Array) -> Array:
        """Tell of each run that some row may have a count below ``least`` or above ``most``; where not, none has."""
        whole = self._whole[:, np.newaxis]
        others_low = self._low.sum(axis=1, keepdims=True) - self._low
        others_high = self._high.sum(axis=1, keepdims=True) - self._high
        low = np.maximum(self._low.min(axis=0), (whole - others_high).min(axis=0))
        high = np.minimum(self._high.max(axis=0), (whole - others_low).max(axis=0))
        unit = self._boxes.unit
        return np.asarray(((low < unit * least) | (high > unit * most)).any(axis=0))
