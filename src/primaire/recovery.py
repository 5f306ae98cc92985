"""The whole numbers behind a unit's percentages: what is searched for, below which bound, and on which base.

The search itself is :mod:`primaire.reconstruction`; here the figures of :class:`primaire.schema.Returns` are put to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd

from primaire.exact import HUNDRED, published_share
from primaire.reconstruction import Reconstruction, reconstruct

if TYPE_CHECKING:
    from primaire.schema import Returns


@dataclass(frozen=True)
class Recovery:
    """The search behind the percentages of one unit.

    Attributes:
        ballot: the unit's row of ``ballots``.
        rows: its rows of ``votes``, in the order in which ``result`` lists the candidates.
        base: what the percentages are shares of: as said, or as found.
        recognised: whether the base was not said and is known from the figures: the sum misses 100 and fits voters.
        share_sum: the sum of the published percentages, exactly; None where some are not published.
        bound: the largest total searched, and ``bound_is`` the count it was taken from.
        result: what was found; None where nothing bounds the total, or where approximations allow no exact search.
        approximate: whether the figures are published as approximations.
    """

    ballot: int
    rows: tuple[int, ...]
    base: str
    recognised: bool
    decimals: int
    share_sum: Fraction | None
    bound: int | None
    bound_is: str | None
    result: Reconstruction | None
    approximate: bool


def recover(returns: Returns) -> list[Recovery]:
    """Search the counts behind the percentages of every unit for which votes are missing and percentages published.

    Args:
        returns: with what the identities yield already filled in, since it narrows the search.
    """
    votes = returns.votes
    wanting = votes["votes"].isna() & votes["share"].notna()
    concerned = votes[votes["ballot"].isin(votes.loc[wanting, "ballot"])]
    found: dict[object, pd.DataFrame] = dict(iter(concerned.groupby("ballot")))
    order = votes.loc[wanting, "ballot"].unique().tolist()
    return [_recover_unit(returns.ballots.iloc[place], found[place]) for place in order]


def _recover_unit(ballot: pd.Series[Any], rows: pd.DataFrame) -> Recovery:
    decimals = int(rows["share_decimals"].max())
    shares = [None if pd.isna(share) else published_share(share, decimals) for share in rows["share"]]
    known = [share for share in shares if share is not None]
    said = rows["share_base"].dropna().unique().tolist()
    found = _search(ballot, rows, shares, decimals, said[0] if said else "valid")
    recognised = False
    if not said and found.fails and len(known) == len(shares) and sum(known) < HUNDRED:
        other = _search(ballot, rows, shares, decimals, "voters")
        if other.result is not None and other.result.outcome != "none":
            found, recognised = other, True
    return Recovery(
        ballot=int(ballot.name),  # type: ignore[call-overload]  # the index of ballots is whole numbers
        rows=tuple(rows.index),
        base=found.base,
        recognised=recognised,
        decimals=decimals,
        share_sum=sum(known, Fraction(0)) if len(known) == len(shares) else None,
        bound=found.bound,
        bound_is=found.bound_is,
        result=found.result,
        approximate=found.approximate,
    )


@dataclass(frozen=True)
class _Found:
    base: str
    bound: int | None
    bound_is: str | None
    result: Reconstruction | None
    approximate: bool

    @property
    def fails(self) -> bool:
        return self.result is not None and self.result.outcome == "none"


def _search(
    ballot: pd.Series[Any], rows: pd.DataFrame, shares: list[Fraction | None], decimals: int, base: str
) -> _Found:
    counts = [None if pd.isna(count) else int(count) for count in rows["votes"]]
    approximate = bool((rows["share_origin"] == "approximate").any() or (rows["votes_origin"] == "approximate").any())
    exact = {
        name: int(ballot[name])
        for name in ("registered", "voters", "valid", "blank_null")
        if pd.notna(ballot[name]) and ballot[f"{name}_origin"] != "approximate"
    }
    # The total is the base itself where that is published, else it is at most the next larger count.
    larger = {
        "valid": ("valid", "voters", "registered"),
        "voters": ("voters", "registered"),
        "registered": ("registered",),
    }
    bound_is = next((name for name in larger[base] if name in exact), None)
    bound = None if bound_is is None else exact[bound_is]
    nobody = bound == 0 and not any(shares)  # a station without voters that prints 0.00 % for everybody
    if approximate or bound is None or nobody:
        return _Found(base, bound, bound_is, None, approximate)
    result = reconstruct(
        shares,
        decimals,
        at_most=bound,
        at_least=bound if bound_is == base else 1,
        counts=counts,
        rest=_rest(base, exact),
    )
    return _Found(base, bound, bound_is, result, approximate=False)


def _rest(base: str, exact: dict[str, int]) -> tuple[int, int | None]:
    """Return how many of the base are not votes for a candidate: at least and at most (None: any number)."""
    if base == "valid":
        return 0, 0
    if base in exact and "valid" in exact:
        others = max(exact[base] - exact["valid"], 0)
        return others, others
    return 0, None
