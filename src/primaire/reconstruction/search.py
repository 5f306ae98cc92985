"""The search through all totals for those that have a solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.reconstruction.counting import count_solutions
from primaire.reconstruction.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from primaire.reconstruction.boxes import Array, Boxes

COUNTED = 100  # totals whose solutions are counted: ten microseconds each, a millisecond for forty options


@dataclass(frozen=True)
class Findings:
    """The totals that have a solution, and what the solutions reach.

    ``ends`` are the smallest and the largest count of every row, then those of the total. ``solutions`` is their number
    if ``exact``, else a number that there are at least.
    """

    totals: int
    ends: list[tuple[int, int]]
    solutions: int
    exact: bool


def search(boxes: Boxes) -> Findings | None:
    """Find what all solutions reach; ``None`` if there is none.

    Runs of totals that have a solution each are looked at only as long as one may reach further than those before.
    """
    runs = Runs(boxes)
    certain = runs.certain()
    seen = _Seen(boxes)
    undecided = np.flatnonzero(~certain & ~runs.hopeless())
    while (further := np.flatnonzero(certain & runs.beyond(seen.least[:-1], seen.most[:-1]))).size:
        outermost = further[[-1, 0]] if further.size > 1 else further
        certain[outermost] = False
        seen.look(runs.totals(outermost))
    seen.look(runs.totals(undecided[::-1]))
    found = seen.found + int(runs.lengths[certain].sum())
    if not found:
        return None
    uncounted = found - len(seen.counted)  # totals, with one solution at least each
    ends = list(zip(seen.least.ravel().tolist(), seen.most.ravel().tolist(), strict=True))
    return Findings(found, ends, count_solutions(boxes, seen.counted) + uncounted, exact=uncounted == 0)


class _Seen:
    """What the totals looked at so far have shown: ``least`` and ``most`` of every row and, below, of the total."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        self.found = 0
        self.counted: list[int] = []
        self.least = np.full((len(boxes.least) + 1, 1), boxes.totals.stop, dtype=boxes.least.dtype)
        self.most = np.full_like(self.least, -1)

    def look(self, parts: Iterable[Array]) -> None:
        for part in parts:
            hits = [self._boxes.solvable(habit, totals) for habit, totals in self._boxes.cases(part)]
            for hit in hits:
                self._reach(*hit)
            (half_up, *_), (half_even, *_) = hits
            found = np.append(half_up, half_even[~np.isin(half_even, half_up)])
            self.found += found.size
            self.counted += found[::-1][: COUNTED - len(self.counted)].tolist()

    def _reach(self, totals: Array, low: Array, high: Array) -> None:
        """A count reaches as far as its box does and the others leave or need."""
        least = np.vstack([np.maximum(low, totals - (high.sum(axis=0) - high)), totals])
        most = np.vstack([np.minimum(high, totals - (low.sum(axis=0) - low)), totals])
        self.least = np.hstack([self.least, least]).min(axis=1, keepdims=True)
        self.most = np.hstack([self.most, most]).max(axis=1, keepdims=True)
