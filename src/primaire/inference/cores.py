"""The same work for each of several things, on all processors."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

One = TypeVar("One")
Made = TypeVar("Made")


def on_all_cores(work: Callable[[One], Made], several: Sequence[One]) -> Iterator[Made]:
    """Yield what ``work`` makes of each, in order. What is not begun is given up where one fails or a person interrupts."""
    pool = ThreadPoolExecutor(_cores() if len(several) > 1 else 1)
    try:
        yield from pool.map(work, several)
    finally:
        pool.shutdown(cancel_futures=True)


def _cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
