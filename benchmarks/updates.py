"""How often honest counting raises an alarm in ``primaire diff``, and how often old shares of a new total are found.

    python -m benchmarks.updates [--runs 200] [--level 0.01]

Polling stations of a country (the real one of 2017 where its script is found, else made-up counts) are revealed in many orders,
and two moments of that evening are published: with counts, with percentages beside some of them, or with percentages
alone. None of it is read from files: the totals are the updates.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.__main__ import national_files
from primaire import load
from primaire.arrays import codes, whole
from primaire.publications.judgement import TO_CHECK, Seen, judge
from primaire.publications.signature import nearest
from primaire.publications.update import Line, Update, half_up

if TYPE_CHECKING:
    from primaire.schema import Returns

Wholes = Any
SIZES = (30, 300, 3_000, 20_000)
"""Stations of a town, of a departement, of a primary, of nearly a third of the country."""

CUTS = ((0.10, 0.20), (0.50, 0.78), (0.78, 1.00), (0.95, 1.00))
"""Parts of the stations that are counted at the first moment and at the second."""


class Form(NamedTuple):
    """How a moment is published.

    Attributes:
        counted: whether all counts are published, else none.
        decimals: those of percentages beside them; None without any.
        of_valid: whether valid votes are the only total, so that candidates have all of it; else percentages are of voters.
        candidates: how many of the candidates there are, as in a run-off; None for all.
    """

    counted: bool
    decimals: int | None = None
    of_valid: bool = False
    candidates: int | None = None


FORMS = {
    "counts": Form(counted=True),
    "counts and 2 decimals": Form(counted=True, decimals=2),
    "2 decimals": Form(counted=False, decimals=2),
    "1 decimal": Form(counted=False, decimals=1),
    "all, 1 decimal": Form(counted=True, decimals=1, of_valid=True),
    "run-off, 1 decimal": Form(counted=True, decimals=1, of_valid=True, candidates=2),
    "three, 1 decimal": Form(counted=True, decimals=1, of_valid=True, candidates=3),
}
"""How all counts, some or none are published, and what is free to move in them."""


class Country:
    """The stations of a country: votes by candidate, voters, and the places that they lie in."""

    def __init__(self, returns: Returns) -> None:
        ballots, votes = returns.ballots, returns.votes
        self.voters = whole(ballots["voters"])
        self.departement, self.commune = codes(ballots["departement_code"]), codes(ballots["commune_code"])
        self.votes = np.zeros((len(ballots), len(returns.candidates)), dtype="int64")
        self.votes[votes["ballot"].to_numpy(), votes["candidate"].to_numpy()] = whole(votes["votes"])


def by_place(made: np.random.Generator, place: Wholes) -> Wholes:
    """Return an order in which whole places come at once, the places in any order."""
    order = made.permutation(int(place.max()) + 1)
    return np.lexsort((made.random(len(place)), order[place]))


def within_place(made: np.random.Generator, place: Wholes) -> Wholes:
    """Return an order in which all places go forward together, station by station in any order: as even as can be."""
    shuffled = made.permutation(len(place))
    sorted_ = shuffled[np.argsort(place[shuffled], kind="stable")]
    start = np.searchsorted(place[sorted_], place[sorted_])
    size = np.bincount(place)[place[sorted_]]
    return sorted_[np.argsort((np.arange(len(place)) - start + 0.5) / size, kind="stable")]


Order = Callable[[np.random.Generator, Country, Wholes], Wholes]

ORDERS: dict[str, Order] = {
    "at random": lambda made, _, kept: made.permutation(len(kept)),
    "small stations first": lambda _, country, kept: np.argsort(country.voters[kept], kind="stable"),
    "large stations first": lambda _, country, kept: np.argsort(-country.voters[kept], kind="stable"),
    "as in the file": lambda _, __, kept: np.argsort(kept),
    "the file backwards": lambda _, __, kept: np.argsort(-kept),
    "by departement": lambda made, country, kept: by_place(made, country.departement[kept]),
    "by commune": lambda made, country, kept: by_place(made, country.commune[kept]),
    "evenly in departements": lambda made, country, kept: within_place(made, country.departement[kept]),
    "every other, by size": lambda _, country, kept: np.concatenate(
        [np.argsort(country.voters[kept], kind="stable")[first::10] for first in range(10)]
    ),
}
BALLOTS = "ballots at random"
"""Not stations: each ballot by itself. Nothing honest leaves shares nearer to where they were."""


def moments(made: np.random.Generator, country: Country, order: str) -> tuple[Wholes, Wholes]:
    """Return the totals of two moments of an evening: votes by candidate, then the voters."""
    kept = made.choice(len(country.voters), size=made.choice(SIZES), replace=False)
    cut = CUTS[made.integers(len(CUTS))]
    columns = np.column_stack([country.votes[kept], country.voters[kept]])
    arranged = columns[ORDERS["at random" if order == BALLOTS else order](made, country, kept)]
    one, other = (arranged[: round(part * len(kept))].sum(axis=0) for part in cut)
    if order == BALLOTS:
        rest = np.append(other[:-1], other[-1] - other[:-1].sum())
        drawn = made.multivariate_hypergeometric(rest, int(one[-1]), method="marginals")
        one = np.append(drawn[:-1], one[-1])
    return one, other


def published(one: Wholes, other: Wholes, form: str) -> Update:
    """Return two moments as they are published, percentages being of voters as in January 2017, or of valid votes."""
    how = FORMS[form]
    votes = [totals[:-1][: how.candidates] for totals in (one, other)]
    whole = [
        int(cast.sum()) if how.of_valid else int(totals[-1]) for cast, totals in zip(votes, (one, other), strict=True)
    ]
    sides = [
        [(int(each) if how.counted else None, printed(int(each), total, how.decimals)) for each in cast]
        for cast, total in zip(votes, whole, strict=True)
    ]
    lines = tuple(Line(a[0], b[0], a[1], b[1]) for a, b in zip(*sides, strict=True))
    base = "valid" if how.of_valid else "voters"
    totals = {base: (whole[0], whole[1])}
    if how.counted:
        totals["valid"] = int(votes[0].sum()), int(votes[1].sum())
    return Update(lines, totals, base, how.decimals)


def printed(votes: int, total: int, decimals: int | None) -> Fraction | None:
    """Return a percentage as it is printed."""
    return None if decimals is None else Fraction(half_up(Fraction(100 * 10**decimals * votes, total)), 10**decimals)


def old_shares(one: Wholes, other: Wholes, decimals: int) -> Wholes:
    """Return the second moment as if the shares printed at the first had been applied to its total, as in January 2017."""
    shares = [printed(int(votes), int(one[-1]), decimals) or Fraction(0) for votes in one[:-1]]
    return np.array([*(max(nearest(share * int(other[-1]) / 100)) for share in shares), other[-1]])


def flagged(update: Update, level: float) -> bool:
    """Tell whether an update in which nothing went down is to be checked."""
    seen = Seen(down=False, changed=True)
    return judge([update], [seen], level)[0].finding in TO_CHECK


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.updates", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--runs", type=int, default=200, help="evenings of each order (default: %(default)s)")
    parser.add_argument("--level", type=float, default=0.01, help="the rate of false alarms asked for")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        country = Country(load(national_files(Path(folder) / "country", 1)[0]))
    made, began = np.random.default_rng(2017), perf_counter()
    print(f"False alarms at level {arguments.level}, of {arguments.runs} honest updates of each kind")
    print(f"{'stations revealed':24}" + "".join(f"{form:>24}" for form in FORMS))
    alarms = dict.fromkeys(FORMS, 0)
    for order in (*ORDERS, BALLOTS):
        of_order = dict.fromkeys(FORMS, 0)
        for _ in range(arguments.runs):
            one, other = moments(made, country, order)
            for form in FORMS:
                of_order[form] += flagged(published(one, other, form), arguments.level)
        print(f"{order:24}" + "".join(f"{count / arguments.runs:24.4f}" for count in of_order.values()), flush=True)
        alarms = {form: alarms[form] + count for form, count in of_order.items()}
    every, evenings = arguments.runs * (len(ORDERS) + 1), max(arguments.runs // 10, 10)
    print(f"{'all of them':24}" + "".join(f"{count / every:24.4f}" for count in alarms.values()))
    print(
        f"{perf_counter() - began:.0f} s\n\nOld printed shares applied to the new total: found, of {evenings} evenings, by the number of stations"
    )
    print(f"{'stations':24}" + "".join(f"{form:>24}" for form, how in FORMS.items() if not how.of_valid))
    report_power(made, country, evenings, arguments.level)


def report_power(made: np.random.Generator, country: Country, runs: int, level: float) -> None:
    """Print how often the incident of 2017 is found when it is done to honest updates."""
    for size in SIZES:
        found = {form: 0 for form, how in FORMS.items() if not how.of_valid}
        for _ in range(runs):
            kept = made.choice(len(country.voters), size=size, replace=False)
            columns = np.column_stack([country.votes[kept], country.voters[kept]])
            one, other = columns[: round(0.78 * size)].sum(axis=0), columns.sum(axis=0)
            for form in [form for form, how in FORMS.items() if not how.of_valid]:
                applied = old_shares(one, other, FORMS[form].decimals or 2)
                found[form] += flagged(published(one, applied, form), level)
        print(f"{size:<24}" + "".join(f"{count / runs:24.4f}" for count in found.values()), flush=True)


if __name__ == "__main__":
    main()
