"""Units with valid votes and nobody who got them: where a row was cut behind its ballots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from primaire.messages import msg
from primaire.provenance import Found

if TYPE_CHECKING:
    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.polls import Polls


def without_candidates(found: Polls, raw: Raw, most: int) -> list[Found]:
    """Return the units that have valid votes, or voters and no word on how many votes are valid, and no candidate, of a
    table that has columns for candidates; ``most`` of them one by one."""
    figure = np.full(len(found), -1, dtype="int64")
    for name in ("voters", "valid"):
        counted = found.counts.get(name)
        if counted is not None:
            figure = np.where(counted.known, counted.values, figure)
    missing = figure > 0
    missing[found.entries.row] = False
    units = np.flatnonzero(missing)
    shown = units[:most]
    told = [
        Found(
            "PRI133",
            place_of(found, unit),
            msg("there are {ballots:count} votes, but no candidate", ballots=int(figure[unit])),
            line,
        )
        for unit, line in zip(shown.tolist(), raw.lines_at(found.positions[shown]).tolist(), strict=True)
    ]
    if len(units) > most:
        more = msg("… and {n:count} more units without a candidate", n=len(units) - most)
        told.append(Found("PRI133", msg("and further on"), more))
    return told


def place_of(found: Polls, unit: int) -> Message:
    """Return what the columns of places say of a unit."""
    words = (column.words[column.codes[unit]] for column in found.texts.values() if column.codes[unit] >= 0)
    return msg("{place}", place=" · ".join(words) or "–")
