"""Scores: every candidate's votes and shares on each base, with the rank, one row per unit and candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.arrays import codes, counts, listed, rates, whole
from primaire.exact import HUNDRED
from primaire.schema import BASES, ORIGINS, Returns, origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_COMPUTED, _APPROXIMATE = ORIGINS.index("computed"), ORIGINS.index("approximate")


def scores(returns: Returns) -> pd.DataFrame:
    """Return each candidate's votes, shares and rank in each row of ``ballots``.

    Args:
        returns: as :func:`primaire.tally.tally` gives them: derived, and added up as wanted.

    Returns:
        A frame with one row per row of ``votes``, sorted by ballot, then rank, then share (candidates without any
        figure last, in the order of the source): ``ballot``, ``person`` (the row of ``candidates``), ``candidate``, ``label``, ``votes`` and ``votes_origin``;
        ``share_valid``, ``share_voters`` and ``share_registered`` (0 to 100, NA where neither a count nor a percentage
        of that base is published), with ``share_*_origin`` and ``share_*_decimals`` (the decimals of a published
        percentage, NA for one computed from counts); ``share_published`` and ``share_published_base``, the percentage as
        it was published, if it was; ``rank`` (1 is first, equals share the smaller number; NA
        throughout a ballot where a candidate's figures are not known).

    A share is computed from the counts where these are exact. A published percentage is shown instead where they are
    not, or where they do not round to it: then the figures contradict each other, and stay as published.
    """
    votes, ballots = returns.votes, returns.ballots
    at, person = votes["ballot"].to_numpy(), votes["candidate"].to_numpy()
    cast, origin = whole(votes["votes"]), codes(votes["votes_origin"])
    columns: dict[str, object] = {
        "ballot": at,
        "person": person,
        "candidate": returns.candidates["candidate"].array.take(person),
        "label": returns.candidates["label"].array.take(person),
        "votes": votes["votes"].array,
        "votes_origin": votes["votes_origin"].array,
    }
    shares = []
    for base in BASES:
        total = whole(ballots[base])[at]
        total_origin = codes(ballots[f"{base}_origin"])[at]
        known = (origin >= 0) & (total_origin >= 0) & (total > 0)
        computed = np.divide(cast * HUNDRED, total, out=np.full(len(votes), np.nan), where=known)
        share, share_origin, decimals = _published_where_better(votes, base, computed, np.maximum(origin, total_origin))
        shares.append(share)
        columns[f"share_{base}"] = rates(share)
        columns[f"share_{base}_origin"] = origins(share_origin)
        columns[f"share_{base}_decimals"] = decimals
    columns["share_published"] = votes["share"].array
    columns["share_published_base"] = votes["share_base"].array
    rank, order = _ranked(at, cast, origin >= 0, _comparable(at, shares))
    columns["rank"] = rank
    return pd.DataFrame(columns).take(order).reset_index(drop=True)


def said_of(returns: Returns, rows: pd.DataFrame, name: str) -> list[Any]:
    """Return what a column of ``votes`` says on each row of :func:`scores`, None where it says nothing."""
    votes, span = returns.votes, len(returns.candidates) + 1
    if votes[name].isna().all():
        return [None] * len(rows)
    said = dict(zip((votes["ballot"] * span + votes["candidate"]).tolist(), listed(votes[name]), strict=True))
    return [said[key] for key in (rows["ballot"] * span + rows["person"]).tolist()]


def _published_where_better(
    votes: pd.DataFrame, base: str, computed: Floats, weakest: Wholes
) -> tuple[Floats, Wholes, pd.arrays.IntegerArray]:
    """Return the share to show, its origin, and the decimals of a published one."""
    of_base = codes(votes["share_base"]) == BASES.index(base)
    published = np.where(of_base, votes["share"].to_numpy("float64", na_value=np.nan), np.nan)
    digits = whole(votes["share_decimals"])
    # A hair more than half a unit of the last digit: the comparison is of floats, and only for show.
    contradicted = np.abs(computed - published) > 0.5 * 10.0**-digits + 1e-9
    use = ~np.isnan(published) & (np.isnan(computed) | contradicted | (weakest == _APPROXIMATE))
    share = np.where(use, published, computed)
    origin = np.where(use, codes(votes["share_origin"]), np.maximum(weakest, _COMPUTED))
    return share, np.where(np.isnan(share), -1, origin), counts(digits, use)


def _comparable(at: Wholes, shares: Sequence[Floats]) -> Floats:
    """Return shares to rank by: in each ballot, of the first base for which all candidates have one, else of valid."""
    chosen = shares[0]
    for share in reversed(shares):
        chosen = np.where(np.isin(at, at[np.isnan(share)]), chosen, share)
    return chosen


def _ranked(
    at: Wholes, cast: Wholes, counted: npt.NDArray[np.bool_], share: Floats
) -> tuple[pd.arrays.IntegerArray, Wholes]:
    """Return each row's rank within its ballot, and the order of ballot, rank and share."""
    size = int(at.max(initial=-1)) + 1
    all_counted, all_shared = np.ones(size, dtype="bool"), np.ones(size, dtype="bool")
    all_counted[at[~counted]] = False
    all_shared[at[np.isnan(share)]] = False
    # By votes, which are exact; by share where votes are missing: printed with the same decimals, shares compare exactly.
    value = np.where(all_counted[at], cast.astype("float64"), np.where(np.isnan(share), -1.0, share))
    most = int(cast.max(initial=0))
    if all_counted.all() and (most + 1) * (size + 1) < 2**62:  # one key of whole numbers sorts in half the time
        order = np.argsort(at * (most + 1) + most - cast, kind="stable")
    else:
        order = np.lexsort((-value, at))
    first = np.r_[True, at[order][1:] != at[order][:-1]] if len(at) else np.zeros(0, dtype="bool")
    same = (
        np.r_[False, (at[order][1:] == at[order][:-1]) & (value[order][1:] == value[order][:-1])] if len(at) else first
    )
    position = np.arange(len(at))
    start = np.maximum.accumulate(np.where(first, position, 0))
    leader = np.maximum.accumulate(np.where(same, 0, position))
    rank = np.empty(len(at), dtype="int64")
    rank[order] = leader - start + 1
    return counts(rank, (all_counted | all_shared)[at]), order
