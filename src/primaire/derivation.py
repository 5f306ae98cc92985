"""Figures that follow from the published ones: by an identity, or as the only whole numbers behind percentages.

What is derived is marked as such: ``computed`` or ``reconstructed``, and never firmer than what it rests on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, counts, summed, whole
from primaire.exact import HUNDRED
from primaire.schema import COUNTS, ORIGINS, Returns, origins

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from primaire.recovery import Recovery


_IDENTITIES = (
    ("blank_null", ("blank", "null"), None),
    ("valid", ("voters",), "blank_null"),
    ("valid", ("votes",), None),
    ("voters", ("valid", "blank_null"), None),
    ("blank_null", ("voters",), "valid"),
    ("blank", ("blank_null",), "null"),
    ("null", ("blank_null",), "blank"),
)
"""Count that is missing, counts that add up to it, count to take away; ``votes`` are those of all candidates."""

_COMPUTED, _APPROXIMATE = ORIGINS.index("computed"), ORIGINS.index("approximate")


def derive(returns: Returns) -> Returns:
    """Fill in what follows from the published figures.

    1. Identities: voters = valid + blank + null, and the votes of all candidates add up to valid. A result below zero
       is not filled in: figures that contradict each other stay as published. Nor is a difference of approximations,
       which is their error and no figure.
    2. Where percentages are published instead of votes, and exactly one set of whole numbers rounds to them below the
       published bound, those numbers (``reconstructed``), then the identities again.
    3. The base of percentages that do not say theirs: voters where only that fits, else valid.

    Published figures are never changed. Deriving twice is the same as deriving once.
    """
    known, recoveries = recover_all(returns)
    share = known.votes["share"].notna().to_numpy()
    if not share.any():
        return known
    votes, ballots = known.votes.copy(), known.ballots.copy()
    for recovery in recoveries:
        rows = list(recovery.rows)
        votes.loc[rows, "share_base"] = votes.loc[rows, "share_base"].fillna(recovery.base)
        _use(recovery, votes, ballots)
    of_voters = share & votes["share_base"].isna().to_numpy() & _fit_voters_alone(votes, ballots)
    votes.loc[of_voters, "share_base"] = "voters"
    votes["share_base"] = votes["share_base"].fillna("valid").where(share)
    return _with_identities(replace(known, ballots=ballots, votes=votes))


def _fit_voters_alone(votes: pd.DataFrame, ballots: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell, row by row, whether the unit's published votes are its percentages of voters, and not of valid votes."""
    at, cast = votes["ballot"].to_numpy(), whole(votes["votes"])
    share = votes["share"].to_numpy("float64", na_value=np.nan)
    compared = ~np.isnan(share) & votes["votes"].notna().to_numpy()
    half = 0.5 * 10.0 ** -whole(votes["share_decimals"]) + 1e-9
    misses = {}
    for base in ("valid", "voters"):
        total = whole(ballots[base])[at]
        misses[base] = compared & (total > 0) & (np.abs(cast * HUNDRED - share * total) > half * total)
    misses["voters"] |= compared & (whole(ballots["voters"])[at] == 0)
    return np.isin(at, at[misses["valid"]]) & ~np.isin(at, at[misses["voters"]])


def recover_all(returns: Returns) -> tuple[Returns, list[Recovery]]:
    """Return the figures with what the identities yield, and the search behind each unit's percentages."""
    known = _with_identities(returns)
    if not (known.votes["share"].notna() & known.votes["votes"].isna()).any():
        return known, []
    from primaire.recovery import recover

    return known, recover(known)


def _with_identities(returns: Returns) -> Returns:
    ballots = returns.ballots
    value = {name: whole(ballots[name]) for name in COUNTS}
    # A place in ORIGINS, -1 for a count that is missing.
    origin = {name: codes(ballots[f"{name}_origin"]) for name in COUNTS}
    value["votes"], origin["votes"] = _sum_of_votes(returns)
    filled = set()
    for target, added, taken in _IDENTITIES:
        parts = np.array([origin[name] for name in (*added, *((taken,) if taken else ()))])
        result = sum(value[name] for name in added) - (value[taken] if taken else 0)
        weakest = parts.max(axis=0)
        here = (origin[target] < 0) & (parts >= 0).all(axis=0) & (result >= 0)
        if taken:
            here &= weakest < _APPROXIMATE
        if here.any():
            value[target] = np.where(here, result, value[target])
            origin[target] = np.where(here, np.maximum(weakest, _COMPUTED), origin[target])
            filled.add(target)
    new = {name: counts(value[name], origin[name] >= 0) for name in filled}
    return (
        replace(returns, ballots=ballots.assign(**new, **{f"{name}_origin": origins(origin[name]) for name in filled}))
        if filled
        else returns
    )


def _sum_of_votes(returns: Returns) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the votes of all candidates of each ballot, with the weakest of their origins, -1 where one is missing."""
    votes = returns.votes
    return summed(whole(votes["votes"]), codes(votes["votes_origin"]), votes["ballot"].to_numpy(), len(returns.ballots))


def _use(recovery: Recovery, votes: pd.DataFrame, ballots: pd.DataFrame) -> None:
    """Enter the counts of a search that found exactly one solution."""
    result = recovery.result
    if result is None or result.counts is None:
        return
    missing = votes["votes"].isna()
    for row, count in zip(recovery.rows, result.counts, strict=True):
        if missing[row]:
            votes.loc[row, "votes"] = count
            votes.loc[row, "votes_origin"] = "reconstructed"
    if result.total is not None and ballots[recovery.base].isna()[recovery.ballot]:
        ballots.loc[recovery.ballot, recovery.base] = result.total
        ballots.loc[recovery.ballot, f"{recovery.base}_origin"] = "reconstructed"
