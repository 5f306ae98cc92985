"""Votes over units: what each candidate, or nuance, had in each of the places that a sum is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.arrays import codes, firsts, numbered, summed, whole
from primaire.captions import NO_NUANCE
from primaire.schema import CONTEST_KEY, Returns
from primaire.tally import nested

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spread:
    """The places within one sum.

    Attributes:
        totals: the valid votes of each place; None where those of one are not known.
        votes: by candidate or nuance, the votes in each place: 0 where it did not stand; None where they are not all known.
    """

    totals: list[int] | None
    votes: dict[str, list[int] | None]


def spreads(returns: Returns, figures: Returns, by: str | Sequence[str], over: str) -> Iterator[Spread]:
    """Yield for each row of ``figures.ballots`` the places that it is made of.

    Args:
        returns: what was added up, with what follows from the published figures.
        figures: ``tally(returns, by)``.
        by: what units were added up by.
        over: the level of the places, or ``unit``: each unit by itself.

    Raises:
        NameUnknownError, NotHeldError: as :func:`primaire.tally.nested`.
    """
    group, part = nested(returns, by, over)
    first = firsts(part)
    of_part = group[first]
    total, weakest = summed(whole(returns.ballots["valid"]), codes(returns.ballots["valid_origin"]), part, len(first))
    order = np.argsort(of_part, kind="stable")
    place = np.empty(len(order), dtype="int64")
    stops = np.searchsorted(of_part[order], np.arange(len(figures.ballots) + 1))
    place[order] = np.arange(len(order)) - stops[of_part[order]]  # of each part, within its sum
    cells = _cells(returns, _names(returns, figures), part)
    cells = cells.assign(group=of_part[cells["part"]], place=place[cells["part"]]).sort_values("group", kind="stable")
    cell_stops = np.searchsorted(cells["group"], np.arange(len(figures.ballots) + 1))
    held = {name: cells[name].to_numpy() for name in ("name", "place", "votes", "known")}
    for row in range(len(figures.ballots)):
        parts = order[stops[row] : stops[row + 1]]
        here = slice(*cell_stops[row : row + 2])
        yield Spread(
            total[parts].tolist() if (weakest[parts] >= 0).all() else None,
            _dense({name: values[here] for name, values in held.items()}, len(parts)),
        )


def _names(returns: Returns, figures: Returns) -> npt.NDArray[np.object_]:
    """Return what each candidate is added up as: a nuance in the elections whose candidates were added up so."""
    summed_up = figures.candidates["candidate"] == figures.candidates["label"].fillna(NO_NUANCE)
    others = figures.candidates.loc[~summed_up, "election"].unique()
    people = returns.candidates
    return np.where(people["election"].isin(others), people["candidate"], people["label"].fillna(NO_NUANCE))


def _cells(returns: Returns, names: npt.NDArray[np.object_], part: Wholes) -> pd.DataFrame:
    """Return the votes of each name in each part: ``name``, ``part``, ``votes`` and whether these are ``known``."""
    votes = returns.votes
    at, person = votes["ballot"].to_numpy(), votes["candidate"].to_numpy()
    number, different = pd.factorize(names)
    key = part[at] * (len(different) + 1) + number[person]
    cell, found = pd.factorize(key)
    total, weakest = summed(whole(votes["votes"]), _everywhere(returns, codes(votes["votes_origin"])), cell, len(found))
    return pd.DataFrame(
        {
            "name": np.asarray(different, dtype="object")[found % (len(different) + 1)],
            "part": found // (len(different) + 1),
            "votes": total,
            "known": weakest >= 0,
        }
    )


def _everywhere(returns: Returns, origin: Wholes) -> Wholes:
    """Return the origins of votes, -1 for those of a candidate who has no row in one of the units of the contest."""
    poll = numbered(returns.ballots, CONTEST_KEY)
    at, person = returns.votes["ballot"].to_numpy(), returns.votes["candidate"].to_numpy()
    stood, _ = pd.factorize(poll[at] * (len(returns.candidates) + 1) + person)
    return np.where(np.bincount(stood)[stood] == np.bincount(poll)[poll[at]], origin, -1)


def _dense(cells: dict[str, npt.NDArray[np.object_]], size: int) -> dict[str, list[int] | None]:
    """Return the votes of each name in all places, 0 where it did not stand."""
    names = cells["name"].tolist()
    found: dict[str, list[int] | None] = {name: [0] * size for name in dict.fromkeys(names)}
    figures = (cells[key].tolist() for key in ("place", "votes", "known"))
    for name, place, votes, known in zip(names, *figures, strict=True):
        row = found[name]
        if not known:
            found[name] = None
        elif row is not None:
            row[place] = votes
    return found
