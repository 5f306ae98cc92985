"""Levels of one data set against each other: what is published of a place, and of the places within it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import codes, gathered, located
from primaire.captions import FIGURES
from primaire.checks.elections import taken_for_two
from primaire.checks.finding import Answer, Seen
from primaire.checks.identities import Exact
from primaire.messages import msg, msgn
from primaire.schema import CONTEST_KEY, COUNTS, LEVELS, Returns

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from primaire.checks.finding import Found

    Wholes = npt.NDArray[np.int64]

_NOT_ADDED = ("blank_null",)
"""Counts that are others' sum, and would only say twice what differs."""


def levels(returns: Returns) -> Answer:
    """Compare the counts of each place with the sum of those of the places within it, where a data set has both levels.

    Places are matched by their codes. What the parts have more than the whole is an error in any case; what they have
    less is one where all parts are there: where the source says so, or one of the counts adds up exactly.
    """
    ballots = returns.ballots
    level = np.array([*(LEVELS.index(word) for word in ballots["level"].cat.categories), -1])[codes(ballots["level"])]
    held = sorted({int(one) for one in level} - {-1})
    if len(held) < 2:  # noqa: PLR2004  a wider one, and a finer one
        return Answer((), (msg("the units are all of one level."),), applies=False)
    two = tuple(taken_for_two(returns, "level"))
    figures, compared, seen = Exact.of(returns), 0, list[Seen]()
    for wide, fine in pairwise(held):
        place = _inside(ballots, level, wide, fine)
        compared += len(np.unique(place[place >= 0]))
        seen += _compared(returns, figures, place, fine)
    said = msgn(
        "{n:count} place is compared with the places within it.",
        "{n:count} places are compared with the places within them.",
        compared,
    )
    if two and not compared:
        return Answer((), two, applies=False)
    return Answer(tuple(seen), (said, *two), bool(compared))


def _inside(ballots: pd.DataFrame, level: Wholes, wide: int, fine: int) -> Wholes:
    """Return for each unit of the finer level the unit of the wider one that it lies in, -1 for none, and for others."""
    keys = ["election", "round"]
    if wide:
        keys.append(f"{LEVELS[wide]}_code")
    whole_, parts = np.flatnonzero(level == wide), np.flatnonzero(level == fine)
    around, within = (ballots[keys].take(rows).reset_index(drop=True) for rows in (whole_, parts))
    # A place that votes on several things at once is not told apart by its code.
    once = ~around.duplicated(keep=False).to_numpy() & around[keys[-1]].notna().to_numpy()
    several = ballots[["election", "round", "level", "unit"]].take(parts).duplicated(keep=False).to_numpy()
    place = np.full(len(ballots), -1, dtype="int64")
    if once.any():
        at = located(within, around[once], keys)
        place[parts] = np.where((at >= 0) & within[keys[-1]].notna().to_numpy() & ~several, whole_[once][at], -1)
    return place


def _compared(returns: Returns, figures: Exact, place: Wholes, fine: int) -> Found:
    size = len(returns.ballots)
    parts = np.flatnonzero(place >= 0)
    sums: dict[str, Wholes] = {}
    known: dict[str, npt.NDArray[np.bool_]] = {}
    for name in COUNTS:
        sums[name] = gathered(np.add, figures.value[name][parts], place[parts], np.zeros(size, dtype="int64"))
        all_known = np.ones(size, dtype="bool")
        all_known[place[parts][~figures.known[name][parts]]] = False
        known[name] = all_known & figures.known[name]
    has_parts = np.zeros(size, dtype="bool")
    has_parts[place[parts]] = True
    complete = _whole(returns, place, parts)
    for name in ("registered", "voters", "valid"):
        complete |= known[name] & (sums[name] == figures.value[name]) & (sums[name] > 0)
    for name in [name for name in COUNTS if name not in _NOT_ADDED or not known["blank"].any()]:
        differs = np.where(complete, sums[name] != figures.value[name], sums[name] > figures.value[name])
        for unit in np.flatnonzero(has_parts & known[name] & differs).tolist():
            yield Seen(
                "PRI134",
                msg(
                    "{printed:count} {what:term}, but the units of the level {level:term} within add up to {added:count}",
                    what=FIGURES[name],
                    printed=int(figures.value[name][unit]),
                    level=LEVELS[fine],
                    added=int(sums[name][unit]),
                ),
                unit,
            )
    yield from _of_candidates(returns, place, has_parts, complete)


def _of_candidates(
    returns: Returns, place: Wholes, has_parts: npt.NDArray[np.bool_], complete: npt.NDArray[np.bool_]
) -> Found:
    """Compare the votes of each candidate: in the place, and in those within it where all of these publish theirs."""
    votes = returns.votes.assign(place=place[returns.votes["ballot"].to_numpy()])
    exact = votes["votes"].notna() & (votes["votes_origin"] == "published")
    within = votes[votes["place"] >= 0].assign(known=exact)
    added = within.groupby(["place", "candidate"], sort=False).agg(added=("votes", "sum"), known=("known", "all"))
    own = votes[exact & has_parts[votes["ballot"].to_numpy()]]
    both = own.join(added, on=["ballot", "candidate"], how="inner")
    for row in both[both["known"] & (both["votes"] != both["added"])].itertuples(index=False):
        if complete[row.ballot] or row.added > row.votes:
            yield Seen(
                "PRI134",
                msg(
                    "{name} has {printed:count} votes there, but the units within the place add up to {added:count}",
                    name=str(returns.candidates["candidate"].iloc[row.candidate]),
                    printed=int(row.votes),
                    added=int(row.added),
                ),
                int(row.ballot),
            )


def _whole(returns: Returns, place: Wholes, parts: Wholes) -> npt.NDArray[np.bool_]:
    """Tell which units have all of their parts: those of a contest that is said to be whole."""
    coverage = returns.contests["coverage"].to_numpy() == "whole"
    contest = located(returns.ballots.take(parts), returns.contests, CONTEST_KEY)
    found = np.zeros(len(returns.ballots), dtype="bool")
    found[place[parts][coverage[contest]]] = True
    return found
