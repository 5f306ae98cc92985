"""Crosswalks: which units of an election became which of a later one, where communes merged or cantons were redrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, codes, counts, listed, whole
from primaire.errors import NotHeldError, Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.placenames import place_key, place_keys
from primaire.schema import COUNTS, LEVELS, ORIGINS, Returns, origins, shortened
from primaire.sources.opening.content import open_content
from primaire.sources.own.text import read_grid
from primaire.tally import asked, tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_HEADINGS: Final = {
    "old": ("old", "ancien", "ancienne", "avant", "before"),
    "new": ("new", "nouveau", "nouvelle", "apres", "after"),
    "weight": ("weight", "poids"),
}


@dataclass(frozen=True)
class Crosswalk:
    """What became of each unit.

    Attributes:
        name: the file.
        parts: for each old code, the new ones with the part of the unit that each got; the parts add up to 1.
    """

    name: str
    parts: dict[str, dict[str, Fraction]]


def read_crosswalk(source: str | Path) -> Crosswalk:
    """Read a table of old codes, new codes and, where a unit was split, weights.

    Commas, semicolons or tabs; a header. Columns are told by their names (old, new, weight; ancien, nouveau, poids), else
    they are the first two or three. Without a weight, a unit goes as a whole; weights are decimals or fractions (1/3).

    Raises:
        SourceError: the file cannot be read; a line lacks a code; a weight is no number above 0; or the weights of one
            code do not add up to 1. All lines that are wrong are listed.
    """
    grid = read_grid(open_content(source))
    name = str(source)
    at = _columns(grid.header.cells)
    problems: list[Problem] = []
    parts: dict[str, dict[str, Fraction]] = {}
    lines: dict[str, int] = {}
    for row in grid.rows:
        old, new, weight = (
            row.cells[place].strip() if place is not None and place < len(row.cells) else "" for place in at
        )
        part = _weight(weight)
        if not (old and new):
            problems.append(Problem(msg("a line needs an old and a new code"), file=name, line=row.line))
        elif part is None:
            problems.append(Problem(msg("is no weight above 0"), file=name, line=row.line, value=weight))
        else:
            became = parts.setdefault(old, {})
            became[new] = became.get(new, Fraction(0)) + part
            lines.setdefault(old, row.line)
    for code, became in parts.items():
        total = sum(became.values())
        if total != 1:
            message = msg("the weights of {code} add up to {total}, not to 1", code=code, total=f"{float(total):g}")
            problems.append(Problem(message, file=name, line=lines[code]))
    if problems or not parts:
        raise SourceError(
            msg("“{name}” is no crosswalk that can be used.", name=name),
            expected=msg(
                "A line holds an old code, a new code and, where a unit was split, a weight; the weights of one old code add up to 1."
            ),
            problems=tuple(problems),
        )
    return Crosswalk(name, parts)


def _columns(header: Sequence[str]) -> tuple[int, int, int | None]:
    """Return where the old code, the new code and the weight stand."""
    words = [fold(cell).split() for cell in header]
    found = {
        name: next((at for at, cell in enumerate(words) if cell and set(cell) & set(known)), None)
        for name, known in _HEADINGS.items()
    }
    if found["old"] is None or found["new"] is None:
        return 0, 1, 2 if len(header) > 2 else None  # noqa: PLR2004  the third is the weight
    return found["old"], found["new"], found["weight"]


def _weight(word: str) -> Fraction | None:
    if not word:
        return Fraction(1)
    try:
        weight = Fraction(word.replace(",", ".").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None
    return weight if weight > 0 else None


def recode(returns: Returns, crosswalk: Crosswalk, by: str | Sequence[str] = "commune") -> Returns:
    """Add units up by a level, and give them the codes of a later election.

    Args:
        returns: the earlier vote, as read.
        crosswalk: what became of each unit, by its code; a station's is that of its commune and its own: 78172_0001.
        by: the level, as for :func:`primaire.tally.tally`; communes where it is no level of geography.

    Returns:
        Returns with one ballot per contest and new place. Units that became one are added up. The counts of one that was
        split go to its parts by their weights, rounded by largest remainder so that no total changes: their origin is
        ``approximate``. Units that the crosswalk does not name stay as they are. The steps of the provenance say how
        many were recoded and split, and which codes no unit has.

    Raises:
        NotHeldError: no unit has a code of that level.
        NameUnknownError: there is no such level.
    """
    level = level_of(by)
    figures = tally(returns, level)
    keys = place_keys(figures.ballots, level)
    if all(key is None for key in keys):
        raise NotHeldError(
            msg("No unit has a code of its {level:term}, by which a crosswalk could find it.", level=level)
        )
    became = {place_key(level, old): parts for old, parts in crosswalk.parts.items()}
    parts = [became.get(key, {}) if key is not None else {} for key in keys]
    source = np.repeat(np.arange(len(keys)), [max(len(each), 1) for each in parts])
    new = [code for each in parts for code in (each or [None])]
    weights = [weight for each in parts for weight in (each.values() or [Fraction(1)])]
    unknown = [old for old in crosswalk.parts if place_key(level, old) not in set(keys)]
    steps = _steps(crosswalk, sum(map(bool, parts)), sum(len(each) > 1 for each in parts), unknown)
    recoded = _named(figures, source, new, level)
    split = _split(recoded, source, weights, len(keys))
    return tally(split.with_provenance(figures.provenance.then(*steps)), level)


def level_of(by: str | Sequence[str]) -> str:
    """Return the level at which codes are looked up: that of ``by``, a station for units, else a commune."""
    level = asked(by)[0]
    if level == "unit":
        return "station"
    return level if level in LEVELS[1:] else "commune"


def _steps(crosswalk: Crosswalk, found: int, split: int, unknown: list[str]) -> list[Message]:
    steps = [
        msgn(
            "{n:count} place has the code that {name} gives it.",
            "{n:count} places have the codes that {name} gives them.",
            found,
            name=crosswalk.name,
        )
    ]
    if split:
        steps.append(
            msgn(
                "{n:count} of them was split: its counts went to the parts by weight and are approximations.",
                "{n:count} of them were split: their counts went to the parts by weight and are approximations.",
                split,
            )
        )
    if unknown:
        steps.append(
            msgn(
                "{n:count} code of {name} is that of no place here: {codes}.",
                "{n:count} codes of {name} are those of no place here: {codes}.",
                len(unknown),
                name=crosswalk.name,
                codes=shortened(unknown),
            )
        )
    return steps


def _named(figures: Returns, source: Wholes, new: Sequence[str | None], level: str) -> Returns:
    """Repeat each ballot for its parts, and give these their new codes, and the names of those who had them before."""
    ballots = figures.ballots.take(source).reset_index(drop=True)
    moved = np.array([code is not None for code in new], dtype="bool")
    names = dict(zip(place_keys(figures.ballots, level), listed(figures.ballots[level]), strict=True))
    columns = {
        f"{level}_code": new,
        level: [names.get(place_key(level, code)) if code else None for code in new],
        "unit": new,
    }
    if level == "station":
        pairs = [(code or "").rpartition("_") for code in new]
        columns |= {
            "commune_code": [pair[0] or None for pair in pairs],
            "station_code": [pair[2] or None for pair in pairs],
        }
        columns["commune"] = [None] * len(new)
    renamed = {
        name: pd.Series(np.where(moved, np.array(values, dtype="object"), ballots[name].to_numpy("object"))).astype(
            "category"
        )
        for name, values in columns.items()
    }
    stop = np.cumsum(np.bincount(figures.votes["ballot"], minlength=len(figures.ballots)))
    order = np.argsort(figures.votes["ballot"].to_numpy(), kind="stable")
    size = np.diff(stop, prepend=0)[source]
    place = np.repeat(np.arange(len(source)), size)
    within = np.arange(len(place)) - np.repeat(np.cumsum(size) - size, size)
    votes = figures.votes.take(order[np.repeat((stop - np.diff(stop, prepend=0))[source], size) + within])
    return replace(figures, ballots=ballots.assign(**renamed), votes=votes.assign(ballot=place).reset_index(drop=True))


def _split(returns: Returns, source: Wholes, weights: Sequence[Fraction], size: int) -> Returns:
    """Give the parts of each split unit their counts; a percentage of the whole says nothing of a part."""
    parts = np.bincount(source, minlength=size)[source] > 1
    at = returns.votes["ballot"].to_numpy()
    ballots = returns.ballots.assign(
        **{
            key: value
            for count in COUNTS
            for key, value in _apportioned(returns.ballots, count, source, weights, parts).items()
        }
    )
    votes = returns.votes
    group = by_appearance(source[at] * len(returns.candidates) + votes["candidate"].to_numpy())
    votes = votes.assign(**_apportioned(votes, "votes", group, [weights[place] for place in at.tolist()], parts[at]))
    gone = {name: votes[name].where(~parts[at]) for name in _OF_WHOLES}
    return replace(returns, ballots=ballots, votes=votes.assign(**gone))


_OF_WHOLES = ("share", "share_decimals", "share_base", "share_origin", "seats", "elected")


def _apportioned(
    frame: pd.DataFrame, count: str, group: Wholes, weights: Sequence[Fraction], parts: npt.NDArray[np.bool_]
) -> dict[str, Any]:
    """Return a count and its origin, the count of each group shared out among those of its rows that are parts."""
    value, origin = whole(frame[count]).copy(), codes(frame[f"{count}_origin"]).copy()
    concerned = np.flatnonzero(parts & (origin >= 0))
    for rows in pd.Series(concerned).groupby(group[concerned]).indices.values():
        places = concerned[rows]
        value[places] = apportion(int(value[places[0]]), [weights[place] for place in places.tolist()])
    origin[concerned] = ORIGINS.index("approximate")
    return {count: counts(value, origin >= 0), f"{count}_origin": origins(origin)}


def apportion(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Share a count out by weights that add up to 1: whole numbers that add up to it, by largest remainder.

    Of equal remainders, the first in order is served first.

    >>> apportion(10, [Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    [4, 3, 3]
    """
    exact = [total * weight for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda place: shares[place] - exact[place])
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares
