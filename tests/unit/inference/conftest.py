"""Simulated elections: what everybody did is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

SHARES = np.array([[0.75, 0.05, 0.20], [0.10, 0.70, 0.20], [0.35, 0.40, 0.25], [0.05, 0.05, 0.90]])
MIX = np.array([0.35, 0.30, 0.15, 0.20])
"""The table that all units follow, and how many are of each option before."""

ALIKE = 12.0
"""The precision of the Dirichlet distribution of units' mixtures: standard deviations of 10 to 13 points."""

STEADY = 60.0
"""That of a row's shares from unit to unit: 3 to 6 points."""


class Election(NamedTuple):
    """Counts of units, and the true table in votes."""

    before: np.ndarray
    after: np.ndarray
    truth: np.ndarray

    def error(self, votes):
        """Return EI, the percentage of votes in the wrong cell."""
        return 50 * np.abs(votes - self.truth).sum() / self.truth.sum()


@pytest.fixture(scope="session")
def election():
    """Return what simulates an election of so many units.

    ``context`` multiplies the odds of each option after with how much more or less of the unit's votes it gets than of all:
    0 makes voters of an option alike everywhere.
    """

    def simulate(units: int, seed: int, context: float = 0.0) -> Election:
        drawn = np.random.default_rng([seed, units])
        totals = drawn.integers(300, 1500, units)
        before = np.array(
            [drawn.multinomial(n, p) for n, p in zip(totals, drawn.dirichlet(ALIKE * MIX, units), strict=True)]
        )
        p = _in_context(before, context)
        inside = np.array(
            [
                [drawn.multinomial(x, drawn.dirichlet(STEADY * q)) for x, q in zip(xs, qs, strict=True)]
                for xs, qs in zip(before, p, strict=True)
            ]
        )
        return Election(before, inside.sum(axis=1), inside.sum(axis=0))

    return simulate


def _in_context(before, slope):
    """Return (n, R, C): the shares in each unit, such that what a regression on the mixtures fits has the slope's effect."""
    share = before / before.sum(axis=1, keepdims=True)
    p = np.broadcast_to(SHARES, (*before.shape, 3))
    for _ in range(20):
        expected = np.einsum("ir,irk->ik", share, p)
        mean = np.average(expected, axis=0, weights=before.sum(axis=1))
        root = np.sqrt(before.sum(axis=1, keepdims=True))
        fitted = share @ np.linalg.lstsq(share * root, expected * root)[0]
        odds = SHARES * (np.maximum(fitted, 0.1 * mean) / mean)[:, None, :] ** slope
        p = odds / odds.sum(axis=2, keepdims=True)
    return p
