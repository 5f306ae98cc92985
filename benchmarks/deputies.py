"""The first round of an election of 577 deputies with made-up counts, in primaire's own format."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

CONSTITUENCIES, DEPARTEMENTS = 577, 100
_HEADER = (
    "election", "round", "contest", "level", "departement_code", "constituency_code", "registered", "voters", "valid",
    "candidate", "label", "number", "votes",
)  # fmt: skip


def write_deputies(path: Path, seed: int = 2017) -> Path:
    """Write 577 constituencies with 8 to 20 candidates each. Return the path."""
    drawn = np.random.default_rng(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(_HEADER)
        for number in range(CONSTITUENCIES):
            registered = int(drawn.integers(45_000, 120_000))
            voters = int(registered * drawn.uniform(0.35, 0.65))
            valid = int(voters * 0.98)
            votes = drawn.multinomial(valid, drawn.dirichlet(np.full(int(drawn.integers(8, 21)), 0.6))).tolist()
            place, seat = f"{number % DEPARTEMENTS + 1:02d}", number // DEPARTEMENTS + 1
            contest = ("Législatives 2017", 1, f"{place}-{seat}", "constituency", place, f"{place}{seat:02d}")
            write.writerows(
                (*contest, registered, voters, valid, f"Candidate {panel}", f"P{panel}", panel, cast)
                for panel, cast in enumerate(votes, start=1)
            )
    return path
