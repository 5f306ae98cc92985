"""Which published figures already contradict each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from primaire.reconstruction.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.reconstruction.boxes import Array, Boxes, Habit

EXHAUSTIVE = 12  # options: 4,096 sets of them


def contradiction(boxes: Boxes, published: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """Return a set of published rows that no total allows, all others being free, and whether none is smaller.

    To be asked only where all of them together have no solution. That a sum falls short of the total is a matter of all
    of them: an option that is free makes up for it.
    """
    sets = _Sets(boxes, published)
    if len(published) <= EXHAUSTIVE:
        return sets.smallest(), True
    found = sets.irreducible()
    return found, len(found) <= 1 or len(found) == len(published)


class _Sets:
    """The sets of published rows. Masks have one place per set: the number that has one bit per row in it."""

    def __init__(self, boxes: Boxes, published: Sequence[int]) -> None:
        self._boxes = boxes
        self._runs = Runs(boxes)
        self._published = published

    def smallest(self) -> tuple[int, ...]:
        """Go through all sets from the smallest, leaving out those that a total seen so far allows."""
        witness = self._witness(())
        if witness is None:
            return ()
        allowed = self._allowed_by(witness)
        for size in range(1, len(self._published)):
            if size == 2:  # noqa: PLR2004 - from pairs on there are many sets, and one look at all totals pays
                allowed |= self._plainly_allowed()
            for places in combinations(range(len(self._published)), size):
                if allowed[sum(1 << place for place in places)]:
                    continue
                rows = tuple(self._published[place] for place in places)
                witness = self._witness(rows)
                if witness is None:
                    return rows
                allowed |= self._allowed_by(witness)
        return tuple(self._published)

    def irreducible(self) -> tuple[int, ...]:
        """Leave out, from the last, every row without which the others still contradict each other."""
        kept = tuple(self._published)
        for row in reversed(self._published):
            others = tuple(other for other in kept if other != row)
            if self._witness(others) is None:
                kept = others
        return kept

    def _witness(self, rows: Sequence[int]) -> tuple[Habit, Array] | None:
        """Find a case that allows the rows together, among the largest totals first: most of them allow more."""
        rows = [*rows, -1]
        for part in self._runs.totals(np.flatnonzero(~self._runs.overfull(rows))[::-1]):
            for habit, totals in self._boxes.cases(part):
                left = self._boxes.sieved(habit, totals, rows)
                hits = left[self._boxes.needs(habit, left, rows).sum(axis=0) <= left]
                if hits.size:
                    return habit, hits[-1:]
        return None

    def _allowed_by(self, witness: tuple[Habit, Array]) -> Array:
        habit, total = witness
        *needs, sums = self._boxes.needs(habit, total, [*self._published, -1])
        for need in needs:
            sums = np.concatenate([sums, sums + need])
        return np.asarray(sums <= total)

    def _plainly_allowed(self) -> Array:
        """Tell of the sets whether they are part of all that some total allows alone, if it allows that together.

        Only where totals often exclude a row: elsewhere a few witnesses allow nearly all sets.
        """
        allowed = np.zeros(1 << len(self._published), dtype=bool)
        bits = 1 << np.arange(len(self._published))
        for part in filter(self._boxes.gaps, self._runs.totals(range(len(self._runs)))):
            for habit, totals in self._boxes.cases(part):
                *needs, rest = self._boxes.needs(habit, totals, [*self._published, -1])
                alone = np.array([need <= totals for need in needs], dtype=bool).reshape(len(needs), len(totals))
                together = sum((np.where(fits, need, 0) for fits, need in zip(alone, needs, strict=True)), rest)
                allowed[(bits @ alone)[together <= totals]] = True
        for place in range(len(self._published)):  # what allows a set allows its subsets
            without, with_it = np.moveaxis(allowed.reshape(-1, 2, 1 << place), 1, 0)
            without |= with_it
        return allowed
