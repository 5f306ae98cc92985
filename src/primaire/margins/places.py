"""Who is elected where several are, by their own votes, and whether ballots in doubt change that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from primaire.margins.points import Bar, Shift, most_for, shifted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.rules.parts import Condition


@dataclass(frozen=True)
class Places:
    """Everybody who is elected to a limited number of places: the first by votes of those who meet the conditions.

    Whoever has more votes than another meets whatever the other meets. So the last who is elected is the first to lose a
    place, by a condition or to another, and the first who is not elected is the first to win one.

    Attributes:
        conditions: what is to be met.
        totals: what they are a part of.
        valid: valid votes.
        last: the votes of the last who is elected.
        following: those of the first who is not.
    """

    conditions: Sequence[Condition]
    totals: Mapping[str, int | None]
    valid: int
    last: int
    following: int
    steady: ClassVar[bool] = True

    @property
    def most(self) -> int:
        return max(self.last, *(most_for(each, self._total(each)) for each in self.conditions))

    @property
    def most_deducted(self) -> int:
        return self.last

    @property
    def near(self) -> tuple[int, int]:
        return (self.last - self.following,) * 2

    def _total(self, condition: Condition) -> int:
        return self.totals[condition.base] or 0

    def overturned(self, shift: Shift) -> bool:
        """Tell whether so many ballots can put the last out, or bring the first who is out level with them."""
        if any(Bar(each, self.last, self._total(each), self.valid).overturned(shift) for each in self.conditions):
            return True
        left = max(self.last - shift.deducted, 0)
        others = max(self.valid - self.following, 0)
        raised = max(self.following + shift.added - max(shift.deducted - others, 0), 0)
        met = all(raised >= each.needed(shifted(each, self._total(each), shift)) for each in self.conditions)
        return not left or (met and left <= raised)
