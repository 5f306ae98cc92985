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
    found = [(file.place, one) for file in returns.provenance.files for one in file.found]
    units = _units(returns) if found else {}
    seen = [
        Seen(one.code, one.message, units.get((name, one.line)), one.place, None, name, one.line, one.hint)
        for name, one in found
    ]
    said = [(file.place, one) for file in returns.provenance.files for one in file.compared]
    several = len(returns.provenance.files) > 1
    compared = tuple(msg("{file}: {said}", file=name, said=one) if several else one for name, one in said)
    nothing = msg("no file has totals, percentages or signatures beside its counts.")
    return Answer(tuple(seen), compared or (nothing,), applies=bool(compared or seen))


def _units(returns: Returns) -> dict[tuple[str, int | None], int | None]:
    """Return the unit that begins on each line; None where several do, as rounds side by side."""
    places = zip(listed(returns.ballots["file"]), listed(returns.ballots["line"]), strict=True)
    units: dict[tuple[str, int | None], int | None] = {}
    for unit, place in enumerate(places):
        units[place] = None if place in units or place[1] is None else unit
    return units
