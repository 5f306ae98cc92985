"""Print how long commands take next to their yardsticks. It judges nothing: a figure depends on the machine's mood."""

from __future__ import annotations

import argparse
import compileall
import csv
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import primaire
from benchmarks.councils import PEERS
from benchmarks.country import write_country
from benchmarks.deputies import write_deputies
from benchmarks.pairs import Spread, alternate, compare

if TYPE_CHECKING:
    from collections.abc import Callable

# The command as people run it, from the environment of this Python.
PRIMAIRE = str(Path(sys.executable).with_name("primaire"))
ROOT = Path(__file__).parents[1]
NATIONAL = ROOT / "data" / "primaire_2017_national.csv"
YARDSTICKS = str(Path(__file__).with_name("yardsticks.py"))
COUNCILS = str(Path(__file__).with_name("councils.py"))
PANDAS = "import typer, rich.table, pandas"
CONSOLE = "import typer, rich.console"
MANY = 1000  # pairs: as many as are asked for


@dataclass(frozen=True)
class Race:
    """A command, the Python that it is measured by, and the ratios that are aimed at: ``wall``, ``cpu``, ``memory``.

    ``program`` is what runs the command: primaire, or Python.
    """

    name: str
    command: list[str]
    yardstick: list[str]
    goals: dict[str, str]
    program: str = PRIMAIRE


def small_races(folder: Path) -> list[Race]:
    """The questions of a section on the evening."""
    shares = folder / "national.csv"
    write_shares(shares)
    return [
        Race("results --round 2", ["results", "--round", "2"], ["-c", PANDAS], {"wall": "1.35", "cpu": "1.35"}),
        Race("--help", ["--help"], ["-c", CONSOLE], {"wall": "2.00", "cpu": "2.00"}),
        Race("reconstruct national shares", ["reconstruct", str(shares)], ["-c", PANDAS], {"wall": "1-2 s"}),
    ]


def national_races(folder: Path, times: int) -> list[Race]:
    """The questions to a country's 69,242 polling stations, in the ministry's raw layout."""
    first, second = national_files(folder / f"times-{times}", times)
    table, script = str(folder / "ours.csv"), str(folder / "yardstick.csv")
    total = Race(
        f"results NATIONAL x{times}",
        ["results", str(first)],
        [YARDSTICKS, "total", str(first)],
        {"wall": "1.20", "cpu": "1.20", "memory": "1.15"} if times == 1 else {"cpu": "1.30", "memory": "2.10"},
    )
    if times > 1:
        return [total]
    return [
        total,
        Race(
            "results NATIONAL --by commune -o CSV",
            ["results", str(first), "--by", "commune", "-o", table],
            [YARDSTICKS, "communes", str(first), script],
            {"wall": "1.20", "cpu": "1.20"},
        ),
        Race(
            "swing ROUND1 ROUND2 --by commune -o CSV",
            ["swing", str(first), str(second), "--by", "commune", "-o", table],
            [YARDSTICKS, "swing", str(first), str(second), script],
            {"wall": "1.40", "cpu": "1.40"},
        ),
        Race("check NATIONAL", ["check", str(first)], [PRIMAIRE, "info", str(first)], {"wall": "3.00", "cpu": "3.00"}),
    ]


def deputies_races(folder: Path) -> list[Race]:
    """Who is elected in 577 constituencies, and how many ballots would change it, beside what ``info`` takes for the same file."""
    real = published("fr-legislatives-ministere-xls/Leg_2017_Resultats_T1_officiel.xlsx")
    file = str(real if real.is_file() else write_deputies(folder / "Législatives 2017 T1.csv"))
    goals = {"wall": "2.00", "cpu": "2.00"}
    commands = ("outcome", "outcome --format csv", "outcome --summary", "margin", "margin --format csv")
    return [
        Race(
            f"{command} DEPUTIES", [*command.split(), file], [PRIMAIRE, "info", file], goals if "out" in command else {}
        )
        for command in commands
    ]


def published(name: str) -> Path:
    """Return where a published file would be that the project does not ship."""
    return Path(os.environ.get("PRIMAIRE_DATA", ROOT.parent / "shared" / "data"), name)


def council_races() -> list[Race]:
    """Random councils: 100,000 beside what people write by hand, and fewer beside each library that is installed."""
    sizes = {"plain": 100_000, **{name: 10_000 for name in PEERS if name != "plain" and find_spec(name)}}
    return [
        Race(
            f"{size:,} councils, by {name}",
            [COUNCILS, "primaire", str(size)],
            [COUNCILS, name, str(size)],
            {"wall": "1.50" if name == "plain" else "1.00"},
            sys.executable,
        )
        for name, size in sizes.items()
    ]


def national_files(folder: Path, times: int) -> tuple[Path, Path]:
    """Return both rounds of a country: the real one of 2017 where its script is found, else one with made-up counts."""
    folder.mkdir(parents=True)
    real = published("make_ministry_file.py")
    if not real.is_file():
        return write_country(folder, times)
    subprocess.run(
        [sys.executable, str(real), str(folder), "--times", str(times)], check=True, stdout=subprocess.DEVNULL
    )
    first, second = sorted(folder.glob("*.txt"))
    return first, second


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


def shown(spread: Spread, decimals: int = 2) -> str:
    """Return a spread as people read it."""
    return f"{spread.middle:5.{decimals}f} ({spread.low:.{decimals}f} to {spread.high:.{decimals}f})"


def run(race: Race, pairs: int) -> None:
    """Run a race and print a line for each of its measures."""
    costs = alternate([race.program, *race.command], [sys.executable, *race.yardstick], pairs)
    for measure in ("wall", "cpu", "memory"):
        result = compare(costs, measure)
        decimals = 0 if measure == "memory" else 2
        figures = (
            f"{shown(result.measured, decimals):22} {shown(result.yardstick, decimals):22} {shown(result.ratio):22}"
        )
        print(f"{race.name:40} {measure:6} {figures} {race.goals.get(measure, '')}", flush=True)


def groups(folder: Path) -> dict[str, tuple[Callable[[], list[Race]], int]]:
    """Return what makes each group of races, and how many pairs of runs are enough for it."""
    return {
        "small": (lambda: small_races(folder), MANY),
        "deputies": (lambda: deputies_races(folder), MANY),
        "national": (lambda: national_races(folder, 1), MANY),
        "times-10": (lambda: national_races(folder, 10), 3),
        "councils": (council_races, 5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=9, help="runs of each command (default: %(default)s)")
    parser.add_argument("--only", choices=list(groups(Path())), help="some of the races")
    arguments = parser.parse_args()
    if arguments.pairs < 2:  # noqa: PLR2004  quartiles need two runs
        parser.error(f"--pairs is 2 or more, not {arguments.pairs}")
    print(f"Whole processes, {arguments.pairs} pairs in turns; medians, and the quartiles around them. MB of memory.\n")
    print(f"{'command':40} {'':6} {'measured':22} {'yardstick':22} {'ratio':22} goal")
    # pip does so when it installs; a checkout where Python writes no bytecode would be compiled anew in every run.
    compileall.compile_dir(Path(primaire.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        for group, (races, most) in groups(Path(name)).items():
            if arguments.only in (None, group):
                for race in races():
                    run(race, min(arguments.pairs, most))
    print(
        f"\nThe yardsticks: {PANDAS!r}; for --help, {CONSOLE!r}; for deputies and for check, primaire info on the same file; for a country, benchmarks/yardsticks.py."
    )
    print(
        "For councils, benchmarks/councils.py; libraries beside which they are shared out: pip install -e '.[bench]'."
    )
    print("Planted errors, and how many are found: python -m benchmarks.planted (identities), benchmarks.outliers.")
    print("False alarms of diff on honest updates: python -m benchmarks.updates.")
    print("Transfers on districts whose true table is known: python -m benchmarks.transfers.")
    print("Questions to large Parquet files are measured by python -m benchmarks.store.")


if __name__ == "__main__":
    main()
