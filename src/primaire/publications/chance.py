"""How often chance does something: the ballots counted first, drawn at random from those counted later.

Given the later counts, the earlier ones are then multivariate hypergeometric: no parameter is unknown. Ballots do not come
one by one but by stations, whose voters are alike: a design effect of g spreads the earlier counts as if whole clusters of g
ballots were drawn, their deviations being √g times as large. Source: Kish, Survey Sampling (1965), 8.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, lgamma, log, pi, sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

EFFECTS: Final = (1, 5, 20, 100)
"""The design effects for which probabilities are told. With 1, ballots are drawn one by one: chance moves shares least, so
this is the most generous to honest counting, and the one that decides."""

SEED: Final = 20170123
FEW: Final = 4_000
MANY: Final = 100_000
"""Draws at first, and all draws where what is looked for is too rare to be told from the first."""

CLUSTERS: Final = 30
"""Clusters that must have been added, at least, for a design effect to be told."""

_RULE_OF_THREE: Final = 3  # what was seen in none of n draws is at most 3 in n, at a confidence of 95 %
_TOO_MANY: Final = 10**9  # ballots: more than numpy draws from, and than any election has had
_OFTEN: Final = 200  # of the first draws: 5 %, known to 0.7 points by then
_DENSE: Final = 5.0  # a variance from which counts are near enough to normal for the bounds below


@dataclass(frozen=True)
class Chance:
    """A probability, 0 to 1.

    Attributes:
        value: the probability.
        at_most: whether it is not more than that, and how much less is not known.
        hits: how many simulated draws it rests on; None where it is exact or a bound.
    """

    value: float
    at_most: bool = False
    hits: int | None = None

    def times(self, number: float) -> Chance:
        """Return the probability times a number, at most 1."""
        return replace(self, value=min(1.0, self.value * number))


@dataclass(frozen=True)
class Draw:
    """The earlier counts as a random part of the later ones.

    Attributes:
        after: the later counts by category, all ballots being in one; none is 0.
        size: how many of these ballots were counted before.
    """

    after: Wholes
    size: int

    @property
    def expected(self) -> Floats:
        """The earlier counts that are in proportion."""
        return np.asarray(self.after * (self.size / self.after.sum()), dtype="float64")

    @property
    def variances(self) -> Floats:
        """Each expected count times the part of the ballots that was added: what Pearson's distance divides by."""
        total = int(self.after.sum())
        return np.asarray(self.expected * ((total - self.size) / max(total - 1, 1)))

    def often(self, shown: Callable[[Floats], Any], bounds: Sequence[float]) -> tuple[Chance, ...]:
        """Return how often draws show something, for each of :data:`EFFECTS`.

        Args:
            shown: tells it of earlier counts, draws by categories.
            bounds: for each effect, what the probability does not exceed, for where no draw shows it.

        Returns:
            One for each effect of which the ballots that were added are :data:`CLUSTERS` clusters and more: of fewer,
            normal deviations tell nothing. The first one is always there. What no draw shows is at most 3 in all draws
            (the rule of three: so rare that draws show it with 95 %).
        """
        return self._often(shown, bounds)[: self.told]

    @property
    def told(self) -> int:
        """How many of the effects are told."""
        added = int(self.after.sum()) - self.size
        return sum(effect == 1 or added >= CLUSTERS * effect for effect in EFFECTS)

    def _often(self, shown: Callable[[Floats], Any], bounds: Sequence[float]) -> tuple[Chance, ...]:
        if self.after.sum() >= _TOO_MANY:
            return tuple(Chance(bound, at_most=True) for bound in bounds)
        made = np.random.default_rng(SEED)
        hits, runs = self._hits(made, shown, FEW), FEW
        if hits[0] < _OFTEN:
            hits, runs = hits + self._hits(made, shown, MANY - FEW), MANY
        return tuple(
            Chance((hit + 1) / (runs + 1), hits=hit) if hit else Chance(min(_RULE_OF_THREE / runs, bound), at_most=True)
            for hit, bound in zip(hits.tolist(), bounds, strict=True)
        )

    def _hits(self, made: np.random.Generator, shown: Callable[[Floats], Any], runs: int) -> Wholes:
        off = made.multivariate_hypergeometric(self.after, self.size, size=runs, method="marginals") - self.expected
        hits = [np.count_nonzero(shown(self.expected + sqrt(effect) * off)) for effect in EFFECTS]
        return np.array(hits, dtype="int64")

    def exactly(self, before: Wholes) -> float:
        """Return the probability of exactly these earlier counts, drawn ballot by ballot; 0 where it cannot be.

        >>> round(Draw(np.array([2, 2]), 2).exactly(np.array([1, 1])), 12)  # 4 of the 6 pairs
        0.666666666667
        """
        if (before > self.after).any() or (before < 0).any():
            return 0.0
        ways = sum(_log_choose(*each) for each in zip(self.after.tolist(), before.tolist(), strict=True))
        return min(1.0, exp(ways - _log_choose(int(self.after.sum()), self.size)))

    def bound_in_box(self, widths: Floats) -> tuple[float, ...]:
        """Return for each effect what the probability of a box is not above: so many whole numbers times the likeliest.

        Args:
            widths: how long the sides are, for all categories but the last one, whose count follows.
        """
        if self.variances.min() < _DENSE:
            return (1.0,) * len(EFFECTS)
        free, share = len(widths), self.after / self.after.sum()
        spread = self.size * (self.variances / self.expected)[0]
        log_density = -0.5 * (free * log(2 * pi * spread) + float(np.log(share).sum()))
        log_volume = float(np.log(widths + 1).sum())
        return tuple(_as_probability(log_volume + log_density - 0.5 * free * log(effect)) for effect in EFFECTS)

    def bound_within(self, distance: float) -> tuple[float, ...]:
        """Return for each effect what the probability of no more than a Pearson distance is not above.

        The same, of the whole numbers in a ball: each stands for a cell around it, and the ball is larger by half of one.
        """
        variances = np.sort(self.variances)
        if variances[0] < _DENSE:
            return (1.0,) * len(EFFECTS)
        free = len(variances) - 1
        cell = sqrt(0.25 * float((1 / variances[:-1]).sum()) + (free / 2) ** 2 / variances[-1])
        log_ball = free * log((sqrt(distance) + cell) / sqrt(2)) - lgamma(free / 2 + 1)
        return tuple(_as_probability(log_ball - 0.5 * free * log(effect)) for effect in EFFECTS)


def _as_probability(logarithm: float) -> float:
    return exp(min(logarithm, 0.0))


def _log_choose(many: int, few: int) -> float:
    return lgamma(many + 1) - lgamma(few + 1) - lgamma(many - few + 1)
