"""Bars and sparklines of block characters: what a terminal shows beside figures, and never instead of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ACCENT: Final = "cyan"
_QUIET = "dim"
_ZERO = "│"
_POINTS = 5  # points that fill a signed bar at least: half a point, where that is all, looks like little
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_HEIGHTS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Scale:
    """What all bars of a table are measured by, so that they compare.

    Attributes:
        low: the lowest value, 0 or below. high: the highest, 0 or above.
        signed: whether values have a sign: bars then stand left and right of a zero line.
    """

    low: float
    high: float
    signed: bool

    @classmethod
    def of(cls, values: Iterable[float | None], *, signed: bool) -> Scale:
        """Return the scale of all values of a table, None for missing ones."""
        known = [0.0, *(value for value in values if value is not None)]
        return cls(min(known), max(known), signed)

    def bar(self, value: float | None, length: int) -> Text:
        """Draw a value in so many characters: nothing for a missing one, the zero line alone for zero.

        >>> Scale(0, 50, signed=False).bar(20, 10).plain
        '████'
        >>> [Scale(-5, 10, signed=True).bar(value, 16).plain for value in (-5, 10, 0)]
        ['█████│', '     │██████████', '     │']
        """
        if not length or value is None:
            return Text()
        return self._two_ways(value, length) if self.signed else Text(self._one_way(value, length), ACCENT)

    def _one_way(self, value: float, length: int) -> str:
        """Draw in eighths of a character, the highest value as the full length; none is too small to be seen."""
        if value <= 0:
            return ""
        full, eighths = divmod(max(1, round(8 * length * value / self.high)), 8)
        return "█" * full + _EIGHTHS[eighths]

    def _two_ways(self, value: float, length: int) -> Text:
        """Draw in halves of a character, which exist on both sides: a gain is as long as a loss of the same size."""
        room = length - len(_ZERO)
        left, right = self._sides(room)
        fit = (side / end for side, end in ((left, -self.low), (right, self.high)) if end > 0)
        halves = max(1, round(2 * min(room / _POINTS, *fit) * abs(value))) if value else 0
        full, half = divmod(halves, 2)
        lost, gained = ("▐" * half + "█" * full, "") if value < 0 else ("", "█" * full + "▌" * half)
        return Text.assemble((lost.rjust(left), ACCENT), (_ZERO, _QUIET), (gained, ACCENT))

    def _sides(self, room: int) -> tuple[int, int]:
        """Return how many characters are left and right of the zero line: none where nothing is drawn."""
        if not self.low or not self.high:
            return (room, 0) if self.low else (0, room)
        left = min(max(1, round(room * -self.low / (self.high - self.low))), room - 1)
        return left, room - left


def sparkline(heights: Sequence[int]) -> str:
    """Draw counts side by side, the largest as a whole character; none above zero is too small to be seen.

    >>> sparkline([0, 1, 7, 14, 3])
    ' ▁▄█▂'
    """
    most = max(heights, default=0)
    return "".join(_HEIGHTS[max(1, round(8 * height / most)) if height else 0] for height in heights)
