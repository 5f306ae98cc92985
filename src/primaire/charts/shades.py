"""The colours of maps: light to dark for more, two colours on either side of zero, and what stands for no figure."""

from __future__ import annotations

from typing import Final

from primaire.charts.inks import MISSING, PAPER, QUIET, RULE, Ink

_RAMP: Final = (
    Ink("#dcebec", "#1f4350"),
    Ink("#93cbc5", "#2d6f80"),
    Ink("#3a91ad", "#3f9fa6"),
    Ink("#15397a", "#d9f0d2"),
)
"""From few to many. On either paper what is more stands out from it more; lightness alone tells the classes apart."""

_LOSS, _NOTHING, _GAIN = Ink("#9c3f0a", "#f7a767"), Ink("#efefec", "#2a2f33"), Ink("#214f93", "#86bdf5")
"""Brown and blue, which readers who see red and green alike tell apart."""

LEADS: Final = (5.0, 15.0)
"""Points of lead from which on a winner's colour is darker."""

_PALE: Final = (0.62, 0.34, 0.0)
"""How much of the paper is in a winner's colour, by lead."""

HATCH: Final = MISSING.towards(QUIET, 0.45)
"""The lines over a place without a figure."""

DENSE, SPARSE = 5.0, 10.0
"""Pixels between these lines: where figures are missing, and where there is nothing to know."""

EDGE: Final = RULE.towards(QUIET, 0.35)
"""The border of all places together."""


def sequence(number: int) -> list[Ink]:
    """Return the colours of classes, from the least to the most."""
    if number == 1:
        return [_RAMP[2]]
    places = [at * (len(_RAMP) - 1) / (number - 1) for at in range(number)]
    return [_between(place) for place in places]


def _between(place: float) -> Ink:
    at = min(int(place), len(_RAMP) - 2)
    return _RAMP[at].towards(_RAMP[at + 1], place - at)


def sides(number: int) -> list[Ink]:
    """Return the colours of an even number of classes around zero, from the greatest loss to the greatest gain."""
    half = number // 2
    parts = [0.2 + 0.8 * at / max(half - 1, 1) for at in range(half)]
    return [
        *(_NOTHING.towards(_LOSS, part) for part in reversed(parts)),
        *(_NOTHING.towards(_GAIN, part) for part in parts),
    ]


def by_lead(ink: Ink) -> list[Ink]:
    """Return the shades of a winner's colour: of a small lead, of a larger one, of a large one."""
    return [ink.towards(PAPER, part) for part in _PALE]


def legible_on(ink: Ink) -> Ink:
    """Return the colour for letters on a colour: on either paper, dark or light, whichever stands out more."""
    return Ink(_legible(ink.light), _legible(ink.dark))


def _legible(colour: str) -> str:
    return max(("#000000", "#ffffff"), key=lambda letters: contrast(letters, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (Web Content Accessibility Guidelines 2.2).

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]  # noqa: PLR2004  sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
