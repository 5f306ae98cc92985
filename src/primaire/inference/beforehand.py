"""What is thought of tables before the units are looked at: the constants of the prior, by size of the options."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.inference.context import Regression

    Floats = npt.NDArray[np.float64]

_USUAL: Final = 0.12
"""The share of an option before that the constants are those of."""

_SMALLEST: Final = -1.5
"""The log of a share, in units of the usual one, below which options are as small ones are."""

_ALIKE: Final = 7.0
"""The tail where tables of other places are the centre: places of one election are far more alike than tables in general."""


@dataclass(frozen=True)
class Beforehand:
    """What the posterior takes as known of a table theta (R, C) near base (C,), in the order of :func:`density`.

    Attributes:
        rho, sigma: (R,) after given before, and (C,) before given after: the overdispersion of each option, Dirichlet and
            logistic-normal.
        pull: (R, C), voters of prior in each cell: towards the shares of the whole.
        centre: (R, C), where theta - base is expected: the two options go together from unit to unit.
        tail: (R, C), what the logarithmic part of the prior weighs there.
    """

    rho: tuple[Floats, Floats]
    sigma: tuple[Floats, Floats]
    pull: Floats
    centre: Floats
    tail: Floats

    def near(self, centre: Floats) -> Beforehand:
        """Return the same for a table whose like are known: what they have for theta - base is ``centre`` (R, C)."""
        return replace(self, centre=np.ascontiguousarray(centre), tail=np.full(centre.shape, _ALIKE))

    @classmethod
    def of(cls, line: Regression, before: Floats) -> Beforehand:
        """Return what is thought of the table of these (n, R) counts, and of what ``line`` sets beside them."""
        rows, columns = line.covariance.shape
        size = np.maximum(np.log(before.sum(axis=0) / before.sum() / _USUAL), _SMALLEST)
        # Numbers without a name were found together on elections whose table is known: docs/transfers-method.md.
        smaller = np.exp(-0.4 * size)
        return cls(
            rho=(np.full(rows, 0.0034), np.full(columns, 0.001)),
            sigma=(0.06 * np.exp(0.8 * size), np.full(columns, 0.025)),
            pull=3.2 * np.outer(smaller / smaller.mean(), line.share),
            centre=0.8 * line.correlation(),
            tail=np.repeat(1.1 * np.exp(0.5 * size)[:, None], columns, axis=1),
        )
