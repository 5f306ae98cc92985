"""What tests of published files share: the official figures of the president's election of 2017, and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from primaire.schema import COUNTS

if TYPE_CHECKING:
    from primaire.schema import Returns

FIRST_2017 = {
    "registered": 47_582_183,
    "voters": 37_003_728,
    "blank": 659_997,
    "null": 289_337,
    "valid": 36_054_394,
    "Emmanuel MACRON": 8_656_346,
    "Marine LE PEN": 7_678_491,
    "François FILLON": 7_212_995,
    "Jean-Luc MÉLENCHON": 7_059_951,
    "Benoît HAMON": 2_291_288,
}
SECOND_2017 = {
    "registered": 47_568_693,
    "voters": 35_467_327,
    "blank": 3_021_499,
    "null": 1_064_225,
    "valid": 31_381_603,
    "Emmanuel MACRON": 20_743_128,
    "Marine LE PEN": 10_638_475,
}
OF_ROUND = {1: FIRST_2017, 2: SECOND_2017}
WITHOUT_NULL = ("registered", "voters", "blank", "valid")


def totals(returns: Returns) -> dict[str, int]:
    """All counts, and the votes of each candidate, over all units."""
    counts = {name: int(returns.ballots[name].sum()) for name in COUNTS if returns.ballots[name].notna().any()}
    names = returns.candidates["candidate"].to_numpy()[returns.votes["candidate"]]
    cast = returns.votes["votes"].groupby(names).sum()
    return {**counts, **dict(zip(cast.index.astype("str"), map(int, cast), strict=True))}


def among(figures: dict[str, int], wanted: dict[str, int]) -> dict[str, int]:
    return {name: figures[name] for name in wanted if name in figures}


def by(returns: Returns, level: str) -> pd.DataFrame:
    """Counts and votes added up by the places of a level, one row each."""
    code = returns.ballots[f"{level}_code"].astype("str")
    counts = returns.ballots[["registered", "voters", "valid"]].groupby(code).sum()
    names = returns.candidates["candidate"].to_numpy()[returns.votes["candidate"]]
    votes = returns.votes["votes"].groupby([code.to_numpy()[returns.votes["ballot"]], names]).sum().unstack()  # noqa: PD010  a grouped column has no pivot_table
    return pd.concat([counts, votes], axis=1).astype("int64").sort_index()
