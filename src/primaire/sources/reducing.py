"""Units added up while they are plain arrays: what a question about a whole country needs, without a table per station."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.schema import LEVELS
from primaire.sources.harvest import Coded, Entries, Figures
from primaire.sources.polls import key_of, numbered_by_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.sources.polls import Polls
    from primaire.sources.wanted import Wanted

    Wholes = npt.NDArray[np.int64]


def reduced(found: Polls, wanted: Wanted, by: str | Sequence[str] | None) -> Polls:
    """Return units added up as far as the question allows: not where it is about some of them, or about each."""
    names = [name for word in ([by] if isinstance(by, str) else by or ()) for name in word.split(",")]
    level = next((name for name in names if name != "nuance"), "contest")
    if not names or wanted.where or wanted.contest or level in ("unit", "station") or level not in ("contest", *LEVELS):
        return found
    if level in LEVELS[1:] and not any(name in found.texts for name in (f"{level}_code", level)):
        return found
    return _added_up(found, level) if _can_be_added(found) else found


def _can_be_added(found: Polls) -> bool:
    """Tell whether sums of these units say all that the units say: each count is known of all or of none, and no identity
    between the counts of a unit is broken, so that nothing is to be told of a single one."""
    counts = {name: column for name, column in found.counts.items() if column.known.any()}
    if not all(column.known.all() for column in counts.values()) or not found.entries.votes.known.all():
        return False
    if found.entries.seats is not None or found.entries.elected is not None:
        return False

    def value(name: str) -> Wholes | None:
        return counts[name].values if name in counts else None

    registered, voters, valid = value("registered"), value("voters"), value("valid")
    blank, null, together = value("blank"), value("null"), value("blank_null")
    if together is None and blank is not None and null is not None:
        together = blank + null
    cast = np.bincount(found.entries.row, found.entries.votes.values, minlength=len(found)).astype("int64")
    stood = np.bincount(found.entries.row, minlength=len(found)) > 0
    holds = [True]
    if registered is not None and voters is not None:
        holds.append(bool((voters <= registered).all()))
    if voters is not None and valid is not None:
        holds.append(bool((valid <= voters).all()))
        if together is not None:
            holds.append(bool((valid + together == voters).all()))
        if blank is not None:
            holds.append(bool((blank + valid <= voters).all()))
    if valid is not None:
        holds.append(bool((cast[stood] == valid[stood]).all()))
    elif voters is not None:
        holds.append(bool((cast <= voters).all()))
    return all(holds)


def _added_up(found: Polls, level: str) -> Polls:
    """Return units added up by contest, or by the places of a level of geography within it.

    A candidate without a row in one of the units of a sum has no known total there.
    """
    of_level = Coded(np.array([LEVELS.index(word) for word in found.level.words] or [0])[found.level.codes], list(LEVELS))
    columns: list[Coded | Wholes] = [found.election, found.round, found.contest, of_level]
    if level in LEVELS[1:]:
        within = ("departement_code", "departement") if LEVELS.index(level) > LEVELS.index("departement") else ()
        columns += [found.texts[name] for name in (f"{level}_code", level, *within) if name in found.texts]
    group, first = numbered_by_first(key_of(columns))
    size = len(first)
    heads = np.bincount(group, minlength=size)
    return replace(
        found.picked(first),
        units=_sum(found.units, group, size),
        texts={name: _where_same(column, group, size) for name, column in found.texts.items()},
        counts={
            name: Figures(_sum(column.values, group, size), np.bincount(group, column.known, minlength=size) == heads)
            for name, column in found.counts.items()
        },
        printed=[],
        entries=_entries(found, group, heads),
    )


def _sum(values: Wholes, group: Wholes, size: int) -> Wholes:
    # Floats hold whole numbers exactly up to 2**53: more votes than there are people.
    return np.bincount(group, values, minlength=size).astype("int64")


def _where_same(column: Coded, group: Wholes, size: int) -> Coded:
    low, high = np.full(size, len(column.words), dtype="int64"), np.full(size, -1, dtype="int64")
    np.minimum.at(low, group, column.codes)
    np.maximum.at(high, group, column.codes)
    return Coded(np.where(low == high, high, -1), column.words)


def _entries(found: Polls, group: Wholes, heads: Wholes) -> Entries:
    entries = found.entries
    row = group[entries.row]
    cell, first = numbered_by_first(row.astype("int64") * max(len(found.people), 1) + entries.person)
    complete = np.bincount(cell, minlength=len(first)) == heads[row[first]]
    votes = np.where(complete, _sum(entries.votes.values, cell, len(first)), 0)
    order = np.argsort(row[first], kind="stable")
    return Entries(row[first][order], entries.person[first][order], Figures(votes[order], complete[order]), {})
