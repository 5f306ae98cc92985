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


def test_counts_are_taken_by_their_proportions_where_chance_is_small(election):
    """Ten times as many voters everywhere: shares stay the same within 2 % of the votes; fewer differ more by chance."""
    for seed in SEEDS:
        before, after, _ = election(60, seed, 0.4)
        one, ten = (fit(k * before, k * after, intervals=False).votes / k for k in (10, 100))
        assert 50 * np.abs(one - ten).sum() / before.sum() < 2


def test_many_parts_are_alike(election):
    """Parts of twenty units each are told better as some of many than alone; the whole is the sum of all."""
    elections = [election(20, seed, 0.4) for seed in range(30)]
    before, after = (np.vstack([one[side] for one in elections]) for side in (0, 1))
    part = np.repeat(np.arange(30), 20)
    found = fit(before, after, parts=part, intervals=False)
    local = found.predict(part)
    alone = [one.error(fit(one.before, one.after, intervals=False).votes) for one in elections]
    as_many = [one.error(table) for one, table in zip(elections, local, strict=True)]
    assert np.mean(as_many) < np.mean(alone)
    assert found.parts == 30
    assert local.sum(axis=0) == pytest.approx(found.votes)
    assert found.votes.sum(axis=1) == pytest.approx(before.sum(axis=0))


def test_progress_is_told_part_by_part(election):
    before, after, _ = election(40, 1)
    seen: list[float] = []
    fit(before, after, parts=np.repeat(np.arange(20), 2), progress=seen.append)
    assert seen == pytest.approx(np.arange(1, 61) / 60)  # 20 parts: alone, as some of many, and how sure they are
