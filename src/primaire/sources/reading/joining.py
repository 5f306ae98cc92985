"""Participation in one table and candidates in another, brought together unit by unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.messages import msg, msgn
from primaire.schema import PLACES
from primaire.sources.reading.gathered import Coded
from primaire.sources.reading.geography import cities_counted_twice
from primaire.sources.reading.keys import key_of
from primaire.sources.reading.polls import Polls, entries_of, reworded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.sources.reading.foreign import Reading

    Wholes = npt.NDArray[np.int64]


def joined(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Return readings in groups: a table of ballots alone with the table of candidates of the same round and level.

    The first of a group holds the figures of both; all the others stand alone.
    """
    groups: list[list[Reading]] = []
    lonely = [reading for reading in readings if _candidates_only(reading)]
    for reading in [reading for reading in readings if reading not in lonely]:
        partner = next((one for one in lonely if _ballots_only(reading) and _belong(reading, one)), None)
        if partner is None:
            groups.append([reading])
        else:
            lonely.remove(partner)
            groups.append([_together(reading, partner), partner])
    return [*groups, *([one] for one in lonely)]


def without_cities_twice(readings: Sequence[Reading]) -> list[Reading]:
    """Leave out cities whose arrondissements stand in other files: the feed of an election night has a file for each."""
    if len(readings) < 2:  # noqa: PLR2004  within one file, totals are known
        return list(readings)
    cities = cities_counted_twice({word for reading in readings for word in reading.found.text("commune_code").words})
    return [_without(reading, cities) for reading in readings]


def _without(reading: Reading, cities: set[str]) -> Reading:
    column = reading.found.text("commune_code")
    twice = np.array([*(word in cities for word in column.words), False])[column.codes]
    if not twice.any():
        return reading
    remark = msg(
        "“{name}” is a city beside its arrondissements, which other files hold: it is not added.",
        name=reading.file.name,
    )
    file = replace(reading.file, remarks=(*reading.file.remarks, remark))
    return replace(reading, found=reading.found.keep(~twice), file=file)


def _ballots_only(reading: Reading) -> bool:
    return not len(reading.found.entries.row)


def _candidates_only(reading: Reading) -> bool:
    return not reading.found.counts and bool(len(reading.found.entries.row))


def _belong(ballots: Reading, votes: Reading) -> bool:
    """Tell whether two tables report the same rounds, and places that the other knows."""
    one, other = ballots.found, votes.found
    return set(one.round.tolist()) == set(other.round.tolist()) and bool(_common_places(one, other))


def _common_places(one: Polls, other: Polls) -> list[str]:
    """Return the columns by which units are matched: codes, and names where there is no code."""
    both = [name for name in (*PLACES, "unit") if name in one.texts and name in other.texts]
    return [name for name in both if name.endswith("_code") or name == "unit" or f"{name}_code" not in both]


def _together(ballots: Reading, votes: Reading) -> Reading:
    one, other = ballots.found, votes.found
    names = _common_places(one, other)
    left, right = _shared_key(one, other, names)
    place = (
        pd.Index(left).get_indexer(pd.Index(right))
        if len(set(left.tolist())) == len(left)
        else _first_places(left, right)
    )
    unmatched = np.flatnonzero(place < 0)
    entries = entries_of(other.entries, place[other.entries.row])
    without = len(one) - len(np.unique(entries.row))
    remarks = []
    if len(unmatched) or without:
        remarks.append(
            msgn(
                "{n} unit of “{votes}” has no ballots in “{ballots}”, and is left out; {without:count} of the latter have no candidates.",
                "{n:count} units of “{votes}” have no ballots in “{ballots}”, and are left out; {without:count} of the latter have no candidates.",
                len(unmatched),
                votes=votes.file.name,
                ballots=ballots.file.name,
                without=without,
            )
        )
    remarks.append(
        msg(
            "“{votes}” gives the candidates of the units of “{ballots}”.",
            votes=votes.file.name,
            ballots=ballots.file.name,
        )
    )
    contest = _contest(one, other, place)
    found = replace(one, entries=entries, people=other.people, contest=contest, remarks=(*one.remarks, *remarks))
    return replace(ballots, found=found, file=replace(ballots.file, remarks=(*ballots.file.remarks, *remarks)))


def _first_places(left: Wholes, right: Wholes) -> Wholes:
    first = {key: place for place, key in reversed(list(enumerate(left.tolist())))}
    return np.array([first.get(key, -1) for key in right.tolist()], dtype="int64")


def _shared_key(one: Polls, other: Polls, names: list[str]) -> tuple[Wholes, Wholes]:
    """Return a number for each unit of both, the same for the same places, election and round."""
    columns: list[Wholes] = []
    size = len(one)
    several = len(one.election.words) > 1 or len(other.election.words) > 1
    for name in [*(["election"] if several else []), *names]:
        left, right = (one.election, other.election) if name == "election" else (one.texts[name], other.texts[name])
        known: dict[str, int] = {}
        columns.append(np.concatenate([_renumbered(left, known), _renumbered(right, known)]))
    columns.append(np.concatenate([one.round, other.round]))
    key = key_of(list(columns))
    return key[:size], key[size:]


def _renumbered(column: Coded, known: dict[str, int]) -> Wholes:
    place = np.array([*(known.setdefault(word, len(known)) for word in column.words), -1])
    return place[column.codes]


def _contest(one: Polls, other: Polls, place: Wholes) -> Coded:
    """Return the contest of each unit: as its places say it, else as the table of candidates, which shows who stands where
    and which of a commune's units are a sector of their own."""
    wide = np.array(
        [one.election.words.index(word) if word in one.election.words else -1 for word in one.contest.words]
    )
    codes = one.contest.codes + len(other.contest.words)
    at = np.full(len(one), -1)
    there = place >= 0
    at[place[there]] = other.contest.codes[there]
    unsaid = (wide[one.contest.codes] == one.election.codes) & (at >= 0)
    words = [*other.contest.words, *one.contest.words]
    contest = Coded(np.where(unsaid, at, codes), words)
    return _with_sectors(contest, at, len(other.contest.words)) if not unsaid.all() else reworded(contest, words)


def _with_sectors(contest: Coded, at: Wholes, size: int) -> Coded:
    """Return contests of communes divided as the table of candidates divides them, where it has several in one commune.

    Args:
        contest: of each unit. at: the contest of its candidates, a place among its first ``size`` words, or -1.
    """
    both = contest.codes.astype("int64") * (size + 1) + at + 1
    pair, different = pd.factorize(both)
    commune, sector = different // (size + 1), different % (size + 1) - 1
    several = np.bincount(commune[sector >= 0], minlength=len(contest.words)) > 1
    words = []
    for place, part in zip(commune.tolist(), sector.tolist(), strict=True):
        _, comma, station = contest.words[part].rpartition(", ")
        divided = several[place] and place >= size and part >= 0 and comma
        words.append(f"{contest.words[place]}, {station}" if divided else contest.words[place])
    return reworded(Coded(pair, []), words)
