"""Votes as the measures of :mod:`primaire.measures` take them, ballot by ballot, and what the measures make of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isinf
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.arrays import codes, listed
from primaire.schema import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from primaire.schema import Returns

Ends = tuple[float | None, float | None]
"""The ends of the range in which a figure lies, the same where it is known; nothing where it is not computable."""

_COMPUTED: Final = ORIGINS.index("computed")

PER_CENT: Final = 10**6
"""Published percentages are counted in millionths: exact, with up to six decimals."""
_ALL: Final = 100 * PER_CENT
_SURELY_MORE: Final = 101 * PER_CENT
"""Percentages that add up to more are not merely rounded."""


@dataclass(frozen=True)
class Cast:
    """The votes of one ballot: of each candidate, of all of them together, and how these figures are known."""

    votes: list[int]
    total: int
    origin: int
    counted: bool

    @property
    def rest(self) -> int:
        """Valid votes for candidates who are not listed."""
        return self.total - sum(self.votes)


def by_ballot(figures: Returns) -> tuple[Any, list[int]]:
    """Return the rows of votes in the order of ballots, and where those of each ballot stop, led by 0."""
    at = figures.votes["ballot"].to_numpy()
    order = np.argsort(at, kind="stable")
    return order, np.searchsorted(at[order], np.arange(len(figures.ballots) + 1)).tolist()


def casts(figures: Returns) -> Iterator[Cast | None]:
    """Yield the votes of each ballot, else its percentages of valid votes; None where neither are all known."""
    order, stops = by_ballot(figures)
    rows = figures.votes.take(order)
    votes, origin = listed(rows["votes"]), codes(rows["votes_origin"]).tolist()
    share = listed(rows["share"].where(rows["share_base"] == "valid"))
    share_origin = codes(rows["share_origin"]).tolist()
    valid, valid_origin = listed(figures.ballots["valid"]), codes(figures.ballots["valid_origin"]).tolist()
    for ballot, (start, stop) in enumerate(pairwise(stops)):
        here = slice(start, stop)
        if None not in votes[here] and valid[ballot] is not None:
            yield _with_shares(
                votes[here], valid[ballot], max(valid_origin[ballot], *origin[here], _COMPUTED), counted=True
            )
        elif None not in share[here]:
            parts = [round(each * PER_CENT) for each in share[here]]
            total = max(_ALL, sum(parts)) if sum(parts) <= _SURELY_MORE else _ALL
            yield _with_shares(parts, total, max(*share_origin[here], _COMPUTED), counted=False)
        else:
            yield None


def _with_shares(votes: list[int], total: int, origin: int, *, counted: bool) -> Cast | None:
    """Return votes of which shares can be made; None for others: figures that contradict each other, or several votes each."""
    return Cast(votes, total, origin, counted) if votes and 0 < total >= sum(votes) > 0 else None


def value_of(measure: Callable[[], Any]) -> float | None:
    """Return what a measure gives; None where it is not defined, or infinite."""
    try:
        value = float(measure())
    except ValueError:
        return None
    return None if isinf(value) else value


def between(*values: float | None) -> Ends:
    """Return the smallest and the largest of values; nothing where one of them is missing."""
    held = [value for value in values if value is not None]
    return (min(held), max(held)) if len(held) == len(values) else (None, None)


def ends_of(measure: Callable[..., Any], held: Cast, won: list[int] | None = None) -> Ends:
    """Return a measure with the votes of those not listed spread over countless small ones, and as one: the range."""
    small = value_of(lambda: measure(held.votes, *([won] if won is not None else []), total=held.total))
    if not held.rest:
        return small, small
    one = value_of(lambda: measure([*held.votes, held.rest], *([[*won, 0]] if won is not None else [])))
    return between(small, one)
