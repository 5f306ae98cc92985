"""The estimate of each contest, with what is certain beside it, and what it would take to compute."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import by_appearance
from primaire.errors import NotHeldError
from primaire.inference import bounds, fit, whole
from primaire.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from primaire.flows.contests import Flow, Places
    from primaire.flows.parts import Parts
    from primaire.inference import Estimate

    Floats = npt.NDArray[np.float64]
    Wholes = npt.NDArray[np.int64]

_COPIES: Final = 12
"""How many arrays of units x options, of both sides, are held at once, at most."""

_CELLS: Final = 1 << 24
"""Bytes that the estimate of a part takes besides, whatever its size."""

_TABLES: Final = 4
"""How many arrays of units x options x options, at most: what each unit adds to the odds of its cells, both ways."""

_NUMBER: Final = 8
"""Bytes of a number."""

_LINE: Final = 400
"""Bytes of a line of the answer, while it is put together."""


@dataclass(frozen=True)
class Cells:
    """The tables of one flow: G of them, one for each of its places, or one of all of it.

    Attributes:
        names: of the places; None for all of it.
        units: (G,), how many units each has.
        before, after: (G, R) and (G, C), the voters of each option.
        votes: (G, R, C), as estimated.
        whole: the same in whole numbers, with exactly the margins.
        lower, upper: the ends of the 90 % intervals as shares of the rows; NaN where there are none.
        low, high: the bounds in voters.
    """

    names: list[str | None]
    units: Wholes
    before: Wholes
    after: Wholes
    votes: Floats
    whole: Wholes
    lower: Floats
    upper: Floats
    low: Wholes
    high: Wholes


@dataclass(frozen=True)
class Estimated:
    """A flow with its estimate.

    Attributes:
        total: the one table of all its units.
        cells: what is shown: ``total``, or the tables of the places.
        parts: what was estimated by itself.
    """

    flow: Flow
    total: Cells
    cells: Cells
    parts: Parts


def estimated(  # noqa: PLR0913  what can be asked of an estimate
    flow: Flow,
    parts: Parts,
    *,
    context: float,
    intervals: bool,
    seed: int,
    by: Places | None = None,
    progress: Callable[[float], None] | None = None,
) -> Estimated:
    """Estimate the table of a flow, part by part, and where ``by`` says so those of the places in it."""
    found = fit(
        flow.before.counts,
        flow.after.counts,
        parts=parts.labels,
        context=context,
        intervals=intervals,
        seed=seed,
        progress=progress,
    )
    total = _total(flow, found)
    return Estimated(flow, total, total if by is None else _local(flow, found, by), parts)


def _total(flow: Flow, found: Estimate) -> Cells:
    before, after = flow.before.counts, flow.after.counts
    low, high = bounds(before, after)
    rows, columns = before.sum(axis=0), after.sum(axis=0)
    return Cells(
        names=[flow.place],
        units=np.array([len(flow)]),
        before=rows[None],
        after=columns[None],
        votes=found.votes[None],
        whole=whole(found.votes)[None],
        lower=found.lower[None],
        upper=found.upper[None],
        low=low[None],
        high=high[None],
    )


def _local(flow: Flow, found: Estimate, by: Places) -> Cells:
    """Return the tables of the places, each with its own margins. How sure the estimate is of them is not known."""
    number = by.number[flow.rows]
    group = by_appearance(number)
    size = np.bincount(group)
    first = np.unique(group, return_index=True)[1]
    before, after = (_added(side.counts, group, len(size)) for side in (flow.before, flow.after))
    votes = found.predict(group)
    low, high = bounds(flow.before.counts, flow.after.counts, group)
    unknown = np.full(votes.shape, np.nan)
    names = [
        ", ".join(dict.fromkeys(filter(None, (flow.place, by.names[place])))) or None
        for place in number[first].tolist()
    ]
    return Cells(names, size, before, after, votes, whole(votes), unknown, unknown, low, high)


def _added(counts: Wholes, group: Wholes, size: int) -> Wholes:
    added = np.zeros((size, counts.shape[1]), dtype="int64")
    np.add.at(added, group, counts)
    return added


def check_memory(flows: Sequence[Flow], by: Places | None = None) -> None:
    """Refuse what would not fit into memory. Raises NotHeldError."""
    available = available_memory()
    if available is None:
        return
    sizes = [(*flow.before.counts.shape, flow.after.counts.shape[1]) for flow in flows]
    units, rows, columns = max(sizes, key=lambda size: size[0] * size[1] * size[2])
    lines = [
        rows * columns * (1 if by is None else len(np.unique(by.number[flow.rows])))
        for flow, (_, rows, columns) in zip(flows, sizes, strict=True)
    ]
    of_units = units * ((rows + columns) * _COPIES + rows * columns * _TABLES) * _NUMBER
    needed = _CELLS + of_units + sum(lines) * _LINE
    if needed > available:
        raise NotHeldError(
            msg(
                "This would take {needed:count} MB of memory, and {available:count} MB are free: {units:count} units, {rows:count} options before, {columns:count} after, {lines:count} lines in the answer.",
                needed=needed >> 20,
                available=available >> 20,
                units=units,
                rows=rows,
                columns=columns,
                lines=sum(lines),
            ),
            remedy=msg("Put small candidates together with --merge-below 2%, or look at a part with --where."),
        )


def available_memory() -> int | None:
    """Return how many bytes are free for use; None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
