"""Scores: every candidate's votes and shares on each base, with the rank, one row per unit and candidate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from primaire.exact import HUNDRED
from primaire.schema import BASES, ORIGINS, Returns


def scores(returns: Returns) -> pd.DataFrame:
    """Return each candidate's votes, shares and rank in each row of ``ballots``.

    Args:
        returns: as :func:`primaire.tally.tally` gives them: derived, and added up as wanted.

    Returns:
        A frame with one row per row of ``votes``, sorted by ballot, then rank (candidates without any figure last, in
        the order of the source): ``ballot``, ``candidate_id``, ``candidate``, ``label``, ``votes`` and
        ``votes_origin``; ``share_valid``, ``share_voters`` and ``share_registered`` (0 to 100, NA where neither a count
        nor a percentage of that base is published), with ``share_*_origin`` and ``share_*_decimals`` (the decimals of a
        published percentage, NA for one computed from counts); ``rank`` (1 is first, equals share the smaller number;
        NA throughout a ballot where a candidate's figures are not known).

    A share is computed from the counts where these are exact. A published percentage is shown instead where they are
    not, or where they do not round to it: then the figures contradict each other, and stay as published.
    """
    votes, ballots = returns.votes, returns.ballots
    frame = pd.DataFrame({"ballot": votes["ballot"], "candidate_id": votes["candidate"]})
    for column in ("candidate", "label"):
        frame[column] = returns.candidates[column].to_numpy()[votes["candidate"].to_numpy()]
    frame["votes"], frame["votes_origin"] = votes["votes"], votes["votes_origin"]
    at = votes["ballot"].to_numpy()
    for base in BASES:
        total = ballots[base].take(at).set_axis(votes.index)
        weakest = np.maximum(votes["votes_origin"].cat.codes, ballots[f"{base}_origin"].cat.codes.to_numpy()[at])
        _add_share(frame, base, votes, total, pd.Series(weakest, index=votes.index))
    frame["rank"] = _rank(frame)
    return frame.sort_values(["ballot", "rank", "share_valid"], ascending=[True, True, False], kind="stable", na_position="last", ignore_index=True)


def _add_share(frame: pd.DataFrame, base: str, votes: pd.DataFrame, total: pd.Series[int], weakest: pd.Series[int]) -> None:
    origin = votes["votes_origin"].dtype
    names = dict(enumerate(origin.categories))  # type: ignore[union-attr]  # ordered categories
    computed = (votes["votes"] * HUNDRED / total.where(total > 0)).astype("Float64")
    published = votes["share"].where(votes["share_base"] == base)
    half = 0.5 * 10.0 ** -votes["share_decimals"].astype("Float64") + 1e-9
    contradicted = ((computed - published).abs() > half).fillna(value=False)
    doubtful = weakest == len(names) - 1
    use_published = published.notna() & (computed.isna() | contradicted | doubtful)
    frame[f"share_{base}"] = computed.mask(use_published, published)
    source = weakest.clip(lower=ORIGINS.index("computed")).map(names).mask(use_published, votes["share_origin"].astype("object"))
    frame[f"share_{base}_origin"] = source.where(frame[f"share_{base}"].notna()).astype(origin)
    frame[f"share_{base}_decimals"] = votes["share_decimals"].where(use_published)


def _rank(frame: pd.DataFrame) -> pd.Series[int]:
    by_ballot = frame["ballot"]
    counted = frame["votes"].notna().groupby(by_ballot).transform("all")
    shared = frame["share_valid"].notna().groupby(by_ballot).transform("all")
    # Shares printed with the same decimals compare exactly; those computed from one total do so through the votes.
    value = frame["votes"].astype("Float64").where(counted, frame["share_valid"].where(shared))
    return value.groupby(by_ballot).rank(method="min", ascending=False).astype("Int64")
