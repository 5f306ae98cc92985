"""Percentages as printed, compared with the counts they are percentages of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.captions import FIGURES
from primaire.exact import HUNDRED, published_share, rounds_to, totals_behind
from primaire.messages import msg, msgn
from primaire.provenance import Found
from primaire.schema import BASES
from primaire.sources.reading.gathered import Figures
from primaire.sources.reading.harvest import share_of
from primaire.sources.reading.unvoted import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.gathered import Coded
    from primaire.sources.reading.polls import Polls

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


_FEW = 3
"""Percentages of a unit that are told one by one where they fit no base together."""

_USUAL = 2
"""Decimals that percentages are printed with; fewer or more are shown as they are."""


@dataclass(frozen=True)
class _Shares:
    """A column of printed percentages: ``part`` of ``total``, which are the ``base`` of each unit.

    ``figure`` names the part, None for candidates' votes.
    """

    column: Coded
    base: str
    part: Figures
    total: Figures
    figure: str | None = None


@dataclass(frozen=True)
class _Wrong:
    """A printed percentage that is not what the counts give: row ``at`` of a column, of so many ``decimals`` as its longest;
    ``times`` 100 where it is kept as a part of one."""

    shares: _Shares
    at: int
    times: int
    decimals: int

    @property
    def part(self) -> int:
        return int(self.shares.part.values[self.at])

    @property
    def total(self) -> int:
        return int(self.shares.total.values[self.at])

    @property
    def printed(self) -> tuple[Fraction, int]:
        """The percentage, 0 to 100, and its decimals."""
        share, _ = share_of(self.shares.column.words[self.shares.column.codes[self.at]]) or (0.0, 0)
        plain = published_share(share, self.decimals)
        return (plain * HUNDRED, max(self.decimals - 2, 0)) if self.times > 1 else (plain, self.decimals)

    def fits(self, total: int) -> bool:
        share, decimals = self.printed
        return total > 0 and rounds_to(self.part, total, share, decimals)


def against_counts(found: Polls, raw: Raw, most: int) -> tuple[list[Found], list[Message]]:
    """Compare printed percentages with the counts beside them, each with its own rounding.

    Args:
        found: the units. raw: their table. most: of how many units those that differ are told.

    Returns:
        the percentages that differ, those of a unit in one, and what is to be said of the comparison as a whole.
    """
    figures = _figures(found)
    columns: list[_Shares] = []
    for column, figure, base in found.printed:
        if figure in figures and base in figures:
            columns.append(_Shares(column, base, figures[figure], figures[base], figure))
    row = found.entries.row
    for name, column in found.entries.shares.items():
        base = name.removeprefix("share_")
        if base in figures:
            total = Figures(figures[base].values[row], figures[base].known[row])
            columns.append(_Shares(column, base, found.entries.votes, total))
    compared, wrong = 0, dict[int, list[_Wrong]]()
    for shares in columns:
        number, places, times, decimals = _compare(shares)
        compared += number
        for at, unit in zip(places.tolist(), (places if shares.figure else row[places]).tolist(), strict=True):
            wrong.setdefault(unit, []).append(_Wrong(shares, at, times, decimals))
    if not compared:
        return [], []
    differing = sum(map(len, wrong.values()))
    said = msgn(
        "{compared:count} printed percentages are compared with the counts: one differs.",
        "{compared:count} printed percentages are compared with the counts: {n:count} differ.",
        differing,
        compared=compared,
    )
    return list(_found(found, raw, wrong, figures, most)), [said]


def _figures(found: Polls) -> dict[str, Figures]:
    figures = dict(found.counts)
    if "null" not in figures and {"voters", "blank", "valid"} <= set(figures):
        voters, blank, valid = (figures[name] for name in ("voters", "blank", "valid"))
        figures["null"] = Figures(voters.values - blank.values - valid.values, voters.known & blank.known & valid.known)
    if "abstentions" not in figures and {"registered", "voters"} <= set(figures):
        registered, voters = figures["registered"], figures["voters"]
        figures["abstentions"] = Figures(registered.values - voters.values, registered.known & voters.known)
    return figures


def _compare(shares: _Shares) -> tuple[int, Wholes, int, int]:
    """Return how many percentages were compared, the rows of those that no rounding of the counts gives, how many times
    smaller they are kept, and the decimals of the longest."""
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
        if of_one.sum() < wrong.sum():
            return int(both.sum()), np.flatnonzero(of_one), HUNDRED, most
    return int(both.sum()), np.flatnonzero(wrong), 1, most


def _found(
    found: Polls, raw: Raw, wrong: dict[int, list[_Wrong]], figures: dict[str, Figures], most: int
) -> Iterator[Found]:
    units = sorted(wrong)
    lines = raw.lines_at(found.positions[units[:most]])
    for unit, line in zip(units[:most], lines.tolist(), strict=True):
        known = {
            base: int(figures[base].values[unit]) for base in BASES if base in figures and figures[base].known[unit]
        }
        message, hint = _of_unit(found, wrong[unit], known)
        yield Found("PRI132", place_of(found, unit), message, line, hint)
    if len(units) > most:
        left = sum(len(wrong[unit]) for unit in units[most:])
        more = msgn(
            "… and {n:count} more printed percentage, of {units}",
            "… and {n:count} more printed percentages, of {units}",
            left,
            units=msgn("{n:count} unit", "{n:count} units", len(units) - most),
        )
        yield Found("PRI132", msg("and further on"), more)


def _of_unit(found: Polls, wrong: list[_Wrong], known: dict[str, int]) -> tuple[Message, Message | None]:
    """Return what is seen in a unit, and what would explain it: of several percentages, the one base that they all fit.

    Args:
        found: the units. wrong: the percentages of one of them. known: its registered, voters and valid, where counted.
    """
    if len(wrong) == 1:
        return _differs(found, wrong[0]), _base_of(wrong[0], known)
    one_base = _of_one_base(wrong, known)
    if one_base is not None:
        return one_base, None
    first = [_differs(found, one) for one in wrong[:_FEW]]
    if len(wrong) <= _FEW:
        return msg("{percentages}", percentages=first), None
    return msg("{n:count} printed percentages differ: {first}; …", n=len(wrong), first=first), None


def _of_one_base(wrong: list[_Wrong], known: dict[str, int]) -> Message | None:
    """Return that all percentages, of one base, are those of another number; None where they are not."""
    bases = {(one.shares.base, one.total) for one in wrong}
    fitted = _fitted(wrong, known)
    if len(bases) > 1 or fitted is None:
        return None
    ((base, total),) = bases
    return msg(
        "{n:count} printed percentages fit {fitted}, not the {total:count} {base:term}",
        n=len(wrong),
        fitted=fitted,
        total=total,
        base=FIGURES[base],
    )


def _fitted(wrong: list[_Wrong], known: dict[str, int]) -> Message | None:
    """Return the count that percentages fit as their base, else the numbers that they all would; None for none."""
    for base, total in known.items():
        if all(one.fits(total) for one in wrong):
            return msg("the {total:count} {base:term}", total=total, base=FIGURES[base])
    ends = [totals_behind(one.part, *one.printed) for one in wrong]
    low, high = max(low for low, _ in ends), min((high for _, high in ends if high is not None), default=None)
    if high is None or low > high:
        return None
    if low == high:
        return msg("{total:count}", total=low)
    return msg("{low:count} to {high:count}", low=low, high=high)


def _base_of(one: _Wrong, known: dict[str, int]) -> Message | None:
    """Say which of the counts a percentage is right as a share of, else of how many it would be one."""
    fitted = _fitted([one], known)
    if fitted is None:
        return None
    if any(one.fits(total) for total in known.values()):
        return msg("it is right as a share of {base}", base=fitted)
    return msg("this would be a share of {base}", base=fitted)


def _differs(found: Polls, one: _Wrong) -> Message:
    what = one.shares.figure or found.people[int(found.entries.person[one.at])].name
    share, decimals = one.printed
    shown = (
        msg("{share:share}", share=float(share)) if decimals == _USUAL else msg("{share:percent}", share=float(share))
    )
    return msg(
        "{what:term}: {part:count} of {total:count} are {computed:share}, but {printed} is printed",
        what=FIGURES.get(what, what),
        part=one.part,
        total=one.total,
        computed=one.part * HUNDRED / one.total,
        printed=shown,
    )
