"""Units added up while they are plain arrays: what a question about a whole country needs, without a table per station."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.schema import LEVELS
from primaire.sources.reading.entries import NO_ENTRIES, Entries
from primaire.sources.reading.gathered import PART, Coded, Figures
from primaire.sources.reading.keys import key_of, numbered_by_first
from primaire.sources.reading.namesakes import twice
from primaire.sources.reading.polls import unit_key

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.sources.reading.polls import Polls
    from primaire.sources.wanted import Question

    Wholes = npt.NDArray[np.int64]


_WIDE = ("region_code", "region", "departement_code", "departement")
_DENSE = 4
"""Pairs of group and person for each entry, up to which a sum is kept for every pair there may be."""


def reduced(found: Polls, question: Question) -> Polls:
    """Return units added up as far as the question allows: not where it is about some of them, or about each."""
    wanted, by = question.wanted, question.by
    if len(found) <= question.apart:
        return found
    names = [name for word in ([by] if isinstance(by, str) else by or ()) for name in word.split(",")]
    level = next((name for name in names if name != "nuance"), "contest")
    if not names or wanted.where or wanted.contest or level in ("unit", "station") or level not in ("contest", *LEVELS):
        return found
    if level in LEVELS[1:] and not _say_their_place(found, level):
        return found
    if (level in LEVELS or "nuance" in names) and _overlap(found):
        return found
    return _added_up(found, level) if _can_be_added(found) else found


def _overlap(found: Polls) -> bool:
    """Tell whether a unit votes in several contests, which only its own rows show."""
    if len(found.contest.words) < 2:  # noqa: PLR2004  one contest overlaps with no other
        return False
    key = key_of([column for column in unit_key(found) if column is not found.contest])
    return len(np.unique(key)) < len(key)


def _say_their_place(found: Polls, level: str) -> bool:
    """Tell whether all units say in which place of a level they lie: one that does not stands by itself."""
    return bool(((found.text(f"{level}_code").codes >= 0) | (found.text(level).codes >= 0)).all())


def _can_be_added(found: Polls) -> bool:
    """Tell whether sums of these units say all that the units say: each count is known of all or of none, nobody stands
    twice in a unit (two who are called the same are two), and no identity between the counts of a unit is broken, so that
    nothing is to be told of a single one."""
    counts = {name: column for name, column in found.counts.items() if column.known.any()}
    if not all(column.known.all() for column in counts.values()) or not found.entries.votes.known.all():
        return False
    if found.entries.seats is not None or found.entries.elected is not None:
        return False
    if twice(found.entries.row, found.entries.person, len(found), len(found.people)):
        return False
    known = {name: column.values for name, column in counts.items()}
    if "blank_null" not in known and {"blank", "null"} <= set(known):
        known["blank_null"] = known["blank"] + known["null"]
    stood = np.zeros(len(found), dtype="bool")
    stood[found.entries.row] = True
    cast = _sum(found.entries.votes.values, found.entries.row, len(found))
    return _hold(known, cast, stood)


def _hold(known: dict[str, Wholes], cast: Wholes, stood: npt.NDArray[np.bool_]) -> bool:
    """Tell whether all identities between the counts that are known hold in every unit; ``cast`` is the sum of votes."""
    rules = (
        (("registered", "voters"), lambda registered, voters: voters <= registered),
        (("voters", "valid"), lambda voters, valid: valid <= voters),
        (("voters", "valid", "blank_null"), lambda voters, valid, together: valid + together == voters),
        (("voters", "valid", "blank"), lambda voters, valid, blank: blank + valid <= voters),
        (("valid",), lambda valid: (cast == valid) | ~stood),
        (("voters",), lambda voters: cast <= voters),
    )
    return all(
        bool(holds(*(known[name] for name in names)).all()) for names, holds in rules if set(names) <= set(known)
    )


def _added_up(found: Polls, level: str) -> Polls:
    """Return units added up by contest, or by the places of a level of geography within it.

    A candidate without a row in one of the units of a sum has no known total there.
    """
    of_level = Coded(
        np.array([LEVELS.index(word) for word in found.level.words] or [0])[found.level.codes], list(LEVELS)
    )
    columns: list[Coded | Wholes] = [found.election, found.round, found.contest, of_level]
    if level in LEVELS[1:]:
        columns += _place(found, level)
    group, first = numbered_by_first(key_of(columns))
    size = len(first)
    heads = np.bincount(group, minlength=size)
    order, starts = np.argsort(group, kind="stable"), np.concatenate(([0], np.cumsum(heads)[:-1]))
    # Places are not looked at, nor some of them ever decoded; votes of candidates are many, and added up below.
    bare = replace(found, texts={}, printed=[], entries=NO_ENTRIES)
    return replace(
        bare.picked(first),
        lines=None,
        units=_sum(found.units, group, size),
        texts=_in_common(found, order, starts),
        counts={
            name: Figures(_sum(column.values, group, size), np.bincount(group, column.known, minlength=size) == heads)
            for name, column in found.counts.items()
        },
        entries=_entries(found, group, heads),
    )


def _place(found: Polls, level: str) -> list[Coded]:
    """Return the columns that tell the places of a level apart, as :func:`primaire.tally.tally` does: a code, where all
    have one, else the name too; within the departement, and a station within its commune."""
    wider = [name for name in ("departement", "commune") if LEVELS.index(name) < LEVELS.index(level)]
    wider = wider if level == "station" else wider[:1]
    columns = []
    for name in (level, *wider):
        code = found.texts.get(f"{name}_code")
        columns += [code] if code is not None else []
        if name in found.texts and (code is None or (code.codes < 0).any()):
            columns.append(found.texts[name])
    return columns


def _sum(values: Wholes, group: Wholes, size: int) -> Wholes:
    """Add whole numbers up by group, a part at a time: ``bincount`` makes wide copies of what it is given."""
    total = np.zeros(size)
    for at in range(0, len(values), PART):
        # Floats hold whole numbers exactly up to 2**53: more votes than there are people.
        total += np.bincount(group[at : at + PART], values[at : at + PART], minlength=size)
    return total.astype("int64")


def _in_common(found: Polls, order: Wholes, starts: Wholes) -> dict[str, Coded]:
    """Return the places that all units of a group share. One code may mean another place in another departement.

    The names of places whose codes differ in every group are not looked at.
    """
    departement = found.texts.get("departement_code")
    apart = np.zeros(len(starts), "bool") if departement is None else ~_are_same(departement, order, starts)
    common: dict[str, Coded] = {}
    for name, column in sorted(found.texts.items(), key=lambda item: not item[0].endswith("_code")):
        code = common.get(f"{name}_code")
        if code is not None and not (code.codes >= 0).any():
            common[name] = Coded(np.full(len(starts), -1))
            continue
        same = _are_same(column, order, starts) & (~apart | (name in _WIDE))
        common[name] = column.coded_as(np.where(same, column.codes[order][starts], -1))
    return common


def _are_same(column: Coded, order: Wholes, starts: Wholes) -> npt.NDArray[np.bool_]:
    codes = column.codes[order]
    same: npt.NDArray[np.bool_] = np.minimum.reduceat(codes, starts) == np.maximum.reduceat(codes, starts)
    return same


def _entries(found: Polls, group: Wholes, heads: Wholes) -> Entries:
    entries = found.entries
    people = max(len(found.people), 1)
    pairs = len(heads) * people
    if pairs > _DENSE * len(entries.row):
        cell, first = numbered_by_first(group[entries.row] * people + entries.person)
        place = group[entries.row[first]] * people + entries.person[first]
        votes, stood = _sum(entries.votes.values, cell, len(place)), np.bincount(cell, minlength=len(place))
    else:  # nearly every candidate stands everywhere: no need to number the pairs
        place, sums, stood = np.arange(pairs), np.zeros(pairs), np.zeros(pairs, dtype="int64")
        for at in range(0, len(entries.row), PART):
            part = slice(at, at + PART)
            cell = group[entries.row[part]] * people + entries.person[part]
            sums += np.bincount(cell, entries.votes.values[part], minlength=pairs)
            stood += np.bincount(cell, minlength=pairs)
        votes = sums.astype("int64")
    there = np.flatnonzero(stood)
    there = there[np.argsort(place[there], kind="stable")]
    row, person = np.divmod(place[there], people)
    complete = stood[there] == heads[row]
    return Entries(row, person, Figures(np.where(complete, votes[there], 0).astype("int64"), complete), {})
