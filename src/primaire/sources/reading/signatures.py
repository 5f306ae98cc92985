"""Signatures on the roll against ballots in the box, where a table has both. They differ now and then, and honestly so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from primaire.messages import msg, msgn
from primaire.provenance import Found
from primaire.sources.reading.unvoted import place_of

if TYPE_CHECKING:
    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.polls import Polls


def against_ballots(found: Polls, raw: Raw) -> tuple[list[Found], list[Message]]:
    """Return the units where signatures and ballots differ, and what is to be said of the comparison as a whole."""
    voters = found.counts.get("voters")
    signatures, ballots = (found.counts.get(name, voters) for name in ("signatures", "envelopes"))
    if signatures is ballots or signatures is None or ballots is None:
        return [], []
    both = signatures.known & ballots.known
    units = np.flatnonzero(both & (signatures.values != ballots.values))
    told = [
        Found(
            "PRI107",
            place_of(found, unit),
            msg(
                "{signatures:count} signatures on the roll, but {ballots:count} ballots in the box",
                signatures=int(signatures.values[unit]),
                ballots=int(ballots.values[unit]),
            ),
            line,
        )
        for unit, line in zip(units.tolist(), raw.lines_at(found.positions[units]).tolist(), strict=True)
    ]
    said = msgn(
        "Signatures on the roll are compared with ballots in the box in {compared:count} units: one differs.",
        "Signatures on the roll are compared with ballots in the box in {compared:count} units: {n:count} differ.",
        len(told),
        compared=int(both.sum()),
    )
    return told, [said] if both.any() else []
