"""Counts that stand beside those that are kept, and say the same in another way: signatures and ballots, abstentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from primaire.messages import msg, msgn
from primaire.provenance import Found
from primaire.sources.reading.unvoted import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.gathered import Figures
    from primaire.sources.reading.polls import Polls


def against_beside(found: Polls, raw: Raw, most: int) -> tuple[list[Found], list[Message]]:
    """Return the units where such counts differ, and what is to be said of the comparisons as a whole.

    Args:
        found: the units. raw: their table. most: how many of one kind are told one by one.
    """
    told: list[Found] = []
    said: list[Message] = []
    for some, remark in (_signatures(found, raw), _abstentions(found, raw)):
        told += some[:most]
        if len(some) > most:
            more = msg("… and {n:count} more of this kind", n=len(some) - most)
            told.append(Found(some[0].code, msg("and further on"), more))
        said += [remark] if remark is not None else []
    return told, said


def _signatures(found: Polls, raw: Raw) -> tuple[list[Found], Message | None]:
    """Compare signatures on the roll with ballots in the box: they differ now and then, and honestly so."""
    voters = found.counts.get("voters")
    signatures, ballots = (found.counts.get(name, voters) for name in ("signatures", "envelopes"))
    if signatures is ballots or signatures is None or ballots is None:
        return [], None
    both = signatures.known & ballots.known
    units = np.flatnonzero(both & (signatures.values != ballots.values))
    told = [
        Found(
            "PRI107",
            place_of(found, unit),
            msg(
                "{signatures:count} signatures on the roll, but {ballots:count} ballots in the box",
                signatures=_at(signatures, unit),
                ballots=_at(ballots, unit),
            ),
            line,
        )
        for unit, line in _with_lines(found, raw, units)
    ]
    said = msgn(
        "Signatures on the roll are compared with ballots in the box in {compared:count} units: one differs.",
        "Signatures on the roll are compared with ballots in the box in {compared:count} units: {n:count} differ.",
        len(told),
        compared=int(both.sum()),
    )
    return told, said if both.any() else None


def _abstentions(found: Polls, raw: Raw) -> tuple[list[Found], None]:
    """Compare registered voters with those who came and those who did not."""
    registered, voters, absent = (found.counts.get(name) for name in ("registered", "voters", "abstentions"))
    if registered is None or voters is None or absent is None:
        return [], None
    every = registered.known & voters.known & absent.known
    sums = voters.values.astype("int64") + absent.values
    units = np.flatnonzero(every & (sums != registered.values))
    told = [
        Found(
            "PRI108",
            place_of(found, unit),
            msg(
                "{voters:count} voters and {absent:count} abstentions make {sum:count}, but there are {registered:count} registered",
                voters=_at(voters, unit),
                absent=_at(absent, unit),
                sum=int(sums[unit]),
                registered=_at(registered, unit),
            ),
            line,
        )
        for unit, line in _with_lines(found, raw, units)
    ]
    return told, None


def _at(figures: Figures, unit: int) -> int:
    return int(figures.values[unit])


def _with_lines(found: Polls, raw: Raw, units: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    lines = raw.lines_at(found.positions[units]).tolist() if len(units) else []
    return zip(units.tolist(), lines, strict=True)
