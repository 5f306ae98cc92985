"""The colours of pictures: each a pair, one for light paper and one for dark, and what stands for what.

Those of the palette keep apart for readers who see red and green, or blue and yellow, alike: they differ in lightness too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark", "auto"]
"""Light or dark paper; ``auto`` follows the reader's, in pictures that a browser shows."""

THEMES: Final[tuple[Theme, ...]] = ("light", "dark", "auto")


@dataclass(frozen=True)
class Ink:
    """One colour, as ``#rrggbb``, on light paper and on dark."""

    light: str
    dark: str

    def on(self, theme: Theme) -> str:
        """Return the colour for a theme; for ``auto``, both as the CSS function ``light-dark``."""
        if theme == "auto":
            return f"light-dark({self.light},{self.dark})"
        return self.light if theme == "light" else self.dark

    def towards(self, other: Ink, part: float) -> Ink:
        """Return this colour mixed with so much of another, 0 for none to 1 for nothing but the other."""
        return Ink(_mixed(self.light, other.light, part), _mixed(self.dark, other.dark, part))


def _mixed(one: str, other: str, part: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


PAPER: Final = Ink("#ffffff", "#14171a")
TEXT: Final = Ink("#1a1a1a", "#f0f1f2")
QUIET: Final = Ink("#595959", "#a9b0b7")
RULE: Final = Ink("#d4d4d4", "#3d444b")
ACCENT: Final = Ink("#0b6ba8", "#57b1e6")
MISSING: Final = Ink("#e4e4e4", "#30363c")

PALETTE: Final = (
    Ink("#0b56be", "#a5caf0"),  # blue
    Ink("#10a387", "#3be3b0"),  # green
    Ink("#ab8502", "#f0c419"),  # ochre
    Ink("#7c2e10", "#e67046"),  # rust
    Ink("#682b73", "#b04cc0"),  # purple
    Ink("#353738", "#70767a"),  # grey
)
"""Colours for those whose own is not known, in the order in which they are given out."""

OTHERS: Final = Ink("#8a8a8a", "#7d858d")
"""For all whom the palette no longer tells apart, for whoever is put together, and for who did not choose."""
