"""Percentages as printed, compared with the counts they are percentages of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.captions import FIGURES
from primaire.exact import HUNDRED
from primaire.messages import msg, msgn, term
from primaire.provenance import Found
from primaire.sources.reading.gathered import Figures
from primaire.sources.reading.harvest import share_of
from primaire.sources.reading.unvoted import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.gathered import Coded
    from primaire.sources.reading.polls import Polls

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_SHOWN: Final = 20
"""How many percentages of one column that differ are shown one by one."""


@dataclass(frozen=True)
class _Shares:
    """A column of printed percentages: ``part`` of ``total``; ``figure`` names the part, None for candidates' votes."""

    column: Coded
    part: Figures
    total: Figures
    figure: str | None = None


def against_counts(found: Polls, raw: Raw) -> tuple[list[Found], list[Message]]:
    """Compare printed percentages with the counts beside them, each with its own rounding.

    Returns:
        the percentages that differ, and what is to be said of the comparison as a whole.
    """
    figures = _figures(found)
    columns: list[_Shares] = []
    for column, figure, base in found.printed:
        if figure in figures and base in figures:
            columns.append(_Shares(column, figures[figure], figures[base], figure))
    row = found.entries.row
    for name, column in found.entries.shares.items():
        base = name.removeprefix("share_")
        if base in figures:
            total = Figures(figures[base].values[row], figures[base].known[row])
            columns.append(_Shares(column, found.entries.votes, total))
    contradictions: list[Found] = []
    compared = differing = 0
    for shares in columns:
        number, wrong = _compare(shares)
        compared, differing = compared + number, differing + len(wrong)
        contradictions += _found(found, raw, wrong, shares)
    if not compared:
        return [], []
    said = msgn(
        "{compared:count} printed percentages are compared with the counts: one differs.",
        "{compared:count} printed percentages are compared with the counts: {n:count} differ.",
        differing,
        compared=compared,
    )
    return contradictions, [said]


def _figures(found: Polls) -> dict[str, Figures]:
    figures = dict(found.counts)
    if "null" not in figures and {"voters", "blank", "valid"} <= set(figures):
        voters, blank, valid = (figures[name] for name in ("voters", "blank", "valid"))
        figures["null"] = Figures(voters.values - blank.values - valid.values, voters.known & blank.known & valid.known)
    if "abstentions" not in figures and {"registered", "voters"} <= set(figures):
        registered, voters = figures["registered"], figures["voters"]
        figures["abstentions"] = Figures(registered.values - voters.values, registered.known & voters.known)
    return figures


def _compare(shares: _Shares) -> tuple[int, Wholes]:
    """Return how many percentages were compared, and the rows of those that no rounding of the counts gives."""
    column, part, total = shares.column, shares.part, shares.total
    read = [share_of(word) for word in column.words]
    share = np.array([*(one[0] if one else np.nan for one in read), np.nan])[column.codes]
    decimals = np.array([*(one[1] if one else 0 for one in read), 0])[column.codes]
    # A spreadsheet writes 35.70 as 35.7: all of a column have the decimals of the longest.
    most = int(decimals.max(initial=0))
    both = part.known & total.known & (total.values > 0) & ~np.isnan(share)
    exact = np.divide(
        part.values.astype("int64") * HUNDRED, total.values, out=np.zeros(len(share)), where=total.values > 0
    )
    wrong = both & (np.abs(exact - share) > 0.5 * 10.0**-most + 1e-9)
    if wrong.any() and share[both].max() <= 1:
        # A spreadsheet keeps 35.7 % as 0.357.
        of_one = both & (np.abs(exact - share * HUNDRED) > 0.5 * 10.0 ** (2 - most) + 1e-9)
        wrong = of_one if of_one.sum() < wrong.sum() else wrong
    return int(both.sum()), np.flatnonzero(wrong)


def _found(found: Polls, raw: Raw, wrong: Wholes, shares: _Shares) -> Iterator[Found]:
    column, part, total = shares.column, shares.part, shares.total
    for at in wrong[:_SHOWN].tolist():
        unit = at if shares.figure else int(found.entries.row[at])
        what = shares.figure or found.people[int(found.entries.person[at])].name
        place = msg(
            "line {line}, {place}",
            line=raw.line_at(int(found.positions[unit])),
            place=place_of(found, unit),
        )
        message = msg(
            "{what:term}: {part:count} of {total:count} are {computed:share}, but {printed} is printed",
            what=FIGURES.get(what, what),
            part=int(part.values[at]),
            total=int(total.values[at]),
            computed=int(part.values[at]) * HUNDRED / int(total.values[at]),
            printed=column.words[column.codes[at]],
        )
        yield Found("PRI132", place, message)
    if len(wrong) > _SHOWN:
        yield Found(
            "PRI132",
            msg("{what:term}", what=FIGURES.get(shares.figure or "", term("votes"))),
            msg("… and {n:count} more printed percentages of this column", n=len(wrong) - _SHOWN),
        )
