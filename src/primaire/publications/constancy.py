"""Shares that stay put more exactly than counting leaves them: of counts, and of printed percentages with their rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.exact import HUNDRED
from primaire.publications.chance import EFFECTS, Chance, Draw

if TYPE_CHECKING:
    from primaire.publications.update import Update

FEWEST: Final = 2
"""Candidates that must be free to move: that one share stays proves nothing."""

_HAIR: Final = 1e-9  # distances are sums of floats


def constant_counts(update: Update) -> tuple[Chance, ...]:
    """Return how often the votes would stay as near to one ratio as they did, for each design effect.

    The distance is Pearson's, of the earlier votes from those in proportion to the later ones, over all candidates whose
    votes are known on both sides and the rest of the ballots. Where it is 0, the probability is the exact one of these counts,
    and with clusters less by their density. Nothing is returned where there is no total that grew, or
    fewer than :data:`FEWEST` candidates are free.
    """
    name = update.whole
    if name is None:
        return ()
    size, total = update.totals[name]
    rows = sorted((after, before) for before, after in update.counted.values())
    after, before = (np.array([row[place] for row in rows], dtype="int64") for place in (0, 1))
    after, before = (np.append(votes, ballots - votes.sum()) for votes, ballots in ((after, total), (before, size)))
    kept = after > 0
    after, before = after[kept], before[kept]
    if len(after) <= FEWEST:
        return ()
    draw = Draw(after, size)
    expected, variances = draw.expected, draw.variances

    def distance(votes: Any) -> Any:
        return ((votes - expected) ** 2 / variances).sum(axis=-1)

    seen = float(distance(before))
    if seen < _HAIR:  # these very counts and no others, of which the probability is exact
        exactly, free = draw.exactly(before), len(after) - 1
        return tuple(Chance(exactly * effect ** (-free / 2)) for effect in EFFECTS[: draw.told])
    return draw.often(lambda votes: distance(votes) <= seen + _HAIR, draw.bound_within(seen + _HAIR))


def constant_shares(update: Update, decimals: int) -> tuple[Chance, ...]:
    """Return how often all percentages of so many decimals would move as little as they did, for each design effect.

    Where votes are not known, the percentage of the total is taken for them: the middle of what is printed so, from which
    chance leaves it least; and the total is :attr:`~primaire.publications.update.Update.share_total`. Where percentages move,
    their squares over the percentage are added up. Nothing is returned
    where the total of their base is not known or did not grow, or fewer than :data:`FEWEST` candidates have one.
    """
    shares = update.shares(decimals)
    size, total = update.totals.get(update.share_total or "", (0, 0))
    if not 0 < size < total or len(shares) < FEWEST:
        return ()
    unit = HUNDRED * 10**decimals
    rows = sorted((_votes(update, place, total), after, before) for place, (before, after) in shares.items())
    votes, later, earlier = (np.array([row[place] for row in rows], dtype="int64") for place in range(3))
    rest = max(total - int(votes.sum()), 0)
    after = np.append(votes, rest) if rest else votes
    kept = after > 0
    draw, told = Draw(after[kept], min(size, int(after.sum()))), kept[: len(votes)]
    later, earlier, among = later[told], earlier[told], int(told.sum())
    if among < FEWEST or len(draw.after) <= FEWEST:
        return ()
    weight = 1 / np.maximum(later, 1)
    seen = float(((earlier - later) ** 2 * weight).sum()) + _HAIR

    def stay(counts: Any) -> Any:
        printed = np.floor(counts[:, :among] * (unit / size) + 0.5)
        return ((printed - later) ** 2 * weight).sum(axis=1) <= seen

    return draw.often(stay, _bounds(draw, size / unit, len(draw.after) - 1, still=seen < 1 / max(unit, 1)))


def _bounds(draw: Draw, cell: float, free: int, *, still: bool) -> tuple[float, ...]:
    return draw.bound_in_box(np.full(free, cell)) if still else (1.0,) * len(EFFECTS)


def unchanged(update: Update, decimals: int) -> bool:
    """Tell whether all percentages of so many decimals are the same before and after."""
    shares = update.shares(decimals)
    return len(shares) >= FEWEST and all(before == after for before, after in shares.values())


def _votes(update: Update, place: int, total: int) -> int:
    line = update.lines[place]
    if line.after is not None:
        return line.after
    return round((line.share_after or 0) * total / HUNDRED)
