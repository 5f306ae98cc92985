"""Turnout: who came, per contest and round, and what changed between rounds."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from primaire.captions import HEADING, Caption, captions, count_columns, heading, origin_notes, roll_note
from primaire.exact import HUNDRED
from primaire.messages import Message, msg, term
from primaire.schema import COUNTS, Returns
from primaire.table import Column, Section, Table
from primaire.tally import tally

_COLUMNS = (
    *(column for column in HEADING if column.name not in ("round", "date")),
    Column("round", term("round"), "count"),
    Column("date", term("date"), "date", missing=None),
    *count_columns("registered", term("registered"), term("not published"), place="body"),
    *count_columns("voters", term("voters"), term("not published"), place="body"),
    Column("voters_change", term("change"), "change", missing=None),
    Column("turnout", term("turnout (% of registered)"), "share", missing=term("not computable")),
    Column("turnout_change", term("points"), "points", missing=None),
    Column("abstention", term("abstention"), "count", missing=None),
    Column("abstention_share", term("% of registered"), "share", place="hidden"),
    *count_columns("blank", term("blank"), None, place="body"),
    *count_columns("null", term("null"), None, place="body"),
    *count_columns("blank_null", term("blank and null"), term("not published"), place="body"),
    Column("blank_null_share", term("% of voters"), "share", missing=None),
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
    told = sorted(captions(figures), key=_series_then_round(figures))
    rows = figures.ballots.loc[[caption.ballot for caption in told], [*COUNTS, *(f"{count}_origin" for count in COUNTS)]]
    series = pd.Series([_series(caption) for caption in told], index=rows.index)
    registered, voters = rows["registered"], rows["voters"]
    share = (voters * HUNDRED / registered.where(registered > 0)).astype("Float64")
    abstention = (registered - voters).where(registered >= voters)
    rows = rows.assign(
        ballot=range(len(rows)),
        turnout=share,
        abstention=abstention,
        abstention_share=(abstention * HUNDRED / registered.where(registered > 0)).astype("Float64"),
        blank_null_share=(rows["blank_null"] * HUNDRED / voters.where(voters > 0)).astype("Float64"),
        voters_change=voters.groupby(series).diff(),
        turnout_change=share.groupby(series).diff(),
    )
    frame = heading(told, rows).reset_index(drop=True)
    return Table(
        name="turnout",
        title=msg("Turnout"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=tuple(_sections(told, figures)),
        notes=(msg("Change and points are against the round before, of the same contest."),),
        provenance=figures.provenance,
    )


def _series(caption: Caption) -> tuple[str, str, str | None, str | None]:
    """What the rounds of one contest in one place have in common."""
    return caption.election, caption.contest, caption.level, caption.unit


def _series_then_round(figures: Returns):  # noqa: ANN202  a sort key
    first = {_series(caption): caption.ballot for caption in reversed(list(captions(figures)))}
    return lambda caption: (first[_series(caption)], caption.round)


def _sections(told: Sequence[Caption], figures: Returns) -> list[Section]:
    sections = []
    start = 0
    while start < len(told):
        stop = start
        while stop < len(told) and _series(told[stop]) == _series(told[start]):
            stop += 1
        rounds = told[start:stop]
        title = msg("{election}", election=rounds[0].election)
        sections.append(Section(title, start, stop, rounds[0].subtitle, None, tuple(_notes(rounds, figures))))
        start = stop
    return sections


def _notes(rounds: Sequence[Caption], figures: Returns) -> list[Message]:
    notes: dict[str, Message] = {}
    for caption in rounds:
        ballot = figures.ballots.loc[caption.ballot]
        said = [caption.doubt] if caption.doubt else []
        if pd.isna(ballot["registered"]):
            said.append(roll_note(caption))
        if len(rounds) > 1:
            said.extend(msg("Round {round}: {note}", round=caption.round, note=note) for note in origin_notes(ballot))
        else:
            said.extend(origin_notes(ballot))
        notes.update({str(note): note for note in said})
    return list(notes.values())
