"""Turnout: who came, per contest and round, and what changed between rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from primaire.captions import HEADING, Caption, captions, count_columns, heading, origin_column, percent
from primaire.messages import Message, msg, term
from primaire.pairing import series
from primaire.schema import COUNTS, Returns, weaker
from primaire.table import Column, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = (
    *(column for column in HEADING if column.name not in ("round", "date")),
    Column("round", term("round"), "count"),
    Column("date", term("date"), "date", missing=None),
    *count_columns("registered", term("registered"), term("not published"), place="body"),
    *count_columns("voters", term("voters"), term("not published"), place="body"),
    Column("voters_change", term("change"), "change", missing=None, origin="voters_change_origin"),
    origin_column("voters_change_origin"),
    Column(
        "turnout", term("turnout (% of registered)"), "share", missing=term("not computable"), origin="turnout_origin"
    ),
    origin_column("turnout_origin"),
    Column("turnout_change", term("points"), "points", missing=None, origin="turnout_origin"),
    Column("abstention", term("abstention"), "count", missing=None, origin="turnout_origin"),
    Column("abstention_share", term("% of registered"), "share", place="hidden"),
    *count_columns("blank", term("blank"), None, place="body"),
    *count_columns("null", term("null"), None, place="body"),
    *count_columns("blank_null", term("blank and null"), term("not published"), place="body"),
    Column(
        "blank_null_share", term("blank and null, % of voters"), "share", missing=None, origin="blank_null_share_origin"
    ),
    origin_column("blank_null_share_origin"),
    *count_columns("valid", term("valid"), term("not published"), place="body"),
)


def turnout(returns: Returns, *, by: str = "contest") -> Table:
    """Show the ballots of each contest and round, and what changed from the round before.

    Args:
        returns: as read; what follows from the published figures is derived here.
        by: what units are added up by; see :data:`primaire.tally.BY`.

    Returns:
        One row per election, contest (or place) and round. ``turnout`` and ``abstention_share`` are percentages of
        registered voters, ``blank_null_share`` of voters, 0 to 100; ``voters_change`` is a count and ``turnout_change``
        percentage points, against the previous round of the same contest. All are NA where a count they need is.

    Raises:
        NameUnknownError: ``by`` is not one of those that exist.
    """
    figures = tally(returns, by)
    found = series(captions(figures))
    told = [caption for rounds in found for caption in rounds]
    names = [*COUNTS, *(f"{count}_origin" for count in COUNTS)]
    rows = figures.ballots.take([caption.ballot for caption in told])[names].reset_index(drop=True)
    number = pd.Series([place for place, rounds in enumerate(found) for _ in rounds])
    registered, voters = rows["registered"], rows["voters"]
    abstention = (registered - voters).where(registered >= voters)
    share = pd.Series(percent(voters, registered))
    rolled = weaker(rows["voters_origin"], rows["registered_origin"])
    rows = rows.assign(
        ballot=range(len(rows)),
        turnout=share,
        turnout_origin=rolled,
        abstention=abstention,
        abstention_share=percent(abstention, registered),
        blank_null_share=percent(rows["blank_null"], voters),
        blank_null_share_origin=weaker(rows["blank_null_origin"], rows["voters_origin"]),
        voters_change=voters.groupby(number).diff(),
        voters_change_origin=weaker(rows["voters_origin"], rows["voters_origin"].groupby(number).shift()),
        turnout_change=share.groupby(number).diff(),
    )
    frame = heading(told, rows)
    return Table(
        name="turnout",
        title=msg("Turnout"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=tuple(_sections(found)),
        notes=(msg("Change and points are against the round before, of the same contest."),),
        provenance=figures.provenance,
    )


def _sections(found: Sequence[Sequence[Caption]]) -> list[Section]:
    sections = []
    start = 0
    for rounds in found:
        stop = start + len(rounds)
        title = msg("{election}", election=rounds[0].election)
        sections.append(Section(title, start, stop, rounds[0].subtitle, None, _notes(rounds)))
        start = stop
    return sections


def _notes(rounds: Sequence[Caption]) -> tuple[Message, ...]:
    """Return what is to be known of the rounds, each once, with the round where it holds for one alone."""
    said: dict[str, tuple[Message, list[int]]] = {}
    if len({caption.units for caption in rounds}) > 1:
        units = [msg("{units:count}", units=caption.units) for caption in rounds]
        note = msg("The number of units differs from round to round: {units}.", units=units)
        said[str(note)] = (note, [caption.round for caption in rounds])
    for caption in rounds:
        for note in (*([caption.doubt] if caption.doubt else []), *caption.gaps, *caption.sources):
            said.setdefault(str(note), (note, []))[1].append(caption.round)
    return tuple(
        note if len(held) == len(rounds) else msg("Round {round} – {note}", round=held, note=note)
        for note, held in said.values()
    )
