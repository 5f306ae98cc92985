"""Figures that contradict each other. They are shown as published; a finding says so, and accuses nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from primaire.captions import Caption, captions
from primaire.derivation import recover_all
from primaire.exact import HUNDRED, published_share, rounds_to
from primaire.messages import Message, msg
from primaire.schema import BASES, COUNTS, Returns


@dataclass(frozen=True)
class Finding:
    """Figures of one unit that cannot all be right.

    Attributes:
        code: stable, ``PRI`` and three digits.
        place: the unit, contest and round.
        message: what is seen, and what it should be.
    """

    code: str
    place: Message
    message: Message


def findings(returns: Returns) -> list[Finding]:
    """List every identity that the published figures break, by unit, in the order of the source.

    Approximate counts are left out: they need not add up. Percentages are compared with their own rounding.

    Args:
        returns: as read, before anything is derived.
    """
    votes_of = dict(iter(returns.votes.groupby("ballot")))
    recoveries = {recovery.ballot: recovery for recovery in recover_all(returns)[1]}
    found = []
    for caption in captions(returns):
        unit = _Unit.of(returns.ballots.loc[caption.ballot], votes_of.get(caption.ballot, returns.votes.iloc[:0]))
        said = [*_ballots(unit), *_votes(unit, returns), *_shares(unit, returns)]
        recovery = recoveries.get(caption.ballot)
        if recovery and recovery.result and recovery.result.outcome == "none" and not any(code.startswith("PRI12") for code, _ in said):
            said.append(("PRI123", msg("no whole numbers of votes round to the published percentages; see “primaire reconstruct”")))
        found.extend(Finding(code, _place(caption), message) for code, message in said)
    return found


@dataclass(frozen=True)
class _Unit:
    """The exact figures of one unit: counts by name, and its rows of votes."""

    counts: dict[str, int]
    votes: pd.DataFrame

    @classmethod
    def of(cls, ballot: pd.Series[int], votes: pd.DataFrame) -> _Unit:
        exact = {name: int(ballot[name]) for name in COUNTS if pd.notna(ballot[name]) and ballot[f"{name}_origin"] != "approximate"}
        return cls(exact, votes)

    def has(self, *names: str) -> bool:
        return all(name in self.counts for name in names)


_Said = Iterator[tuple[str, Message]]


def _ballots(unit: _Unit) -> _Said:
    count = unit.counts
    if unit.has("registered", "voters") and count["voters"] > count["registered"]:
        yield "PRI101", msg("{voters:count} voters, but {registered:count} registered", **count)
    if unit.has("voters", "valid") and count["valid"] > count["voters"]:
        yield "PRI102", msg("{valid:count} valid votes, but {voters:count} voters", **count)
    if unit.has("blank", "null", "blank_null") and count["blank"] + count["null"] != count["blank_null"]:
        yield "PRI103", msg("{blank:count} blank and {null:count} null votes do not make {blank_null:count} blank and null", **count)
    together = count.get("blank_null", count["blank"] + count["null"] if unit.has("blank", "null") else None)
    if together is None:
        return
    if unit.has("voters", "valid") and together + count["valid"] != count["voters"]:
        yield (
            "PRI104",
            msg(
                "{valid:count} valid and {together:count} blank or null votes make {sum:count}, but there are {voters:count} voters",
                together=together,
                sum=together + count["valid"],
                **{name: count[name] for name in ("valid", "voters")},
            ),
        )
    elif unit.has("voters") and together > count["voters"]:
        yield "PRI105", msg("{together:count} blank or null votes, but {voters:count} voters", together=together, voters=count["voters"])


def _votes(unit: _Unit, returns: Returns) -> _Said:
    """Votes against the valid votes, or against what follows from voters less blank and null."""
    rows = unit.votes
    exact = rows[rows["votes"].notna() & (rows["votes_origin"] != "approximate")]
    total = int(exact["votes"].sum())
    valid, named = _valid(unit)
    if valid is None or exact.empty:
        return
    for row in exact.itertuples():
        if row.votes > valid:
            name = returns.candidates["candidate"].iloc[row.candidate]
            yield "PRI111", msg("{name} has {votes:count} votes, more than {named}", name=name, votes=row.votes, named=named)
    if total > valid:
        yield "PRI112", msg("the votes add up to {total:count}, more than {named}", total=total, named=named)
    elif total < valid and len(exact) == len(rows) and "valid" in unit.counts:
        yield "PRI113", msg("the votes add up to {total:count}, less than {named}", total=total, named=named)
    elif total < valid and len(exact) == len(rows) and unit.has("voters", "blank_null"):
        yield "PRI113", msg("the votes add up to {total:count}, less than {named}", total=total, named=named)


def _valid(unit: _Unit) -> tuple[int | None, Message]:
    count = unit.counts
    if "valid" in count:
        return count["valid"], msg("the {valid:count} valid votes", valid=count["valid"])
    if "voters" not in count:
        return None, msg("the valid votes")
    together = count.get("blank_null", count.get("blank", 0) + count.get("null", 0))
    valid = count["voters"] - together
    return valid, msg("the {valid:count} voters whose vote is not blank or null", valid=valid)


def _shares(unit: _Unit, returns: Returns) -> _Said:
    rows = unit.votes[unit.votes["share"].notna()]
    if rows.empty:
        return
    decimals = int(rows["share_decimals"].max())
    shares = [published_share(share, decimals) for share in rows["share"]]
    total = sum(shares, Fraction(0))
    # Each percentage may be off by half a unit of its last digit.
    slack = len(shares) * Fraction(1, 2 * 10**decimals)
    base = rows["share_base"].dropna().unique().tolist()
    if total > HUNDRED + slack:
        yield "PRI121", msg("the percentages add up to {sum:share}, more than 100", sum=float(total))
    elif total < HUNDRED - slack and len(rows) == len(unit.votes) and base in ([], ["valid"]):
        yield "PRI122", msg("the percentages add up to {sum:share}, not to 100; their base may not be the valid votes", sum=float(total))
    for share, row in zip(shares, rows.itertuples(), strict=True):
        whole = unit.counts.get(row.share_base if row.share_base in BASES else "valid", 0)
        if pd.isna(row.votes) or row.votes_origin == "approximate" or whole <= 0:
            continue
        if not rounds_to(int(row.votes), whole, share, decimals):
            yield (
                "PRI124",
                msg(
                    "{name}: {votes:count} votes of {whole:count} are {computed:share}, but {share:share} is published",
                    name=returns.candidates["candidate"].iloc[row.candidate],
                    votes=row.votes,
                    whole=whole,
                    computed=row.votes * HUNDRED / whole,
                    share=float(share),
                ),
            )


def _place(caption: Caption) -> Message:
    return msg("{election}, round {round}, {place}", election=caption.election, round=caption.round, place=caption.place)
