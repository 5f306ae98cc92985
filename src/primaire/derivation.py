"""Figures that follow from the published ones: by an identity, or as the only whole numbers behind percentages.

What is derived is marked as such: ``computed`` or ``reconstructed``, and never firmer than what it rests on.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from primaire.recovery import Recovery, recover
from primaire.schema import ORIGINS, Returns

_IDENTITIES = (
    ("blank_null", ("blank", "null"), None),
    ("valid", ("voters",), "blank_null"),
    ("valid", ("_sum",), None),
    ("voters", ("valid", "blank_null"), None),
    ("blank_null", ("voters",), "valid"),
    ("blank", ("blank_null",), "null"),
    ("null", ("blank_null",), "blank"),
)
"""Count that is missing, counts that add up to it, count to take away. ``_sum`` is the votes of all candidates."""


def derive(returns: Returns) -> Returns:
    """Fill in what follows from the published figures.

    1. Identities: voters = valid + blank + null, and the votes of all candidates add up to valid. A result below zero
       is not filled in: figures that contradict each other stay as published.
    2. Where percentages are published instead of votes, and exactly one set of whole numbers rounds to them below the
       published bound, those numbers (``reconstructed``), then the identities again.
    3. The base of percentages that do not say theirs: voters where only that fits, else valid.

    Published figures are never changed. Deriving twice is the same as deriving once.
    """
    known = _with_identities(returns)
    if not (known.votes["share"].notna() & (known.votes["votes"].isna() | known.votes["share_base"].isna())).any():
        return known
    recoveries = recover(known)
    votes, ballots = known.votes.copy(), known.ballots.copy()
    for recovery in recoveries:
        votes.loc[list(recovery.rows), "share_base"] = votes.loc[list(recovery.rows), "share_base"].fillna(recovery.base)
        _use(recovery, votes, ballots)
    votes["share_base"] = votes["share_base"].mask(votes["share"].notna() & votes["share_base"].isna(), "valid")
    votes["share_base"] = votes["share_base"].where(votes["share"].notna())
    return _with_identities(replace(known, ballots=ballots, votes=votes))


def recover_all(returns: Returns) -> tuple[Returns, list[Recovery]]:
    """Return the figures with what the identities yield, and the search behind each unit's percentages."""
    known = _with_identities(returns)
    return known, recover(known)


def _with_identities(returns: Returns) -> Returns:
    ballots = returns.ballots.copy()
    by_ballot = returns.votes.groupby("ballot")
    ballots["_sum"] = by_ballot["votes"].sum(skipna=False).reindex(ballots.index)
    rank = returns.votes["votes_origin"].cat.codes.groupby(returns.votes["ballot"]).max()
    ballots["_sum_origin"] = pd.Categorical.from_codes(rank.reindex(ballots.index, fill_value=-1), dtype=returns.votes["votes_origin"].dtype)
    for target, added, taken in _IDENTITIES:
        value = sum((ballots[name] for name in added[1:]), ballots[added[0]])
        parts = (*added, taken) if taken else added
        if taken:
            value = value - ballots[taken]
        here = ballots[target].isna() & value.notna() & (value >= 0).fillna(value=False)
        if taken:
            # What is left between two approximations is their error, not a figure.
            here &= ~_approximate(ballots, parts)
        if here.any():
            ballots.loc[here, target] = value[here]
            ballots.loc[here, f"{target}_origin"] = _weakest(ballots.loc[here], parts)
    return replace(returns, ballots=ballots.drop(columns=["_sum", "_sum_origin"]))


def _approximate(ballots: pd.DataFrame, parts: tuple[str, ...]) -> pd.Series[bool]:
    return pd.concat([ballots[f"{part}_origin"] == "approximate" for part in parts], axis=1).any(axis=1)


def _weakest(ballots: pd.DataFrame, parts: tuple[str, ...]) -> pd.Series[str]:
    """Return the origin of what is computed from several counts: at best ``computed``, else the weakest of theirs."""
    codes = pd.concat([ballots[f"{part}_origin"].cat.codes for part in parts], axis=1).max(axis=1)
    return codes.clip(lower=ORIGINS.index("computed")).map(dict(enumerate(ORIGINS)))


def _use(recovery: Recovery, votes: pd.DataFrame, ballots: pd.DataFrame) -> None:
    """Enter the counts of a search that found exactly one solution."""
    result = recovery.result
    if result is None or result.counts is None:
        return
    for row, count in zip(recovery.rows, result.counts, strict=True):
        if pd.isna(votes.loc[row, "votes"]):
            votes.loc[row, "votes"] = count
            votes.loc[row, "votes_origin"] = "reconstructed"
    base, total = recovery.base, result.total
    if pd.isna(ballots.loc[recovery.ballot, base]):
        ballots.loc[recovery.ballot, base] = total
        ballots.loc[recovery.ballot, f"{base}_origin"] = "reconstructed"
