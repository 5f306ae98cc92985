"""Where the seats of an assembly stand: in concentric half circles, evenly, so that parties are wedges."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLLOW: Final = 0.42
"""The radius of the innermost row, as a part of the outermost's, that the number of rows is chosen to come near to."""

_LEAST: Final = 0.3  # the same, at least, where there are two rows or more


@dataclass(frozen=True)
class Hemicycle:
    """The seats of an assembly.

    Attributes:
        seats: of each, from left to right, how far it is beside the middle and above the base, in radii of the outermost row.
        spacing: how far neighbours are from each other at least, in the same; 4 for a single seat, which
            needs no half circle.
    """

    seats: list[tuple[float, float]]
    spacing: float


def hemicycle(number: int) -> Hemicycle:
    """Return the places of seats, by their angle from left to right.

    Rows are as far from each other as seats in a row; the longer a row, the more seats it has, by largest remainders. As
    many are left of the middle as right of it: rows have even numbers of seats, but for one where the number is odd.

    >>> [(round(x, 2), round(y, 2)) for x, y in hemicycle(2).seats]
    [(-1.0, 0.0), (1.0, 0.0)]
    """
    if number == 1:
        return Hemicycle([(0.0, 1.0)], 4.0)
    rows, apart = _rows(number)
    radii = [1 - row * apart for row in range(rows)]
    sizes = _sizes(number, radii)
    seats = [
        (math.pi * place / (size - 1) if size > 1 else math.pi / 2, row)
        for row, size in enumerate(sizes)
        for place in range(size)
    ]
    chords = [
        2 * radius * math.sin(math.pi / (size - 1) / 2) for radius, size in zip(radii, sizes, strict=True) if size > 1
    ]
    # Of seats on one line from the middle, the outermost is the first on the left, and the last on the right.
    seats.sort(key=lambda seat: (seat[0], seat[1] if seat[0] < math.pi / 2 else -seat[1]))
    places = [(-radii[row] * math.cos(angle), radii[row] * math.sin(angle)) for angle, row in seats]
    return Hemicycle(places, min([*chords, apart] if rows > 1 else chords))


def _rows(number: int) -> tuple[int, float]:
    """Return how many rows, and how far apart, of those where this is how far apart seats are in each row, on average.

    A row of the radius r has room for 1 + πr / s seats at the distance s; m rows, from 1 inwards, for m + πm / s - πm(m - 1) / 2.
    """
    found = [(1, math.pi / (number - 1))]
    for rows in range(2, number):
        apart = rows * math.pi / (number + math.pi * rows * (rows - 1) / 2 - rows)
        inner = 1 - (rows - 1) * apart
        if inner >= _LEAST:
            found.append((rows, apart))
        elif len(found) > 1:
            break
    return min(found, key=lambda each: abs(1 - (each[0] - 1) * each[1] - HOLLOW))


def _sizes(number: int, radii: Sequence[float]) -> list[int]:
    """Return how many seats each row has."""
    sizes = [2 * pairs for pairs in _shared(number // 2, radii)]
    if number % 2:
        lacking = [number * radius / math.fsum(radii) - size for radius, size in zip(radii, sizes, strict=True)]
        sizes[lacking.index(max(lacking))] += 1
    return sizes


def _shared(number: int, parts: Sequence[float]) -> list[int]:
    """Return a number shared out in proportion to parts, by largest remainders."""
    exact = [number * part / math.fsum(parts) for part in parts]
    whole = [math.floor(each) for each in exact]
    first = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in first[: number - sum(whole)]:
        whole[place] += 1
    return whole
