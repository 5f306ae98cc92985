"""Turnout: who came, per contest and round, and what changed between rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.captions import HEADING, Caption, Captions, captions, count_columns, heading, origin_column, percent
from primaire.messages import Message, msg, term
from primaire.pairing import series
from primaire.schema import COUNTS, Returns, weaker
from primaire.table import Column, Section, Sections, Table
from primaire.tally import asked, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

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


CHANGES: Final = msg("Change and points are against the round before, of the same contest.")
"""What changes are against; it stands where there are some."""


def turnout(returns: Returns, *, by: str | Sequence[str] = "contest") -> Table:
    """Show the ballots of each contest and round, and what changed from the round before.

    Args:
        returns: as read; what follows from the published figures is derived here.
        by: what units are added up by; see :func:`primaire.tally.tally`. Without candidates, nuances do not matter.

    Returns:
        One row per election, contest (or place) and round. ``turnout`` and ``abstention_share`` are percentages of
        registered voters, ``blank_null_share`` of voters, 0 to 100; ``voters_change`` is a count and ``turnout_change``
        percentage points, against the previous round of the same contest. All are NA where a count they need is.

    Raises:
        NameUnknownError: ``by`` is not one of those that exist.
        NotHeldError: no unit says to which place of that level it belongs.
    """
    figures = tally(returns, by, candidates=False)
    told = captions(figures)
    at, number = series(figures, asked(by)[0])
    frame = heading(told, _figures(figures.ballots.take(at), number).assign(ballot=at))
    return Table(
        name="turnout",
        title=msg("Turnout"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=_sections(told, at, number),
        notes=(CHANGES,) if frame[["voters_change", "turnout_change"]].notna().any(axis=None) else (),
        provenance=figures.provenance,
    )


def _figures(ballots: pd.DataFrame, number: npt.NDArray[np.int64]) -> pd.DataFrame:
    rows = ballots[[*COUNTS, *(f"{count}_origin" for count in COUNTS)]].reset_index(drop=True)
    registered, voters = rows["registered"], rows["voters"]
    abstention = (registered - voters).where(registered >= voters)
    share = pd.Series(percent(voters, registered))
    # The row before is the round before, where it is of the same series.
    follows = np.concatenate([np.zeros(min(len(number), 1), dtype="bool"), number[1:] == number[:-1]])
    before = voters.shift().where(follows)
    return rows.assign(
        turnout=share,
        turnout_origin=weaker(rows["voters_origin"], rows["registered_origin"]),
        abstention=abstention,
        abstention_share=percent(abstention, registered),
        blank_null_share=percent(rows["blank_null"], voters),
        blank_null_share_origin=weaker(rows["blank_null_origin"], rows["voters_origin"]),
        voters_change=voters - before,
        voters_change_origin=weaker(rows["voters_origin"], rows["voters_origin"].shift().where(follows)),
        turnout_change=share - share.shift().where(follows),
    )


def _sections(told: Captions, at: npt.NDArray[np.int64], number: npt.NDArray[np.int64]) -> Sections:
    def section(_: int, start: int, stop: int) -> Section:
        rounds = [told[place] for place in at[start:stop].tolist()]
        title = msg("{election}", election=rounds[0].election)
        return Section(title, start, stop, rounds[0].subtitle, None, _notes(rounds))

    stops = (np.flatnonzero(number[1:] != number[:-1]) + 1).tolist()
    return Sections([*stops, *([len(at)] if len(at) else [])], section)


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
