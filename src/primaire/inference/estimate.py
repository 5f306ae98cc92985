"""Ecological inference: who went where, from the counts of units at two votes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from primaire.inference.intervals import interval, of_sum
from primaire.inference.part import Part, together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

MOST_UNITS: Final = 500
"""Of a part, where the parts are not given."""

MOST_CONTEXT: Final = 4
"""Beyond, what is expected of units would be turned upside down."""

_UNITS: Final = 120
"""Of each part, about, where there are more."""


_ENOUGH: Final = 10
"""Parts, for each to be taken to be like the others."""


@dataclass(frozen=True)
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
    _units: int
    _estimated: tuple[Part, ...]

    def predict(self, groups: npt.ArrayLike | None = None) -> Floats:
        """Return local tables, which add up to ``votes``, each with the margins of its own units.

        Args:
            groups: (n,), for each unit a number of 0 or more: the place it lies in. None: each unit is a place.

        Returns:
            (places, R, C) votes; a place without units, and a unit without votes, has zeros.
        """
        number = np.arange(self._units) if groups is None else np.asarray(groups)
        if number.shape != (self._units,) or number.dtype.kind not in "iu" or (number < 0).any():
            raise ValueError(f"groups are {self._units} whole numbers of 0 or more, one for each unit")
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
            neighbours together. Elections of many districts are told far better by parts; docs/transfers.md says how much.
        context: how much voters of one option are taken to differ from unit to unit with the unit's composition: 0 not at all,
            1 as was found to be best, up to 4. See :mod:`primaire.inference.context`.
        intervals: whether to work out 90 % intervals as well. They cost about twice the time; the estimate is the same.
        seed: of the random draws.
        progress: is called with what part of the work is done, from 0 to 1.

    Raises:
        ValueError: the counts have another shape, are negative or not finite, or there are none; or a unit's totals
            differ; ``context`` is out of its range.

    Source:
        The model is in docs/transfers.md, with what it rests on: Goodman, American Journal of Sociology 64 (1959); Brown and
        Payne, Journal of the American Statistical Association 81 (1986), 452-460; Greiner and Quinn, Journal of the
        Royal Statistical Society A 172 (2009), 67-81.
    """
    x, y = _counts(before, "before"), _counts(after, "after")
    _agree(x, y)
    if not 0 <= context <= MOST_CONTEXT:
        raise ValueError(f"context is from 0 to {MOST_CONTEXT}, not {context}")
    divided = _divided(x.sum(axis=1) > 0, parts)
    pooling = len(divided) >= _ENOUGH
    with _Workers(len(divided), 1 + pooling + intervals, progress) as each:
        found = each(lambda units: Part.of(x, y, units, context).searched(roughly=pooling), divided)
        if pooling:
            centre = together(found, (x.shape[1], y.shape[1]))
            found = each(lambda part: part.near(centre).searched(), found)
        errors = None
        if intervals:
            randoms = [np.random.default_rng((seed, place)) for place in range(len(found))]
            errors = each(lambda one: one[0].errors(one[1]), tuple(zip(found, randoms, strict=True)))
    return _added(x, y, found, errors, context=context, seed=seed)


class _Workers:
    """Does the same with each of several parts, on all cores, and tells how far it is."""

    def __init__(self, parts: int, rounds: int, progress: Callable[[float], object] | None) -> None:
        self._pool = ThreadPoolExecutor(os.cpu_count() if parts > 1 else 1)
        self._steps, self._done, self._progress = parts * rounds, 0, progress

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def __call__(self, work: Callable[[Any], Any], parts: Sequence[Any]) -> tuple[Any, ...]:
        """Return what ``work`` makes of each part, in order."""
        made = []
        for one in self._pool.map(work, parts):
            made.append(one)
            self._done += 1
            if self._progress:
                self._progress(self._done / self._steps)
        return tuple(made)


def _counts(given: npt.ArrayLike, name: str) -> Floats:
    counts = np.asarray(given, dtype="float64")
    if counts.ndim != 2:  # noqa: PLR2004  units and options
        raise ValueError(f"{name} is a table of units and options, not of {counts.ndim} dimensions")
    if not np.isfinite(counts).all() or (counts < 0).any():
        unit, option = np.argwhere(~(counts >= 0) | np.isinf(counts))[0].tolist()
        raise ValueError(
            f"{name}: unit {unit} has {counts[unit, option]:g} voters of option {option}; counts are 0 or more"
        )
    return counts


def _agree(before: Floats, after: Floats) -> None:
    if len(before) != len(after):
        raise ValueError(f"there are {len(before)} units before and {len(after)} after; they are the same units")
    sums, others = before.sum(axis=1), after.sum(axis=1)
    if not sums.sum() > 0:
        raise ValueError("there are no voters")
    apart = np.flatnonzero(~np.isclose(sums, others, rtol=1e-9, atol=1e-9))
    if len(apart):
        unit = int(apart[0])
        raise ValueError(
            f"{len(apart)} units have other totals after than before; unit {unit}: {sums[unit]:g} and {others[unit]:g}. "
            "Make the difference an option of its own: voters new on the roll before, no longer on it after"
        )


def _divided(voting: npt.NDArray[np.bool_], labels: Sequence[Any] | npt.NDArray[Any] | None) -> list[Wholes]:
    """Return the units of each part, without those that are empty."""
    units = np.flatnonzero(voting)
    if labels is None:
        many = round(len(units) / _UNITS) if len(units) > MOST_UNITS else 1
        return np.array_split(units, many)
    label = np.unique(np.asarray(labels), return_inverse=True)[1]
    if label.shape != voting.shape:
        raise ValueError(f"parts are {len(voting)} labels, one for each unit")
    order = units[np.argsort(label[units], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


def _added(  # noqa: PLR0913  what was estimated, and how
    x: Floats, y: Floats, parts: tuple[Part, ...], errors: tuple[Floats, ...] | None, *, context: float, seed: int
) -> Estimate:
    votes = np.zeros((x.shape[1], y.shape[1]))
    for part in parts:
        votes[np.ix_(part.rows, part.columns)] += part.local(np.zeros(len(part.units), dtype="int64"), 1)[0]
    totals = x.sum(axis=0)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):  # an option without voters has no shares
        shares = votes / totals
        lower = upper = np.full(votes.shape, np.nan)
        if errors is not None:
            spread = np.zeros((len(parts), *votes.shape))
            for place, (part, error) in enumerate(zip(parts, errors, strict=True)):
                spread[place][np.ix_(part.rows, part.columns)] = error
            inside = shares * (1 - shares) * totals
            lower, upper = interval(shares, np.where(inside > 0, of_sum(spread) / inside, 0.0), totals)
    return Estimate(votes, shares, lower, upper, len(parts), None if errors is None else seed, context, len(x), parts)
