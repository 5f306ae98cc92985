"""What is estimated by itself: the units of two contests set against each other, as two tables of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.arrays import by_appearance, codes, listed
from primaire.errors import NotHeldError
from primaire.flows.options import CANDIDATE, GONE, NEW, Counted, Option
from primaire.flows.units import called
from primaire.matching import fold, same_person
from primaire.schema import LEVELS, STATUSES
from primaire.tally import nested, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from primaire.captions import Caption
    from primaire.flows.merging import Merging
    from primaire.flows.units import Units
    from primaire.messages import Message
    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Flow:
    """Two contests set against each other, or what of them lies in one place.

    Attributes:
        units: the two votes.
        rows: the places of its units among those that are used.
        before, after: the options of either side; each unit has the same total on both.
        place: the place, where each is estimated by itself.
    """

    units: Units
    rows: Wholes
    before: Counted
    after: Counted
    place: str | None = None

    @property
    def captions(self) -> tuple[Caption, Caption]:
        """What the two votes of its first unit are called."""
        pairs, (first, *_) = self.units.votes.pairs, self.units.used[self.rows].tolist()
        return pairs.captions(first)

    @property
    def registered(self) -> tuple[int, int]:
        """The registered voters of its units, before and after."""
        sides = ((self.units.before, self.units.one), (self.units.after, self.units.other))
        one, other = (int(side.counts["registered"][at[self.rows]].sum()) for side, at in sides)
        return one, other

    @property
    def within(self) -> str | None:
        """The name of the narrowest place in which all its units lie, if the source says one."""
        pairs = self.units.votes.pairs
        ballots = pairs.left.ballots.iloc[self.units.one[self.rows]]
        for level in reversed(LEVELS[1:-1]):
            names = ballots[level].unique()
            if len(names) == 1 and isinstance(names[0], str):
                return names[0]
        return None

    @property
    def status(self) -> str:
        """The weakest status of its units, in either vote."""
        sides = ((self.units.votes.left, self.units.one), (self.units.votes.right, self.units.other))
        worst = max(int(codes(side.ballots["status"].iloc[at[self.rows]]).max()) for side, at in sides)
        return STATUSES[max(worst, 0)]

    @property
    def unchanged(self) -> bool:
        """Whether each unit has the same counts before and after: no two votes do."""
        return np.array_equal(self.before.counts, self.after.counts)

    def name(self, unit: int) -> Message:
        """What one of its units is called."""
        return called(self.units.votes.pairs.left[int(self.units.one[self.rows[unit]])])

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Places:
    """To which place of a level each unit belongs that is used: a number, and the names of the numbers."""

    level: str
    number: Wholes
    names: list[str | None]


def flows(units: Units, merging: tuple[Merging, Merging], each: Places | None = None) -> Iterator[Flow]:
    """Yield what is estimated by itself, in the order of the units: contest by contest, or within them place by place."""
    sides = ((units.before, units.one), (units.after, units.other))
    key = np.zeros(len(units.used), dtype="int64")
    for part in (*(side.contest[at] for side, at in sides), *([] if each is None else [each.number])):
        key = by_appearance(key * (int(part.max(initial=0)) + 1) + part)
    order = np.argsort(key, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(key))[:-1]) if len(order) else ():
        one, other = units.one[rows], units.other[rows]
        before, after = merging[0].of(units.before.counted(one)), merging[1].of(units.after.counted(other))
        before = before.taken(_beside(before.options, after.options))
        change = units.after.counts["registered"][other] - units.before.counts["registered"][one]
        before = before.joined(Option(NEW), np.maximum(change, 0)) if (change > 0).any() else before
        after = after.joined(Option(GONE), np.maximum(-change, 0)) if (change < 0).any() else after
        yield Flow(units, rows, before, after, None if each is None else each.names[int(each.number[rows[0]])])


def _beside(before: tuple[Option, ...], after: tuple[Option, ...]) -> list[int]:
    """Return the order of the options before: first those who stand again, in the order in which they stand after.

    Nothing but the order depends on who is taken for the same.
    """
    people = [place for place, option in enumerate(before) if option.kind == CANDIDATE]
    again: list[int] = []
    for option in after:
        if option.kind == CANDIDATE:
            same = [place for place in people if fold(before[place].name) == fold(option.name)]
            same = same or [place for place in people if same_person(before[place].name, option.name)]
            again += same if len(same) == 1 and same[0] not in again else []
    return [*again, *(place for place in range(len(before)) if place not in again)]


def places(units: Units, level: str) -> Places:
    """Return the places of a level in which the units lie: as the earlier vote says it, or, where it does not, the later.

    Raises:
        NotHeldError: neither says so.
        NameUnknownError: there is no such level.
    """
    try:
        return _places(units.votes.left, units.one, level)
    except NotHeldError:
        if units.votes.left is units.votes.right:
            raise
        return _places(units.votes.right, units.other, level)


def _places(figures: Returns, ballots: Wholes, level: str) -> Places:
    if level == "unit":
        return Places(level, np.arange(len(ballots)), listed(figures.ballots["unit"].iloc[ballots]))
    group, _ = nested(figures, level, "unit")
    return Places(level, group[ballots], listed(tally(figures, level, candidates=False).ballots["unit"]))
