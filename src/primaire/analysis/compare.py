"""Compare: the same vote in two places, such as a commune against the country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from primaire.captions import HEADING, captions, heading
from primaire.errors import NotHeldError
from primaire.messages import Message, msg, term
from primaire.pairing import POINTS, Pair, counterparts, side_by_side, side_columns
from primaire.scores import scores
from primaire.table import Column, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from primaire.schema import Returns


def compare(returns: Returns, against: Returns, *, by: str = "contest") -> Table:
    """Set each contest and round against the same one elsewhere.

    Args:
        returns: the figures in question.
        against: what they are held against: the same election, one place for each contest and round.
        by: what units of ``returns`` are added up by; see :data:`primaire.tally.BY`.

    Returns:
        One row per contest, round (or place) and candidate: shares of valid votes here and there, 0 to 100, and
        ``points``, here less there; NA where a share is not known. ``place_there`` names the other place; approximate
        figures are marked so in ``share_here_origin`` and ``share_there_origin``, and the points that rest on them in
        ``points_origin``.

    Raises:
        NotHeldError: no contest and round is in both, or ``against`` has several places for one.
    """
    here, there = tally(returns, by), tally(against)
    pairs, alone = counterparts(here, there)
    if not pairs:
        raise NotHeldError(
            msg("No election, contest and round is in both."),
            expected=msg("Here: {here}. There: {there}.", here=_names(here), there=_names(there)),
            remedy=msg("Choose one vote with --election and --round, and a source that holds the same one."),
        )
    rows_here, rows_there = scores(here), scores(there)
    parts = [_rows(pair, rows_here, rows_there) for pair in pairs]
    told = captions(here)
    columns = _columns(pairs)
    frame = heading(told, pd.concat(parts, ignore_index=True))
    return Table(
        name="compare",
        title=msg("Comparison"),
        frame=frame[[column.name for column in columns]],
        columns=columns,
        sections=tuple(_sections(pairs, parts)),
        notes=(
            msg("Points: the share here less the share there, both of valid votes."),
            *(caption.alone for caption in alone),
        ),
        provenance=returns.provenance + against.provenance,
    )


def _rows(pair: Pair, rows_here: pd.DataFrame, rows_there: pd.DataFrame) -> pd.DataFrame:
    here, there = pair
    one = rows_here[rows_here["ballot"] == here.ballot]
    other = rows_there[rows_there["ballot"] == there.ballot]
    # The order is that of the place in question: sides swapped, since the right one leads.
    rows = side_by_side(other, one, ("there", "here"))
    return rows.assign(ballot=here.ballot, place_there=str(there.place))


def _columns(pairs: list[Pair]) -> tuple[Column, ...]:
    # Where all sections compare the same two places, the columns bear their names.
    places = {(here.unit, there.unit) for here, there in pairs}
    here, there = places.pop() if len(places) == 1 else (None, None)
    label_here, label_there = (here, there) if here and there else (term("here"), term("there"))
    return (
        *HEADING,
        Column("place_there", term("against"), "text", place="heading"),
        Column("rank_here", term("#"), "count"),
        Column("candidate", term("candidate"), "text"),
        *side_columns("here", label_here, None),
        *side_columns("there", label_there, None),
        *POINTS,
        Column("rank_there", term("rank there"), "count", missing=None),
    )


def _sections(pairs: list[Pair], parts: list[pd.DataFrame]) -> list[Section]:
    sections = []
    start = 0
    for (here, there), part in zip(pairs, parts, strict=True):
        stop = start + len(part)
        notes: list[Message] = [caption.doubt for caption in (here, there) if caption.doubt]
        if (part["share_there_origin"] == "approximate").any() or (part["share_here_origin"] == "approximate").any():
            notes.append(msg("Some of these figures are approximations, as the source printed them; they are marked."))
        for caption in (here, there):
            if caption.note:
                notes.append(msg("{place}: {note:term}", place=caption.place, note=caption.note))
            if caption.source:
                notes.append(msg("Source for {place}: {source:term}", place=caption.place, source=caption.source))
        subtitle = msg("{here} against {there}, in % of valid votes", here=here.place, there=there.place)
        sections.append(Section(here.title, start, stop, subtitle, None, tuple(notes)))
        start = stop
    return sections


def _names(returns: Returns) -> list[Message]:
    return [msg("{title}, {contest}", title=caption.title, contest=caption.contest) for caption in captions(returns)]
