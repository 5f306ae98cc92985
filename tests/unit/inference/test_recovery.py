"""The estimate of simulated elections: nearer to what everybody did, the more units there are."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference import fit

SEEDS = range(6)


def errors(election, units, context, strength):
    made = [election(units, seed, context) for seed in SEEDS]
    whole = np.zeros(units)  # all of them at once, however many they are
    return [one.error(fit(one.before, one.after, parts=whole, context=strength, intervals=False).votes) for one in made]


@pytest.mark.parametrize(
    ("context", "strength", "largest"),
    [(0.0, 0.0, 1.5), (0.25, 1.0, 1.5)],
    ids=["voters alike everywhere", "voters like their neighbours"],
)
def test_the_table_is_found_as_units_grow(election, context, strength, largest):
    """In the mean of six elections. What is left at 1,000 units is less than the stated percentage of votes."""
    few, many, most = (np.mean(errors(election, units, context, strength)) for units in (20, 100, 1000))
    assert few > many > most
    assert few < 8
    assert most < largest


def test_what_is_taken_as_known_makes_the_difference(election):
    """Where voters are alike everywhere, a context of 0 is right; where they are like their neighbours, it is wrong."""
    means = {
        (context, strength): np.mean(errors(election, 200, context, strength))
        for context in (0.0, 0.25)
        for strength in (0.0, 1.0)
    }
    assert means[0.0, 0.0] < means[0.0, 1.0]
    assert means[0.25, 1.0] < means[0.25, 0.0]


def test_intervals_hold_what_is_true_and_narrow_as_units_grow(election):
    """Made for real votes, which are less alike: here they hold at least nine in ten cells."""
    widths = []
    for units in (20, 400):
        held = []
        for seed in SEEDS:
            one = election(units, seed, 0.25)
            found = fit(one.before, one.after)
            true = one.truth / one.truth.sum(axis=1, keepdims=True)
            held.append((found.lower <= true) & (true <= found.upper))
            widths.append((units, float((found.upper - found.lower).mean())))
        assert np.mean(held) >= 0.85
    assert np.mean([width for units, width in widths if units == 20]) > np.mean(
        [w for units, w in widths if units == 400]
    )


def test_votes_that_all_went_one_way_are_found(election):
    """Each option before went to one of its own: the bounds leave something open, the estimate hardly anything."""
    before = election(60, 3).before
    found = fit(before, before, intervals=False)
    assert np.diag(found.shares).min() > 0.97
