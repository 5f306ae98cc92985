"""Seats added up like votes: those that the source gives, or one for each candidate that it marks as elected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from primaire.arrays import counts, numbered, whole
from primaire.messages import Message, msg
from primaire.schema import CONTEST_KEY, COUNTS, ORIGINS, Returns, origins
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_CONTEST = [name for name in CONTEST_KEY if name != "round"]


@dataclass(frozen=True)
class Seats:
    """Seats in the rows of votes.

    Attributes:
        won: for each row of ``tally(returns, by).votes`` its seats, NA where they are not known of all that it adds up.
        notes: where they come from, and why some are not known.
    """

    won: pd.Series[int]
    notes: tuple[Message, ...]


def seats(returns: Returns, by: str | Sequence[str]) -> Seats | None:
    """Add seats up as :func:`primaire.tally.tally` adds up votes; None where the source tells of none.

    Where a number of seats is given, it goes with the votes of its row. Where candidates are only marked as elected, each
    has one seat, which goes with the votes of round 1: of a contest that was settled in a later round, the seat is that of
    the round which settled it, if the data hold it. Seats of a contest that is reported unit by unit are not known: the
    source does not say whether each unit repeats them or has its own.

    Args:
        returns: as read or derived.
        by: as for ``tally``.

    Raises:
        NameUnknownError, NotHeldError: as ``tally``.
    """
    given = returns.votes["seats"].notna().to_numpy()
    marked = returns.votes["elected"].fillna(value=False).to_numpy("bool")
    if not given.any() and not marked.any():
        return None
    polls = _Polls.of(returns, given, marked)
    known, won, notes = polls.settled()
    votes = returns.votes.assign(
        votes=counts(won, known),
        votes_origin=origins(np.where(known, ORIGINS.index("published"), -1)),
        **{name: _missing(returns.votes[name]) for name in _OF_SHARES},
    )
    # Nothing is to follow from the ballots: seats are no part of them.
    nothing = {name: _missing(returns.ballots[name]) for count in COUNTS for name in (count, f"{count}_origin")}
    added = tally(replace(returns, votes=votes, ballots=returns.ballots.assign(**nothing)), by)
    return Seats(added.votes["votes"], tuple(notes))


def _missing(values: pd.Series[Any]) -> Any:
    return values.array.take([-1] * len(values), allow_fill=True)


_OF_SHARES = ("share", "share_decimals", "share_base", "share_origin")


@dataclass(frozen=True)
class _Polls:
    """The rows of votes by poll: what was voted on, in one round.

    Attributes:
        poll, person, round: of each row: the number of its poll, its candidate and its round.
        size: how many polls there are.
        apart: of each poll, whether it is reported in several units.
        numbered: whether its seats are given as numbers.
        given, marked, seats: of each row: whether a number is given, whether it is marked as elected, and the number.
        contest: of each poll, the number of its contest, which is the same in all rounds.
    """

    poll: Wholes
    person: Wholes
    round: Wholes
    size: int
    apart: Flags
    numbered: Flags
    given: Flags
    marked: Flags
    seats: Wholes
    contest: Wholes

    @classmethod
    def of(cls, returns: Returns, given: Flags, marked: Flags) -> _Polls:
        ballots, at = returns.ballots, returns.votes["ballot"].to_numpy()
        of_ballot = numbered(ballots, CONTEST_KEY)
        size = int(of_ballot.max(initial=-1)) + 1
        contest = np.zeros(size, dtype="int64")
        contest[of_ballot] = numbered(ballots, _CONTEST)
        poll = of_ballot[at]
        return cls(
            poll,
            returns.votes["candidate"].to_numpy(),
            ballots["round"].to_numpy()[at],
            size,
            np.bincount(of_ballot, minlength=size) > 1,
            np.bincount(poll[given], minlength=size) > 0,
            given,
            marked,
            whole(returns.votes["seats"]),
            contest,
        )

    def settled(self) -> tuple[Flags, Wholes, list[Message]]:
        """Return of each row whether its seats are known, its seats, and what is to be said of it."""
        by_mark, together = ~self.numbered[self.poll], ~self.apart[self.poll]
        elected = np.zeros(int(self.person.max(initial=-1)) + 1, dtype="bool")
        elected[self.person[self.marked & by_mark & together]] = True  # a candidate is the same in all rounds
        first = by_mark & together & (self.round == 1)
        won = np.where(first, elected[self.person], np.where(by_mark, 0, self.seats)).astype("int64")
        # Somebody elected later who had no votes in round 1 would be lost there: then nothing is known of the contest.
        found = np.bincount(self.contest[self.poll[first]], elected[self.person[first]], minlength=self._contests)
        winners = np.bincount(self._of_people(elected), elected, minlength=self._contests)
        whole_contest = (found > 0) & (found == winners)
        filled = np.bincount(self.poll[self.given], self.seats[self.given], minlength=self.size) > 0
        known = np.where(
            by_mark, first & whole_contest[self.contest[self.poll]], self.given & together & filled[self.poll]
        )
        return known, won, self._notes(known, by_mark & together, first)

    @property
    def _contests(self) -> int:
        return int(self.contest.max(initial=-1)) + 1

    def _of_people(self, elected: Flags) -> Wholes:
        """Return the contest of each candidate."""
        contest = np.zeros(len(elected), dtype="int64")
        contest[self.person] = self.contest[self.poll]
        return contest

    def _notes(self, known: Flags, by_mark: Flags, first: Flags) -> list[Message]:
        notes = []
        if self.apart[self.poll[self.given | self.marked]].any():
            notes.append(
                msg(
                    "Seats of a contest that is reported in several units are not added up: the source does not say whether "
                    "each unit repeats them or has its own. If these are its own, give each unit a contest of its own."
                )
            )
        held, settled = self._count(first), self._count(first & known)
        if 0 < settled == held and (self.round[by_mark & self.marked] > 1).any():
            notes.append(
                msg(
                    "Seats are those of the candidates marked as elected in any round ({n:count} contests); they are set "
                    "against the votes of round 1.",
                    n=held,
                )
            )
        elif settled < held and (by_mark & self.marked).any():
            notes.append(
                msg(
                    "No index of seats where they are not all known: {settled:count} of {held:count} contests have a candidate "
                    "marked as elected who stood in round 1. The file of the round that settled the others may have them; name "
                    "it too.",
                    settled=settled,
                    held=held,
                )
            )
        elif not held and (by_mark & self.marked).any():
            notes.append(
                msg("Seats are set against the votes of round 1, which are not here: name the file of that round too.")
            )
        empty = (
            self.numbered & ~self.apart & (np.bincount(self.poll[self.given], self.seats[self.given], self.size) == 0)
        )
        if empty.any():
            notes.append(
                msg(
                    "The seats given are all 0 in {n:count} of {all:count} contests: no index of seats there.",
                    n=int(empty.sum()),
                    all=int((self.numbered & ~self.apart).sum()),
                )
            )
        silent = self.numbered[self.poll] & ~self.given
        if silent.any():
            notes.append(
                msg(
                    "Seats are not given for {n:count} of those who stood beside others with seats: no index of seats there. "
                    "Write 0 for none.",
                    n=int(silent.sum()),
                )
            )
        return notes

    def _count(self, rows: Flags) -> int:
        """Return of how many polls these rows are."""
        return len(np.unique(self.poll[rows]))
