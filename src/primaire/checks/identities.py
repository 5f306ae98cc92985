"""Identities between counts: registered, voters, blank, null, valid, and the votes of the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, gathered, whole
from primaire.checks.finding import Answer, Found, Seen
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.schema import COUNTS, ORIGINS, Returns

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

_APPROXIMATE = ORIGINS.index("approximate")


@dataclass(frozen=True)
class Exact:
    """The counts of all units that are published exactly: values, and where they are known."""

    value: dict[str, npt.NDArray[np.int64]]
    known: dict[str, npt.NDArray[np.bool_]]

    @classmethod
    def of(cls, returns: Returns) -> Exact:
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


def counts_and_votes(returns: Returns) -> Answer:
    """Compare the counts of each unit with each other, and the votes of its candidates with them."""
    figures = Exact.of(returns)
    seen = (*of_ballots(figures), *of_votes(figures, returns))
    return Answer(
        seen, (msgn("{n:count} unit.", "{n:count} units.", len(returns.ballots)),), bool(len(returns.ballots))
    )


def of_ballots(figures: Exact) -> Found:
    value = figures.value
    for unit, count in figures.where(value["voters"] > value["registered"], "registered", "voters"):
        yield Seen("PRI101", msg("{voters:count} voters, but {registered:count} registered", **count), unit)
    for unit, count in figures.where(value["valid"] > value["voters"], "voters", "valid"):
        yield Seen("PRI102", msg("{valid:count} valid votes, but {voters:count} voters", **count), unit)
    above = (value["valid"] > value["registered"]) & ~figures.known["voters"]
    for unit, count in figures.where(above, "registered", "valid"):
        yield Seen("PRI106", msg("{valid:count} valid votes, but {registered:count} registered", **count), unit)
    apart = value["blank"] + value["null"] != value["blank_null"]
    for unit, count in figures.where(apart, "blank", "null", "blank_null"):
        yield Seen(
            "PRI103",
            msg(
                "{blank:count} blank and {null:count} null votes do not make {blank_null:count} blank and null", **count
            ),
            unit,
        )
    ballots = value["valid"] + value["together"]
    for unit, count in figures.where(ballots != value["voters"], "voters", "valid", "together"):
        message = msg(
            "{valid:count} valid and {together:count} blank or null votes make {sum:count}, but there are {voters:count} voters",
            sum=int(ballots[unit]),
            **count,
        )
        yield Seen("PRI104", message, unit)
    more = (value["together"] > value["voters"]) & ~figures.known["valid"]
    for unit, count in figures.where(more, "voters", "together"):
        yield Seen("PRI105", msg("{together:count} blank or null votes, but {voters:count} voters", **count), unit)


def of_votes(figures: Exact, returns: Returns) -> Found:
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
        yield Seen(
            "PRI111",
            msg(
                "{name} has {votes:count} votes, more than {limit}",
                name=name_of(returns, row),
                votes=int(cast[row]),
                limit=_limit(figures, unit, limit),
            ),
            unit,
        )
    single = ~_several_each(returns, limited, total, limit)
    for unit in np.flatnonzero(limited & single & (total > limit)).tolist():
        yield Seen(
            "PRI112",
            msg(
                "the votes add up to {total:count}, more than {limit}",
                total=int(total[unit]),
                limit=_limit(figures, unit, limit),
            ),
            unit,
        )
    stood = np.zeros(len(complete), dtype="bool")
    stood[at] = True
    for unit in np.flatnonzero(firm & complete & stood & single & (total < limit)).tolist():
        yield Seen(
            "PRI113",
            msg(
                "the votes add up to {total:count}, less than {limit}",
                total=int(total[unit]),
                limit=_limit(figures, unit, limit),
            ),
            unit,
        )


def _several_each(
    returns: Returns,
    limited: npt.NDArray[np.bool_],
    total: npt.NDArray[np.int64],
    limit: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Tell of each unit whether its voters vote for several people, whose votes add up to no known number.

    French communes of less than 1,000 inhabitants elected their councils so until 2020, and departements with few
    senators elect these so. Known by the rules for elections of that name, by candidates without a list, and by votes
    that are far more than the ballots in most units.
    """
    several = np.zeros(len(limited), dtype="bool")
    people = returns.candidates
    for election in people["election"].unique().tolist():
        units = (returns.ballots["election"] == election).to_numpy()
        counted = units & limited & (limit > 0)
        if not (counted & (total > limit)).any() or not _may_be_of_names(returns, str(election)):
            continue
        # Nuances are given to the candidates of large communes, which vote for lists; to those for the senate, to all.
        of_lists = ["list", "label"] if "municipales" in fold(str(election)).split() else ["list"]
        if people.loc[people["election"] == election, of_lists].notna().to_numpy().any():
            continue
        if counted.any() and 2 * int((counted & (2 * total >= 3 * limit)).sum()) > int(counted.sum()):
            several |= units
    return several


def _may_be_of_names(returns: Returns, election: str) -> bool:
    """Tell whether there were rules for an election of this kind, when it was held, under which voters name several people."""
    from primaire.rules.choice import Facts, in_force
    from primaire.rules.shipped import shipped

    days = returns.contests.loc[returns.contests["election"] == election, "date"].dropna().tolist()
    return any(
        rule.votes_for == "names" or (rule.votes_for == "people" and (rule.scope.seats_to or 1) > 1)
        for rule in in_force(shipped(), Facts(election, str(days[0]) if days else None))
    )


def _limit(figures: Exact, unit: int, limit: npt.NDArray[np.int64]) -> Message:
    if figures.known["valid"][unit]:
        return msg("the {valid:count} valid votes", valid=int(limit[unit]))
    return msg("the {valid:count} voters whose vote is not blank or null", valid=int(limit[unit]))


def name_of(returns: Returns, row: int) -> str:
    return str(returns.candidates["candidate"].iloc[returns.votes["candidate"].iloc[row]])
