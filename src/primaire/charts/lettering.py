"""How wide text is drawn, so that nothing is cut and nothing overlaps: the layout of a picture rests on it.

Pictures are set in Liberation Sans, whose advance widths are those of Arial and Helvetica; vl-convert carries it, and
a reader without it sees Arial or Helvetica, letters of the same width.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"

_REGULAR: Final = {
    **dict.fromkeys("ijl", 222),
    **dict.fromkeys(" !,./:;I[\\]ft\xa0", 278),
    **dict.fromkeys("()-r`‘’“”", 333),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("#$0123456789?L_abdeghnopqu–«»†", 556),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("&ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("Mm", 833),
    **dict.fromkeys("+<=>~−×", 584),
    **dict.fromkeys("…—→←", 1000),
    "'": 191,
    ",": 278,
    "|": 260,
    "{": 334,
    "}": 334,
    '"': 355,
    "*": 389,
    "^": 469,
    "%": 889,
    "W": 944,
    "@": 1015,
    "’": 222,
    "‘": 222,
    "≈": 549,
    "ß": 611,
    "œ": 944,
    "Œ": 1000,
    "æ": 889,
    "Æ": 1000,
    "ø": 611,
    "Ø": 778,
    "ı": 278,
    "ł": 222,
    "Ł": 556,
    "±": 549,
    "·": 333,
    "\u202f": 200,
    "€": 556,
}
_BOLD: Final = _REGULAR | {
    **dict.fromkeys("Iijlł \xa0", 278),
    **dict.fromkeys("!:;ft[]`", 333),
    **dict.fromkeys("aceksvxyJ", 556),
    **dict.fromkeys("bdghnopquL?Ł", 611),
    **dict.fromkeys("ABKRVY&", 722),
    **dict.fromkeys("VYXPES", 667),
    **dict.fromkeys("{}", 389),
    "'": 238,
    '"': 474,
    "r": 389,
    "m": 889,
    "w": 778,
    "@": 975,
    "^": 584,
    "|": 280,
    "’": 278,
    "‘": 278,
    "“": 500,
    "”": 500,
}
"""Thousandths of the size that letters take, as Adobe's metrics of Helvetica and Helvetica-Bold have them."""

_OTHER, _WIDE = 667, 1000
_ROUNDING = 1e-6  # pixels that a room may have lost on its way from the width of the very text that it is for
_BREAKS = re.compile(r"( +)|(?<=[\w’]-)(?=\w)|(?<=/)(?=\w)")


@lru_cache(maxsize=65536)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels wide text is at a size in pixels."""
    advances = _BOLD if bold else _REGULAR
    return sum(_advance(letter, advances) for letter in text) * size / 1000


def _advance(letter: str, advances: Mapping[str, int]) -> int:
    if letter in advances:
        return advances[letter]
    if unicodedata.combining(letter):
        return 0
    base = unicodedata.normalize("NFKD", letter)[0]
    if base in advances:
        return advances[base]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return text as lines that fit a room in pixels. Nothing is lost; a word wider than the room is cut in two.

    >>> wrap("Conflans-Sainte-Honorine, Yvelines", 120, 12)
    ['Conflans-Sainte-', 'Honorine, Yvelines']
    """
    lines = [""]
    for piece in filter(None, _BREAKS.split(text)):
        if width(lines[-1] + piece.rstrip(" "), size, bold=bold) <= room + _ROUNDING:
            lines[-1] += piece
        elif piece.strip(" "):
            if lines[-1].strip(" "):
                lines.append("")
            lines[-1:] = _cut(lines[-1] + piece, room, size, bold=bold)
        else:
            lines.append("")
    return [line for line in (line.strip(" ") for line in lines) if line] or [""]


def _cut(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    lines = [""]
    for letter in word:
        if lines[-1] and width(lines[-1] + letter, size, bold=bold) > room + _ROUNDING:
            lines.append("")
        lines[-1] += letter
    return lines
