"""Percentages as printed, compared with the counts they are percentages of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.captions import FIGURES
from primaire.exact import HUNDRED, published_share, rounds_to, totals_behind
from primaire.messages import msg, msgn, term
from primaire.provenance import Found
from primaire.schema import BASES
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


@dataclass(frozen=True)
class _Shares:
    """A column of printed percentages: ``part`` of ``total``; ``figure`` names the part, None for candidates' votes."""

    column: Coded
    part: Figures
    total: Figures
    figure: str | None = None


def against_counts(found: Polls, raw: Raw, most: int) -> tuple[list[Found], list[Message]]:
    """Compare printed percentages with the counts beside them, each with its own rounding.

    Args:
        found: the units. raw: their table. most: how many of one column that differ are told one by one.

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
        contradictions += _found(found, raw, wrong, shares, figures, most)
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


def _found(  # noqa: PLR0913, PLR0917  what all findings of a column share
    found: Polls, raw: Raw, wrong: Wholes, shares: _Shares, figures: dict[str, Figures], most: int
) -> Iterator[Found]:
    column, part, total = shares.column, shares.part, shares.total
    shown = wrong[:most]
    units = shown if shares.figure else found.entries.row[shown]
    lines = raw.lines_at(found.positions[units])
    for at, unit, line in zip(shown.tolist(), units.tolist(), lines.tolist(), strict=True):
        what = shares.figure or found.people[int(found.entries.person[at])].name
        message = msg(
            "{what:term}: {part:count} of {total:count} are {computed:share}, but {printed} is printed",
            what=FIGURES.get(what, what),
            part=int(part.values[at]),
            total=int(total.values[at]),
            computed=int(part.values[at]) * HUNDRED / int(total.values[at]),
            printed=column.words[column.codes[at]],
        )
        known = {
            base: int(figures[base].values[unit]) for base in BASES if base in figures and figures[base].known[unit]
        }
        expected = of_which_base(int(part.values[at]), column.words[column.codes[at]], known)
        yield Found("PRI132", place_of(found, unit), message, line, expected)
    if len(wrong) > most:
        yield Found(
            "PRI132",
            msg("{what:term}", what=FIGURES.get(shares.figure or "", term("votes"))),
            msg("… and {n:count} more printed percentages of this column", n=len(wrong) - most),
        )


def of_which_base(part: int, printed: str, known: dict[str, int]) -> Message | None:
    """Say which of the counts a printed percentage is one of, else of how many it would be one.

    Args:
        part: what it is a percentage of the base of. printed: the cell. known: registered, voters and valid, where counted.
    """
    read = share_of(printed)
    if read is None:
        return None
    share, decimals = published_share(*read), read[1]
    for base, total in known.items():
        if total and rounds_to(part, total, share, decimals):
            return msg("it is right as a share of the {total:count} {base:term}", total=total, base=FIGURES[base])
    low, high = totals_behind(part, share, decimals)
    if high is None or low > high:
        return None
    return msg("this would be a share of {low:count} to {high:count}", low=low, high=high)
