"""The estimate of simulated elections: nearer to what everybody did, the more units there are."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.inference import fit

SEEDS = range(6)


def errors(elections, **how):
    """Return the errors of estimates in one part, however many units there are."""
    return [
        one.error(fit(one.before, one.after, parts=np.zeros(len(one.before)), intervals=False, **how).votes)
        for one in elections
    ]


@pytest.mark.parametrize(
    ("made", "how"),
    [({"steady": 1e9}, {}), ({}, {"context": 0.0})],
    ids=["voters alike everywhere", "places that differ whatever their composition"],
)
def test_the_table_is_found_as_units_grow(election, made, how):
    """In the mean of six elections; at 1,000 units, less than 1.5 % of the votes are in the wrong cell."""
    few, many, most = (
        np.mean(errors([election(units, seed, **made) for seed in SEEDS], **how)) for units in (20, 100, 1000)
    )
    assert few > many > most
    assert few < 8
    assert most < 1.5


def test_context_makes_the_difference(election):
    """Where voters go with their surroundings, it is needed; where places differ anyhow, it would mislead."""
    with_it, without = [election(200, seed, 0.4) for seed in SEEDS], [election(200, seed) for seed in SEEDS]
    assert np.mean(errors(with_it)) < np.mean(errors(with_it, context=0.0))
    assert np.mean(errors(without, context=0.0)) < np.mean(errors(without))


def test_intervals_hold_what_is_true_and_narrow_as_units_grow(election):
    """In elections of the kind that they are made for, of which 72 cells are looked at."""
    elections = [election(20, seed, 0.4) for seed in SEEDS]
    held, widths = [], {}
    for one in elections:
        found = fit(one.before, one.after)
        true = one.truth / one.truth.sum(axis=1, keepdims=True)
        held.append((found.lower <= true) & (true <= found.upper))
    assert np.mean(held) >= 0.8  # 0.9, less three standard errors of 72
    for units in (20, 400):
        one = election(units, 1, 0.4)
        found = fit(one.before, one.after)
        widths[units] = float((found.upper - found.lower).mean())
    assert widths[400] < widths[20]


def test_votes_that_all_went_one_way_are_found(election):
    """Each option before went to one of its own: the bounds leave something open, the estimate hardly anything."""
    before = election(60, 3).before
    found = fit(before, before, intervals=False)
    assert np.diag(found.shares).min() > 0.97
