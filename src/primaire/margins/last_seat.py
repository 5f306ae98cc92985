"""The last seat: how many ballots give seats to others than those who have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from primaire.apportionment import METHODS
from primaire.apportionment.averages import Averages
from primaire.margins.points import Shift, fewest
from primaire.rules.sharing import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.rules.rule import Seats
    from primaire.rules.sharing import Sharing


@dataclass(frozen=True)
class LastSeat:
    """Seats as they are shared out, which ballots deducted from one list or added for one can change.

    A list may also come to share in them, or another cease to, since thresholds move with every ballot.

    Attributes:
        rule: how seats are shared out.
        votes: of each list.
        totals: what thresholds are a part of.
        number: of seats.
    """

    rule: Seats
    votes: Sequence[int]
    totals: Mapping[str, int | None]
    number: int

    @cached_property
    def sharing(self) -> Sharing:
        """The seats."""
        return share(self.rule, self.votes, self.totals, self.number)

    @property
    def open(self) -> bool:
        """Whether a tie leaves seats open as it is."""
        return self.sharing.low != self.sharing.high

    @property
    def most(self) -> int:
        return sum(self.votes)

    @property
    def most_deducted(self) -> int:
        return max(self.votes)

    @property
    def steady(self) -> bool:
        """Whether all seats go by highest averages: the fewer votes a list has, the fewer seats, and never one more."""
        methods = [METHODS[stage.method] for stage in self.rule.stages if stage.method]
        return all(isinstance(method, Averages) for method in methods)

    @property
    def near(self) -> tuple[int, int]:
        short = min(self._short.values(), default=0)
        return short, short

    def _near_gain(self, place: int) -> int:
        """About how many votes more a list needs for a seat more: those to the threshold, if it has no share yet."""
        if place in self._short:
            return self._short[place]
        needed = self.sharing.common[-1].needed or 0
        return max(needed - self.votes[place], 0)

    @cached_property
    def _short(self) -> dict[int, int]:
        """By how many votes each list is short of the last seat."""
        last = self.sharing.common[-1].last()
        return {rival.place: rival.short for rival in last.rivals} if last else {}

    def _near_loss(self, place: int) -> int:
        """About how many votes a list has more than it needs for its last seat: exactly so by highest averages of D'Hondt."""
        given = self.sharing.common[-1]
        last = given.last()
        if last is None or not self._short:
            return 0
        following = max(
            last.figure * self.votes[rival] / (self.votes[rival] + short) for rival, short in self._short.items()
        )
        return int(self.votes[place] - given.certain[place] * following)

    @cached_property
    def holders(self) -> tuple[int, ...]:
        """The places of the lists that can lose a seat."""
        return tuple(place for place, seats in enumerate(self.sharing.low) if seats)

    def overturned(self, shift: Shift) -> bool:
        """Tell whether so many ballots, deducted from one list and added for one, change the seats of any."""
        losers = self.holders if shift.deducted else (None,)
        gainers = range(len(self.votes)) if shift.added else (None,)
        return self.open or any(self._changed(shift, loser, gainer) for loser in losers for gainer in gainers)

    def nearest_loser(self) -> tuple[int, int] | None:
        """Return the list from which the fewest ballots deducted change the seats, and how many."""
        tried = sorted((self._near_loss(place), place, self.votes[place]) for place in self.holders)
        return self._nearest(tried, deducted=True)

    def taker(self, loser: int, ballots: int) -> int | None:
        """Return the list that has, or may have, a seat more once a list has lost so many ballots."""
        after = self._after(Shift(deducted=ballots), loser, None)
        if after is None:
            return None
        more = [place for place, seats in enumerate(after.high) if seats > self.sharing.high[place] and place != loser]
        return min(more, key=self._near_gain, default=None)

    def nearest_gainer(self) -> tuple[int, int] | None:
        """Return the list for which the fewest ballots added change the seats, and how many."""
        tried = sorted((self._near_gain(place), place, self.most) for place in range(len(self.votes)))
        return self._nearest(tried, deducted=False)

    def _nearest(self, tried: Sequence[tuple[int, int, int]], *, deducted: bool) -> tuple[int, int] | None:
        """Return the place with the fewest ballots, given about how many it may take at each, and up to how many are tried.

        None are tried beyond the fewest so far.
        """
        best: tuple[int, int] | None = None
        for near, place, most in tried:

            def changed(ballots: int, place: int = place) -> bool:
                if deducted:
                    return self._changed(Shift(deducted=ballots), place, None)
                return self._changed(Shift(added=ballots), None, place)

            limit = most if best is None else min(most, best[1] - (place > best[0]))  # of equals, the first
            if best is not None and self.steady and not changed(limit):
                continue
            found = fewest(changed, limit, steady=self.steady, near=near)
            best = best if found is None else (place, found)
        return best

    def _changed(self, shift: Shift, loser: int | None, gainer: int | None) -> bool:
        after = self._after(shift, loser, gainer)
        return after is None or (after.low, after.high) != (self.sharing.low, self.sharing.high)

    def _after(self, shift: Shift, loser: int | None, gainer: int | None) -> Sharing | None:
        """Return the seats with ballots deducted from one list and added for one; None where no votes are left."""
        votes = list(self.votes)
        if loser is not None:
            votes[loser] = max(votes[loser] - shift.deducted, 0)
        if gainer is not None:
            votes[gainer] += shift.added
        valid = self.totals["valid"]
        totals = {**self.totals, "valid": None if valid is None else max(valid - shift.deducted + shift.added, 0)}
        return share(self.rule, votes, totals, self.number) if any(votes) else None
