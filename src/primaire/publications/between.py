"""Two publications of one result brought together: contests, candidates and units, and what is different."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.captions import captions
from primaire.errors import NotHeldError
from primaire.exact import published_share
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.pairing import Pairs, again, names_of
from primaire.publications.update import WHOLES, Line, Update
from primaire.schema import COUNTS, ORIGINS, Returns
from primaire.scores import said_of, scores
from primaire.sides import Sides, side_by_side
from primaire.tally import asked, nested, tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

FIRM: Final = ORIGINS[:2]
"""How counts must be known to be tested: those found behind percentages would be constant by themselves."""


@dataclass(frozen=True)
class Publication:
    """What a publication is called, its figures as read, and added up."""

    label: str
    read: Returns
    figures: Returns

    @property
    def printed_base(self) -> str | None:
        """What its percentages are shares of; None where it prints none."""
        votes = self.figures.votes
        bases = votes.loc[votes["share"].notna(), "share_base"]
        return None if bases.empty else str(bases.iloc[0])


@dataclass(frozen=True)
class Between:
    """Two consecutive publications.

    Attributes:
        labels: what the two are called.
        read: the two as read.
        before, after: their figures, added up.
        pairs: which ballots of these are the same contest, round and place.
        sides: their candidates side by side.
        by: what they were added up by.
        base: what shares are of where no percentage is printed.
    """

    labels: tuple[str, str]
    read: tuple[Returns, Returns]
    before: Returns
    after: Returns
    pairs: Pairs
    sides: Sides
    by: str | Sequence[str]
    base: str = "valid"

    @classmethod
    def of(cls, one: Publication, other: Publication, by: str | Sequence[str], base: str) -> Between:
        """Bring two publications together.

        Raises:
            NotHeldError: they are not of the same result: no contest and round is in both, or no candidate, or no unit.
        """
        before, after, labels = one.figures, other.figures, (one.label, other.label)
        pairs = again(before, after, asked(by)[0])
        _refuse_other_votes(labels, before, after, pairs)
        found = cls(labels, (one.read, other.read), before, after, pairs, _sides(before, after, pairs), by, base)
        _refuse_strangers(found)
        return found

    @cached_property
    def updates(self) -> list[Update]:
        """The figures of each pair, for the tests."""
        rows = self.sides.frame
        here, there = _Printed(self.before, self.sides.left_rows), _Printed(self.after, self.sides.right_rows)
        votes = [_firm(rows, f"votes_{side}") for side in ("before", "after")]
        totals = {
            name: (_firm_at(self.before, name, self.pairs.one), _firm_at(self.after, name, self.pairs.other))
            for name in WHOLES
        }
        found, start = [], 0
        for pair, stop in enumerate(self.sides.stops):
            lines = tuple(
                Line(votes[0][row], votes[1][row], here.share(row), there.share(row)) for row in range(start, stop)
            )
            known = {
                name: (one, other)
                for name, (before, after) in totals.items()
                if (one := before[pair]) is not None and (other := after[pair]) is not None
            }
            decimals = [each for side in (here, there) for each in side.decimals(range(start, stop))]
            bases = [each for side in (here, there) for each in side.bases(range(start, stop))]
            base = bases[0] if bases else self.base
            found.append(Update(lines, known, base, min(decimals, default=None), self._said))
            start = stop
        return found

    @cached_property
    def _said(self) -> bool:
        """Whether a publication says what its percentages are shares of."""
        return any(read.votes["share_base"].notna().any() for read in self.read)

    @cached_property
    def units(self) -> Units | None:
        """The units of both, brought together; None where they have none of the same level but the contests themselves."""
        levels = [set(map(str, read.ballots["level"].unique())) for read in self.read]
        several = [
            len(read.ballots) > len(side.ballots)
            for read, side in zip(self.read, (self.before, self.after), strict=True)
        ]
        if not any(several) or not levels[0] & levels[1]:
            return None
        before, after = (tally(read, "unit") for read in self.read)
        pairs = again(before, after, "unit")
        within = nested(self.read[0], self.by, "unit")[0], nested(self.read[1], self.by, "unit")[0]
        return Units(before, after, pairs, _sides(before, after, pairs), self._numbers(within))

    @property
    def themselves(self) -> Units:
        """What was paired, as units: where units are not added up."""
        one, other = (np.full(len(side.ballots), -1, dtype="int64") for side in (self.before, self.after))
        one[self.pairs.one] = other[self.pairs.other] = np.arange(len(self.pairs))
        return Units(self.before, self.after, self.pairs, self.sides, (one, other))

    def _numbers(self, within: tuple[Wholes, Wholes]) -> tuple[Wholes, Wholes]:
        """Return for each unit the pair of contests that it is in, -1 for none."""
        found = []
        for at, group in zip((self.pairs.one, self.pairs.other), within, strict=True):
            number = np.full(int(group.max(initial=-1)) + 1, -1, dtype="int64")
            number[at] = np.arange(len(at))
            found.append(number[group])
        return found[0], found[1]


def brought_together(publications: Sequence[tuple[str, Returns]], by: str | Sequence[str]) -> list[Between]:
    """Bring each publication and the next one together; shares are of what any of them prints percentages of.

    Raises:
        NotHeldError: there are not two, or two that follow each other are not of the same result.
        NameUnknownError: ``by`` is not one of those that exist.
    """
    if len(publications) < 2:  # noqa: PLR2004  one against another
        raise NotHeldError(
            msg(
                "There is one publication only ({name}): nothing to set it against.",
                name=[one for one, _ in publications],
            ),
            remedy=msg("Name two sources, the earlier one first, or a file with a column “publication”."),
        )
    each = [Publication(label, read, tally(read, by)) for label, read in publications]
    base = next((base for one in each if (base := one.printed_base)), "valid")
    return [Between.of(one, other, by, base) for one, other in pairwise(each)]


@dataclass(frozen=True)
class Units:
    """The units of two publications.

    Attributes:
        before, after: the units as read, with what follows from their figures.
        pairs: which of them are the same; the others are gone, or were added.
        sides: their candidates side by side.
        within: for each unit of either, the number of the contest that it is in among those compared, -1 for none.
    """

    before: Returns
    after: Returns
    pairs: Pairs
    sides: Sides
    within: tuple[Wholes, Wholes]

    @cached_property
    def of_counts(self) -> dict[str, tuple[Any, Any]]:
        """Each count of the units that are in both, before and after: two columns."""
        one, other = self.before.ballots.iloc[self.pairs.one], self.after.ballots.iloc[self.pairs.other]
        return {name: (one[name].array, other[name].array) for name in COUNTS}

    @cached_property
    def revised(self) -> Bools:
        """Tell of each pair whether a figure is another one, or is known on one side only."""
        return self._any(differ)

    @cached_property
    def lowered(self) -> Bools:
        """Tell of each pair whether a candidate, the voters or the valid votes went down."""
        return self._any(lambda one, other: (other < one).fillna(False), WHOLES)

    def _any(self, differs: Any, names: Sequence[str] = COUNTS) -> Bools:
        rows = self.sides.frame
        found = np.zeros(len(self.pairs), dtype="bool")
        for name in names:
            one, other = self.of_counts[name]
            found |= np.asarray(differs(pd.Series(one), pd.Series(other)), dtype="bool")
        of_votes = np.asarray(differs(rows["votes_before"], rows["votes_after"]), dtype="bool")
        found[self.sides.pair[of_votes]] = True
        return found


def differ(one: pd.Series[int], other: pd.Series[int]) -> pd.Series[bool]:
    """Tell which of two columns of counts are different, or known on one side only."""
    return (one.isna() != other.isna()) | (one != other).fillna(False)


class _Printed:
    """The printed percentages of one publication on the rows of two sides."""

    def __init__(self, returns: Returns, rows: Wholes) -> None:
        lines = scores(returns)
        self._rows = rows.tolist()
        self._share, self._decimals, self._base, self._origin = (
            said_of(returns, lines, name) for name in ("share", "share_decimals", "share_base", "share_origin")
        )

    def _printed(self, row: int) -> int | None:
        at: int = self._rows[row]
        if at < 0 or self._share[at] is None or self._origin[at] == "approximate":
            return None
        return at

    def share(self, row: int) -> Fraction | None:
        at = self._printed(row)
        return None if at is None else published_share(self._share[at], self._decimals[at])

    def decimals(self, rows: range) -> list[int]:
        return [self._decimals[at] for row in rows if (at := self._printed(row)) is not None]

    def bases(self, rows: range) -> list[str]:
        return [self._base[at] for row in rows if (at := self._printed(row)) is not None]


def _firm(rows: pd.DataFrame, name: str) -> list[int | None]:
    """Return counts as plain numbers, None where not known firmly."""
    firm = rows[f"{name}_origin"].isin(FIRM).tolist()
    return [int(value) if sure else None for value, sure in zip(rows[name].tolist(), firm, strict=True)]


def _firm_at(returns: Returns, name: str, at: Wholes) -> list[int | None]:
    return _firm(returns.ballots[[name, f"{name}_origin"]].iloc[at], name)


def _sides(before: Returns, after: Returns, pairs: Pairs) -> Sides:
    return side_by_side(before, after, pairs, ("before", "after"))


def _refuse_other_votes(labels: tuple[str, str], before: Returns, after: Returns, pairs: Pairs) -> None:
    days = [set(side.contests["date"].dropna()) for side in (before, after)]
    if len(pairs) and not (days[0] and days[1] and not days[0] & days[1]):
        return
    raise NotHeldError(
        msg(
            "“{before}” and “{after}” are not publications of the same result: no election, round and contest is in both.",
            before=labels[0],
            after=labels[1],
        ),
        expected=_held(labels, names_of(captions(before)), names_of(captions(after))),
        remedy=msg("Choose one with --election, --round or --contest, or name other sources."),
    )


def _refuse_strangers(found: Between) -> None:
    rows = found.sides.frame
    met = (rows["stood_before"] & rows["stood_after"]).to_numpy()
    people = [side.candidates["candidate"].tolist() for side in (found.before, found.after)]
    names = [set(map(fold, side.ballots["election"].unique())) for side in (found.before, found.after)]
    # Files that do not name their election are called by their own names: the candidates must then be the same.
    same = bool(names[0] & names[1]) or met.sum() >= min(map(len, people))
    if all(people) and not (met.any() and same):
        raise NotHeldError(
            msg(
                "“{before}” and “{after}” are not publications of the same result: their candidates are others.",
                before=found.labels[0],
                after=found.labels[1],
            ),
            expected=_held(found.labels, *(_few(side) for side in people)),
            remedy=msg("Name publications of one election and round."),
        )
    if not _share_units(found):
        places = [list({str(told.place): told.place for told in captions(read)[:99]}.values()) for read in found.read]
        raise NotHeldError(
            msg(
                "“{before}” and “{after}” are not publications of the same result: they have no unit in common.",
                before=found.labels[0],
                after=found.labels[1],
            ),
            expected=_held(found.labels, *map(_few, places)),
            remedy=msg("Name publications of the same units, or of totals."),
        )


def _share_units(found: Between) -> bool:
    """Tell whether units are the same where both have some; one that is not the contest itself is the same only as itself."""
    units = found.units
    if units is not None and len(units.pairs):
        return True
    if units is not None and min(len(read.ballots) for read in found.read) > 1:
        return False
    apart = any(_is_a_place(side.ballots) for side in (found.before, found.after))
    return not apart or len(again(found.before, found.after, "unit")) > 0


def _is_a_place(ballots: pd.DataFrame) -> bool:
    """Tell whether one of the sums is a single unit that bears neither the contest's name nor the election's."""
    alone = ballots[(ballots["units"] == 1) & ballots["unit"].notna()]
    return any(
        fold(unit) not in (fold(contest), fold(election))
        for unit, contest, election in zip(alone["unit"], alone["contest"], alone["election"], strict=True)
    )


_FEW: Final = 8


def _few(names: Sequence[object]) -> list[object]:
    return [*names[:_FEW], *(["…"] if len(names) > _FEW else [])]


def _held(labels: tuple[str, str], before: list[object], after: list[object]) -> Message:
    return msg(
        "“{one}” holds: {before}. “{other}” holds: {after}.", one=labels[0], other=labels[1], before=before, after=after
    )
