"""What must be said wherever figures of a contest are shown: which vote, where, how firm, and what they rest on.

Every table has the same heading columns, and every section the same title, for the same contest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import pandas as pd

from primaire.arrays import codes, listed, located, rates, whole
from primaire.exact import HUNDRED
from primaire.matching import fold
from primaire.messages import Message, msg, msgn, term
from primaire.schema import CONTEST_KEY, COUNTS, ORIGINS, Returns
from primaire.table import Column, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

HEADING: Final = (
    Column("election", term("election"), "text", place="heading"),
    Column("round", term("round"), "count", place="heading"),
    Column("date", term("date"), "date", place="heading"),
    Column("contest", term("contest"), "text", place="heading"),
    Column("coverage", term("coverage"), "term", place="heading"),
    Column("level", term("level"), "term", place="heading"),
    Column("unit", term("unit"), "text", place="heading"),
    Column("units", term("units"), "count", place="heading"),
    Column("status", term("status"), "term", place="heading"),
)
"""The columns that say which vote and where; they lead every table that has rows of one contest and round."""

FIGURES: Final = {
    "registered": term("registered voters"),
    "voters": term("voters"),
    "blank": term("blank votes"),
    "null": term("null votes"),
    "blank_null": term("blank and null votes"),
    "valid": term("valid votes"),
}
"""The counts in words."""

_COMPUTED = ORIGINS.index("computed")

NO_NUANCE: Final = term("no nuance")
"""What candidates without a label are called together, where candidates are added up by nuance."""


@dataclass(frozen=True)
class Caption:
    """One row of ``ballots`` in words.

    Attributes:
        ballot: its row number.
        election, round, contest, level: its key; ``level`` is None where the source does not say.
        unit: the unit's name; None for a sum of several that has none.
        units: how many units were added.
        date: ISO, or None.
        coverage, electorate, status: see :mod:`primaire.schema`.
        status_note, source, note: as the source says them, or None.
        within: names of the places that all its units lie in, from the widest to the finest.
        computed: the counts that are not published but computed.
        rolled: whether the number of registered voters is known.
    """

    ballot: int
    election: str
    round: int
    contest: str
    level: str | None
    unit: str | None
    units: int
    date: str | None
    coverage: str
    electorate: str
    status: str
    status_note: str | None
    source: str | None
    note: str | None
    within: tuple[str, ...]
    computed: tuple[str, ...]
    rolled: bool

    @property
    def place(self) -> Message:
        """The unit by its name, or how many units were added."""
        if self.unit is not None:
            return msg("{unit}", unit=self.unit)
        return msgn("{n:count} unit", "{n:count} units", self.units)

    @property
    def title(self) -> Message:
        """The election, the round and its day."""
        if self.date is None:
            return msg("{election}, round {round}", election=self.election, round=self.round)
        return msg("{election}, round {round}, {date:date}", election=self.election, round=self.round, date=self.date)

    @property
    def subtitle(self) -> Message | None:
        """The place, and what it is a part of; None where the title has said it all."""
        if self.coverage == "part":
            return msg("{place} (part of {contest})", place=self.place, contest=self.contest)
        if self.unit == self.contest:
            return None if self.contest == self.election else self._placed_contest
        if self.contest == self.election:
            return self.place
        contest = self._placed_contest if self.unit is None else self.contest
        return msg("{contest}: {place}", contest=contest, place=self.place)

    @property
    def _placed_contest(self) -> Message:
        """The contest, and the places that it lies in where its name does not say them."""
        told = fold(self.contest)
        more = [name for name in self.within if fold(name) not in told]
        if not more:
            return msg("{contest}", contest=self.contest)
        return msg("{contest} ({places})", contest=self.contest, places=more)

    @property
    def doubt(self) -> Message | None:
        """Why the result is not final; None for a final one."""
        if self.status == "final":
            return None
        standing = STANDING[self.status]
        if self.units > 1:
            # The weakest of the units' statuses: it need not be that of all.
            standing = msg("Not all of the {n:count} units are final: {status:term}.", n=self.units, status=self.status)
        if self.status_note is None:
            return standing
        return msg("{standing} {note:term}", standing=standing, note=self.status_note)

    @property
    def alone(self) -> Message:
        """That it has no counterpart."""
        return msg("Without a counterpart: {title}, {place}.", title=self.title, place=self.place)

    @property
    def computations(self) -> tuple[Message, ...]:
        """Which counts were computed."""
        return (
            (
                msg(
                    "Computed from the published figures: {names:term}.",
                    names=[FIGURES[name] for name in self.computed],
                ),
            )
            if self.computed
            else ()
        )

    @property
    def gaps(self) -> tuple[Message, ...]:
        """Which counts were computed, and why there is no turnout."""
        if self.rolled:
            return self.computations
        if self.electorate == "open":
            why = msg(
                "An open vote has no electoral roll of its own: without registered voters, no turnout can be computed."
            )
        elif self.units > 1:
            why = msg("Registered voters are not published for all of the {n:count} units: no turnout.", n=self.units)
        else:
            why = msg("Registered voters are not published, so no turnout can be computed.")
        return (*self.computations, why)

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What the source says of its figures, and which source it is."""
        return (*((msg("{note:term}", note=self.note),) if self.note else ()), *self.sources)

    @property
    def sources(self) -> tuple[Message, ...]:
        """Which source the figures are from, if it is said."""
        return (msg("Source: {source:term}", source=self.source),) if self.source else ()


STANDING: Final = {
    "provisional": msg("Provisional: this result may still change."),
    "frozen": msg("Frozen: this count is not a result."),
    "annulled": msg("Annulled: this count has no effect."),
}
"""What a status means for a result."""


_OF_BALLOTS = ("unit", "units", "status", "status_note", "source", "note")
_OF_CONTESTS = ("date", "coverage", "electorate")
_AROUND = ("departement", "constituency", "canton", "commune")


class Captions(Sequence[Caption]):
    """The caption of each row of ``ballots``, in their order, each made when it is asked for.

    Attributes:
        ballots: the rows that they are of.
        facts: the columns of :data:`HEADING`, one row per ballot.
    """

    def __init__(self, returns: Returns) -> None:
        self.ballots = returns.ballots
        self._contests = returns.contests.take(located(returns.ballots, returns.contests, CONTEST_KEY))

    @cached_property
    def facts(self) -> pd.DataFrame:
        held = {
            column.name: (self._contests if column.name in _OF_CONTESTS else self.ballots)[column.name]
            for column in HEADING
        }
        words = [name for name in held if name not in {"round", "units"}]
        frame = pd.DataFrame({name: values.array for name, values in held.items()})
        return frame.astype(dict.fromkeys(words, "str"))

    def __len__(self) -> int:
        return len(self.ballots)

    @overload
    def __getitem__(self, place: int) -> Caption: ...

    @overload
    def __getitem__(self, place: slice) -> list[Caption]: ...

    def __getitem__(self, place: int | slice) -> Caption | list[Caption]:
        places = range(len(self))[place]
        return self._caption(places) if isinstance(places, int) else [self._caption(each) for each in places]

    def _caption(self, ballot: int) -> Caption:
        said = {name: values[ballot] for name, values in self._said.items()}
        origin = {name: places[ballot] for name, places in self._origins.items()}
        return Caption(
            ballot=ballot,
            **said,
            within=tuple(names[ballot] for names in self._places if names[ballot] is not None),
            computed=tuple(name for name, place in origin.items() if place == _COMPUTED),
            rolled=origin["registered"] >= 0,
        )

    @cached_property
    def _said(self) -> dict[str, list[Any]]:
        ballots = {name: listed(self.ballots[name]) for name in (*CONTEST_KEY, *_OF_BALLOTS)}
        return {**ballots, **{name: listed(self._contests[name]) for name in _OF_CONTESTS}}

    @cached_property
    def _origins(self) -> dict[str, list[int]]:
        return {name: codes(self.ballots[f"{name}_origin"]).tolist() for name in COUNTS}

    @cached_property
    def _places(self) -> list[list[Any]]:
        return [listed(self.ballots[name]) for name in _AROUND]


def from_to(earlier: Caption, later: Caption) -> Message:
    """Return the title of what sets two votes against each other."""
    if earlier.election == later.election:
        return msg(
            "{election}, from round {before} to round {after}",
            election=later.election,
            before=earlier.round,
            after=later.round,
        )
    return msg("From “{before}” to “{after}”", before=earlier.title, after=later.title)


def captions(returns: Returns) -> Captions:
    """Return the caption of each row of ``ballots``, in their order."""
    return Captions(returns)


def heading(told: Captions, rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``rows`` (with a column ``ballot``) led by the columns of :data:`HEADING`, without ``ballot``."""
    led = told.facts.take(rows["ballot"].to_numpy()).reset_index(drop=True)
    return pd.concat([led, rows.drop(columns="ballot").reset_index(drop=True)], axis=1)


def by_nuance(figures: Returns) -> bool:
    """Tell whether candidates are nuances: each has its label for a name."""
    people = figures.candidates
    return len(people) > 0 and bool((people["candidate"] == people["label"].fillna(NO_NUANCE)).all())


def candidate_columns(figures: Returns) -> tuple[Column, ...]:
    """Return the columns of a rank, and of who holds it: a candidate with a label, or a nuance, which is its own label."""
    summed = by_nuance(figures)
    return (
        Column("rank", term("#"), "count"),
        Column("candidate", term("nuance"), "term") if summed else Column("candidate", term("candidate"), "text"),
        Column("label", term("label"), "text", missing=None, place="hidden" if summed else "body"),
    )


class Lines:
    """Columns of a frame as plain values, None for missing, each listed when it is first asked for: for sentences."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._held: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self._held:
            self._held[name] = listed(self._frame[name])
        return self._held[name]


def repeated(ballots: pd.DataFrame, names: Iterable[str], at: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Return columns of ``ballots`` as they stand on each row of a table, ``at`` being the rows' ballots."""
    return {name: ballots[name].array.take(at) for name in names}


def percent(part: pd.Series[int], total: pd.Series[int]) -> pd.arrays.FloatingArray:
    """Return counts in per cent of others, NA where one is missing or the total is not above zero."""
    known = part.notna().to_numpy() & total.notna().to_numpy() & (whole(total) > 0)
    return rates(np.divide(whole(part) * HUNDRED, whole(total), out=np.full(len(part), np.nan), where=known))


def origin_column(name: str) -> Column:
    """Return the hidden column that says how the figures of another one are known."""
    return Column(name, term("how known"), "term", place="hidden")


def rate_columns(name: str, label: str, missing: str | None, *, beside: str | None = None) -> tuple[Column, Column]:
    """Return the column of a percentage below the rows, and the hidden one that says how it is known."""
    return (
        Column(name, label, "share", place="foot", missing=missing, beside=beside, origin=f"{name}_origin"),
        origin_column(f"{name}_origin"),
    )


def count_columns(name: str, label: str, missing: str | None, *, place: Place = "foot") -> tuple[Column, Column]:
    """Return the column of a count, and the hidden one that says how the count is known."""
    return (
        Column(name, label, "count", place=place, missing=missing, origin=f"{name}_origin"),
        origin_column(f"{name}_origin"),
    )
