"""Ecological inference: who went where, from the counts of units at two votes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.inference.bounds import bounds
from primaire.inference.cores import on_all_cores
from primaire.inference.counts import checked, numbered
from primaire.inference.intervals import interval, of_sum
from primaire.inference.part import Part, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

MOST_UNITS: Final = 500
"""Of a part, where the parts are not given."""

MOST_CONTEXT: Final = 4
"""Four times what was found: slopes of more than 1 would make places differ more than their counts do."""

UNITS: Final = 120
"""Of each part, about, where there are more."""

_MOST_VOTERS: Final = 10**8
"""Of a unit: beyond, what distinguishes tables is lost in rounding."""

_ENOUGH: Final = 10
"""Parts, for each to be taken to be like the others."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """An estimated table, and what it takes to tell it place by place.

    Attributes:
        votes: (R, C), how many went from each option before to each option after. Its margins are those of the counts.
        shares: (R, C), the same as parts of 1 of the voters of the option before; NaN where it had none.
        lower, upper: (R, C), the ends of 90 % intervals of ``shares``; NaN without ``intervals``, and where shares are.
        parts: how many parts were estimated by themselves.
        seed: of the draws; None without intervals.
        context: as it was asked for.
    """

    votes: Floats
    shares: Floats
    lower: Floats
    upper: Floats
    parts: int
    seed: int | None
    context: float
    _units: int = field(repr=False)
    _estimated: tuple[Part, ...] = field(repr=False)

    def predict(self, groups: npt.ArrayLike | None = None) -> Floats:
        """Return local tables, which add up to ``votes``, each with the margins of its own units.

        Args:
            groups: (n,), for each unit a number of 0 or more: the place it lies in. None: each unit is a place.

        Returns:
            (places, R, C) votes; a place without units, and a unit without votes, has zeros.

        Raises:
            ValueError: groups are not such numbers.
        """
        number = np.arange(self._units) if groups is None else numbered(groups, self._units)
        tables = np.zeros((int(number.max(initial=-1)) + 1, *self.votes.shape))
        for part in self._estimated:
            places, within = np.unique(number[part.units], return_inverse=True)
            tables[np.ix_(places, part.rows, part.columns)] += part.local(within, len(places))
        return tables


def fit(  # noqa: PLR0913  what is not counts is given by name
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    parts: Sequence[Any] | npt.NDArray[Any] | None = None,
    context: float = 1.0,
    intervals: bool = True,
    seed: int = 1,
    progress: Callable[[float], object] | None = None,
) -> Estimate:
    """Estimate the table of who went where.

    Args:
        before: (n, R), how many voters of each unit chose each option at the first vote.
        after: (n, C), the same at the second vote. A unit has as many voters before as after.
        parts: (n,), labels: units of one label are estimated by themselves, and the tables of all parts are added up. Of ten
            parts or more, each is estimated a second time, as one of many that are alike.
            Without, all units are one part, or, if they are more than 500, runs of about 120 of them in the order given: put
            neighbours together. Elections of many districts are told far better by parts; docs/transfers-method.md says how much.
        context: how much voters of one option are taken to differ from unit to unit with the unit's composition: 0 not at all,
            1 as was found to be best, up to 4. See :mod:`primaire.inference.context`.
        intervals: whether to work out 90 % intervals as well. They take up to twice as long again; the estimate is the same.
        seed: of the random draws, 0 or more. Parts are drawn for in the order of their labels.
        progress: is called with what part of the work is done, from 0 to 1, after each part.

    Raises:
        ValueError: the counts do not fit (see :func:`primaire.inference.counts.checked`), there are none, or more than 100
            million in a unit; ``context``, ``seed`` or ``parts`` are not what they may be.
        ArithmeticError: no most probable table can be found.

    The loops over units are compiled at the first call of all, which takes some ten seconds, and kept where a folder can be
    written. The time grows with units, and with the third power of options.

    Source:
        docs/transfers-method.md has the model, and what it rests on: Goodman, American Journal of Sociology 64 (1959); Brown and
        Payne, Journal of the American Statistical Association 81 (1986), 452-460; Greiner and Quinn, Journal of the
        Royal Statistical Society A 172 (2009), 67-81.
    """
    wholes = checked(before, after)
    x, y = (side.astype("float64") for side in wholes)
    if not x.any():
        raise ValueError("there are no voters")
    if x.sum(axis=1).max() > _MOST_VOTERS:
        raise ValueError(f"a unit has {x.sum(axis=1).max():,.0f} voters; up to {_MOST_VOTERS:,} can be estimated")
    if not 0 <= context <= MOST_CONTEXT:
        raise ValueError(f"context is from 0 to {MOST_CONTEXT}, not {context}")
    if not 0 <= seed == int(seed):
        raise ValueError(f"a seed is a whole number of 0 or more, not {seed!r}")
    divided = _divided(x.sum(axis=1) > 0, parts)
    pooling = len(divided) >= _ENOUGH
    steps = _Steps(len(divided) * (1 + pooling + intervals), progress)
    found = steps.each(lambda units: Part.of(x, y, units, context).searched(roughly=pooling), divided)
    if pooling:
        centre = together(found, (x.shape[1], y.shape[1]))
        found = steps.each(lambda part: part.near(centre).searched(), found)
    votes = np.zeros((x.shape[1], y.shape[1]))
    for part in found:
        votes[np.ix_(part.rows, part.columns)] += part.local(np.zeros(len(part.units), dtype="int64"), 1)[0]
    totals = x.sum(axis=0)[:, None]
    shares = np.divide(votes, totals, out=np.full(votes.shape, np.nan), where=totals > 0)
    lower = upper = np.full(votes.shape, np.nan)
    if intervals:
        errors = steps.each(lambda at: found[at].errors(np.random.default_rng((seed, at))), range(len(found)))
        lower, upper = _intervals(shares, found, errors, wholes)
    return Estimate(votes, shares, lower, upper, len(found), seed if intervals else None, context, len(x), found)


class _Steps:
    """Does the same with each part, round after round, and tells how far it is."""

    def __init__(self, all_of_them: int, progress: Callable[[float], object] | None) -> None:
        self._all, self._done, self._progress = all_of_them, 0, progress

    def each(self, work: Callable[[Any], Any], parts: Sequence[Any]) -> tuple[Any, ...]:
        """Return what ``work`` makes of each part, in order."""
        return tuple(self._told(on_all_cores(work, parts)))

    def _told(self, made: Iterator[Any]) -> Iterator[Any]:
        for one in made:
            self._done += 1
            if self._progress:
                self._progress(self._done / self._all)
            yield one


def _divided(voting: npt.NDArray[np.bool_], labels: Sequence[Any] | npt.NDArray[Any] | None) -> list[Wholes]:
    """Return the units of each part, without those that are empty."""
    units = np.flatnonzero(voting)
    if labels is None:
        many = round(len(units) / UNITS) if len(units) > MOST_UNITS else 1
        return np.array_split(units, many)
    label = np.unique(np.asarray(labels), return_inverse=True)[1]
    if label.shape != voting.shape:
        raise ValueError(f"parts are {len(voting)} labels, one for each unit")
    order = units[np.argsort(label[units], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


def _intervals(
    shares: Floats, parts: tuple[Part, ...], errors: tuple[Floats, ...], counts: tuple[Wholes, Wholes]
) -> tuple[Floats, Floats]:
    """Return the ends of the intervals, never beyond the bounds."""
    totals = counts[0].sum(axis=0)[:, None].astype("float64")
    spread = np.zeros((len(parts), *shares.shape))
    for place, (part, error) in enumerate(zip(parts, errors, strict=True)):
        spread[place][np.ix_(part.rows, part.columns)] = error
    with np.errstate(invalid="ignore", divide="ignore"):  # an option without voters has no shares
        inside = shares * (1 - shares) * totals
        ends = interval(shares, np.where(inside > 0, of_sum(spread) / inside, 0.0), totals)
        lower, upper = (np.clip(end, *(limit / totals for limit in bounds(*counts))) for end in ends)
    return lower, upper
