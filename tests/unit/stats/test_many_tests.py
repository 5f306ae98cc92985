"""False discoveries, and the allowance for an estimated spread, against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from primaire.stats.discoveries import discovered
from primaire.stats.student import allowing_for

chances = st.lists(st.floats(1e-12, 1), min_size=1, max_size=40)


@given(chances, st.sampled_from([0.01, 0.05, 0.2]))
def test_discoveries_are_those_of_benjamini_and_hochberg(values, level):
    p = np.array(values)
    adjusted = stats.false_discovery_control(p)
    sure = np.abs(adjusted - level) > 1e-12
    assert (discovered(p, level) == (adjusted <= level))[sure].all()


def test_no_tests_find_nothing():
    assert discovered(np.array([]), 0.05).tolist() == []


@pytest.mark.parametrize("freedom", [10, 20, 50, 500])
def test_the_allowance_is_students(freedom):
    deviate = np.array([0.5, 1, 2, 3, 4, 5, 6])
    known = 2 * stats.norm.sf(deviate)
    allowed = allowing_for(known, np.full(7, float(freedom)))
    assert allowed == pytest.approx(2 * stats.t.sf(deviate, freedom), rel=0.05)
    assert (allowed >= known).all()


def test_what_is_beyond_all_numbers_stays_rare():
    assert allowing_for(np.array([0.0, 1.0]), np.array([1000.0, 1000.0])).tolist() == pytest.approx([0, 1], abs=1e-100)
