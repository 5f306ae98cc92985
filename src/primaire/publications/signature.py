"""The exact signature of old shares applied to a new total: every new count is the whole number nearest to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.exact import HUNDRED
from primaire.publications.chance import Chance, Draw
from primaire.publications.constancy import FEWEST
from primaire.publications.update import WHOLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.publications.update import Update

NARROW: Final = 3
"""Whole numbers that must print as one percentage, at least: of fewer, to be the nearest says nothing."""


@dataclass(frozen=True)
class Signature:
    """Whether the new counts are old shares of a new total, and how often chance would make them so.

    Attributes:
        found: whether all of them are.
        chance: the probability; 1 where they are not.
        base: what the total is: voters, or valid votes.
        cells: by line, how many whole numbers would print as the old percentage; empty for shares that are those of counts.
    """

    found: bool
    chance: Chance
    base: str
    cells: dict[int, int]


def nearest(number: Fraction) -> frozenset[int]:
    """Return the whole numbers nearest to a number: two of them where it is half-way.

    >>> sorted(nearest(Fraction(5, 2))), sorted(nearest(Fraction(12, 5)))
    ([2, 3], [2])
    """
    return frozenset((ceil(number - Fraction(1, 2)), floor(number + Fraction(1, 2))))


def printed_alike(share: Fraction, decimals: int, total: int) -> int:
    """Return how many whole numbers of a total print as a percentage, a half rounded either way.

    >>> printed_alike(Fraction(3635, 100), 2, 1_601_138)
    160
    """
    half = Fraction(1, 2 * 10**decimals)
    low, high = ((share + end) * total / HUNDRED for end in (-half, half))
    return max(min(floor(high), total) - max(ceil(low), 0) + 1, 0)


def of_printed_shares(update: Update) -> Signature | None:
    """Test whether each new count is the old printed percentage of the new total, to the unit.

    The probability: that chance leaves these percentages where they were, and that each count is, of all whole numbers that
    print so, the very one in the middle; where in there a count falls is taken as even. Where the counts that are known
    leave hardly anybody over, fewer than the whole numbers that print alike, the last one follows from the others: the one
    that is hardest to hit is then left out. Both totals are tried where there are two, which doubles it.

    Returns:
        None where it says nothing: fewer than :data:`~primaire.publications.constancy.FEWEST` new counts that are known with
        an old percentage are free, or so few whole numbers print alike (:data:`NARROW`) that the middle one is no wonder.
    """
    if update.decimals is None:
        return None
    tried = [found for name in WHOLES if (found := _of_total(update, name)) is not None]
    if not tried:
        return None
    best = min(tried, key=lambda one: one.chance.value)
    return replace(best, chance=best.chance.times(len(tried)))


def _of_total(update: Update, name: str) -> Signature | None:
    before, total = update.totals.get(name, (0, 0))
    decimals = update.decimals
    if decimals is None or not 0 < before < total:
        return None
    known = {
        place: (line.share_before, line.after)
        for place, line in enumerate(update.lines)
        if line.share_before is not None and line.after is not None
    }
    cells = {place: printed_alike(share, decimals, total) for place, (share, _) in known.items()}
    cells = {place: cell for place, cell in cells.items() if cell >= NARROW}
    rest = total - sum(line.after for line in update.lines if line.after is not None)
    bound = int(rest < max(cells.values(), default=0))
    if len(cells) - bound < FEWEST:
        return None
    hit = []
    for place, cell in cells.items():
        share, votes = known[place]
        middle = nearest(share * total / HUNDRED)
        if votes not in middle:
            return Signature(False, Chance(1.0), name, cells)
        hit.append(len(middle) / cell)
    stays = _stay([known[place] for place in cells], (before, total), decimals)
    return Signature(True, stays.times(prod(sorted(hit)[bound:])), name, cells)


def _stay(known: Sequence[tuple[Fraction, int]], totals: tuple[int, int], decimals: int) -> Chance:
    """Return how often the percentages of these counts would be printed as they were."""
    size, total = totals
    rows = sorted((votes, share) for share, votes in known)
    votes = np.array([row[0] for row in rows], dtype="int64")
    rest = total - int(votes.sum())
    if rest < 0 or not votes.all():
        return Chance(1.0)
    digits = np.array([float(share * 10**decimals) for _, share in rows])
    unit, half = HUNDRED * 10**decimals, 0.5
    draw = Draw(np.append(votes, rest) if rest else votes, size)

    def stay(counts: Any) -> Any:
        return (np.abs(counts[:, : len(digits)] * (unit / size) - digits) <= half).all(axis=1)

    free = len(draw.after) - 1
    return draw.often(stay, draw.bound_in_box(np.full(free, size / unit)))[0]


def of_counts(update: Update) -> Signature | None:
    """Test whether each new count is the old one times the ratio of the totals, to the unit.

    To each new count there is then one old count alone: the probability is that of these very old counts, among all that a
    random part of the new ballots may have, and exact. None where it says nothing: see
    :func:`~primaire.publications.constancy.constant_counts`.
    """
    name = update.whole
    if name is None:
        return None
    before, total = update.totals[name]
    rows = [(one, other) for one, other in update.counted.values() if other > 0]
    rest = total - sum(other for _, other in rows)
    if len(rows) < FEWEST or len(rows) + (rest > 0) <= FEWEST:
        return None
    if any(other not in nearest(Fraction(one * total, before)) for one, other in rows):
        return Signature(False, Chance(1.0), name, {})
    after = np.array([*(other for _, other in rows), rest], dtype="int64")
    earlier = np.array([*(one for one, _ in rows), before - sum(one for one, _ in rows)], dtype="int64")
    return Signature(True, Chance(Draw(after, before).exactly(earlier)), name, {})
