"""A name for every candidate that is theirs alone in their contest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.matching import fold
from primaire.messages import msgn
from primaire.sources.reading.gathered import PART, Coded
from primaire.sources.reading.keys import nth

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.sources.reading.polls import Polls

    Wholes = npt.NDArray[np.int64]

_SPAN = 1 << 26
"""Keys that are counted in an array of their own rather than sorted."""


def name_people(found: Polls) -> tuple[Coded, Polls]:
    """Return the name of each entry's candidate, unique in its contest, and the units with a remark on homonyms.

    A name that stands twice in one unit is two candidates: the second is called “DVD (2)”.
    """
    folded: dict[str, int] = {}
    names: list[str] = []
    place = np.empty(len(found.people), dtype="int64")
    for at, person in enumerate(found.people):
        plain = fold(person.name)
        if plain not in folded:
            folded[plain] = len(names)
            names.append(person.name)
        place[at] = folded[plain]
    name = place[found.entries.person] if len(place) else np.zeros(0, dtype="int64")
    row = found.entries.row
    if not twice(row, name, len(found), len(names)):
        return Coded(name, names), found
    return _apart(found, name, names, row.astype("int64") * max(len(names), 1) + name)


def twice(row: Wholes, who: Wholes, rows: int, people: int) -> bool:
    """Tell whether one of ``people`` stands more than once on one of ``rows``."""
    if rows * people > max(_SPAN, 4 * len(row)):
        return len(np.unique(row.astype("int64") * people + who)) < len(row)
    seen = np.zeros(rows * people, dtype="bool")
    for at in range(0, len(row), PART):
        part = slice(at, at + PART)
        seen[row[part].astype("int64") * people + who[part]] = True
    return int(np.count_nonzero(seen)) < len(row)


def _apart(found: Polls, name: Wholes, names: list[str], key: Wholes) -> tuple[Coded, Polls]:
    """Give those who share a name in a unit names of their own, the same in all units of the contest.

    They are told apart by what else the table says of them; where it says the same of both, by their order in the unit.
    """
    people = found.entries.person.astype("int64")
    within = found.contest.codes[found.entries.row].astype("int64") * len(names) + name
    shared = np.flatnonzero(np.isin(within, within[nth(key) > 0]))
    place_of = nth(found.entries.row[shared].astype("int64") * len(found.people) + people[shared])
    rank: dict[int, dict[tuple[int, int], int]] = {}
    known: dict[str, int] = {}
    of_entry = name.copy()
    for at, group, person, number in zip(
        shared.tolist(), within[shared].tolist(), people[shared].tolist(), place_of.tolist(), strict=True
    ):
        place = rank.setdefault(group, {}).setdefault((person, number), len(rank[group]))
        if place:
            of_entry[at] = known.setdefault(f"{names[name[at]]} ({place + 1})", len(names) + len(known))
    remark = msgn(
        "One name stands more than once in a unit: the candidates are told apart by a number, such as “{name}”.",
        "{n:count} names stand more than once in a unit: the candidates are told apart by a number, such as “{name}”.",
        len(np.unique(name[shared])),
        name=next(iter(known)),
    )
    return Coded(of_entry, [*names, *known]), replace(found, remarks=(*found.remarks, remark))
