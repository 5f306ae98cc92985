"""How wide letters are taken to be, beside the program that sets them; and how lines fold."""

import re
import string

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from primaire.charts.lettering import FONT, width, wrap

LETTERS = string.printable[:94] + "éèÉçÀñŒœÆæß’‘“”«»–—…†≈±×−·→€\xa0\u202f"

NARROWER = {"·": {278}, "\u202f": {138, 139}}
"""Letters that some versions of Liberation Sans set narrower than the one that vl-convert carries: a machine's own comes first."""


def drawn(text, *, bold):
    """The width that vl-convert gives to text of 1,000 pixels."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": 1,
        "height": 1,
        "padding": 0,
        "marks": [
            {
                "type": "text",
                "encode": {
                    "enter": {
                        "text": {"value": text},
                        "fontSize": {"value": 1000},
                        "font": {"value": FONT},
                        "fontWeight": {"value": "bold" if bold else "normal"},
                    }
                },
            }
        ],
    }
    found = re.search(r'width="([\d.]+)"', vl_convert.vega_to_svg(spec))
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_they_are_drawn(bold):
    # Each stands between two of the same, since a space at an end has no width.
    bare = drawn("nn", bold=bold)
    found = {letter: drawn(f"n{letter}n", bold=bold) - bare for letter in LETTERS}
    right = {letter: {width(letter, 1000, bold=bold), *NARROWER.get(letter, ())} for letter in LETTERS}
    assert {letter: wide for letter, wide in found.items() if min(abs(wide - one) for one in right[letter]) > 3} == {}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), st.floats(20, 200))
def test_folding_loses_no_letter(text, room):
    assert "".join("".join(wrap(text, room, 12)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("abc -/WÉ"), max_size=80), st.floats(20, 200))
def test_lines_fit_their_room(text, room):
    assert all(width(line, 12) <= room for line in wrap(text, room, 12))


def test_a_word_that_is_too_wide_is_cut_in_two():
    # An "n" is 556 thousandths wide: at 10 pixels, three fit into 17.
    assert wrap("nnnnn", 17, 10) == ["nnn", "nn"]


def test_no_break_spaces_hold():
    assert wrap("12\xa0345\xa0voix de plus", 72, 12) == ["12\xa0345\xa0voix", "de plus"]


def test_a_room_as_wide_as_a_word_holds_it():
    # Added to and taken away, a width is no longer the same number: 32.016 + 10 - 10 is a little less.
    rooms = {text: width(text, 12) + 10 - 10 for text in ("Alone", "Sylvia", "Conflans", "Élodie")}
    assert any(room < width(text, 12) for text, room in rooms.items())
    assert all(wrap(text, room, 12) == [text] for text, room in rooms.items())
