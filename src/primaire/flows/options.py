"""What a voter on the roll can have done: the options of one vote, with the counts of every unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import codes, firsts, listed, numbered, whole
from primaire.messages import Message, msg, spoken, term
from primaire.schema import CONTEST_KEY, COUNTS

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.schema import Returns

    Flags = npt.NDArray[np.bool_]
    Wholes = npt.NDArray[np.int64]

CANDIDATE, GROUP, OTHERS = term("candidate"), term("group"), term("others")
BLANK, NULL, BLANK_NULL = term("blank"), term("null"), term("blank and null")
ABSTENTION: Final = term("abstention")
NEW: Final = term("newly on the roll (net)")
GONE: Final = term("no longer on the roll (net)")

NEEDED: Final = ("registered", "voters", "valid")
"""The counts without which a unit cannot be used, beside the votes of every candidate."""


@dataclass(frozen=True)
class Option:
    """What a voter can have done.

    Attributes:
        kind: a candidate, a group, or one of the other words of this module.
        name: of a candidate or a group, as the source or the user writes it.
        label: of a candidate, the nuance or party.
        parts: what was put together.
    """

    kind: str
    name: str = ""
    label: str | None = None
    parts: tuple[Option, ...] = ()

    @property
    def said(self) -> Message:
        """What the option is called: a name as it is, else a word of the vocabulary."""
        if self.name:
            return spoken(msg("{name}", name=self.name), self.name)
        return spoken(msg("{option:term}", option=self.kind), self.kind)


@dataclass(frozen=True)
class Counted:
    """Options, and the voters of each in each unit: ``counts`` is (units, options)."""

    options: tuple[Option, ...]
    counts: Wholes

    def joined(self, option: Option, counts: Wholes) -> Counted:
        """Return the same with one option more."""
        return Counted((*self.options, option), np.column_stack([self.counts, counts]))

    def taken(self, places: list[int]) -> Counted:
        """Return some of the options, in this order."""
        return Counted(tuple(self.options[place] for place in places), self.counts[:, places])


@dataclass(frozen=True)
class Side:
    """One vote, unit by unit.

    Attributes:
        figures: the vote, each unit by itself.
        contest: the number of each ballot's contest and round.
        stood: the rows of ``candidates`` who stood, contest by contest.
        first: where those of each contest begin.
        votes: (ballots, most candidates), in the order of ``stood``.
        counts: every count of the ballots, 0 where it is not known.
        held: which of these are known.
        known: which ballots have all counts that are needed.
        sound: which of these agree with themselves.
    """

    figures: Returns
    contest: Wholes
    stood: Wholes
    first: Wholes
    votes: Wholes
    counts: dict[str, Wholes]
    held: dict[str, Flags]
    known: Flags
    sound: Flags

    @classmethod
    def of(cls, figures: Returns) -> Side:
        """Return the units of a vote, as :func:`primaire.tally.tally` gives them by unit."""
        contest = numbered(figures.ballots, CONTEST_KEY)
        size = len(firsts(contest))
        at, span = figures.votes["ballot"].to_numpy(), len(figures.candidates) + 1
        cell, place = np.unique(contest[at] * span + figures.votes["candidate"].to_numpy(), return_inverse=True)
        first = np.searchsorted(cell // span, np.arange(size + 1))
        column = (np.arange(len(cell)) - first[cell // span])[place]
        votes = np.zeros((len(contest), int(np.diff(first).max(initial=0))), dtype="int64")
        votes[at, column] = whole(figures.votes["votes"])
        counts = {name: whole(figures.ballots[name]) for name in COUNTS}
        held = {name: codes(figures.ballots[f"{name}_origin"]) >= 0 for name in COUNTS}
        stated = np.bincount(at[figures.votes["votes"].notna().to_numpy()], minlength=len(contest))
        # What is not stated is nothing where the rest is all there is.
        complete = (stated == np.diff(first)[contest]) | (votes.sum(axis=1) == counts["valid"])
        known = complete & (stated > 0) & np.logical_and.reduce([held[name] for name in NEEDED])
        return cls(
            figures, contest, cell % span, first, votes, counts, held, known, known & _sound(votes, counts, held)
        )

    @property
    def apart(self) -> Flags:
        """Which ballots tell blank from null votes."""
        return self.held["blank"] & self.held["null"]

    def counted(self, ballots: Wholes) -> Counted:
        """Return the options of some units of one contest: candidates, most votes first; ballots for nobody; abstention.

        Who has not a single vote is no option: in a wide file, that is everybody who stood elsewhere.
        """
        contest = int(self.contest[ballots[0]])
        people = self.figures.candidates.iloc[self.stood[self.first[contest] : self.first[contest + 1]]]
        votes = self.votes[ballots, : len(people)]
        total = votes.sum(axis=0)
        order = np.argsort(-total, kind="stable")[: np.count_nonzero(total)]
        names, labels = listed(people["candidate"]), listed(people["label"])
        options = [Option(CANDIDATE, names[place], labels[place]) for place in order.tolist()]
        of = {name: values[ballots] for name, values in self.counts.items()}
        if self.apart[ballots].all():
            rest = {BLANK: of["blank"], NULL: of["null"]}
        else:
            rest = {BLANK_NULL: of["voters"] - of["valid"]}
        rest[ABSTENTION] = of["registered"] - of["voters"]
        return Counted((*options, *map(Option, rest)), np.column_stack([votes[:, order], *rest.values()]))


def _sound(votes: Wholes, counts: dict[str, Wholes], held: dict[str, Flags]) -> Flags:
    """Tell which ballots add up: votes to valid, valid with blank and null to voters, and no more voters than registered."""
    void = counts["voters"] - counts["valid"]
    negative = np.logical_or.reduce([votes.min(axis=1, initial=0) < 0, *(values < 0 for values in counts.values())])
    apart = held["blank"] & held["null"]
    return np.asarray(
        ~negative
        & (votes.sum(axis=1) == counts["valid"])
        & (void >= 0)
        & (counts["registered"] >= counts["voters"])
        & (~held["blank_null"] | (counts["blank_null"] == void))
        & (~apart | (counts["blank"] + counts["null"] == void))
    )
