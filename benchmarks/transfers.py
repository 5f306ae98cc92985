"""How near the estimated transfers of votes are to the truth, on real districts where the truth was counted.

    python -m benchmarks.transfers [--protocol merged|full] [--districts N] [--intervals] [--pairs K]

The districts (New Zealand 2002 to 2020, Scotland 2007) lie in the folder ``transfers`` beside that of the published results,
which PRIMAIRE_DATA names: ``districts.zip``, ``districts.csv``, ``peers.csv`` (what other programs scored on them, merged) and
``reference.py`` (a fixed amount of linear algebra, whose CPU time makes ours comparable).

Protocols: ``full`` takes a district as it is, but for units and options without a vote; in ``merged``, options before with
less than 3 % are put together as one where there are two of them or more, and options after with less than 5 % likewise.
The error is EI = 50 sum |estimate - truth| / N: the percentage of votes in the wrong cell of the whole table.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from primaire.inference import fit
from tools.environment import ROOT

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.inference import Estimate

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

LIMITS: Final = {"full": (0.0, 0.0), "merged": (0.03, 0.05)}
"""The shares, before and after, below which options are put together."""

MERGED: Final = "merged"
"""The protocol of ``peers.csv``."""

UNITS: Final = (0, 40, 60, 80, np.inf)
SHARES: Final = (0.0, 0.05, 0.2, 1.0)
"""Where classes of districts, by number of units, and of cells, by estimated share of their row, end."""

HARDLY: Final = 0.6
"""A district with less of its cells within their intervals misleads as a whole."""

OURS: Final = "primaire"
ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True)
class District:
    """Counts of units x options before, of units x options after, and the true table."""

    name: str
    before: Wholes
    after: Wholes
    truth: Wholes

    def held(self) -> District:
        """Leave out the units and options that have no vote."""
        units, rows, columns = self.before.sum(axis=1) > 0, self.before.sum(axis=0) > 0, self.after.sum(axis=0) > 0
        return District(
            self.name,
            self.before[np.ix_(units, rows)],
            self.after[np.ix_(units, columns)],
            self.truth[np.ix_(rows, columns)],
        )

    def merged(self, limits: tuple[float, float]) -> District:
        """Put the options below a share together, where there are at least two of them: as the last one."""
        rows, columns = _small(self.before, limits[0]), _small(self.after, limits[1])
        truth = _together(_together(self.truth, columns).T, rows).T
        return District(self.name, _together(self.before, rows), _together(self.after, columns), truth)

    def error(self, votes: Floats) -> float:
        """Return EI, 0 to 100: the percentage of votes in the wrong cell."""
        return float(50 * np.abs(votes - self.truth).sum() / self.truth.sum())


def _small(counts: Wholes, limit: float) -> npt.NDArray[np.bool_]:
    small = counts.sum(axis=0) < limit * counts.sum()
    return np.asarray(small & (small.sum() > 1))


def _together(counts: Wholes, small: npt.NDArray[np.bool_]) -> Wholes:
    return np.column_stack([counts[:, ~small], counts[:, small].sum(axis=1)]) if small.any() else counts


class Result(NamedTuple):
    """What was estimated of a district, and the CPU seconds that it took."""

    district: District
    estimate: Estimate
    seconds: float

    @property
    def error(self) -> float:
        return self.district.error(self.estimate.votes)


def folder() -> Path:
    """Return the folder of the districts; ends the program where it is absent."""
    data = Path(os.environ.get("PRIMAIRE_DATA") or ROOT / ".." / "shared" / "data")
    found = data.parent / "transfers"
    if not (found / "districts.zip").is_file():
        sys.exit(f"no districts in {found}; PRIMAIRE_DATA names the folder beside it")
    return found


def districts(source: Path, protocol: str, most: int | None = None) -> list[District]:
    """Return all districts as a protocol wants them, or so many of them, evenly spaced in the order of their names."""
    with zipfile.ZipFile(source / "districts.zip") as held:
        names = sorted(held.namelist())
        if most is not None and most < len(names):
            names = [names[round(place)] for place in np.linspace(0, len(names) - 1, most)]
        read = [(Path(name).stem, np.load(io.BytesIO(held.read(name)))) for name in names]
    return [
        District(name, *(arrays[key].astype("int64") for key in "XYT")).held().merged(LIMITS[protocol])
        for name, arrays in read
    ]


def estimated(cases: list[District], *, intervals: bool) -> list[Result]:
    """Estimate each district."""
    results = []
    for case in cases:
        start = time.process_time()
        estimate = fit(case.before, case.after, intervals=intervals)
        results.append(Result(case, estimate, time.process_time() - start))
    return results


def first_call(case: District, *, intervals: bool) -> tuple[float, float]:
    """Return the seconds, on the clock and of the processor, of the first estimate: it compiles, or loads what was."""
    wall, cpu = time.perf_counter(), time.process_time()
    fit(case.before, case.after, intervals=intervals)
    return time.perf_counter() - wall, time.process_time() - cpu


def table(errors: pd.DataFrame) -> pd.DataFrame:
    """Return each column's errors in five numbers, and how often the first column's are smaller."""
    ours = errors[OURS]
    better = [np.nan, *((ours < errors[name])[errors[name].notna()].mean() for name in errors.columns[1:])]
    return pd.DataFrame(
        {
            "districts": errors.notna().sum(),
            "mean": errors.mean(),
            "median": errors.median(),
            "90 %": errors.quantile(0.9),
            "largest": errors.max(),
            "ours, there": [ours[errors[name].notna()].mean() for name in errors],
            "ours is better": better,
        }
    )


def by_method(results: list[Result], source: Path, protocol: str) -> pd.DataFrame:
    """Return a row for ours, and in the protocol that others were run on one for each of them."""
    errors = pd.DataFrame({OURS: {result.district.name: result.error for result in results}})
    if protocol == MERGED:
        peers = pd.read_csv(source / "peers.csv").pivot_table("ei_error", "id", "method")
        errors = errors.join(peers[peers.median().sort_values().index])
    return table(errors.dropna(axis="columns", how="all"))


def by_kind(results: list[Result], source: Path) -> list[pd.DataFrame]:
    """Return our errors by country and year, and by number of units."""
    facts = pd.read_csv(source / "districts.csv", index_col="id").loc[[result.district.name for result in results]]
    facts["EI"] = [result.error for result in results]
    facts["units"] = pd.cut([len(result.district.before) for result in results], UNITS, right=False)
    keys: tuple[list[str], ...] = (["country", "year"], ["units"])
    return [facts.groupby(key, observed=True)["EI"].agg(["count", "mean", "median", "max"]) for key in keys]


def covered(results: list[Result]) -> pd.DataFrame:
    """Return a row per cell of all districts: whether its interval holds the truth, and how wide it is."""
    frames = []
    for district, estimate, _ in results:
        rows = district.truth.sum(axis=1, keepdims=True)
        true = district.truth / rows
        frames.append(
            pd.DataFrame(
                {
                    "district": district.name,
                    "share": estimate.shares.ravel(),
                    "held": ((estimate.lower <= true) & (true <= estimate.upper)).ravel(),
                    "width": (estimate.upper - estimate.lower).ravel(),
                    "votes": district.truth.ravel(),
                    "row": np.broadcast_to(rows, true.shape).ravel(),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def coverage(cells: pd.DataFrame) -> pd.DataFrame:
    """Return which part of the cells is covered, each weighing the same, or as its votes or its row, and the mean width."""

    def weighted(part: pd.DataFrame, by: str) -> float:
        return float((part["held"] * part[by]).sum() / part[by].sum())

    parts: dict[str, pd.DataFrame] = {"all": cells}
    for low, high in pairwise(SHARES):
        inside = (cells["share"] >= low) & ((cells["share"] < high) | (high == SHARES[-1]))
        parts[f"{low:g} to {high:g}"] = cells[inside]
    return pd.DataFrame(
        {
            label: {
                "cells": len(part),
                "covered": part["held"].mean(),
                "by votes": weighted(part, "votes"),
                "by row": weighted(part, "row"),
                "width": part["width"].mean(),
                "width by row": (part["width"] * part["row"]).sum() / part["row"].sum(),
            }
            for label, part in parts.items()
            if len(part)
        }
    ).T


def paired(source: Path, protocol: str, pairs: int, *, intervals: bool) -> list[tuple[float, float]]:
    """Return the CPU seconds of all our estimates and of ``reference.py``, run in turn, each in a process of its own."""
    ours = [sys.executable, "-m", "benchmarks.transfers", "--seconds", "--protocol", protocol]
    commands = [*ours, *(["--intervals"] if intervals else [])], [sys.executable, str(source / "reference.py")]

    def seconds(command: list[str]) -> float:
        environment = os.environ | ONE_THREAD
        run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
        return float(re.findall(r"([\d.]+) CPU seconds", run.stdout)[-1])

    return [(seconds(commands[0]), seconds(commands[1])) for _ in range(pairs)]


def report(results: list[Result], source: Path, protocol: str, *, intervals: bool) -> None:
    """Print all tables."""
    show(by_method(results, source, protocol))
    for frame in by_kind(results, source):
        show(frame)
    if intervals:
        cells = covered(results)
        print("90 % intervals, by estimated share of the row")
        show(coverage(cells), decimals=3)
        few = cells.groupby("district")["held"].mean() < HARDLY
        print(f"districts with less than {HARDLY:.0%} of their cells covered: {few.mean():.3f}\n")


def show(frame: pd.DataFrame, decimals: int = 2) -> None:
    """Print a frame."""
    print(frame.to_string(float_format=f"{{:.{decimals}f}}".format, na_rep=""), "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.transfers", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--protocol", choices=sorted(LIMITS), default=MERGED)
    parser.add_argument("--districts", type=int, help="so many of them, evenly spaced (default: all)")
    parser.add_argument(
        "--intervals", action="store_true", help="estimate 90 %% intervals too, and tell what they cover"
    )
    parser.add_argument(
        "--pairs", type=int, default=0, help="run so many times in turn with reference.py, all districts"
    )
    parser.add_argument("--seconds", action="store_true", help="print the CPU seconds of the estimates alone")
    asked = parser.parse_args()
    source = folder()
    cases = districts(source, asked.protocol, asked.districts)
    wall, cpu = first_call(cases[0], intervals=asked.intervals)
    results = estimated(cases, intervals=asked.intervals)
    if not asked.seconds:
        print(f"{len(cases)} districts, {asked.protocol}; EI, the percentage of votes in the wrong cell\n")
        report(results, source, asked.protocol, intervals=asked.intervals)
        print(f"first call: {wall:.2f} s ({cpu:.2f} of the processor), not counted in")
    print(f"{sum(result.seconds for result in results):.2f} CPU seconds", flush=True)
    ratios = []
    for ours, reference in paired(source, asked.protocol, asked.pairs, intervals=asked.intervals):
        ratios.append(ours / reference)
        print(f"in turn: {ours:.2f} CPU seconds, reference {reference:.2f}: {ratios[-1]:.1f} times")
    if ratios:
        print(f"the middle of them: {np.median(ratios):.1f} times")


if __name__ == "__main__":
    main()
