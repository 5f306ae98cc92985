"""One candidate on the lines of several parties: the votes of all lines are theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from primaire.matching import fold
from primaire.messages import msgn
from primaire.sources.reading.entries import Entries
from primaire.sources.reading.gathered import Figures
from primaire.sources.reading.keys import key_of, numbered_by_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.reading.people import Person
    from primaire.sources.reading.polls import Polls


def lines_added(found: Polls) -> Polls:
    """Make one candidate of those who bear one name in a contest, whatever their labels, and add up their votes.

    New York prints a candidate once for each party that nominates them. Votes are known where those of all lines are.
    """
    entries = found.entries
    names: dict[str, int] = {}
    name = np.array([names.setdefault(fold(person.name), len(names)) for person in found.people] or [0])
    contest = found.contest.codes[entries.row].astype("int64")
    group, _ = numbered_by_first(key_of([contest, name[entries.person]]))
    _, first = numbered_by_first(key_of([group, entries.person.astype("int64")]))
    several = np.flatnonzero(np.bincount(group[first]) > 1) if len(first) else first
    if not len(several):
        return found
    people, person = list(found.people), entries.person.astype("int64").copy()
    for one in several.tolist():
        held = [found.people[who] for who in entries.person[first[group[first] == one]].tolist()]
        person[group == one] = len(people)
        people.append(_one(held))
    remark = msgn(
        "The votes of one candidate who stands on the lines of several parties are added: {name}.",
        "The votes of {n:count} candidates who stand on the lines of several parties are added, such as {name}.",
        len(several),
        name=people[len(found.people)].name,
    )
    return replace(
        found, people=people, entries=_added(replace(entries, person=person)), remarks=(*found.remarks, remark)
    )


def _one(held: Sequence[Person]) -> Person:
    labels = dict.fromkeys(person.label for person in held if person.label)
    return replace(held[0], label="/".join(labels))


def _added(entries: Entries) -> Entries:
    """Return entries with those of one candidate in one unit made one: votes added, the marks of the first."""
    number, first = numbered_by_first(key_of([entries.row.astype("int64"), entries.person.astype("int64")]))
    values = np.zeros(len(first), dtype="int64")
    np.add.at(values, number, entries.votes.values)
    known = np.ones(len(first), dtype="bool")
    np.logical_and.at(known, number, entries.votes.known)
    once = np.bincount(number) == 1
    return Entries(
        entries.row[first],
        entries.person[first],
        Figures(np.where(known, values, 0), known),
        # A printed percentage is that of one line.
        {name: column.coded_as(np.where(once, column.codes[first], -1)) for name, column in entries.shares.items()},
        None if entries.seats is None else entries.seats.at(first),
        None if entries.elected is None else entries.elected.at(first),
    )
