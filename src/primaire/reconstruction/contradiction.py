"""Which published figures already contradict each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.reconstruction.boxes import Array, Boxes

EXHAUSTIVE = 12  # options: 4,096 sets of them


def contradiction(boxes: Boxes, published: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """Return a set of published rows that no total allows, all others being free, and whether none is smaller.

    To be asked only where all of them together have no solution. That a sum falls short of the total is a matter of all
    of them: an option that is free makes up for it.
    """
    if len(published) <= EXHAUSTIVE:
        return _smallest(boxes, published), True
    found = _irreducible(boxes, published)
    return found, len(found) <= 1 or len(found) == len(published)


def _smallest(boxes: Boxes, published: Sequence[int]) -> tuple[int, ...]:
    """Go through all sets from the smallest, leaving out those that a total seen so far allows."""
    allowed = _allowed_with(boxes, (), published)
    if allowed is None:
        return ()
    allowed |= _plainly_allowed(boxes, published)
    for size in range(1, len(published)):
        for places in combinations(range(len(published)), size):
            if allowed[sum(1 << place for place in places)]:
                continue
            rows = [published[place] for place in places]
            more = _allowed_with(boxes, rows, published)
            if more is None:
                return tuple(rows)
            allowed |= more
    return tuple(published)


def _plainly_allowed(boxes: Boxes, published: Sequence[int]) -> Array:
    """Tell for each set (a number, one bit per row) whether a total allows it along with all that alone go with it."""
    allowed = np.zeros(1 << len(published), dtype=bool)
    bits = 1 << np.arange(len(published))
    for chunk in filter(boxes.gaps, boxes.chunks()):
        for habit, totals in boxes.cases(chunk):
            *needs, rest = boxes.needs(habit, totals, [*published, -1])
            alone = np.array([need <= totals for need in needs], dtype=bool).reshape(len(needs), len(totals))
            together = sum((np.where(fits, need, 0) for fits, need in zip(alone, needs, strict=True)), rest)
            allowed[(bits @ alone)[together <= totals]] = True
    for place in range(len(published)):
        without, with_it = np.moveaxis(allowed.reshape(-1, 2, 1 << place), 1, 0)
        without |= with_it
    return allowed


def _allowed_with(boxes: Boxes, rows: Sequence[int], published: Sequence[int]) -> Array | None:
    """Find a total that allows the rows together, and tell which sets it allows."""
    for chunk in boxes.chunks():
        for habit, totals in boxes.cases(chunk):
            hits = totals[boxes.needs(habit, totals, [*rows, -1]).sum(axis=0) <= totals]
            if hits.size:
                *needs, sums = boxes.needs(habit, hits[-1:], [*published, -1])
                for need in needs:
                    sums = np.concatenate([sums, sums + need])
                return np.asarray(sums <= hits[-1])
    return None


def _irreducible(boxes: Boxes, published: Sequence[int]) -> tuple[int, ...]:
    """Leave out, from the last, every row without which the others still contradict each other."""
    cases = [case for chunk in boxes.chunks() for case in boxes.cases(chunk)]
    loads = [boxes.needs(habit, totals, [*published, -1]).sum(axis=0) for habit, totals in cases]
    kept = list(published)
    for row in reversed(published):
        lighter = [load - boxes.needs(*case, [row])[0] for case, load in zip(cases, loads, strict=True)]
        if not any((load <= totals).any() for load, (_, totals) in zip(lighter, cases, strict=True)):
            kept.remove(row)
            loads = lighter
    return tuple(kept)
