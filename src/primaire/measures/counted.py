"""What the measures ask of their counts: that shares can be made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def base_of(counts: Sequence[int], total: int | None = None) -> int:
    """Return what counts are shares of: ``total``, by default their sum.

    Raises:
        ValueError: a count is negative, the counts exceed the total, or the total is zero.

    >>> base_of([3, 1]), base_of([3, 1], 5)
    (4, 5)
    """
    added = sum(counts)
    base = added if total is None else total
    if min(counts, default=0) < 0 or added > base or base <= 0:
        raise ValueError(f"no shares of {base} can be made of counts that add up to {added}")
    return base
