"""What candidates compete for: the contest of each unit, and its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, overload

import numpy as np
import pandas as pd

from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.naming import kind_of
from primaire.schema import LEVELS, PLACES
from primaire.sources.meaning.mapping import AUTO, TABLE_WIDE
from primaire.sources.reading import geography
from primaire.sources.reading.gathered import Coded
from primaire.sources.reading.keys import key_of, numbered_by_first
from primaire.sources.reading.polls import Polls, entries_of, text_at, unit_key

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]


@overload
def settle_contests(found: Polls, said: str | None) -> Polls: ...


@overload
def settle_contests(found: Polls, said: str | None, *, only_wide: bool) -> Polls | None: ...


def settle_contests(found: Polls, said: str | None, *, only_wide: bool = False) -> Polls | None:
    """Return units with the name of their contest.

    Args:
        said: the mapping's word: :data:`AUTO`, :data:`TABLE_WIDE` or a level; None where columns say it.
        only_wide: answer None where a contest is smaller than its election, since its name needs codes in one form.

    A contest is what one set of candidates competes for. Found from the kind of election (deputies by constituency),
    else from the data: the widest level on which all units of a place have the same candidates.
    """
    if said is None:
        return found
    words: list[str]
    known: dict[str, int] = {}
    codes = np.full(len(found), -1, dtype="int64")
    remarks: dict[str, Message] = {}
    for place, election in enumerate(found.election.words):
        rows = np.flatnonzero(found.election.codes == place)
        if not len(rows):
            continue
        part = found if len(rows) == len(found) else found.picked(rows)
        level = said if said != AUTO else _contest_level(part, election)
        if only_wide and level != TABLE_WIDE:
            return None
        named = _contest_names(part, election, level)
        if said == AUTO and level == "commune" and (sectors := _by_sector(part, named)) is not named:
            note = msg(
                "“{election}”: stations of one commune that share no candidate are contests of their own, called after the first of these.",
                election=election,
            )
            if len(sectors.words) > len(named.words):
                remarks[str(note)] = note
            named = sectors
        codes[rows] = np.array([known.setdefault(word, len(known)) for word in [*named.words, election]])[named.codes]
        if said == AUTO and level != TABLE_WIDE:
            note = (
                msg(
                    "“{election}”: candidates differ, but no column says by which places: units that share candidates are one contest, called after the first of these.",
                    election=election,
                )
                if level == "candidates"
                else msg("“{election}” is read as one contest per {level:term}.", election=election, level=level)
            )
            remarks[str(note)] = note
    words = list(known)
    return replace(found, contest=Coded(codes, words), remarks=(*found.remarks, *remarks.values()))


def without_absent(found: Polls) -> Polls:
    """Leave out candidates of whom no unit of a contest tells anything: long tables list every party everywhere."""
    entries = found.entries
    told_of = entries.votes.known.copy()
    for column in entries.shares.values():
        told_of |= column.codes >= 0
    if told_of.all():
        return found
    stood = found.contest.codes[entries.row].astype("int64") * max(len(found.people), 1) + entries.person
    absent = ~np.isin(stood, stood[told_of])
    if not absent.any():
        return found
    remark = msgn(
        "One candidate of a contest is left out, of whom no unit of it tells votes or a percentage.",
        "{n:count} candidates of a contest are left out, of whom no unit of it tells votes or a percentage.",
        len(np.unique(stood[absent])),
    )
    return replace(
        found,
        entries=entries_of(entries, np.where(absent, -1, entries.row)),
        remarks=(*found.remarks, remark),
    )


def without_unheld(found: Polls) -> Polls:
    """Leave out the units of a contest that tells nobody's votes there, while the place tells those of other contests.

    Some tables list every contest for every place, and fill the cells of those that are held there.
    """
    entries = found.entries
    told_of = entries.votes.known.copy()
    for column in entries.shares.values():
        told_of |= column.codes >= 0
    if told_of.all():
        return found
    there = np.zeros(len(found), dtype="bool")
    there[entries.row[told_of]] = True
    listed = np.zeros(len(found), dtype="bool")
    listed[entries.row] = True
    place, _ = numbered_by_first(key_of([column for column in unit_key(found) if column is not found.contest]))
    elsewhere = np.zeros(int(place.max(initial=-1)) + 1, dtype="bool")
    elsewhere[place[there]] = True
    unheld = listed & ~there & elsewhere[place]
    if not unheld.any():
        return found
    remark = msgn(
        "One unit of a contest is left out: it tells votes in other contests, and nobody's in this one.",
        "{n:count} units of contests are left out: they tell votes in other contests, and nobody's in these.",
        int(unheld.sum()),
    )
    return replace(found.keep(~unheld), remarks=(*found.remarks, remark))


def _contest_level(part: Polls, election: str) -> str:
    kind = kind_of(election)
    if kind is not None and kind.contest is None:
        return TABLE_WIDE
    if kind is not None and kind.contest is not None and _names_places(part, kind.contest):
        return kind.contest
    named = _named(part)
    if _is_whole(part, named, np.zeros(len(part), dtype="int64")):
        return TABLE_WIDE
    group = _standing_together(part, named)
    # Parties stand in many places, people in one.
    parties = all(person.name == person.label or len(person.name.split()) == 1 for person in part.people)
    # A second round, whose contests are fewer, must come to the same level: of people, only what is made for contests.
    for level in LEVELS[1:-1] if parties else ("constituency", "canton"):
        if _names_places(part, level):
            within = [part.text("departement_code")] if level != "region" else []
            place, _ = numbered_by_first(key_of([part.text(f"{level}_code"), part.text(level), *within]))
            if _is_whole(part, named, place) and (parties or _are_alike(place, group)):
                return level
    return "candidates"


def _are_alike(one: Wholes, other: Wholes) -> bool:
    """Tell whether two ways to group units are the same."""
    pairs: int = np.unique(np.stack([one, other]), axis=1).shape[1]
    return pairs == len(np.unique(one)) == len(np.unique(other))


def _names_places(part: Polls, level: str) -> bool:
    return any((part.text(name).codes >= 0).all() and len(part) > 0 for name in (f"{level}_code", level))


def _named(part: Polls) -> Wholes:
    """Return for each entry the number of its candidate's name and label."""
    words = pd.Series([fold(f"{person.name} {person.label}") for person in part.people], dtype="object")
    named, _ = pd.factorize(words)
    return named[part.entries.person].astype("int64")


def _is_whole(part: Polls, named: Wholes, place: Wholes) -> bool:
    """Tell whether in every place one unit has all candidates of the place: then each place may be one contest, though
    some rows lack a candidate."""
    if not len(named):
        return True
    row = part.entries.row.astype("int64")
    wide = int(named.max()) + 1
    in_unit = np.bincount(np.unique(row * wide + named) // wide, minlength=len(part))
    most = np.zeros(int(place.max()) + 1, dtype="int64")
    np.maximum.at(most, place, in_unit)
    in_place = np.bincount(np.unique(place[row] * wide + named) // wide, minlength=len(most))
    return bool(np.array_equal(most, in_place))


def _standing_together(part: Polls, named: Wholes) -> Wholes:
    """Return a number for each unit, the same for units that share a candidate, directly or by way of others.

    A second round has fewer candidates than the first, and not every list is on every row: equal sets would not do. Of
    two departements, equal names are not the same candidate. Units without candidates are of the first group.
    """
    row = part.entries.row
    group = np.arange(len(part), dtype="int64")
    person, _ = pd.factorize(key_of([part.text("departement_code").at(row), named]))
    while True:
        lowest = np.full(int(person.max()) + 1, len(part), dtype="int64")
        np.minimum.at(lowest, person, group[row])
        lower = group.copy()
        np.minimum.at(lower, row, lowest[person])
        if (lower == group).all():
            break
        group = lower
    without = np.ones(len(part), dtype="bool")
    without[row] = False
    group[without] = group[row[0]]
    return group


def _contest_names(part: Polls, election: str, level: str) -> Coded:
    if level == TABLE_WIDE:
        return Coded(np.zeros(len(part), dtype="int64"), [election])
    departement = part.text("departement_code")
    if level == "candidates":
        return _named_by_units(part, election)
    code, name = part.text(f"{level}_code"), part.text(level)
    within_departement = [departement] if LEVELS.index(level) > LEVELS.index("departement") else []
    number, first = numbered_by_first(key_of([code if (code.codes >= 0).all() else name, *within_departement]))
    words = []
    for row in first.tolist():
        coded, called, within = text_at(code, row), text_at(name, row), text_at(departement, row)
        if level in ("constituency", "canton") and coded:
            words.append(f"{within}-{geography.number_in(coded, within)}" if within else f"{coded} {called}".strip())
        elif level == "commune" and coded and called:
            words.append(f"{called} ({coded})")
        else:
            words.append(called or coded)
    again = pd.Series(words).duplicated(keep=False).tolist()
    words = [
        f"{word} ({text_at(code, row) or text_at(departement, row)})"
        if twice and (text_at(code, row) or text_at(departement, row))
        else word
        for word, twice, row in zip(words, again, first.tolist(), strict=True)
    ]
    return Coded(number, words)


def _by_sector(part: Polls, named: Coded) -> Coded:
    """Return contests of communes, of which some have several: Paris, Lyon and Marseille elect councils by sector.

    Stations of one commune that share no candidate, directly or by way of others, are of different sectors, if each has
    two candidates at least: a list that got no vote in a station may lack a row there. A sector is called after the least
    of its stations.
    """
    place, people = named.codes.astype("int64"), _named(part)
    if not len(people) or _is_whole(part, people, place):
        return named
    row = part.entries.row.astype("int64")
    sector, _ = numbered_by_first(key_of([place, _standing_together(part, people)]))
    wide = int(people.max()) + 1
    several = np.bincount(np.unique(sector[row] * wide + people) // wide, minlength=int(sector.max()) + 1) > 1
    there = np.zeros(len(part), dtype="bool")
    there[row] = True
    sure = np.ones(len(named.words), dtype="bool")
    sure[place[there & ~several[sector]]] = False
    number, first = numbered_by_first(key_of([place, np.where(sure[place] & there, sector + 1, 0)]))
    words = [named.words[place[at]] for at in first.tolist()]
    twice = pd.Series(words).duplicated(keep=False).tolist()
    station = part.text("station_code") if "station_code" in part.texts else part.text("unit")
    for at in np.flatnonzero(twice).tolist():
        words[at] += f", {min(text_at(station, unit) for unit in np.flatnonzero(number == at).tolist())}"
    return Coded(number, words)


def _named_by_units(part: Polls, election: str) -> Coded:
    """Return contests that no column names, each called after the least of its units: so it is in each round's file."""
    number, first = numbered_by_first(_standing_together(part, _named(part)))
    columns = [part.text(name) for name in ("commune_code", "station_code", "unit") if name in part.texts]
    columns = columns or [part.texts[name] for name in PLACES if name in part.texts]
    words = ["_".join(text_at(column, row) for column in columns) for row in range(len(part))]
    least = [""] * len(first)
    for group, word in zip(number.tolist(), words, strict=True):
        least[group] = min(least[group] or word, word)
    return Coded(number, [f"{election} ({word})" for word in least])
