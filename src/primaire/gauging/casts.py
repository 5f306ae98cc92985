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
    """The votes of one ballot.

    Attributes:
        votes: of each candidate whose votes are known, in the order of the ballot's rows.
        total: what they are shares of: all valid votes; the sum of the votes where that is more.
        origin: how these figures are known.
        counted: whether they are votes, or percentages in millionths.
        known: the places of these candidates among the ballot's rows.
        unknown: the names of the others.
        valid: the valid votes, where they are fewer than the votes.
    """

    votes: list[int]
    total: int
    origin: int
    counted: bool
    known: list[int]
    unknown: tuple[str, ...] = ()
    valid: int | None = None

    @property
    def rest(self) -> int:
        """Valid votes for candidates who are not listed, or whose votes are not known."""
        return self.total - sum(self.votes)

    @property
    def stood(self) -> int | None:
        """How many stood; None where some are not listed."""
        return None if self.rest else len(self.votes) + len(self.unknown)


def by_ballot(figures: Returns) -> tuple[Any, list[int]]:
    """Return the rows of votes in the order of ballots, and where those of each ballot stop, led by 0."""
    at = figures.votes["ballot"].to_numpy()
    order = np.argsort(at, kind="stable")
    return order, np.searchsorted(at[order], np.arange(len(figures.ballots) + 1)).tolist()


def casts(figures: Returns) -> Iterator[Cast | None]:
    """Yield the votes of each ballot, else its percentages of valid votes; None where there are neither.

    Candidates whose votes are not known are among those who have the rest of the valid votes.
    """
    order, stops = by_ballot(figures)
    rows = figures.votes.take(order)
    names = figures.candidates["candidate"].to_numpy()[rows["candidate"].to_numpy()].tolist()
    votes, origin = listed(rows["votes"]), codes(rows["votes_origin"]).tolist()
    share = listed(rows["share"].where(rows["share_base"] == "valid"))
    decimals = listed(rows["share_decimals"])
    share_origin = codes(rows["share_origin"]).tolist()
    valid, valid_origin = listed(figures.ballots["valid"]), codes(figures.ballots["valid_origin"]).tolist()
    for ballot, (start, stop) in enumerate(pairwise(stops)):
        here = slice(start, stop)
        if valid[ballot] is not None and any(votes[here]):
            weakest = max(valid_origin[ballot], *origin[here], _COMPUTED)
            yield _of_counts(votes[here], valid[ballot], weakest, names[here])
        elif start < stop and None not in share[here]:
            yield _of_percentages(share[here], decimals[here], max(*share_origin[here], _COMPUTED))
        else:
            yield None


def _of_counts(votes: list[int | None], valid: int, origin: int, names: list[str]) -> Cast | None:
    """Return votes of which shares can be made; None where some are not known and the others leave no room for them."""
    known = [place for place, cast in enumerate(votes) if cast is not None]
    held = [cast for cast in votes if cast is not None]
    unknown = tuple(name for name, cast in zip(names, votes, strict=True) if cast is None)
    if sum(held) <= valid:
        return Cast(held, valid, origin, counted=True, known=known, unknown=unknown)
    return None if unknown else Cast(held, sum(held), origin, counted=True, known=known, valid=valid)


def _of_percentages(shares: list[float], decimals: list[int | None], origin: int) -> Cast | None:
    """Return percentages of which shares can be made; what rounding alone may have taken off 100 is nobody's."""
    parts = [round(share * PER_CENT) for share in shares]
    if not 0 < sum(parts) <= _SURELY_MORE:
        return None
    rounding = sum(PER_CENT // (2 * 10**digits) for digits in decimals if digits is not None)
    total = sum(parts) if sum(parts) >= _ALL - rounding else _ALL
    return Cast(parts, total, origin, counted=False, known=list(range(len(parts))))


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
