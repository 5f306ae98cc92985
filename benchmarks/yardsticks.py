"""What people write by hand today: pandas on the columns that a question needs, of the raw file of a presidential election.

python -m benchmarks.yardsticks total ROUND1
python -m benchmarks.yardsticks communes ROUND1 -o FILE.csv
python -m benchmarks.yardsticks swing ROUND1 ROUND2
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST, BLOCK = 21, 7
COUNTS = {7: "registered", 10: "voters", 12: "blank", 15: "null", 18: "valid"}
PLACE = {0: "departement", 4: "commune"}


def read(path: str, places: dict[int, str]) -> tuple[pd.DataFrame, list[str]]:
    """Read the needed columns. The header names the first candidate only, so columns are known by their place."""
    with Path(path).open(encoding="cp1252") as file:
        file.readline()
        row = file.readline().rstrip("\r\n").split(";")
    votes = {at + 4: row[at + 2] for at in range(FIRST, len(row), BLOCK)}
    names = {**places, **COUNTS, **votes}
    frame: Any = pd.read_csv(
        path, sep=";", encoding="cp1252", header=None, skiprows=1, usecols=list(names), dtype=dict.fromkeys(places, str)
    )
    return frame.rename(columns=names), list(votes.values())


def total(path: str) -> None:
    """Print votes and shares of the country."""
    frame, people = read(path, {})
    sums = frame.sum()
    votes = sums[people].sort_values(ascending=False)
    print(sums[list(COUNTS.values())])
    print(pd.DataFrame({"votes": votes, "share": 100 * votes / sums["valid"]}).round(2))


def by_commune(path: str) -> pd.DataFrame:
    """Return votes and shares of each commune, a row per candidate."""
    frame, people = read(path, PLACE)
    sums = frame.groupby(list(PLACE.values()), sort=False).sum()
    long = sums.reset_index().melt([*PLACE.values(), *COUNTS.values()], people, "candidate", "votes")
    long["share_valid"] = 100 * long["votes"] / long["valid"]
    long["share_voters"] = 100 * long["votes"] / long["voters"]
    long["share_registered"] = 100 * long["votes"] / long["registered"]
    long["turnout"] = 100 * long["voters"] / long["registered"]
    long["rank"] = long.groupby(list(PLACE.values()))["votes"].rank(ascending=False, method="min").astype(int)
    return long.sort_values([*PLACE.values(), "rank"])


def communes(path: str, output: str) -> None:
    """Write the votes and shares of each commune."""
    by_commune(path).to_csv(output, index=False)


def swing(before: str, after: str, output: str) -> None:
    """Write what each candidate gained in each commune, and Pedersen's index."""
    key = [*PLACE.values(), "candidate"]
    both = by_commune(before).merge(by_commune(after), on=key, how="outer", suffixes=("_before", "_after"))
    shares = both[["share_valid_before", "share_valid_after"]].fillna(0)
    both["points"] = shares["share_valid_after"] - shares["share_valid_before"]
    both["votes_gained"] = both["votes_after"] - both["votes_before"]
    both["pedersen"] = both["points"].abs().groupby([both[name] for name in PLACE.values()]).transform("sum") / 2
    both.to_csv(output, index=False)


QUESTIONS: dict[str, Callable[..., None]] = {"total": total, "communes": communes, "swing": swing}

if __name__ == "__main__":
    QUESTIONS[sys.argv[1]](*sys.argv[2:])
