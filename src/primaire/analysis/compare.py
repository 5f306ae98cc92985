"""Compare: the same vote in two places, such as a commune against the country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.captions import HEADING, Lines, candidate_columns, captions, heading
from primaire.errors import NotHeldError
from primaire.matching import fold
from primaire.messages import Message, msg, term
from primaire.pairing import Pairs, loneliness
from primaire.schema import shortened
from primaire.sides import POINTS, one_against_the_other, side_by_side, side_columns
from primaire.table import Column, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.captions import Caption
    from primaire.schema import Returns
    from primaire.sides import Votes


def compare(
    returns: Returns, against: Returns, *, by: str | Sequence[str] = "contest", against_by: str | None = None
) -> Table:
    """Set each contest and round against the same one elsewhere.

    Args:
        returns: the figures in question.
        against: what they are held against: the same election and round.
        by: what units of ``returns`` are added up by; see :func:`primaire.tally.tally`.
        against_by: what those of ``against`` are added up by: each place is held against the one of that level which it
            is or lies in (its departement), with ``contest`` or ``nation`` against the whole. By default like ``by``
            where ``against`` has several such places, else the whole.

    Returns:
        One row per contest, round (or place) and candidate: shares of valid votes here and there, 0 to 100, and
        ``points``, here less there; NA where a share is not known. ``place_there`` names the other place; approximate
        figures are marked so in ``share_here_origin`` and ``share_there_origin``, and the points that rest on them in
        ``points_origin``. The gaps ``here`` and ``there`` of a section's subtitle say what the two places are called.

    Raises:
        NotHeldError: no contest and round is in both, or ``against`` has several places for one.
        NameUnknownError: ``by`` or ``against_by`` is not one of those that exist.
    """
    votes = one_against_the_other(returns, against, by, against_by)
    here, there, pairs = votes.left, votes.right, votes.pairs
    if not len(pairs):
        raise NotHeldError(
            msg("No election, contest and round is in both."),
            expected=msg("Here: {here}. There: {there}.", here=_names(here), there=_names(there)),
            remedy=msg("Choose one vote with --election and --round, and a source that holds the same one."),
        )
    # The order is that of the place in question: sides swapped, since the right one leads.
    sides = side_by_side(there, here, pairs.swapped(), ("there", "here"))
    rows = sides.frame.assign(ballot=pairs.one[sides.pair], place_there=_places_there(pairs).take(sides.pair))
    columns = _columns(pairs, candidate_columns(here)[1])
    frame = heading(pairs.left, rows)
    return Table(
        name="compare",
        title=msg("Comparison"),
        frame=frame[[column.name for column in columns]],
        columns=columns,
        sections=_sections(votes, frame, sides.stops),
        notes=(
            msg("Points: the share here less the share there, both of valid votes."),
            *sides.notes,
            *loneliness(pairs, votes.level),
        ),
        provenance=votes.provenance,
        bar="points",
    )


def _places_there(pairs: Pairs) -> Any:
    """Return the name of the other place of each pair."""
    different, place = np.unique(pairs.other, return_inverse=True)
    units = pairs.right.facts["unit"].iloc[different].to_numpy("object")
    for nameless in np.flatnonzero(pd.isna(units)).tolist():
        units[nameless] = str(pairs.right[int(different[nameless])].place)
    return pd.array(units[place], dtype="str")


def _columns(pairs: Pairs, candidate: Column) -> tuple[Column, ...]:
    # Where all sections compare the same two places, the columns bear their names, unless these are one.
    here, there = pairs.left.facts["unit"].iloc[pairs.one], pairs.right.facts["unit"].iloc[pairs.other]
    same = len(here.unique()) == len(there.unique()) == 1 and pd.notna([here.iloc[0], there.iloc[0]]).all()
    named = same and fold(here.iloc[0]) != fold(there.iloc[0])
    label_here, label_there = (here.iloc[0], there.iloc[0]) if named else (term("here"), term("there"))
    return (
        *HEADING,
        Column("place_there", term("against"), "text", place="heading"),
        Column("rank_here", term("#"), "count"),
        candidate,
        *side_columns("here", label_here, None),
        *side_columns("there", label_there, None),
        *POINTS,
        Column("rank_there", term("rank there"), "count", missing=None),
    )


def _sections(votes: Votes, frame: pd.DataFrame, stops: list[int]) -> Sections:
    lines, pairs = Lines(frame), votes.pairs
    sources = [shortened([file.title for file in side.provenance.files]) for side in (votes.left, votes.right)]

    def section(place: int, start: int, stop: int) -> Section:
        here, there = pairs.captions(place)
        origins = (*lines["share_there_origin"][start:stop], *lines["share_here_origin"][start:stop])
        notes = _notes(here, there, approximate="approximate" in origins)
        if there.title != here.title:  # places of one name, at two elections
            notes.insert(0, msg("Compared with {before}", before=there.title))
        return Section(here.title, start, stop, _subtitle(here.place, there.place, *sources), None, tuple(notes))

    return Sections(stops, section)


def _subtitle(here: Message, there: Message, source: list[object], other: list[object]) -> Message:
    """Return which places are compared; where both are called alike, with the files that tell which is which."""
    if fold(str(here)) != fold(str(there)) or not source or not other:
        return msg("{here} against {there}, in % of valid votes", here=here, there=there)
    return msg(
        "{here} (here: {source}) against {there} (there: {other}), in % of valid votes",
        here=here,
        source=source,
        there=there,
        other=other,
    )


def _notes(here: Caption, there: Caption, *, approximate: bool) -> list[Message]:
    notes: list[Message] = [caption.doubt for caption in (here, there) if caption.doubt]
    if approximate:
        notes.append(msg("Some of these figures are approximations, as the source printed them; they are marked."))
    for caption in (here, there):
        if caption.note:
            notes.append(msg("{place}: {note:term}", place=caption.place, note=caption.note))
        if caption.source:
            notes.append(msg("Source for {place}: {source:term}", place=caption.place, source=caption.source))
    return notes


def _names(returns: Returns) -> list[object]:
    told = captions(returns)
    return shortened([msg("{title}, {contest}", title=each.title, contest=each.contest) for each in told[:99]])
