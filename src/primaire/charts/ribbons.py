"""Bands between two columns of bars, each as wide as what flows along it: the geometry of a flow diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Ribbon:
    """One band.

    Attributes:
        left, right: the places of the bars that it joins.
        top: of its left end, in pixels.
        end: the same of its right end.
        thick: how high it is, all along.
    """

    left: int
    right: int
    top: float
    end: float
    thick: float

    def outline(self, start: float, straight: float, stop: float) -> str:
        """Return its edge as an SVG path: from ``start`` straight to ``straight``, then in a curve to ``stop``."""
        middle = (straight + stop) / 2
        upper = f"M{start:.2f},{self.top:.2f}H{straight:.2f}C{middle:.2f},{self.top:.2f},{middle:.2f},{self.end:.2f},"
        low, far = self.top + self.thick, self.end + self.thick
        lower = f"{stop:.2f},{self.end:.2f}V{far:.2f}C{middle:.2f},{far:.2f},{middle:.2f},{low:.2f},"
        return f"{upper}{lower}{straight:.2f},{low:.2f}H{start:.2f}Z"


def stacked(sizes: Sequence[float], gap: float, top: float) -> list[float]:
    """Return where bars begin that stand below each other from ``top``, with a gap between them."""
    return [top + sum(sizes[:place]) + gap * place for place in range(len(sizes))]


def ribbons(
    flows: Iterable[tuple[int, int, float]], lefts: Sequence[float], rights: Sequence[float], scale: float
) -> list[Ribbon]:
    """Return the bands of flows (left bar, right bar, size), given where bars begin and the pixels that a size of 1 takes.

    On either side the bands of a bar follow one another in the order of the bars on the other side, and fill it.
    """
    at, to = list(lefts), list(rights)
    made = []
    for left, right, size in sorted(flows):
        thick = size * scale
        made.append(Ribbon(left, right, at[left], to[right], thick))
        at[left] += thick
        to[right] += thick
    return made
