"""How many planted errors the outliers find, and how many false alarms there are, on a whole country.

    python -m benchmarks.outliers [--errors 1000]

The country is that of 2017, round 1, where its file is found, else one with made-up counts. It is simulated from the model
fitted to it (the same sizes, the expected shares, the overdispersion of each place), and 1,000 errors of each kind are
planted in it, one kind at a time, so that valid votes and voters agree with them; then the same in the file itself. Last, the
two candidates of round 2 are exchanged, with round 1 beside it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.__main__ import national_files
from primaire.arrays import counts, whole
from primaire.checks.outliers import outliers
from primaire.checks.shares import BLANK, TURNOUT
from primaire.checks.unlikely import judge
from primaire.derivation import derive
from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]
    Drawn = np.random.Generator

SIZES = (0, 2, 5, 10, 20, 40, 100)  # of an error, in points of the share that it changes most
SMALLEST = 100  # valid votes of a unit that errors are planted in


@dataclass
class Country:
    """Counts of each unit; ``votes`` has one column per candidate."""

    registered: Wholes
    voters: Wholes
    blank: Wholes
    votes: Wholes

    def copy(self) -> Country:
        return Country(self.registered, self.voters.copy(), self.blank.copy(), self.votes.copy())

    @property
    def valid(self) -> Wholes:
        return np.asarray(self.votes.sum(axis=1))

    def settle(self, units: Wholes) -> npt.NDArray[np.bool_]:
        """Make the voters agree with the votes; tell in which units that is possible."""
        self.voters[units] = self.valid[units] + self.blank[units]
        return np.asarray((self.voters[units] <= self.registered[units]) & (self.votes[units] >= 0).all(axis=1))


def country_of(known: Returns) -> Country:
    ballots, votes = known.ballots, known.votes
    dense = np.zeros((len(ballots), len(known.candidates)), dtype="int64")
    dense[votes["ballot"], votes["candidate"]] = whole(votes["votes"])
    blank = whole(ballots["blank_null"])
    return Country(whole(ballots["registered"]), dense.sum(axis=1) + blank, blank, dense)


def as_returns(country: Country, known: Returns) -> Returns:
    """Return the counts in the tables of a country."""
    all_known = np.ones(len(known.ballots), dtype="bool")
    figures: dict[str, Any] = {
        "registered": country.registered,
        "voters": country.voters,
        "valid": country.valid,
        "blank_null": country.blank,
        "blank": country.blank,
        "null": country.blank * 0,
    }
    ballots = known.ballots.assign(**{name: counts(values, all_known) for name, values in figures.items()})
    votes = country.votes[known.votes["ballot"], known.votes["candidate"]]
    return replace(
        known, ballots=ballots, votes=known.votes.assign(votes=counts(votes, np.ones(len(votes), dtype="bool")))
    )


def simulated(known: Returns, drawn: Drawn) -> Country:
    """Draw a country from the model that was fitted to one."""
    judged, real = judge(known), country_of(known)
    size, people = real.votes.shape
    rate = np.zeros((size, people + 2))  # of the candidates, then blank, then turnout: their figures are -2 and -1
    rho = np.maximum(judged.dispersion.rho, 1e-9)
    beta = drawn.beta(judged.mean * (1 - rho) / rho, (1 - judged.mean) * (1 - rho) / rho)
    rate[judged.shares.unit, judged.shares.figure] = beta
    shares = rate[:, :people]
    total = shares.sum(axis=1)
    stood = total > 0  # where nothing is expected, nobody is registered
    registered = np.where(stood, real.registered, 0)
    voters = drawn.binomial(registered, rate[:, TURNOUT])
    blank = drawn.binomial(voters, rate[:, BLANK])
    votes = np.zeros_like(real.votes)
    votes[stood] = drawn.multinomial((voters - blank)[stood], shares[stood] / total[stood, None])
    return Country(registered, voters, blank, votes)


def exchange(country: Country, unit: int, drawn: Drawn) -> None:
    one, other = drawn.choice(country.votes.shape[1], 2, replace=False)
    country.votes[unit, [one, other]] = country.votes[unit, [other, one]]


def transpose(country: Country, unit: int, drawn: Drawn) -> None:
    """Exchange two neighbouring digits of a candidate's votes."""
    person = drawn.integers(country.votes.shape[1])
    digits = list(str(country.votes[unit, person]))
    place = int(drawn.integers(max(len(digits) - 1, 1)))
    digits[place : place + 2] = reversed(digits[place : place + 2])
    country.votes[unit, person] = int("".join(digits))


def zero(country: Country, unit: int, drawn: Drawn) -> None:
    """Add a zero to a candidate's votes, or drop one digit from their end."""
    person = drawn.integers(country.votes.shape[1])
    votes = int(country.votes[unit, person])
    country.votes[unit, person] = votes * 10 if drawn.random() < 0.5 else votes // 10  # noqa: PLR2004  a coin


def moved(part: float) -> Callable[[Country, int, Drawn], None]:
    def plant(country: Country, unit: int, drawn: Drawn) -> None:
        votes = country.votes[unit]
        asked = round(part * votes.sum())
        able = np.flatnonzero(votes >= asked)
        if len(able):
            one = drawn.choice(able)
            other = drawn.choice(np.delete(np.arange(len(votes)), one))
            votes[one] -= asked
            votes[other] += asked

    return plant


def inflated(part: float) -> Callable[[Country, int, Drawn], None]:
    """Add voters, a part of the registered, who vote as the others."""

    def plant(country: Country, unit: int, drawn: Drawn) -> None:
        votes = country.votes[unit]
        votes += drawn.multinomial(round(part * country.registered[unit]), votes / votes.sum())

    return plant


KINDS: dict[str, Callable[[Country, int, Drawn], None]] = {
    "two candidates exchanged": exchange,
    "digits transposed": transpose,
    "a digit more or less": zero,
    **{f"{part:.0%} of valid moved": moved(part) for part in (0.05, 0.1, 0.2, 0.4)},
    **{f"turnout up {part:.0%}": inflated(part) for part in (0.05, 0.1, 0.2)},
}


def planted(country: Country, kind: str, errors: int, drawn: Drawn) -> tuple[Country, Wholes]:
    """Return a country with errors of a kind, and the units that they are in."""
    wrong = country.copy()
    free = drawn.permutation(np.flatnonzero(country.valid >= SMALLEST))
    units: list[int] = []
    for unit in free.tolist():
        before = country.votes[unit].copy()
        KINDS[kind](wrong, unit, drawn)
        if (wrong.votes[unit] != before).any() and wrong.settle(np.array([unit])).all():
            units.append(unit)
        else:
            wrong.votes[unit], wrong.voters[unit] = before, country.voters[unit]
        if len(units) == errors:
            break
    return wrong, np.array(sorted(units), dtype="int64")


def size_of(wrong: Country, right: Country, units: Wholes) -> npt.NDArray[np.float64]:
    """Return by how many points an error changes the share that it changes most: of a candidate, or turnout."""
    shares = [100 * each.votes[units] / each.valid[units, None] for each in (wrong, right)]
    turnout = [100 * each.voters[units] / each.registered[units] for each in (wrong, right)]
    return np.asarray(np.maximum(np.abs(shares[0] - shares[1]).max(axis=1), np.abs(turnout[0] - turnout[1])))


def found_in(country: Country, known: Returns) -> Wholes:
    return np.array([one.ballot for one in outliers(as_returns(country, known)).seen], dtype="int64")


def by_size(hit: npt.NDArray[np.bool_], size: npt.NDArray[np.float64]) -> str:
    """Tell which part of the errors is found, by the points that they change."""
    classes = np.digitize(size, SIZES[:-1]) - 1
    return "  ".join(
        f"{hit[classes == each].mean():4.2f} ({(classes == each).sum()})" if (classes == each).any() else "-"
        for each in range(len(SIZES) - 1)
    )


def report(name: str, country: Country, known: Returns, errors: int) -> None:
    """Print what is found without errors, and with those of each kind."""
    before = found_in(country, known)
    print(f"\n{name}: {len(known.ballots):,} units; findings without planted errors: {len(before)}")
    heads = [f"{low}-{high}" for low, high in pairwise(SIZES)]
    print(
        f"{'planted':26} {'found':>6} {'of them planted':>16} {'recall':>7}   recall by size in points: {'  '.join(heads)}"
    )
    for kind in KINDS:
        wrong, units = planted(country, kind, errors, np.random.default_rng(401))
        if not len(units):
            print(f"{kind:26} not possible in any unit")
            continue
        found = found_in(wrong, known)
        hit, size = np.isin(units, found), size_of(wrong, country, units)
        print(
            f"{kind:26} {len(found):6} {hit.sum():6} = {hit.sum() / max(len(found), 1):7.1%} {hit.mean():8.1%}   {by_size(hit, size)}",
            flush=True,
        )


def report_of_second_round(known: Returns, errors: int) -> None:
    """Print what is found of exchanges in round 2, which leave voters and valid votes as they are."""
    right = country_of(known)
    later = known.ballots["round"].to_numpy() == 2  # noqa: PLR2004  the second round
    stood = np.flatnonzero(right.votes[later].sum(axis=0))
    able = np.flatnonzero(later & (right.valid >= SMALLEST))
    units = np.sort(np.random.default_rng(401).choice(able, min(errors, len(able)), replace=False))
    wrong = right.copy()
    wrong.votes[np.ix_(units, stood)] = right.votes[np.ix_(units, stood[::-1])]
    before, found = found_in(right, known), found_in(wrong, known)
    hit = np.isin(units, found)
    print(f"\nRound 2 beside round 1: {len(known.ballots):,} units; findings without planted errors: {len(before)}")
    print(
        f"{'two candidates exchanged':26} {len(found):6} {hit.sum():6} = {hit.sum() / max(len(found), 1):7.1%} "
        f"{hit.mean():8.1%}   {by_size(hit, size_of(wrong, right, units))}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.outliers", description=__doc__)
    parser.add_argument("--errors", type=int, default=1000, help="of each kind (default: %(default)s)")
    errors = parser.parse_args().errors
    with tempfile.TemporaryDirectory() as name:
        first, second = national_files(Path(name) / "country", 1)
        known, both = derive(load(str(first))), derive(load(str(first), str(second)))
    start = time.process_time()
    outliers(known)
    print(f"{first.name}: {time.process_time() - start:.2f} s of processor time")
    alarms = [len(found_in(simulated(known, np.random.default_rng(seed)), known)) for seed in range(10)]
    print(f"Simulated from the fitted model ten times, without errors; findings: {alarms}")
    report("Simulated from the fitted model", simulated(known, np.random.default_rng(2017)), known, errors)
    report("As published", country_of(known), known, errors)
    report_of_second_round(both, errors)


if __name__ == "__main__":
    main()
