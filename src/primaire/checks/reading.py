"""What was seen while a file was read: of printed totals and percentages, only one side is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.arrays import listed
from primaire.checks.finding import Answer, Seen
from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.schema import Returns


def seen_in_reading(returns: Returns) -> Answer:
    """Return what the readers found: totals rows, printed percentages, signatures, rows without a candidate."""
    found = [(file.name, one) for file in returns.provenance.files for one in file.found]
    units = _units(returns) if found else {}
    seen = [
        Seen(one.code, one.message, units.get((name, one.line)), one.place, one.expected, name, one.line)
        for name, one in found
    ]
    return Answer(tuple(seen), (msg("totals rows, printed percentages and signatures, where a file has them"),))


def _units(returns: Returns) -> dict[tuple[str, int | None], int | None]:
    """Return the unit that begins on each line; None where several do, as rounds side by side."""
    places = zip(listed(returns.ballots["file"]), listed(returns.ballots["line"]), strict=True)
    units: dict[tuple[str, int | None], int | None] = {}
    for unit, place in enumerate(places):
        units[place] = None if place in units or place[1] is None else unit
    return units
