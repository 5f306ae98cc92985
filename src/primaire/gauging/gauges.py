"""Every index of every ballot: the figures of :func:`primaire.analysis.indices.indices`, before anybody reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.exact import HUNDRED
from primaire.gauging.casts import PER_CENT, Cast, Ends, between, by_ballot, casts, ends_of, value_of
from primaire.measures import concentration, disproportionality, nationalisation, volatility
from primaire.measures import definitions as named
from primaire.measures.disproportionality import RAE_LEAST, rae
from primaire.schema import ORIGINS, Returns
from primaire.sides import Votes, nothing_to_compare, refuse_strangers, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from primaire.gauging.spread import Spread
    from primaire.measures.definitions import Index
    from primaire.sides import Sides

ORDER: Final = (
    *(
        (index, of)
        for of in (named.VOTES, named.SEATS)
        for index in (named.LAAKSO_TAAGEPERA, named.GOLOSOV, named.HERFINDAHL)
    ),
    *((index, named.BOTH) for index in (named.GALLAGHER, named.LOOSEMORE_HANBY, named.RAE, named.SAINTE_LAGUE)),
    (named.PEDERSEN, named.CHANGE),
    *((index, named.UNITS) for index in (named.SYSTEM_SCORE, named.PARTY_SCORE, named.PARTY_SCORE_WEIGHTED)),
)
"""Every index and what it is of, in the order in which they are shown."""

_CONCENTRATION: Final = {
    named.LAAKSO_TAAGEPERA: concentration.laakso_taagepera,
    named.GOLOSOV: concentration.golosov,
    named.HERFINDAHL: concentration.herfindahl,
}
_DISPROPORTIONALITY: Final = {
    named.GALLAGHER: disproportionality.gallagher,
    named.LOOSEMORE_HANBY: disproportionality.loosemore_hanby,
    named.RAE: disproportionality.rae,
    named.SAINTE_LAGUE: disproportionality.sainte_lague,
}

_LEAST_SEATS: Final = 2
"""Below it, nothing is to be shared."""

_COMPUTED: Final = ORIGINS.index("computed")


@dataclass(frozen=True)
class Strangers:
    """Who stood on one side of a pair alone: how many, and their per cent of valid votes there."""

    gone: int
    gone_share: float
    new: int
    new_share: float


@dataclass(frozen=True)
class Gauge:
    """One index of one ballot. ``n`` is the number of candidates, or of units; ``before`` the number of the pair, and
    ``strangers`` those who are not in both, None where their votes are not all known."""

    ballot: int
    place: int  # in ORDER
    ends: Ends
    origin: int
    n: int | None = None
    candidate: str | None = None
    before: int = -1
    strangers: Strangers | None = None

    @property
    def index(self) -> Index:
        return ORDER[self.place][0]


def of_votes(cast: Sequence[Cast | None]) -> Iterator[Gauge]:
    for ballot, held in enumerate(cast):
        for index, measure in _CONCENTRATION.items():
            ends = (None, None) if held is None else ends_of(measure, held)
            yield _of_cast(ballot, index, named.VOTES, ends, held)


def of_seats(figures: Returns, cast: Sequence[Cast | None], seats: Sequence[int | None]) -> Iterator[Gauge]:
    for ballot, (held, here) in enumerate(zip(cast, _seats_known(figures, seats), strict=True)):
        if sum(here) < _LEAST_SEATS:
            continue
        for index, measure in _CONCENTRATION.items():
            value = value_of(partial(measure, here))
            yield Gauge(ballot, _place(index, named.SEATS), (value, value), _COMPUTED, len(here))
        for index in _DISPROPORTIONALITY:
            yield _of_cast(ballot, index, named.BOTH, _compared(index, held, here), held)


def too_few_seats(figures: Returns, seats: Sequence[int | None]) -> bool:
    """Tell whether a ballot has no index of seats because all that is known is that a single one was won."""
    return any(0 < sum(here) < _LEAST_SEATS for here in _seats_known(figures, seats))


def _seats_known(figures: Returns, seats: Sequence[int | None]) -> Iterator[list[int]]:
    """Yield the seats of each ballot in the order of its rows; none where they are not all known."""
    order, stops = by_ballot(figures)
    won = [seats[row] for row in order.tolist()]
    for start, stop in pairwise(stops):
        here = [each for each in won[start:stop] if each is not None]
        yield here if len(here) == stop - start else []


def _compared(index: Index, held: Cast | None, seats: list[int]) -> Ends:
    """Return how far seats are from votes; nothing where somebody has seats whose votes are not known."""
    if held is None:
        return None, None
    won = [seats[place] for place in held.known]
    if sum(won) < sum(seats):
        return None, None
    ends = ends_of(_DISPROPORTIONALITY[index], held, won)
    if index is not named.RAE or not held.rest:
        return ends
    # The more parties there are of those that Rae counts, the smaller the mean.
    least = -(-held.total * RAE_LEAST // HUNDRED)
    many = [least] * (held.rest // least)
    return between(*ends, value_of(lambda: rae([*held.votes, *many], [*won, *[0] * len(many)], held.total)))


def _place(index: Index, of: str) -> int:
    return ORDER.index((index, of))


def _of_cast(ballot: int, index: Index, of: str, ends: Ends, held: Cast | None) -> Gauge:
    """Return an index of votes; where some of them are for nobody who is listed, the number of candidates is not known."""
    if held is None:
        return Gauge(ballot, _place(index, of), ends, _COMPUTED)
    return Gauge(ballot, _place(index, of), ends, held.origin, held.stood)


def of_changes(before: Returns, after: Returns | None, votes: Votes, cast: Sequence[Cast | None]) -> Iterator[Gauge]:
    """Yield the volatility of each ballot that has one before it."""
    pairs = votes.pairs
    if not len(pairs):
        if after is not None:
            raise nothing_to_compare(votes)
        return
    sides = side_by_side(votes.left, votes.right, pairs, ("before", "after"))
    if after is not None:
        refuse_strangers(before, after, votes, sides)
    earlier = cast if votes.left is votes.right else list(casts(votes.left))
    known = _known(sides)
    held = {name: _counted(sides, name, known) for name in ("before", "after")}
    stood = [sides.frame[f"stood_{name}"].to_numpy() for name in ("before", "after")]
    gone, new = (stood[0] & ~stood[1]).tolist(), (stood[1] & ~stood[0]).tolist()
    starts = [0, *sides.stops]
    place = _place(named.PEDERSEN, named.CHANGE)
    for pair, (one, other) in enumerate(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)):
        left, right = earlier[one], cast[other]
        if left is None or right is None:
            yield Gauge(other, place, (None, None), _COMPUTED, before=pair)
            continue
        here = slice(starts[pair], starts[pair + 1])
        moved = [held[name][each.counted][here] for name, each in (("before", left), ("after", right))]
        ends = _moved(moved[0], moved[1], left.total, right.total)
        strangers = Strangers(*_alone(gone[here], moved[0], left), *_alone(new[here], moved[1], right))
        told = strangers if known[here].all() else None
        yield Gauge(other, place, ends, max(left.origin, right.origin), before=pair, strangers=told)


def _alone(who: list[bool], votes: list[int], held: Cast) -> tuple[int, float]:
    """Return how many these are, and the per cent of the votes that they have."""
    return sum(who), 100 * sum(cast for cast, alone in zip(votes, who, strict=True) if alone) / held.total


def _known(sides: Sides) -> npt.NDArray[np.bool_]:
    """Tell of whom something is known on each side where they stood: of others, nobody knows what they gained."""
    rows = sides.frame
    told = [
        ~rows[f"stood_{name}"] | rows[f"votes_{name}"].notna() | rows[f"share_{name}"].notna()
        for name in ("before", "after")
    ]
    return np.asarray(told[0] & told[1], dtype="bool")


def _counted(sides: Sides, name: str, known: npt.NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """Return the percentages of one side in millionths, and its votes; 0 where one did not stand, or is not known."""
    share = sides.frame[f"share_{name}"].to_numpy("float64", na_value=0.0) * known
    votes = sides.frame[f"votes_{name}"].to_numpy("int64", na_value=0) * known
    return np.rint(share * PER_CENT).astype("int64").tolist(), votes.tolist()


def _moved(before: list[int], after: list[int], one: int, other: int) -> Ends:
    """Return the volatility between votes of totals, with all others changed, or as much the same as can be."""
    most = value_of(lambda: volatility.pedersen(before, after, one, other))
    left, right = one - sum(before), other - sum(after)
    if not left and not right:
        return most, most
    return between(most, value_of(lambda: volatility.pedersen([*before, left], [*after, right])))


def of_units(figures: Returns, cast: Sequence[Cast | None], parts: Iterator[Spread]) -> Iterator[Gauge]:
    """Yield how evenly the votes of each candidate, and of all, are spread over the places of each ballot."""
    order, stops = by_ballot(figures)
    people = figures.candidates["candidate"].to_numpy()[figures.votes["candidate"].to_numpy()[order]].tolist()
    for ballot, (held, spread) in enumerate(zip(cast, parts, strict=True)):
        totals = spread.totals
        n = None if totals is None else sum(total > 0 for total in totals)
        if n is not None and n <= 1:
            continue
        if totals is None or held is None or not held.counted:
            yield Gauge(ballot, _place(named.SYSTEM_SCORE, named.UNITS), (None, None), _COMPUTED, n)
            continue
        names = people[stops[ballot] : stops[ballot + 1]]
        ranked = sorted(zip(held.votes, (names[place] for place in held.known), strict=True), key=lambda one: -one[0])
        scores: list[float | None] = []
        for _, name in ranked:
            plain, weighted = _scores(spread.votes.get(name), totals)
            scores.append(plain)
            for index, value in ((named.PARTY_SCORE, plain), (named.PARTY_SCORE_WEIGHTED, weighted)):
                yield Gauge(ballot, _place(index, named.UNITS), (value, value), held.origin, n, name)
        yield Gauge(
            ballot,
            _place(named.SYSTEM_SCORE, named.UNITS),
            _system(scores, [cast for cast, _ in ranked], held),
            held.origin,
            n,
        )


def _scores(votes: list[int] | None, totals: list[int]) -> Ends:
    if votes is None:
        return None, None
    return (
        value_of(lambda: nationalisation.party_score(votes, totals)),
        value_of(lambda: nationalisation.party_score_weighted(votes, totals)),
    )


def _system(scores: list[float | None], votes: list[int], held: Cast) -> Ends:
    """Return the score of all: whoever has no votes has no score and no weight; those not listed, any from 0 to 1."""
    known = [(score, cast) for score, cast in zip(scores, votes, strict=True) if cast and score is not None]
    if len(known) < sum(cast > 0 for cast in votes):
        return None, None
    least = nationalisation.system_score([score for score, _ in known], [cast for _, cast in known], held.total)
    return least, least + held.rest / held.total
