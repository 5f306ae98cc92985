"""The estimate of overdispersion, on counts drawn with a known one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from primaire.stats.dispersion import dispersion

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

SIZE = 4000


def drawn_counts(rho: float, mean: float = 0.3, trials: int = 600, seed: int = 11) -> tuple[Wholes, Wholes, Floats]:
    drawn = np.random.default_rng(seed)
    p = drawn.beta(mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho, SIZE) if rho else np.full(SIZE, mean)
    return drawn.binomial(trials, p), np.full(SIZE, trials), np.full(SIZE, mean)


def first_of(size: int, counts: tuple[Wholes, Wholes, Floats]) -> tuple[Wholes, Wholes, Floats]:
    return counts[0][:size], counts[1][:size], counts[2][:size]


def one(size: int = SIZE) -> Wholes:
    return np.zeros(size, dtype="int64")


# The standard error of a variance from 4,000 normal deviates is sqrt(2 / 4000) = 2.2 %; 10 % is more than four of them.
@pytest.mark.parametrize("rho", [0.002, 0.02, 0.1])
def test_the_pool_has_the_correlation_that_was_drawn(rho):
    found = dispersion(*drawn_counts(rho), one(), one(), one())
    assert np.median(found.pooled) == pytest.approx(rho, rel=0.1)


def test_chance_alone_is_no_correlation():
    # One standard error of the mean square is 0.022, of rho 0.022 / 599 = 0.00004.
    assert np.median(dispersion(*drawn_counts(0), one(), one(), one()).pooled) < 0.0002


def test_places_differ_and_each_has_its_own():
    # Half of the places have a spread of 0.002, half of 0.05; 40 counts in each, beside which the pool counts as 20.
    calm, wild = drawn_counts(0.002), drawn_counts(0.05, seed=12)
    counts = [np.concatenate([calm[part], wild[part]]) for part in range(3)]
    place = np.arange(2 * SIZE) // 40
    rho = dispersion(counts[0], counts[1], counts[2], one(2 * SIZE), one(2 * SIZE), place).rho
    # (40 x 0.002 + 20 x 0.026) / 60 = 0.010, (40 x 0.05 + 20 x 0.026) / 60 = 0.042
    assert np.median(rho[:SIZE]) == pytest.approx(0.010, rel=0.15)
    assert np.median(rho[SIZE:]) == pytest.approx(0.042, rel=0.15)


def test_one_wrong_count_in_twenty_one_does_not_hide_itself():
    count, trials, mean = first_of(21, drawn_counts(0.005))
    right = dispersion(count, trials, mean, one(21), one(21), one(21))
    wrong = np.where(np.arange(21) == 4, 590, count)
    found = dispersion(wrong, trials, mean, one(21), one(21), one(21))
    assert found.rho[4] == pytest.approx(right.rho[4])  # its own spread is that of the others
    # 590 of 600 where 180 are expected is 18 standard deviations off, a square of 330; but it counts for one of 9 or so,
    # in 20: half as much again, and again half of that for what it then adds to its own limit: twice as much in all.
    assert (found.rho < 3 * right.rho.max()).all()


def test_the_order_of_counts_changes_nothing():
    count, trials, mean = first_of(60, drawn_counts(0.01))
    place = np.arange(60) // 20
    order = np.random.default_rng(3).permutation(60)
    one_way = dispersion(count, trials, mean, one(60), one(60), place)
    other = dispersion(count[order], trials[order], mean[order], one(60), one(60), place[order])
    assert other.rho == pytest.approx(one_way.rho[order])
    assert other.freedom.tolist() == one_way.freedom[order].tolist()
