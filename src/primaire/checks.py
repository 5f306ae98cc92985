"""Figures that contradict each other. They are shown as published; a finding says so, and accuses nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.arrays import codes, gathered, whole
from primaire.captions import captions
from primaire.derivation import derive, recover_all
from primaire.exact import HUNDRED, published_share, rounds_to
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.schema import BASES, COUNTS, ORIGINS, Returns

if TYPE_CHECKING:
    import numpy.typing as npt

_APPROXIMATE = ORIGINS.index("approximate")
_LARGE, _FINE = 10**9, 6


@dataclass(frozen=True)
class Finding:
    """Figures of one unit that cannot all be right.

    Attributes:
        code: stable, ``PRI`` and three digits.
        place: the election, round and unit.
        message: what is seen, and what contradicts it.
    """

    code: str
    place: Message
    message: Message


_Found = Iterator[tuple[int, str, Message]]
"""Row of ``ballots``, code and message of each finding."""


def findings(returns: Returns) -> list[Finding]:
    """List every identity that the published figures break, by unit, in the order of the source.

    Approximate counts are left out: they need not add up. Percentages are compared with their own rounding. What was
    found while reading comes first: printed totals and percentages are not kept beside the counts.

    Args:
        returns: as read, before anything is derived.
    """
    figures = _Exact.of(returns)
    found = [*_ballots(figures), *_votes(figures, returns), *_shares(returns)]
    found.extend(
        _no_whole_numbers(returns, explained={ballot for ballot, code, _ in found if code.startswith("PRI12")})
    )
    read = _while_reading(returns)
    if not found:
        return read
    told = captions(returns)

    def place(ballot: int) -> Message:
        each = told[ballot]
        return msg("{election}, round {round}, {place}", election=each.election, round=each.round, place=each.place)

    return [
        *read,
        *(Finding(code, place(ballot), message) for ballot, code, message in sorted(found, key=lambda one: one[:2])),
    ]


def _while_reading(returns: Returns) -> list[Finding]:
    return [
        Finding(one.code, msg("{file}, {place}", file=file.name, place=one.place), one.message)
        for file in returns.provenance.files
        for one in file.found
    ]


@dataclass(frozen=True)
class _Exact:
    """The counts of all units that are published exactly: values, and where they are known."""

    value: dict[str, npt.NDArray[np.int64]]
    known: dict[str, npt.NDArray[np.bool_]]

    @classmethod
    def of(cls, returns: Returns) -> _Exact:
        value = {name: whole(returns.ballots[name]) for name in COUNTS}
        origin = {name: codes(returns.ballots[f"{name}_origin"]) for name in COUNTS}
        known = {name: (codes_ >= 0) & (codes_ < _APPROXIMATE) for name, codes_ in origin.items()}
        # Blank and null together: as published, else the sum of the two.
        both = known["blank"] & known["null"]
        value["together"] = np.where(known["blank_null"], value["blank_null"], value["blank"] + value["null"])
        known["together"] = known["blank_null"] | both
        return cls(value, known)

    def where(self, broken: npt.NDArray[np.bool_], *names: str) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the units where all of these counts are known and an identity between them is broken."""
        for unit in np.flatnonzero(broken & np.logical_and.reduce([self.known[name] for name in names])).tolist():
            yield unit, {name: int(self.value[name][unit]) for name in names}


def _ballots(figures: _Exact) -> _Found:
    value = figures.value
    for unit, count in figures.where(value["voters"] > value["registered"], "registered", "voters"):
        yield unit, "PRI101", msg("{voters:count} voters, but {registered:count} registered", **count)
    for unit, count in figures.where(value["valid"] > value["voters"], "voters", "valid"):
        yield unit, "PRI102", msg("{valid:count} valid votes, but {voters:count} voters", **count)
    apart = value["blank"] + value["null"] != value["blank_null"]
    for unit, count in figures.where(apart, "blank", "null", "blank_null"):
        yield (
            unit,
            "PRI103",
            msg(
                "{blank:count} blank and {null:count} null votes do not make {blank_null:count} blank and null", **count
            ),
        )
    ballots = value["valid"] + value["together"]
    for unit, count in figures.where(ballots != value["voters"], "voters", "valid", "together"):
        message = msg(
            "{valid:count} valid and {together:count} blank or null votes make {sum:count}, but there are {voters:count} voters",
            sum=int(ballots[unit]),
            **count,
        )
        yield unit, "PRI104", message
    more = (value["together"] > value["voters"]) & ~figures.known["valid"]
    for unit, count in figures.where(more, "voters", "together"):
        yield unit, "PRI105", msg("{together:count} blank or null votes, but {voters:count} voters", **count)


def _votes(figures: _Exact, returns: Returns) -> _Found:
    """Votes against the valid votes; where these are not published, against the voters, less blank and null."""
    at, origin, cast = (
        returns.votes["ballot"].to_numpy(),
        codes(returns.votes["votes_origin"]),
        whole(returns.votes["votes"]),
    )
    exact = (origin >= 0) & (origin < _APPROXIMATE)
    total, complete = np.zeros(len(returns.ballots), dtype="int64"), np.ones(len(returns.ballots), dtype="bool")
    total = gathered(np.add, np.where(exact, cast, 0), at, total)
    complete[at[~exact]] = False
    value, known = figures.value, figures.known
    left = value["voters"] - np.where(known["together"], value["together"], 0)
    limit = np.where(known["valid"], value["valid"], left)
    # More blank and null votes than voters are a finding of their own.
    limited = known["valid"] | (known["voters"] & (left >= 0))
    # Without blank and null, the voters are only a limit; with them, what is left is the valid votes.
    firm = known["valid"] | (limited & known["together"])
    for row in np.flatnonzero(exact & limited[at] & (cast > limit[at])).tolist():
        unit = int(at[row])
        yield (
            unit,
            "PRI111",
            msg(
                "{name} has {votes:count} votes, more than {limit}",
                name=_name(returns, row),
                votes=int(cast[row]),
                limit=_limit(figures, unit, limit),
            ),
        )
    single = ~_several_each(returns, limited, total, limit)
    for unit in np.flatnonzero(limited & single & (total > limit)).tolist():
        yield (
            unit,
            "PRI112",
            msg(
                "the votes add up to {total:count}, more than {limit}",
                total=int(total[unit]),
                limit=_limit(figures, unit, limit),
            ),
        )
    stood = np.zeros(len(complete), dtype="bool")
    stood[at] = True
    for unit in np.flatnonzero(firm & complete & stood & single & (total < limit)).tolist():
        yield (
            unit,
            "PRI113",
            msg(
                "the votes add up to {total:count}, less than {limit}",
                total=int(total[unit]),
                limit=_limit(figures, unit, limit),
            ),
        )


def _several_each(
    returns: Returns,
    limited: npt.NDArray[np.bool_],
    total: npt.NDArray[np.int64],
    limit: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Tell of each unit whether its voters vote for several people, whose votes add up to no known number.

    French communes of less than 1,000 inhabitants elect their councils so. Known by the election's name, by candidates
    without a list or a label, and by votes that are far more than the ballots in most communes.
    """
    several = np.zeros(len(limited), dtype="bool")
    people = returns.candidates
    for election in people["election"].unique().tolist():
        listed = people.loc[people["election"] == election, ["label", "list"]]
        if "municipales" not in fold(str(election)).split() or listed.notna().to_numpy().any():
            continue
        units = (returns.ballots["election"] == election).to_numpy()
        counted = units & limited & (limit > 0)
        if counted.any() and 2 * int((counted & (2 * total >= 3 * limit)).sum()) > int(counted.sum()):
            several |= units
    return several


def _limit(figures: _Exact, unit: int, limit: npt.NDArray[np.int64]) -> Message:
    if figures.known["valid"][unit]:
        return msg("the {valid:count} valid votes", valid=int(limit[unit]))
    return msg("the {valid:count} voters whose vote is not blank or null", valid=int(limit[unit]))


def _shares(returns: Returns) -> _Found:
    if returns.votes["share"].isna().all():
        return
    # Valid votes may follow from other counts, and the base of the percentages from what they fit.
    known = derive(returns)
    votes, figures = known.votes, _Exact.of(known)
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
        yield from ((unit, code, message) for code, message in _sum(shares, decimals, may_miss=bool(may_miss)))
        for share, row in zip(shares, rows.tolist(), strict=True):
            yield from _against_votes(figures, known, row, share, decimals)


def _suspicious(returns: Returns, known: Returns, figures: _Exact) -> npt.NDArray[np.int64]:
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


def _against_votes(figures: _Exact, known: Returns, row: int, share: Fraction, decimals: int) -> _Found:
    vote = known.votes.iloc[row]
    base = vote["share_base"]
    unit = int(vote["ballot"])
    total = int(figures.value[base][unit]) if figures.known[base][unit] else 0
    if pd.isna(vote["votes"]) or vote["votes_origin"] == "approximate" or total == 0:
        return
    if not rounds_to(int(vote["votes"]), total, share, decimals):
        message = msg(
            "{name}: {votes:count} votes of {total:count} are {computed:share}, but {share:share} is published",
            name=_name(known, row),
            votes=int(vote["votes"]),
            total=total,
            computed=int(vote["votes"]) * HUNDRED / total,
            share=float(share),
        )
        yield unit, "PRI124", message


def _no_whole_numbers(returns: Returns, *, explained: set[int]) -> _Found:
    if not (returns.votes["share"].notna() & returns.votes["votes"].isna()).any():
        return
    for recovery in recover_all(returns)[1]:
        if recovery.result and recovery.result.outcome == "none" and recovery.ballot not in explained:
            yield (
                recovery.ballot,
                "PRI123",
                msg("no whole numbers of votes round to the published percentages; see “primaire reconstruct”"),
            )


def _name(returns: Returns, row: int) -> str:
    return str(returns.candidates["candidate"].iloc[returns.votes["candidate"].iloc[row]])
