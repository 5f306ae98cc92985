"""Two commands run in turns, as whole processes, and compared pair by pair."""

from __future__ import annotations

import os  # wait4 is Unix only: processor time and memory of one child
import subprocess
import time
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Cost:
    """What one run of a process took: seconds on the clock and of the processor, and the most memory it held, in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Spread:
    """The middle of repeated measurements, and the quartiles around it: half of them lie between the two."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        low, _, high = quantiles(values, n=4, method="inclusive")
        return cls(median(values), low, high)


@dataclass(frozen=True)
class Comparison:
    """A command against its yardstick: seconds of each, and the ratio of the two in each pair."""

    measured: Spread
    yardstick: Spread
    ratio: Spread


def run(command: list[str]) -> Cost:
    """Run a command to its end, its output thrown away. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def alternate(measured: list[str], yardstick: list[str], pairs: int) -> list[tuple[Cost, Cost]]:
    """Run both commands ``pairs`` times, after one run each to warm up.

    The two of a pair run one right after the other, so that both meet the same load of the machine, and which of them
    goes first changes from pair to pair.
    """
    run(measured)
    run(yardstick)
    costs = []
    for number in range(pairs):
        if number % 2:
            second = run(yardstick)
            costs.append((run(measured), second))
        else:
            first = run(measured)
            costs.append((first, run(yardstick)))
    return costs


def compare(costs: list[tuple[Cost, Cost]], clock: str) -> Comparison:
    """Compare the two sides by ``wall``, ``cpu`` or ``memory``."""
    seconds = [(getattr(measured, clock), getattr(yardstick, clock)) for measured, yardstick in costs]
    return Comparison(
        Spread.of([measured for measured, _ in seconds]),
        Spread.of([yardstick for _, yardstick in seconds]),
        Spread.of([measured / yardstick for measured, yardstick in seconds]),
    )
