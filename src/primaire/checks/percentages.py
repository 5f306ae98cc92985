"""Published percentages against each other, and against the counts beside them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.arrays import codes, gathered, whole
from primaire.captions import FIGURES
from primaire.checks.finding import Answer, Found, Seen
from primaire.checks.identities import Exact, name_of
from primaire.derivation import derive, recover_all
from primaire.exact import HUNDRED, published_share, rounds_to, totals_behind
from primaire.messages import Message, msg, msgn
from primaire.schema import BASES, Returns

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

_LARGE, _FINE = 10**9, 6


def percentages(returns: Returns) -> Answer:
    """Compare published percentages with each other, with 100, and with the votes beside them."""
    compared = int(returns.votes["share"].notna().sum())
    if not compared:
        # Those beside counts, in the layouts of others, are compared while they are read, and not kept.
        beside = any(file.compared for file in returns.provenance.files)
        nothing = msg("none are published instead of votes, or beside them.")
        return Answer((), () if beside else (nothing,), applies=False)
    known = derive(returns)
    seen = list(_of_shares(returns, known))
    seen += no_whole_numbers(returns, explained={one.ballot for one in seen})
    said = (msgn("{n:count} percentage.", "{n:count} percentages.", compared), *_fitted(returns, known))
    return Answer(tuple(seen), said)


def _fitted(returns: Returns, known: Returns) -> Iterator[Message]:
    """Say how many percentages that do not name their base fit another one than the valid votes."""
    silent = returns.votes["share"].notna() & returns.votes["share_base"].isna()
    for base in BASES:
        fit = int((silent & (known.votes["share_base"] == base)).sum())
        if fit and base != "valid":
            yield msgn(
                "{n:count} percentage fits the {base:term} as its base, not the valid votes.",
                "{n:count} percentages fit the {base:term} as their base, not the valid votes.",
                fit,
                base=FIGURES[base],
            )


def of_shares(returns: Returns) -> Found:
    if returns.votes["share"].notna().any():
        # Valid votes may follow from other counts, and the base of the percentages from what they fit.
        yield from _of_shares(returns, derive(returns))


def _of_shares(returns: Returns, known: Returns) -> Found:
    votes, figures = known.votes, Exact.of(known)
    at, held = votes["ballot"].to_numpy(), returns.votes["share"].notna().to_numpy()
    stood, of_valid = np.bincount(at), codes(votes["share_base"]) == BASES.index("valid")
    suspects = np.flatnonzero(held & np.isin(at, _suspicious(returns, known, figures)))
    for _, of_unit in pd.Series(suspects).groupby(at[suspects], sort=False):
        rows = of_unit.to_numpy()
        unit = int(at[rows[0]])
        decimals = int(votes["share_decimals"].iloc[rows].max())
        shares = [published_share(share, decimals) for share in returns.votes["share"].iloc[rows]]
        # Nobody has a share of no votes, and some pages print 0 % for all.
        nobody = not any(shares) and figures.known["valid"][unit] and figures.value["valid"][unit] == 0
        may_miss = nobody or len(rows) < stood[unit] or not of_valid[rows].all()
        for code, said in _sum(shares, decimals, may_miss=bool(may_miss)):
            yield Seen(code, said, unit, hint=_base_of_sum(figures, unit, shares, decimals))
        differing = [
            (row, share, message)
            for share, row in zip(shares, rows.tolist(), strict=True)
            if (message := _against_votes(figures, known, row, share, decimals))
        ]
        pairs = _with_votes(known, rows, shares) if differing else []
        for row, share, message in differing:
            part = int(known.votes["votes"].iloc[row])
            yield Seen("PRI124", message, unit, hint=_base(figures, unit, pairs, (part, share), decimals))


def _suspicious(returns: Returns, known: Returns, figures: Exact) -> npt.NDArray[np.int64]:
    """Return the units of which a percentage is not what its votes give, or whose percentages are not 100 in all.

    In whole numbers, so that an exact half is one: percentages in units of their last digit.
    """
    votes, size = known.votes, len(known.ballots)
    at, held = votes["ballot"].to_numpy(), returns.votes["share"].notna().to_numpy()
    decimals = np.zeros(size, dtype="int64")
    np.maximum.at(decimals, at[held], whole(votes["share_decimals"])[held])
    cast, base = whole(votes["votes"]), codes(votes["share_base"])
    of = np.array([figures.value[name] for name in BASES])[base, at]
    # What is too large to be multiplied here is looked at one by one.
    large = np.union1d(at[np.maximum(cast, of) > _LARGE], np.flatnonzero(decimals > _FINE))
    decimals = np.minimum(decimals, _FINE)
    one = 10 ** decimals[at]
    share = np.rint(returns.votes["share"].to_numpy("float64", na_value=0.0) * one).astype("int64")
    total = gathered(np.add, np.where(held, share, 0), at, np.zeros(size, dtype="int64"))
    apart = 2 * np.abs(total - HUNDRED * 10**decimals) > np.bincount(at[held], minlength=size)
    differs = held & (2 * np.abs(cast * HUNDRED * one - share * of) > of)
    return np.union1d(large, at[differs | (held & apart[at])])


def _sum(shares: list[Fraction], decimals: int, *, may_miss: bool) -> Iterator[tuple[str, Message]]:
    total = sum(shares, Fraction(0))
    # Each percentage may be off by half a unit of its last digit.
    slack = len(shares) * Fraction(1, 2 * 10**decimals)
    if total > HUNDRED + slack:
        yield "PRI121", msg("the percentages add up to {sum:share}, more than 100", sum=float(total))
    elif total < HUNDRED - slack and not may_miss:
        yield (
            "PRI122",
            msg(
                "the percentages add up to {sum:share}, not to 100; their base may not be the valid votes",
                sum=float(total),
            ),
        )


def _against_votes(figures: Exact, known: Returns, row: int, share: Fraction, decimals: int) -> Message | None:
    """Return what a candidate's votes and percentage say against each other; None where they agree."""
    vote = known.votes.iloc[row]
    base = vote["share_base"]
    unit = int(vote["ballot"])
    total = int(figures.value[base][unit]) if figures.known[base][unit] else 0
    if pd.isna(vote["votes"]) or vote["votes_origin"] == "approximate" or total == 0:
        return None
    if rounds_to(int(vote["votes"]), total, share, decimals):
        return None
    return msg(
        "{name}: {votes:count} votes of {total:count} are {computed:share}, but {share:share} is published",
        name=name_of(known, row),
        votes=int(vote["votes"]),
        total=total,
        computed=int(vote["votes"]) * HUNDRED / total,
        share=float(share),
    )


def _with_votes(known: Returns, rows: npt.NDArray[np.int64], shares: list[Fraction]) -> list[tuple[int, Fraction]]:
    """Return the votes and the percentage of each candidate of whom both are published."""
    cast = known.votes.iloc[rows]
    exact = cast["votes"].notna() & (cast["votes_origin"] == "published")
    votes = cast["votes"].fillna(0).tolist()
    return [(int(part), share) for part, share, both in zip(votes, shares, exact.tolist(), strict=True) if both]


def _base(
    figures: Exact, unit: int, pairs: list[tuple[int, Fraction]], own: tuple[int, Fraction], decimals: int
) -> Message | None:
    """Say which count all percentages of a unit can be shares of; else what total, be it theirs or of one alone."""
    for base in BASES:
        total = int(figures.value[base][unit])
        if (
            figures.known[base][unit]
            and total
            and all(rounds_to(part, total, share, decimals) for part, share in pairs)
        ):
            return msg("all of them agree as shares of the {total:count} {base:term}", total=total, base=FIGURES[base])
    for some in (pairs, [own]):
        ranges = [totals_behind(part, share, decimals) for part, share in some]
        low = max(low for low, _ in ranges)
        high = min((high for _, high in ranges if high is not None), default=None)
        if high is not None and low <= high:
            if len(some) > 1:
                return msg("all of them agree as shares of {base}", base=a_range(low, high))
            return a_share_of(low, high)
    return None


def a_range(low: int, high: int) -> Message:
    return msg("{low:count}", low=low) if low == high else msg("{low:count} to {high:count}", low=low, high=high)


def a_share_of(low: int, high: int) -> Message:
    return msg("this would be a share of {base}", base=a_range(low, high))


def _base_of_sum(figures: Exact, unit: int, shares: list[Fraction], decimals: int) -> Message | None:
    """Say of which count percentages are shares that add up as the valid votes do; their rounding is allowed for."""
    slack = len(shares) * Fraction(1, 2 * 10**decimals)
    for base in BASES[1:]:
        valid, total = (int(figures.value[name][unit]) for name in ("valid", base))
        known = figures.known["valid"][unit] and figures.known[base][unit] and total
        if known and abs(Fraction(HUNDRED * valid, total) - sum(shares)) <= slack:
            return msg("they fit as shares of the {total:count} {base:term}", total=total, base=FIGURES[base])
    return None


def no_whole_numbers(returns: Returns, *, explained: set[int | None]) -> Found:
    if not (returns.votes["share"].notna() & returns.votes["votes"].isna()).any():
        return
    for recovery in recover_all(returns)[1]:
        if recovery.result and recovery.result.outcome == "none" and recovery.ballot not in explained:
            yield Seen(
                "PRI123",
                msg("no whole numbers of votes round to the published percentages; see “primaire reconstruct”"),
                recovery.ballot,
            )
