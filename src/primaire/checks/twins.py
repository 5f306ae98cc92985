"""Units with the same figures, which chance does not explain: rows copied, or one unit under two names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, gathered, listed, numbered, whole
from primaire.captions import FIGURES
from primaire.checks.finding import Answer, Found, Seen
from primaire.messages import msg, msgn
from primaire.schema import COUNTS, shortened

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]
    Reals = npt.NDArray[np.float64]

_CANDIDATES: Final = 3
_VOTES: Final = 100
_CHANCE: Final = 0.01
"""Pairs of units that chance may be expected to make alike in all the data, for a pair to be a finding."""

_VOTE: Final = ("election", "round", "level")


def twins(returns: Returns) -> Answer:
    """Find units of one election and round in which every candidate has the same votes, where chance does not explain it.

    Small villages coincide, and there are more than two thousand million pairs of stations. A pair is a finding if, of
    all pairs there are, fewer than 0.01 would be expected to agree so far if all units were alike: a count of n comes up
    at most once in the square root of 2 pi n times by chance (a Poisson count), and counts are taken to be independent.
    Units that differ, as they do, agree less often. Pairs within a commune are few, and need less. Fewer than 3
    different counts or than 100 votes are never enough.
    """
    found = _figures(returns)
    if found is None:
        return Answer(
            said=(msg("no two units have three candidates and 100 votes."),),
            applies=False,
        )
    said = msgn(
        "{n:count} unit with enough candidates and votes.",
        "{n:count} units with enough candidates and votes.",
        found.looked_at,
    )
    return Answer(tuple(_alike(returns, found)), (said,))


@dataclass(frozen=True)
class _Figures:
    """The units whose figures are rare enough to be told apart, and what tells them apart.

    Attributes:
        looked_at: how many units have enough candidates and votes at all.
        units: rows of ``ballots``.
        key: equal where election, round, level and all votes are, as good as never elsewhere.
        rarity: natural logarithm of how rarely chance gives just these votes.
        pairs, near: how many pairs of units their election and round has, and how many within a commune.
    """

    looked_at: int
    units: Wholes
    key: Wholes
    rarity: Reals
    pairs: Reals
    near: Reals


def _figures(returns: Returns) -> _Figures | None:
    ballots, at, cast = returns.ballots, returns.votes["ballot"].to_numpy(), whole(returns.votes["votes"])
    size = len(ballots)
    total = gathered(np.add, cast, at, np.zeros(size, dtype="int64"))
    fit = (total >= _VOTES) & (np.bincount(at, minlength=size) >= _CANDIDATES)
    fit[at[returns.votes["votes"].isna().to_numpy()]] = False
    units = np.flatnonzero(fit)
    if len(units) < 2:  # noqa: PLR2004  one has no twin
        return None
    name = pd.factorize(returns.candidates["candidate"])[0][returns.votes["candidate"].to_numpy()]
    # Each name has a multiplier of its own; sums wrap around, and are the same for the same votes in any order.
    factor = np.random.default_rng(0).integers(1, 2**62, int(name.max()) + 1, dtype="int64")
    mark = gathered(np.add, (cast + 1) * factor[name], at, np.zeros(size, dtype="int64"))[units]
    vote = numbered(ballots, _VOTE)[units]
    pairs, near = _pairs(vote, codes(ballots["commune_code"])[units])
    rarity = np.asarray(np.bincount(at, _rarity(cast), minlength=size), dtype="float64")[units]
    rarest = rarity + sum(_rarity(each[units]) for each in _beside(ballots).values())
    enough = np.flatnonzero(rarest > np.log(np.maximum(np.where(near > 0, near, pairs), 1) / _CHANCE))
    key = pd.factorize(mark)[0] * (int(vote.max()) + 1) + vote
    return _Figures(len(units), units[enough], key[enough], rarity[enough], pairs[enough], near[enough])


def _beside(ballots: pd.DataFrame) -> dict[str, Wholes]:
    """Return the counts beside the votes that chance makes alike by itself: the voters all but follow from the votes."""
    count = {name: whole(ballots[name]) for name in ("blank", "null", "blank_null")}
    both = ballots["registered"].notna().to_numpy() & ballots["voters"].notna().to_numpy()
    stayed = whole(ballots["registered"]) - whole(ballots["voters"])
    return {**count, "stayed": np.where(both, np.maximum(stayed, 0), 0)}


def _rarity(count: Wholes) -> Reals:
    """Return the logarithm of how rarely chance gives a count, at the least: the highest probability of a Poisson count."""
    return np.asarray(np.log(2 * np.pi * np.maximum(count, 1)) / 2 * (count > 0))


def _pairs(vote: Wholes, commune: Wholes) -> tuple[Reals, Reals]:
    """Return for each unit how many pairs its vote has, and how many of them within a commune."""
    each = np.bincount(vote).astype("float64")
    named = commune >= 0
    span = int(commune.max(initial=0)) + 1
    there, times = np.unique(vote[named] * span + commune[named], return_counts=True)
    near = np.bincount(there // span, times * (times - 1.0) / 2, minlength=len(each))
    return np.asarray((each * (each - 1) / 2)[vote]), np.asarray(near[vote], dtype="float64")


def _alike(returns: Returns, found: _Figures) -> Found:
    order = np.argsort(found.key, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(found.key[order])) + 1)
    beside = _beside(returns.ballots)
    commune = codes(returns.ballots["commune_code"])
    for group in sorted((each for each in groups if len(each) > 1), key=lambda each: int(each[0])):
        rows = found.units[group]
        same = [int(each[rows[0]]) for each in beside.values() if len(set(each[rows].tolist())) == 1]
        rarity = float(found.rarity[group[0]] + _rarity(np.array(same, dtype="int64")).sum())
        together = commune[rows[0]] >= 0 and len(set(commune[rows].tolist())) == 1
        pairs = float((found.near if together else found.pairs)[group[0]])
        if pairs * np.exp(-rarity) < _CHANCE and _same_votes(returns, rows):
            yield _twin(returns, rows)


def _same_votes(returns: Returns, rows: Wholes) -> bool:
    """Tell whether units have the same votes, and at least three different counts among them."""
    votes = returns.votes[np.isin(returns.votes["ballot"].to_numpy(), rows)]
    name = returns.candidates["candidate"].to_numpy()[votes["candidate"].to_numpy()]
    held = [
        dict(zip(name[its], votes["votes"].to_numpy()[its].tolist(), strict=True))
        for its in (votes["ballot"].to_numpy() == row for row in rows.tolist())
    ]
    return all(each == held[0] for each in held) and len(set(held[0].values())) >= _CANDIDATES


def _twin(returns: Returns, rows: Wholes) -> Seen:
    ballots = returns.ballots
    unit, contest = (ballots[name].iloc[rows].astype("str").tolist() for name in ("unit", "contest"))
    others: list[object] = [
        name if its == contest[0] else msg("{unit} ({contest})", unit=name, contest=its)
        for name, its in zip(unit[1:], contest[1:], strict=True)
    ]
    differ = [name for name in COUNTS if len(set(listed(ballots[name].iloc[rows]))) > 1]
    if not differ:
        message = msg("the same figures throughout as {others}", others=shortened(others))
        return Seen("PRI305", message, int(rows[0]))
    message = msg(
        "the same votes for every candidate as {others}, with other {counts:term}",
        others=shortened(others),
        counts=[FIGURES[name] for name in differ],
    )
    return Seen("PRI305", message, int(rows[0]))
