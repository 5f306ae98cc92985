"""What must be said wherever figures of a contest are shown: which vote, where, how firm, and what they rest on.

Every table has the same heading columns, and every section the same title, for the same contest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from primaire.messages import Message, msg, msgn, term
from primaire.schema import CONTEST_KEY, COUNTS, Returns
from primaire.table import Column, Place

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
            return msg("{place} (a part of: {contest})", place=self.place, contest=self.contest)
        if self.unit == self.contest:
            return None if self.contest == self.election else self.place
        if self.contest == self.election:
            return self.place
        return msg("{contest}: {place}", contest=self.contest, place=self.place)

    @property
    def doubt(self) -> Message | None:
        """Why the result is not final; None for a final one."""
        if self.status == "final":
            return None
        if self.status_note is None:
            return _STANDING[self.status]
        return msg("{standing} {note:term}", standing=_STANDING[self.status], note=self.status_note)

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What the source says of its figures, and which source it is."""
        notes = [msg("{note:term}", note=self.note)] if self.note else []
        return (*notes, *([msg("Source: {source:term}", source=self.source)] if self.source else []))


_STANDING = {
    "provisional": msg("Provisional: this result may still change."),
    "frozen": msg("Frozen: this count is not a result."),
    "annulled": msg("Annulled: this count has no effect."),
}


def captions(returns: Returns) -> Iterator[Caption]:
    """Yield the caption of each row of ``ballots``, in their order."""
    contests = returns.contests.astype({name: "object" for name in (*CONTEST_KEY, "date", "coverage", "electorate")})
    keyed = contests.where(contests.notna(), None).set_index(list(CONTEST_KEY))
    facts = {key: row for key, row in zip(keyed.index.tolist(), keyed.itertuples(index=False), strict=True)}
    wanted = [*CONTEST_KEY, "unit", "units", "status", "status_note", "source", "note"]
    ballots = returns.ballots[wanted].astype("object")
    for number, ballot in enumerate(ballots.where(ballots.notna(), None).itertuples(index=False)):
        fact = facts[ballot.election, ballot.round, ballot.contest, ballot.level]
        yield Caption(number, **ballot._asdict(), date=fact.date, coverage=fact.coverage, electorate=fact.electorate)


def origin_notes(ballot: pd.Series[str]) -> list[Message]:
    """Say which counts of a row of ``ballots`` were not published but computed."""
    computed = [name for name in COUNTS if ballot[f"{name}_origin"] == "computed"]
    if not computed:
        return []
    return [msg("Computed from the published figures: {names:term}.", names=computed)]


def roll_note(caption: Caption) -> Message:
    """Say why a turnout cannot be computed where no registered voters are published."""
    if caption.electorate == "open":
        return msg("An open vote has no electoral roll: there are no registered voters, so no turnout can be computed.")
    return msg("Registered voters are not published, so no turnout can be computed.")


def heading(told: Iterable[Caption], rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``rows`` (with a column ``ballot``) led by the columns of :data:`HEADING`, without ``ballot``."""
    names = [column.name for column in HEADING]
    facts = pd.DataFrame([[getattr(caption, name) for name in names] for caption in told], columns=names, dtype="object")
    facts = facts.astype({name: "int64" if name in ("round", "units") else "str" for name in names})
    return pd.concat([facts.take(rows["ballot"].to_numpy()).set_axis(rows.index), rows.drop(columns="ballot")], axis=1)


def count_columns(name: str, label: str, missing: str | None, *, place: Place = "foot") -> tuple[Column, Column]:
    """Return the column of a count, and the hidden one that says how the count is known."""
    return (
        Column(name, label, "count", place=place, missing=missing, origin=f"{name}_origin"),
        Column(f"{name}_origin", term("how known"), "term", place="hidden"),
    )
