"""Colours that can be told apart, on both papers, by everybody: contrast and colour vision computed from the definitions."""

from itertools import combinations

import numpy as np
import pytest

from primaire.charts.colours import _parties
from primaire.charts.inks import ACCENT, OTHERS, PALETTE, PAPER, QUIET, TEXT, Ink

THEMES = ["light", "dark"]

# Machado, Oliveira and Fernandes, IEEE Transactions on Visualization and Computer Graphics 15 (2009): severity 1.0, for
# linear red, green and blue.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour):
    """Red, green and blue of #rrggbb as light, 0 to 1 (IEC 61966-2-1)."""
    values = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    """CIE L*a*b* (D65) of linear red, green and blue."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ light
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in xyz / [0.9505, 1, 1.089]
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one, other, vision):
    """CIE 1976 colour difference as somebody sees it: 2.3 is just noticeable."""
    seen = [lab(np.clip(VISIONS[vision] @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_contrast_is_that_of_the_standard():
    # WCAG 2.2: black on white is 21 to 1; #767676 is the lightest grey that reaches 4.5 on white.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") > 4.5 > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", [TEXT, QUIET])
def test_text_can_be_read(ink, theme):
    assert contrast(ink.on(theme), PAPER.on(theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "ink",
    [ACCENT, OTHERS, *PALETTE, *{party.ink for table in _parties() for party in table.values()}],
    ids=lambda ink: ink.light,
)
def test_marks_can_be_seen(ink, theme):
    assert contrast(ink.on(theme), PAPER.on(theme)) >= 3


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_colours_of_the_palette_are_told_apart(theme, vision):
    pairs = {
        (one.on(theme), other.on(theme)): distance(one.on(theme), other.on(theme), vision)
        for one, other in combinations(PALETTE, 2)
    }
    assert min(pairs.values()) >= 20, min(pairs, key=pairs.__getitem__)


def test_a_mixture_lies_between():
    assert Ink("#000000", "#ffffff").towards(Ink("#ffffff", "#000000"), 0.2) == Ink("#333333", "#cccccc")
