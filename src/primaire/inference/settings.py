"""What the model takes as known, with the values that were found on elections whose true table is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The constants of the model. How they were found, and what each is worth, is in docs/transfers.md.

    Attributes:
        context: how much the voters of one option differ from place to place as the place's composition lets one expect: 0
            not at all, 1 as on the elections with a known table. It multiplies the two slopes.
        forward_slope, reverse_slope: of the log odds of an option on the log of what the unit's composition lets one expect
            (:mod:`primaire.inference.context`), after given before and before given after.
        forward_weight, reverse_weight: what the two quasi-likelihoods count; below 1, since units are not independent and
            both look at the same counts.
        pull: of each row's shares towards those of the whole, in voters of prior.
        tail, scale: of the prior of theta - base: tail log(1 + (d / scale)^2), which lets few cells be far away.
        aversion: what it adds to cells that are far below, aversion d^2: nearly nobody is rare.
        rho, sigma: overdispersion of a row, Dirichlet and logistic-normal, where nothing else is known.
        reverse_rho, reverse_sigma: the same, before given after.
        spread: standard deviation of the log of both from one option to another.
        pairs: of antithetic draws.
        least_curvature: of the posterior in any direction.
    """

    context: float = 1.0
    forward_slope: float = 0.25
    reverse_slope: float = 0.32
    forward_weight: float = 0.65
    reverse_weight: float = 0.27
    pull: float = 3.2
    tail: float = 0.8
    scale: float = 2.2
    aversion: float = 0.3
    rho: float = 0.005
    sigma: float = 0.06
    reverse_rho: float = 0.0015
    reverse_sigma: float = 0.025
    spread: float = 0.75
    pairs: int = 15
    least_curvature: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.context <= 4:  # noqa: PLR2004  slopes of 1 and more would turn what is expected upside down
            raise ValueError(f"context is from 0 to 4, not {self.context}")
        if self.pairs < 1:
            raise ValueError(f"pairs is 1 or more, not {self.pairs}")
