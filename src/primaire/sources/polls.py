"""Rows of a table become units: each with its election, round, contest, level and place, and its candidates' votes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, overload

import numpy as np
import pandas as pd

from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.schema import LEVELS, PLACES
from primaire.sources import geography
from primaire.sources.cells import CellError, parse_date
from primaire.sources.entries import Entries
from primaire.sources.gathered import Coded, Figures
from primaire.sources.harvest import MOST_PROBLEMS, Harvest, told
from primaire.sources.people import Person
from primaire.sources.mapping import AUTO, IGNORED, OWN_PLACE, TABLE_WIDE
from primaire.sources.naming import kind_of, round_said, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from primaire.sources.mapping import Candidates
    from primaire.sources.plan import VotePlan
    from primaire.sources.raw import Raw

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_UNIT_ID = re.compile(r"((?:\d\d|2[AB]|Z[A-Z])\d{3})[_-](.+)")
_FINEST_FIRST: Final = tuple(reversed(LEVELS[1:]))
_LEVEL_WORDS: Final = {
    "nation": ("france", "france entiere", "national", "pays"),
    "constituency": ("circonscription",),
    "station": ("bureau", "bureau de vote"),
}
_MERGED = 0.5
"""The share of filled cells below which a column of places is taken for one of merged cells."""
_SPAN = 1 << 26
"""Keys that are counted in an array of their own rather than sorted."""


@dataclass(frozen=True, eq=False)
class Polls:
    """One vote of one table: a row per unit.

    Attributes:
        positions: where each unit's first row begins in the bytes.
        texts: of the columns of :data:`primaire.schema.PLACES`, those that the table has, and ``unit``.
        election, date, contest, level: words of each unit; a contest's word is its name, empty until it is settled.
        round: numbers.
        units: how many units of the file each stands for.
        counts: by the names of :data:`primaire.schema.COUNTS`, and ``abstentions``.
        entries: ``row`` is the place of the unit here.
        remarks: what was decided, in words.
    """

    positions: Wholes
    texts: dict[str, Coded]
    election: Coded
    round: Wholes
    date: Coded
    contest: Coded
    level: Coded
    units: Wholes
    counts: dict[str, Figures]
    printed: list[tuple[Coded, str, str]]
    people: list[Person]
    entries: Entries
    remarks: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.positions)

    def keep(self, rows: Flags) -> Polls:
        """Return some of the units, with their entries."""
        if rows.all():
            return self
        return self.picked(np.flatnonzero(rows))

    def picked(self, rows: Wholes) -> Polls:
        """Return units by their places, in that order, with the entries of each in theirs."""
        place = np.full(len(self), -1, dtype="int64")
        place[rows] = np.arange(len(rows))

        def coded(column: Coded) -> Coded:
            return column.at(rows)

        return replace(
            self,
            positions=self.positions[rows],
            texts={name: coded(column) for name, column in self.texts.items()},
            election=coded(self.election),
            round=self.round[rows],
            date=coded(self.date),
            contest=coded(self.contest),
            level=coded(self.level),
            units=self.units[rows],
            counts={name: Figures(column.values[rows], column.known[rows]) for name, column in self.counts.items()},
            printed=[(coded(column), figure, base) for column, figure, base in self.printed],
            entries=entries_of(self.entries, place[self.entries.row]),
        )

    def text(self, name: str) -> Coded:
        """Return a place's column, empty for one that the table has not."""
        return self.texts.get(name) or Coded(np.full(len(self), -1, dtype="int32"), [])


def entries_of(entries: Entries, row: Wholes) -> Entries:
    """Return entries with new rows, those without one (-1) left out, in the order of these."""
    there = np.flatnonzero(row >= 0)
    if len(there) and (np.diff(row[there]) < 0).any():
        there = there[np.argsort(row[there], kind="stable")]
    if len(there) == len(row) and (there == np.arange(len(row))).all():
        return replace(entries, row=row)

    def coded(column: Coded | None) -> Coded | None:
        return None if column is None else column.at(there)

    return Entries(
        row[there],
        entries.person[there],
        Figures(entries.votes.values[there], entries.votes.known[there]),
        {name: column.at(there) for name, column in entries.shares.items()},
        coded(entries.seats),
        coded(entries.elected),
    )


def polls(raw: Raw, harvested: Harvest, name: str) -> Polls:
    """Return the units of one vote of a table, one row each.

    Raises:
        SourceError: a unit that stands twice, rows of one unit that disagree on its ballots, rounds that are none.
    """
    plan = harvested.plan
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
        _constant("", size) if not plan.contest.columns else (told(harvested, "contest", plan.contest) or _constant("", size)),
        _level(harvested, texts),
        np.ones(size, dtype="int64"),
        harvested.counts,
        harvested.printed,
        harvested.people,
        harvested.entries,
        _presumption(plan.vote.candidates),
    )
    found = _own_places(found.keep((found.election.codes >= 0) & (found.level.codes >= 0) & _asked(harvested)))
    if plan.layout == "rows":
        found = _one_row_per_unit(raw, found, name, plan)
    return found


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
    return Coded(np.full(size, 0 if word else -1, dtype="int32"), [word] if word else [])


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
    place = np.array([known.setdefault(word, len(known)) for word, _ in said] or [0])
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
    words = [" ".join(election.words[key // wide].replace("{year}", years[key % wide]).split()).replace(" ,", ",") if key >= wide else election.words[0].replace("{year}", years[key % wide]) if key >= 0 else "" for key in different.tolist()]
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
    place = np.array([known.setdefault(word, len(known)) if word else -1 for word in [*words, ""]])
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
        if finest is None or column is finest or not len(there) or there.mean() > _MERGED or not (there | (finest.codes >= 0)).any():
            continue
        last = np.maximum.accumulate(np.where(there, np.arange(len(there)), -1))
        carried = np.where((last >= 0) & (finest.codes >= 0), column.codes[np.maximum(last, 0)], column.codes)
        filled[name] = Coded(carried, column.words)
    return filled


def _level(harvested: Harvest, texts: dict[str, Coded]) -> Coded:
    """Return the level of each row: as the mapping says, else the finest of which the row names the place."""
    value = harvested.plan_level
    size = harvested.rows
    if value.same:
        return _constant(value.same, size)
    column = told(harvested, "level", value)
    if column is not None:
        words = [next((level for level in LEVELS if fold(word) in (level, *_LEVEL_WORDS.get(level, ()))), "") for word in column.words]
        place = np.array([LEVELS.index(word) if word else -1 for word in [*words, ""]])
        return Coded(place[column.codes], list(LEVELS))
    level = np.zeros(size, dtype="int32")
    for finer, name in enumerate(LEVELS[1:], start=1):
        for column_name in (f"{name}_code", name):
            if column_name in texts:
                level = np.where(texts[column_name].codes >= 0, finer, level)
    if "unit" in texts and size and not any(place in texts for place in PLACES):
        level = np.full(size, LEVELS.index("station"))
    return Coded(level, list(LEVELS))


def key_of(columns: list[Coded | Wholes]) -> Wholes:
    """Return one number per row that is the same for rows with the same values in all columns."""
    key = np.zeros(len(columns[0].codes if isinstance(columns[0], Coded) else columns[0]), dtype="int64")
    span = 1
    for column in columns:
        values = column.codes if isinstance(column, Coded) else column
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        if span * (high - low + 1) >= 2**62:
            key = pd.factorize(key)[0].astype("int64")
            span = int(key.max(initial=0)) + 1
        key = key * (high - low + 1) + (values - low)
        span *= high - low + 1
    return key


def unit_key(found: Polls) -> list[Coded | Wholes]:
    """Return the columns that tell one unit from another."""
    places = [found.texts[name] for name in (*PLACES, "unit") if name in found.texts and (name.endswith("_code") or name == "unit" or f"{name}_code" not in found.texts)]
    return [found.election, found.round, found.level, found.contest, *places]


def _one_row_per_unit(raw: Raw, found: Polls, name: str, plan: VotePlan) -> Polls:
    """Bring the rows of a unit together, where each candidate has a row."""
    unit, first = numbered_by_first(key_of(unit_key(found)))
    figures = plan.vote.candidates.figures
    problems = [*_nameless(raw, found, name, plan), *_persons_twice(raw, found, name, unit, plan)]
    counts = {}
    for what, column in found.counts.items():
        known = np.flatnonzero(column.known)
        at = np.full(len(first), -1, dtype="int64")
        at[unit[known[::-1]]] = known[::-1]
        values = np.where(at >= 0, column.values[at], 0)
        counts[what] = Figures(values, at >= 0)
        for row in known[column.values[known] != values[unit[known]]][:MOST_PROBLEMS].tolist():
            reason = msg(
                "“{what}” differs from {first:count}, which the same unit has on line {line}",
                what=what,
                first=int(values[unit[row]]),
                line=raw.line_at(int(found.positions[at[unit[row]]])),
            )
            problems.append(
                Problem(reason, name, raw.line_at(int(found.positions[row])), None, str(int(column.values[row])))
            )
    if problems:
        raise SourceError(
            msg("Rows of one unit in “{name}” disagree.", name=name),
            remedy=msg("Perhaps a column that tells units apart is missing or not recognised: name it in a mapping."),
            problems=tuple(problems),
        )
    entries = replace(found.entries, row=unit[found.entries.row])
    together = replace(found.picked(first), counts=counts, entries=entries_of(entries, entries.row))
    return _figures_among_people(together, figures)


def _nameless(raw: Raw, found: Polls, name: str, plan: VotePlan) -> list[Problem]:
    """Return votes for nobody, where no contest says what else they count."""
    if plan.contest.columns:
        return []
    nobody = np.array([not person.name for person in found.people] or [False])[found.entries.person]
    wrong = np.flatnonzero(nobody & found.entries.votes.known & (found.entries.votes.values > 0))
    lines = found.positions[found.entries.row[wrong[:MOST_PROBLEMS]]].tolist()
    return [Problem(msg("there are votes, but no candidate"), name, raw.line_at(int(line))) for line in lines]


def _persons_twice(raw: Raw, found: Polls, name: str, unit: Wholes, plan: VotePlan) -> list[Problem]:
    """Return second rows of one person in one unit. Two of one nuance are two; the same name, nuance and number are one."""
    fields, block = plan.vote.candidates.fields, plan.blocks[0].fields
    if not fields.get("name") or any(set(block.get("name", ())) <= set(block.get(other, ())) for other in ("label", "list")):
        return []
    entries = found.entries
    figures = {fold(word) for word in plan.vote.candidates.figures}
    people = np.array([bool(person.name) and fold(person.name) not in figures for person in found.people] or [False])
    key = unit[entries.row].astype("int64") * max(len(found.people), 1) + entries.person
    again = np.flatnonzero((nth(key) > 0) & people[entries.person]) if len(np.unique(key)) < len(key) else np.zeros(0, "int64")
    return [
        Problem(
            msg("“{person}” stands twice in this unit", person=found.people[int(entries.person[at])].name),
            name,
            raw.line_at(int(found.positions[entries.row[at]])),
        )
        for at in again[:MOST_PROBLEMS].tolist()
    ]


def numbered_by_first(key: Wholes) -> tuple[Wholes, Wholes]:
    """Return for each row the number of its key, in the order of first appearance, and where each first appears."""
    number, _ = pd.factorize(key)
    size = int(number.max(initial=-1)) + 1
    first = np.empty(size, dtype="int64")
    first[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    return number, first


def _figures_among_people(found: Polls, figures: Mapping[str, str]) -> Polls:
    """Turn rows such as “Undervotes” into counts of the unit's ballots, and leave sums of votes out."""
    meant = {fold(name): figure for name, figure in figures.items()}
    names = [*dict.fromkeys([*meant.values(), IGNORED])]
    places = np.array([names.index(meant[fold(person.name)]) if fold(person.name) in meant else -1 for person in found.people] or [-1])
    of_entry = places[found.entries.person]
    nameless = np.array([not person.name for person in found.people] or [False])[found.entries.person]
    by_contest = np.array([*(names.index(meant.get(fold(word), IGNORED)) for word in found.contest.words), names.index(IGNORED)])
    of_entry = np.where(nameless, by_contest[found.contest.codes[found.entries.row]], of_entry)
    if not (of_entry >= 0).any():
        return found
    counts = dict(found.counts)
    for place, figure in enumerate(names):
        rows = np.flatnonzero((of_entry == place) & found.entries.votes.known)
        if len(rows) and figure != IGNORED:
            counts[figure] = _counted(found, rows, nameless[rows], counts.get(figure))
    entries = entries_of(found.entries, np.where(of_entry >= 0, -1, found.entries.row))
    # What stood in rows of its own contest only is no unit of that contest.
    empty = np.isin(np.arange(len(found)), found.entries.row[nameless]) & ~np.isin(np.arange(len(found)), entries.row)
    return replace(found, counts=counts, entries=entries).keep(~empty)


def _counted(found: Polls, rows: Wholes, nameless: Flags, before: Figures | None) -> Figures:
    """Return a count from rows of entries; one without a name counts for all contests of its place."""
    values = np.zeros(len(found), dtype="int64")
    known = np.zeros(len(found), dtype="bool")
    units = found.entries.row[rows]
    np.add.at(values, units[~nameless], found.entries.votes.values[rows[~nameless]])
    known[units[~nameless]] = True
    if nameless.any():
        place, _ = numbered_by_first(key_of([column for column in unit_key(found) if column is not found.contest]))
        of_place = np.zeros(int(place.max()) + 1, dtype="int64")
        there = np.zeros(len(of_place), dtype="bool")
        np.add.at(of_place, place[units[nameless]], found.entries.votes.values[rows[nameless]])
        there[place[units[nameless]]] = True
        values, known = np.where(known, values, of_place[place]), known | there[place]
    if before is not None:
        values, known = np.where(before.known, before.values, values), before.known | known
    return Figures(values, known)


def refuse_units_twice(raw: Raw, found: Polls, name: str) -> None:
    """Raise SourceError for units that stand twice in one vote of a table."""
    number, first = numbered_by_first(key_of(unit_key(found)))
    again = np.flatnonzero(first[number] != np.arange(len(number)))
    if not len(again):
        return
    problems = [
        Problem(
            msg(
                "the unit stands twice, first on line {line}: {place}",
                line=raw.line_at(int(found.positions[first[number[row]]])),
                place=" · ".join(text for what in found.texts if (text := _text_at(found.texts[what], row))) or "–",
            ),
            name,
            raw.line_at(int(found.positions[row])),
        )
        for row in again[:MOST_PROBLEMS].tolist()
    ]
    if len(again) > MOST_PROBLEMS:
        problems.append(Problem(msg("… and {n:count} more of this kind", n=len(again) - MOST_PROBLEMS), name))
    raise SourceError(
        msg("Units stand more than once in “{name}”, and would be counted twice.", name=name),
        remedy=msg("Leave all but one of the rows out; or name in a mapping the column that tells them apart."),
        problems=tuple(problems),
    )


def _text_at(column: Coded, row: int) -> str:
    code = int(column.codes[row])
    return column.words[code] if code >= 0 else ""


def normalised(found: Polls) -> Polls:
    """Return units with the codes of :mod:`primaire.sources.geography`."""
    texts = dict(found.texts)
    for name, form in (
        ("region_code", geography.region_code),
        ("departement_code", geography.departement_code),
        ("station_code", geography.station_code),
    ):
        if name in texts:
            texts[name] = reworded(texts[name], [form(word) for word in texts[name].words])
    departement = texts.get("departement_code")
    for name, form in (
        ("commune_code", geography.commune_code),
        ("constituency_code", geography.part_code),
        ("canton_code", geography.part_code),
    ):
        if name in texts:
            texts[name] = within(texts[name], departement, form)
    if departement is None and "commune_code" in texts:
        commune = texts["commune_code"]
        derived = reworded(commune, [geography.departement_of(word) for word in commune.words])
        if derived.words:
            texts["departement_code"] = derived
    return replace(found, texts=texts)


def reworded(column: Coded, words: list[str]) -> Coded:
    """Return a column with other words for its own, equal ones made one, empty ones nothing."""
    known: dict[str, int] = {}
    place = np.array([known.setdefault(word, len(known)) if word else -1 for word in [*words, ""]], dtype="int32")
    return Coded(place[column.codes], list(known))


def within(column: Coded, departement: Coded | None, form: Callable[[str, str], str]) -> Coded:
    """Return codes brought into one form together with the departement of their row."""
    if departement is None:
        return reworded(column, [form(word, "") for word in column.words])
    wide = len(departement.words) + 1
    pair, different = pd.factorize(column.codes.astype("int64") * wide + departement.codes + 1)
    words = [*column.words, ""]
    departements = ["", *departement.words]
    formed = [form(words[key // wide], departements[key % wide]) if key >= 0 else "" for key in different.tolist()]
    return reworded(Coded(pair, []), formed)


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
        codes[rows] = np.array([known.setdefault(word, len(known)) for word in [*named.words, election]])[named.codes]
        if said == AUTO and level != TABLE_WIDE:
            note = (
                msg("“{election}”: candidates differ, but no column says by which places: units that share candidates are one contest, called after the first of these.", election=election)
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
    return replace(found, entries=entries_of(entries, np.where(absent, -1, entries.row))) if absent.any() else found


def _contest_level(part: Polls, election: str) -> str:
    kind = kind_of(election)
    if kind is not None and kind.contest is None:
        return TABLE_WIDE
    if kind is not None and kind.contest is not None and _names_places(part, kind.contest):
        return kind.contest
    named = _named(part)
    if _one_unit_has_all(part, named):
        return TABLE_WIDE
    group = _standing_together(part, named)
    for level in ("region", "departement", "constituency", "canton", "commune"):
        if _names_places(part, level):
            within = [part.text("departement_code")] if level != "region" else []
            place = key_of([part.text(f"{level}_code"), part.text(level), *within])
            pairs = np.unique(np.stack([place, group]), axis=1)
            if len(np.unique(pairs[0])) == pairs.shape[1]:
                return level
    return "candidates"


def _names_places(part: Polls, level: str) -> bool:
    return any((part.text(name).codes >= 0).all() and len(part) > 0 for name in (f"{level}_code", level))


def _named(part: Polls) -> Wholes:
    """Return for each entry the number of its candidate's name and label."""
    words = pd.Series([fold(f"{person.name} {person.label}") for person in part.people], dtype="object")
    named, _ = pd.factorize(words)
    return named[part.entries.person].astype("int64")


def _one_unit_has_all(part: Polls, named: Wholes) -> bool:
    """Tell whether all candidates stand in one unit: then there is one contest, though a row may lack some of them."""
    if not len(named):
        return True
    pairs = np.unique(np.stack([part.entries.row.astype("int64"), named]), axis=1)
    return bool(np.bincount(pairs[0]).max() == len(np.unique(named)))


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
        coded, called, within = _text_at(code, row), _text_at(name, row), _text_at(departement, row)
        if level in ("constituency", "canton") and coded:
            words.append(f"{within}-{geography.number_in(coded, within)}" if within else f"{coded} {called}".strip())
        elif level == "commune" and coded and called:
            words.append(f"{called} ({coded})")
        else:
            words.append(called or coded)
    again = pd.Series(words).duplicated(keep=False).tolist()
    words = [f"{word} ({_text_at(code, row) or _text_at(departement, row)})" if twice and (_text_at(code, row) or _text_at(departement, row)) else word for word, twice, row in zip(words, again, first.tolist(), strict=True)]
    return Coded(number, words)


def _named_by_units(part: Polls, election: str) -> Coded:
    """Return contests that no column names, each called after the least of its units: so it is in each round's file."""
    number, first = numbered_by_first(_standing_together(part, _named(part)))
    columns = [part.text(name) for name in ("commune_code", "station_code", "unit") if name in part.texts]
    columns = columns or [part.texts[name] for name in PLACES if name in part.texts]
    words = ["_".join(_text_at(column, row) for column in columns) for row in range(len(part))]
    least = [""] * len(first)
    for group, word in zip(number.tolist(), words, strict=True):
        least[group] = min(least[group] or word, word)
    return Coded(number, [f"{election} ({word})" for word in least])


def name_people(found: Polls) -> tuple[Coded, Polls]:
    """Return the name of each entry's candidate, unique in its contest, and the units with a remark on homonyms.

    A name that stands twice in one unit is two candidates: the second is called “DVD (2)”.
    """
    folded: dict[str, int] = {}
    names: list[str] = []
    place = np.empty(len(found.people), dtype="int64")
    for at, person in enumerate(found.people):
        key = fold(person.name)
        if key not in folded:
            folded[key] = len(names)
            names.append(person.name)
        place[at] = folded[key]
    name = place[found.entries.person] if len(place) else np.zeros(0, dtype="int64")
    row = found.entries.row
    key = row.astype("int64") * max(len(names), 1) + name
    if not _twice(key, len(found) * max(len(names), 1)):
        return Coded(name, names), found
    return _apart(found, name, names, key)


def _twice(key: Wholes, span: int) -> bool:
    if span <= max(_SPAN, 4 * len(key)) and len(key):
        return bool(np.bincount(key, minlength=1).max() > 1)
    return len(np.unique(key)) < len(key)


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
    for at, group, person, number in zip(shared.tolist(), within[shared].tolist(), people[shared].tolist(), place_of.tolist(), strict=True):
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


def nth(key: Wholes) -> Wholes:
    """Return for each row how many rows before it have its key."""
    order = np.argsort(key, kind="stable")
    position = np.arange(len(key))
    start = np.r_[True, np.diff(key[order]) != 0] if len(key) else np.zeros(0, dtype="bool")
    nth = np.empty(len(key), dtype="int64")
    nth[order] = position - np.maximum.accumulate(np.where(start, position, 0))
    return nth
