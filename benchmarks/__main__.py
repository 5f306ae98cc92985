"""Print how long commands take next to their yardsticks. It judges nothing: a figure depends on the machine's mood."""

from __future__ import annotations

import argparse
import compileall
import csv
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import primaire
from benchmarks.pairs import Spread, alternate, compare

# The command as people run it, from the environment of this Python.
PRIMAIRE = str(Path(sys.executable).with_name("primaire"))
NATIONAL = Path(__file__).parents[1] / "data" / "primaire_2017_national.csv"
PANDAS = "import typer, rich.table, pandas"
CONSOLE = "import typer, rich.console"


@dataclass(frozen=True)
class Race:
    """A command, the Python statement that it is measured by, and the ratio that is aimed at."""

    command: list[str]
    yardstick: str
    goal: str


def races(shares: Path) -> list[Race]:
    return [
        Race(["results", "--round", "2"], PANDAS, "1.35"),
        Race(["--help"], CONSOLE, "2.00"),
        Race(["reconstruct", str(shares)], PANDAS, "1-2 s"),
    ]


def write_shares(path: Path) -> None:
    """Write round 1 of the country as if it had been published as percentages with two decimals and a number of voters.

    The search then goes through 1.6 million totals, nearly all of which fit.
    """
    with NATIONAL.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["round"] == "1"]
    valid = sum(int(row["votes"]) for row in rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(["candidate", "share", "voters"])
        for row in rows:
            write([row["candidate"], f"{float(round(Fraction(100 * int(row['votes']), valid), 2)):.2f}", row["voters"]])


def shown(spread: Spread) -> str:
    return f"{spread.middle:5.2f} ({spread.low:.2f} to {spread.high:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, help="runs of each command (default: %(default)s)")
    pairs = parser.parse_args().pairs
    print(f"Whole processes, {pairs} pairs in turns; medians, and the quartiles around them.\n")
    print(f"{'command':36} {'clock':5}  {'seconds':22} {'yardstick':22} {'ratio':22} goal")
    # pip does so when it installs; a checkout where Python writes no bytecode would be compiled anew in every run.
    compileall.compile_dir(Path(primaire.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        shares = Path(folder, "national.csv")
        write_shares(shares)
        for race in races(shares):
            costs = alternate([PRIMAIRE, *race.command], [sys.executable, "-c", race.yardstick], pairs)
            name = " ".join(["primaire", *race.command]).replace(str(shares), shares.name)
            for clock in ("wall", "cpu"):
                result = compare(costs, clock)
                figures = " ".join(
                    f"{shown(spread):22}" for spread in (result.measured, result.yardstick, result.ratio)
                )
                print(f"{name:36} {clock:5} {figures} {race.goal}", flush=True)
    print(f"\nThe yardsticks: {PANDAS!r} and, for --help, {CONSOLE!r}.")


if __name__ == "__main__":
    main()
