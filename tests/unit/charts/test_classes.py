"""Classes of a map: bounds that people keep in mind, and no class that is nearly empty."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.charts.classes import MOST, around_zero, bounds, two_sided
from primaire.charts.inks import PALETTE, PAPER, Ink
from primaire.charts.shades import by_lead, contrast, legible_on, sequence, sides

numbers = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=300).map(np.array)


def round_numbers(found: list[float]) -> bool:
    """Whether all are multiples of 1, 2 or 5 of some power of ten no smaller than a thousandth."""
    steps = [step * 10.0**power for power in range(-3, 3) for step in (1, 2, 5)]
    return any(all(math.isclose(bound / step, round(bound / step), abs_tol=1e-6) for bound in found) for step in steps)


@given(numbers)
def test_bounds_are_round_and_lie_within_the_values(values):
    found = bounds(values)
    assert found == sorted(set(found))
    assert len(found) <= MOST
    assert round_numbers(found)
    assert all(values.min() < bound <= values.max() for bound in found) or not found


@given(numbers)
def test_no_order_of_places_changes_the_bounds(values):
    assert bounds(values) == bounds(values[::-1])


def test_a_hundred_different_shares_make_six_classes_of_about_as_many():
    values = np.linspace(3.1, 42.7, 100)
    sizes = np.histogram(values, [-np.inf, *bounds(values), np.inf])[0]
    assert len(sizes) == MOST
    assert sizes.min() >= 7  # of 16.7 on average


def test_two_places_make_two_classes_and_one_makes_one():
    assert bounds(np.array([12.0, 30.0])) != []
    assert len(bounds(np.array([12.0, 30.0]))) == 1
    assert bounds(np.array([12.0])) == []
    assert bounds(np.array([12.0, 12.0])) == []


def test_many_zeros_do_not_leave_a_class_empty():
    values = np.array([0.0] * 90 + [5.0, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    sizes = np.histogram(values, [-np.inf, *bounds(values), np.inf])[0]
    assert sizes[0] == 90
    assert (sizes > 0).sum() >= 2


def test_gains_and_losses_have_zero_in_the_middle():
    values = np.array([-8.0, -3, -1, 1, 2, 4, 6, 7])
    assert two_sided(values)
    found = around_zero(values)
    assert found[2] == 0
    assert found == [-bound for bound in reversed(found)]
    assert not two_sided(np.array([1.0, 2, 3]))
    assert not two_sided(np.array([]))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("number", range(2, MOST + 1))
def test_classes_differ_in_lightness_ever_further_from_the_paper(theme, number):
    """So they are told apart without colours: by the colour-blind, and on a copy."""
    paper = PAPER.on(theme)
    away = [contrast(ink.on(theme), paper) for ink in sequence(number)]
    assert all(more > 1.1 * less for less, more in itertools.pairwise(away))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_either_side_of_zero_stands_out_more_the_further_it_is(theme):
    paper = PAPER.on(theme)
    away = [contrast(ink.on(theme), paper) for ink in sides(6)]
    assert away[0] > away[1] > away[2]
    assert away[3] < away[4] < away[5]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", [*sequence(6), *sides(6), *(shade for one in PALETTE for shade in by_lead(one))])
def test_letters_on_any_colour_can_be_read(theme, ink):
    """4.5 to 1 is what WCAG 2.2 asks of small text."""
    assert contrast(legible_on(ink).on(theme), ink.on(theme)) >= 4.5


def test_contrast_is_that_of_the_guidelines():
    # #777777 on white is 4.48, the usual example of a grey that just fails.
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
    assert legible_on(Ink("#ffffff", "#000000")) == Ink("#000000", "#ffffff")
