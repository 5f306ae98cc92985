"""Rows of a table become units: each with its election, round, level and place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.naming import round_said, spoken
from primaire.schema import LEVELS, PLACES
from primaire.sources.cells import CellError, parse_date
from primaire.sources.meaning.mapping import OWN_PLACE
from primaire.sources.reading.gathered import Coded
from primaire.sources.reading.harvest import MOST_PROBLEMS, Harvest, told
from primaire.sources.reading.polls import Polls, reworded
from primaire.sources.reading.together import one_row_per_unit

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.sources.meaning.mapping import Candidates
    from primaire.sources.opening.raw import Raw

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_UNIT_ID = re.compile(r"((?:\d\d|2[AB]|Z[A-Z])\d{3})[_-](.+)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?%?")
_FINEST_FIRST: Final = tuple(reversed(LEVELS[1:]))
_LEVEL_WORDS: Final = {
    "nation": ("france", "france entiere", "national", "pays"),
    "constituency": ("circonscription", "circo", "ci"),
    "canton": ("ca",),
    "commune": ("ville", "vi"),
    "station": ("bureau", "bureau de vote", "bu", "bv"),
}
_MERGED = 0.5
"""The share of filled cells below which a column of places is taken for one of merged cells."""


def polls(raw: Raw, harvested: Harvest, name: str) -> Polls:
    """Return the units of one vote of a table, one row each.

    Raises:
        SourceError: a unit that stands twice, rows of one unit that disagree on its ballots, rounds that are none.
    """
    plan = harvested.plan
    _refuse_numbers_for_names(raw, harvested, name)
    size = harvested.rows
    election, rounds = _elections(harvested, name)
    texts = {what: column for what, column in harvested.texts.items() if what in (*PLACES, *OWN_PLACE)}
    _from_unit_id(texts)
    texts = texts if raw.written else _filled_down(texts)
    found = Polls(
        harvested.positions,
        texts,
        election,
        rounds,
        _dates(harvested),
        _constant("", size)
        if not plan.contest.columns
        else (told(harvested, "contest", plan.contest) or _constant("", size)),
        _level(harvested, texts, name),
        np.ones(size, dtype="int32"),
        harvested.counts,
        harvested.printed,
        harvested.people,
        harvested.entries,
        _presumption(plan.vote.candidates),
    )
    found = replace(found, remarks=(*found.remarks, *_of_no_level(harvested, found.level)))
    found = _own_places(found.keep((found.election.codes >= 0) & (found.level.codes >= 0) & _asked(harvested)))
    if plan.layout == "rows":
        found = one_row_per_unit(raw, found, name, plan)
    return found


def _of_no_level(harvested: Harvest, level: Coded) -> tuple[Message, ...]:
    """Return a remark on the rows that say no level, where no mapping leaves them out on purpose."""
    without = int((level.codes < 0).sum())
    if harvested.plan_level.values or not without:
        return ()
    return (msgn("One row is left out: it says no level.", "{n:count} rows are left out: they say no level.", without),)


def _refuse_numbers_for_names(raw: Raw, harvested: Harvest, name: str) -> None:
    """Raise SourceError for people called by a number: a row that lost a cell has its figures one column off."""
    if len(harvested.plan.vote.candidates.fields.get("name", ())) < 2:  # noqa: PLR2004  of a list, numbers may be the name
        return
    odd = np.array(
        [any(_FIGURE.fullmatch(word) for word in person.name.split()) for person in harvested.people] or [False]
    )
    if not odd.any():
        return
    entries = harvested.entries
    problems = [
        Problem(
            msg("stands for a name: perhaps a cell is missing before it"),
            name,
            raw.line_at(int(harvested.positions[entries.row[at]])),
            None,
            harvested.people[int(entries.person[at])].name,
        )
        for at in np.flatnonzero(odd[entries.person])[:MOST_PROBLEMS].tolist()
    ]
    if problems:
        raise SourceError(
            msg("“{name}” has numbers where names should be.", name=name),
            remedy=msg("Correct the rows listed; or say with a mapping what the columns hold."),
            problems=tuple(problems),
        )


def _presumption(candidates: Candidates) -> tuple[Message, ...]:
    if not candidates.presumed:
        return ()
    names = [entry.name for entry in candidates.entries]
    return (
        msg("Columns taken for candidates, though no valid votes in the table equal their sum: {names}.", names=names),
    )


def _asked(harvested: Harvest) -> Flags:
    """Tell which rows are of this vote, where the table mixes several."""
    asked = np.ones(harvested.rows, dtype="bool")
    for place, words in harvested.plan.only:
        column = harvested.texts[f"only {place}"]
        asked &= np.array([*(word in words for word in column.words), "" in words])[column.codes]
    return asked


def _own_places(found: Polls) -> Polls:
    """Put the name and the code of a row's own unit into the columns of its level."""
    own = {"unit": "{}", "unit_code": "{}_code"}
    if "unit_code" not in found.texts and not ("unit" in found.texts and "station_code" not in found.texts):
        return found
    texts = dict(found.texts)
    level = np.array([LEVELS.index(word) for word in found.level.words] or [0])[found.level.codes]
    for what, pattern in own.items():
        column = texts.pop(what, None)
        if column is None:
            continue
        for place in sorted(set(level.tolist()) - {0}):
            name = pattern.format(LEVELS[place])
            before = found.text(name) if name in texts else Coded(np.full(len(found), -1, dtype="int32"), [])
            codes = np.where((level == place) & (column.codes >= 0), column.codes + len(before.words), before.codes)
            texts[name] = reworded(Coded(codes, []), [*before.words, *column.words])
    return replace(found, texts=texts)


def _constant(word: str, size: int) -> Coded:
    return Coded(np.full(size, 0 if word else -1, dtype="int8"), [word] if word else [])


def _elections(harvested: Harvest, name: str) -> tuple[Coded, Wholes]:
    """Return the election and the round of each row."""
    plan, size = harvested.plan, harvested.rows
    election = told(harvested, "election", plan.election) or _constant(plan.election.same or "", size)
    election = _with_year(election, _dates(harvested))
    said = [spoken(word) for word in election.words]
    column = told(harvested, "round", plan.round)
    if column is not None:
        numbers = [_round(word, name) for word in column.words]
        rounds = np.array([*numbers, 1])[column.codes]
    elif any(round_ for _, round_ in said):
        rounds = np.array([*(round_ or 1 for _, round_ in said), 1])[election.codes]
    else:
        rounds = np.full(size, _round(plan.round.same or "1", name))
    known: dict[str, int] = {}
    place = np.array([known.setdefault(word, len(known)) for word, _ in said] or [0], dtype="int32")
    if not known:
        return election, rounds.astype("int64")
    return Coded(np.where(election.codes < 0, -1, place[election.codes]), list(known)), rounds.astype("int64")


def _with_year(election: Coded, date: Coded) -> Coded:
    """Fill the year of the date into the election's name, where its gap is."""
    if not any("{year}" in word for word in election.words):
        return election
    wide = len(date.words) + 1
    pair, different = pd.factorize(election.codes.astype("int64") * wide + date.codes + 1)
    years = ["", *(word[:4] for word in date.words)]
    words = [
        " ".join(election.words[key // wide].replace("{year}", years[key % wide]).split()).replace(" ,", ",")
        if key >= wide
        else election.words[0].replace("{year}", years[key % wide])
        if key >= 0
        else ""
        for key in different.tolist()
    ]
    return reworded(Coded(pair, []), words)


def _round(word: str, name: str) -> int:
    digits = re.fullmatch(r"0?(\d)", word)
    number = int(digits[1]) if digits else round_said(word) or round_said(f"tour {word}")
    if not number:
        raise SourceError(
            msg("“{name}” names a round “{word}”, which is no round.", name=name, word=word),
            expected=msg("A round is 1, 2, T1, “2e tour” or the like."),
        )
    return number


def _dates(harvested: Harvest) -> Coded:
    column = told(harvested, "date", harvested.plan.date) or _constant(harvested.plan.date.same or "", harvested.rows)
    words = []
    for word in column.words:
        try:
            words.append(parse_date(re.sub(r"[.]", "/", word.split(" ")[0].split("T")[0]), european=True))
        except CellError:
            words.append("")
    known: dict[str, int] = {}
    place = np.array([known.setdefault(word, len(known)) if word else -1 for word in [*words, ""]], dtype="int32")
    return Coded(place[column.codes], list(known))


def _from_unit_id(texts: dict[str, Coded]) -> None:
    """Take commune and station from identifiers such as “78172_0001” where the table names them nowhere else."""
    unit = texts.get("unit")
    if unit is None or "station_code" in texts or not unit.words:
        return
    found = [_UNIT_ID.fullmatch(word) for word in unit.words]
    if not all(found):
        return
    for name, group in (("commune_code", 1), ("station_code", 2)):
        if name not in texts:
            known: dict[str, int] = {}
            place = np.array([known.setdefault(one[group], len(known)) for one in found if one] or [-1])
            texts[name] = Coded(place[unit.codes], list(known))


def _filled_down(texts: dict[str, Coded]) -> dict[str, Coded]:
    """Fill the place of merged cells down a sheet's column: it stands in the first of their rows only."""
    finest = next((texts[name] for level in _FINEST_FIRST for name in (f"{level}_code", level) if name in texts), None)
    filled = dict(texts)
    for name, column in texts.items():
        there = column.codes >= 0
        if (
            finest is None
            or column is finest
            or not len(there)
            or there.mean() > _MERGED
            or not (there | (finest.codes >= 0)).any()
        ):
            continue
        last = np.maximum.accumulate(np.where(there, np.arange(len(there)), -1))
        carried = np.where((last >= 0) & (finest.codes >= 0), column.codes[np.maximum(last, 0)], column.codes)
        filled[name] = Coded(carried, column.words)
    return filled


def _level(harvested: Harvest, texts: dict[str, Coded], name: str) -> Coded:
    """Return the level of each row: as the mapping says, else the finest of which the row names the place."""
    value = harvested.plan_level
    size = harvested.rows
    if value.same:
        return _constant(value.same, size)
    column = told(harvested, "level", value)
    if column is not None:
        words = [
            next((level for level in LEVELS if fold(word) in (level, *_LEVEL_WORDS.get(level, ()))), "")
            for word in column.words
        ]
        unknown = [] if value.values else [was for was, word in zip(column.words, words, strict=True) if not word]
        if unknown:
            raise SourceError(
                msg("“{name}” names levels that are not known: {words}.", name=name, words=unknown[:MOST_PROBLEMS]),
                expected=msg("The levels are: {levels:term}.", levels=list(LEVELS)),
                remedy=msg("Say in a mapping what each means; rows whose word it does not name are not read."),
            )
        place = np.array([LEVELS.index(word) if word else -1 for word in [*words, ""]])
        return Coded(place[column.codes], list(LEVELS))
    level = np.zeros(size, dtype="int8")
    for finer, known in enumerate(LEVELS[1:], start=1):
        for column_name in (f"{known}_code", known):
            if column_name in texts:
                there = texts[column_name].codes >= 0
                level = np.where(there, finer, level)
                if there.all():  # the names beside complete codes say nothing more
                    break
    if "unit" in texts and size and not any(place in texts for place in PLACES):
        level = np.full(size, LEVELS.index("station"))
    return Coded(level, list(LEVELS))
