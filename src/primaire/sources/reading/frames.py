"""Units and entries as the canonical tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import counts, rates
from primaire.assembly import labels_left_out
from primaire.schema import (
    BALLOTS,
    BASES,
    CANDIDATES,
    CONTESTS,
    COUNTS,
    COVERAGES,
    ELECTORATES,
    LEVELS,
    ORIGINS,
    PLACES,
    STATUSES,
    VOTES,
    Returns,
    origins,
)
from primaire.sources.reading import geography
from primaire.sources.reading.gathered import Coded, Figures
from primaire.sources.reading.harvest import marked, share_of
from primaire.sources.reading.keys import key_of, numbered_by_first
from primaire.sources.reading.namesakes import name_people

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.messages import Message
    from primaire.provenance import Provenance
    from primaire.sources.reading.polls import Polls

    Wholes = npt.NDArray[np.int64]

_PUBLISHED, _COMPUTED = ORIGINS.index("published"), ORIGINS.index("computed")
_STATION: Final = LEVELS.index("station")


def returns_of(found: Polls, provenance: Provenance) -> Returns:
    """Return units, their contests settled and codes normalised, as Returns. Counts are as published; voters that follow
    from printed abstentions are computed."""
    before = len(found.remarks)
    who, found = name_people(found)
    provenance = _remarked(provenance, found.remarks[before:])
    level = Coded(np.array([LEVELS.index(word) for word in found.level.words] or [0])[found.level.codes], list(LEVELS))
    contest, first = numbered_by_first(key_of([found.election, found.round, found.contest, level]))
    contests = _frame(
        {
            "election": _category(found.election, first),
            "round": found.round[first],
            "contest": _category(found.contest, first),
            "level": _level(level, first),
            "date": _texts(found.date, first),
            "coverage": _of_words(np.full(len(first), COVERAGES.index("unknown")), CONTESTS["coverage"]),
            "electorate": _of_words(
                np.where(
                    _rolled(found, contest, len(first)), ELECTORATES.index("closed"), ELECTORATES.index("unknown")
                ),
                CONTESTS["electorate"],
            ),
        },
        CONTESTS,
        len(first),
    )
    candidates, candidate = _candidates(found, who)
    told = _labels_told(found, candidates, candidate)
    file = provenance.files[0].place
    return Returns(contests, _ballots(found, level, file), _votes(found, candidate), candidates, provenance.then(*told))


def _labels_told(found: Polls, candidates: pd.DataFrame, candidate: Wholes) -> tuple[Message, ...]:
    """Say whose label differs from row to row: the table of candidates has the first."""
    of_person, words = pd.factorize(np.array([person.label or None for person in found.people], dtype="object"))
    label = of_person[found.entries.person]
    _, first = numbered_by_first(candidate)
    return labels_left_out(candidate, label, label[first], candidates["candidate"].tolist(), words.tolist())


def _remarked(provenance: Provenance, remarks: tuple[Message, ...]) -> Provenance:
    """Return an account with further remarks on the first file."""
    if not remarks:
        return provenance
    first, *others = provenance.files
    return replace(provenance, files=(replace(first, remarks=(*first.remarks, *remarks)), *others))


def _rolled(found: Polls, contest: Wholes, size: int) -> npt.NDArray[np.bool_]:
    """Tell which contests have units that publish registered voters: those have a roll."""
    rolled = np.zeros(size, dtype="bool")
    if "registered" in found.counts:
        rolled[contest[found.counts["registered"].known]] = True
    return rolled


def _frame(columns: dict[str, Any], schema: Any, size: int) -> pd.DataFrame:
    return pd.DataFrame(
        {name: columns[name] if name in columns else _missing(dtype, size) for name, dtype in schema.items()},
        copy=False,
    )


def _missing(dtype: Any, size: int) -> Any:
    if dtype == "category":
        return pd.Categorical.from_codes(
            np.full(size, -1, "int8"), categories=pd.Index([], dtype="str"), validate=False
        )
    if isinstance(dtype, pd.CategoricalDtype):
        return pd.Categorical.from_codes(np.full(size, -1, "int8"), dtype=dtype, validate=False)
    if dtype == "Float64":
        return pd.arrays.FloatingArray(np.zeros(size), np.ones(size, "bool"))
    if dtype == "Int64":
        return pd.arrays.IntegerArray(np.zeros(size, "int64"), np.ones(size, "bool"))
    return pd.array([None] * size, dtype=dtype)


def _category(column: Coded, rows: Wholes | None = None) -> pd.Categorical:
    codes = column.codes if rows is None else column.codes[rows]
    words = column.words if (codes >= 0).any() else []
    return pd.Categorical.from_codes(codes, categories=pd.Index(words, dtype="str"), validate=False)


def _level(level: Coded, rows: Wholes | None = None) -> pd.Categorical:
    """Return levels; the nation as a unit has none below it to name, so its level is said like any other."""
    used = sorted(set(level.codes.tolist()))
    place = np.full(len(LEVELS), -1)
    place[used] = np.arange(len(used))
    codes = level.codes if rows is None else level.codes[rows]
    return pd.Categorical.from_codes(
        place[codes], categories=pd.Index([LEVELS[at] for at in used], dtype="str"), validate=False
    )


def _texts(column: Coded, rows: Wholes) -> Any:
    words = np.array([*column.words, None], dtype="object")
    return pd.array(words[column.codes[rows]], dtype="str")


def _of_words(codes: npt.NDArray[np.integer[Any]], words: Any) -> Any:
    """Return a column of the limited words of a schema's type, by their places."""
    return pd.Categorical.from_codes(codes.astype("int8"), dtype=words, validate=False)


def _candidates(found: Polls, who: Coded) -> tuple[pd.DataFrame, Wholes]:
    """Return the table of candidates, and for each entry the row of its own."""
    row, person = found.entries.row, found.entries.person
    key = key_of([found.election.codes[row], found.contest.codes[row], who.codes])
    candidate, first = numbered_by_first(key)
    names = np.array([*who.words, None], dtype="object")

    def said(field: str) -> Any:
        words = np.array([getattr(one, field) or None for one in found.people] + [None], dtype="object")
        return pd.array(words[person[first]], dtype="str")

    return _frame(
        {
            "election": _category(found.election, row[first]),
            "contest": _category(found.contest, row[first]),
            "candidate": pd.array(names[who.codes[first]], dtype="str"),
            **{field: said(field) for field in ("label", "list", "number")},
        },
        CANDIDATES,
        len(first),
    ), candidate


def _ballots(found: Polls, level: Coded, file: str) -> pd.DataFrame:
    size = len(found)
    columns: dict[str, Any] = {
        "election": _category(found.election),
        "round": found.round,
        "contest": _category(found.contest),
        "level": _level(level),
        "unit": _units(found, level),
        "units": found.units.astype("int64"),
        "status": _of_words(np.full(size, STATUSES.index("final")), BALLOTS["status"]),
    }
    if found.lines is not None:
        columns["file"] = _category(Coded(np.zeros(size, dtype="int8"), [file]))
        columns["line"] = counts(found.lines, found.lines > 0)
    columns |= {name: _category(found.texts[name]) for name in PLACES if name in found.texts}
    for name, figures, origin in _counts(found):
        columns[name] = counts(figures.values.astype("int64"), figures.known)
        columns[f"{name}_origin"] = origins(np.where(figures.known, origin, -1))
    return _frame(columns, BALLOTS, size)


def _counts(found: Polls) -> list[tuple[str, Figures, Any]]:
    """Return the ballots' counts with their origin; voters, where only registered and abstentions are printed, follow."""
    counted = {name: (figures, _PUBLISHED) for name, figures in found.counts.items() if name in COUNTS}
    if "voters" not in counted and {"registered", "abstentions"} <= set(found.counts):
        registered, absent = found.counts["registered"], found.counts["abstentions"]
        voters = registered.values.astype("int64") - absent.values
        known = registered.known & absent.known & (voters >= 0)
        counted["voters"] = (Figures(np.where(known, voters, 0), known), _COMPUTED)
    return [(name, figures, origin) for name, (figures, origin) in counted.items()]


def _units(found: Polls, level: Coded) -> pd.Categorical:
    """Return the name of each unit: a station's identifier, else the place's name, with its code where it is not alone."""
    size = len(found)
    several = found.units > 1
    if several.any():  # a sum has no name of its own
        alone = _units(found.picked(np.flatnonzero(~several)), level.at(np.flatnonzero(~several)))
        codes = np.full(size, -1)
        codes[~several] = alone.codes
        return pd.Categorical.from_codes(codes, categories=alone.categories, validate=False)
    commune, station = found.text("commune_code"), found.text("station_code")
    if size and (level.codes == _STATION).all() and (commune.codes >= 0).all() and (station.codes >= 0).all():
        names = _joined(commune, station)
    else:
        names = _place_names(found, level)
    codes, words = (
        pd.factorize(np.array(names, dtype="object")) if size else (np.zeros(0, "int64"), np.array([], dtype="object"))
    )
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(words), dtype="str"), validate=False)


def _joined(commune: Coded, station: Coded) -> list[str]:
    within, of = commune.words, station.words
    return [f"{within[c]}_{of[s]}" for c, s in zip(commune.codes.tolist(), station.codes.tolist(), strict=True)]


def _place_names(found: Polls, level: Coded) -> list[str]:
    names: list[str] = []
    full: list[str] = []
    columns = {name: found.texts[name].texts() for name in (*PLACES, "unit") if name in found.texts}
    elections, contests = found.election.words, found.contest.words
    for row, at in enumerate(level.codes.tolist()):
        place = LEVELS[at]
        code = columns.get(f"{place}_code", {row: ""})[row] if f"{place}_code" in columns else ""
        name = columns[place][row] if place in columns else ""
        within = columns["departement_code"][row] if "departement_code" in columns else ""
        if "unit" in columns and columns["unit"][row]:
            short = columns["unit"][row]
        elif place in ("constituency", "canton") and code:
            short = f"{within}-{geography.number_in(code, within)}" if within else name or code
        elif place == "nation":
            short = contests[found.contest.codes[row]] or elections[found.election.codes[row]]
        else:
            short = name or code
        wider = [
            columns[other][row]
            for other in ("commune", "canton", "constituency", "departement", "region")
            if other != place and other in columns
        ]
        more = (code if name else "") or next((text for text in wider if text), "")
        names.append(short)
        full.append(f"{short} ({more})" if more and more != short else short)
    vote = key_of([found.election, found.round, found.contest])
    twice = pd.DataFrame({"vote": vote, "name": names}).duplicated(keep=False).tolist() if names else []
    again = [long if shared else short for short, long, shared in zip(names, full, twice, strict=True)]
    if names and pd.DataFrame({"vote": vote, "name": again}).duplicated().any():
        again = [" ".join(text for name in columns if (text := columns[name][row])) for row in range(len(found))]
    return again


def _votes(found: Polls, candidate: Wholes) -> pd.DataFrame:
    entries = found.entries
    size = len(entries.row)
    votes = counts(entries.votes.values.astype("int64"), entries.votes.known)
    columns: dict[str, Any] = {
        "ballot": entries.row.astype("int64"),
        "candidate": candidate,
        "votes": votes,
        "votes_origin": origins(np.where(entries.votes.known, _PUBLISHED, -1)),
        **_marks(entries.seats, entries.elected),
    }
    if not entries.votes.known.all():
        columns |= _shares(entries.shares, entries.votes.known)
    return _frame(columns, VOTES, size)


def _marks(seats: Coded | None, elected: Coded | None) -> dict[str, Any]:
    """Return seats and marks of those elected: a column of seats may hold marks such as “Elus” instead of numbers."""
    columns: dict[str, Any] = {}
    if seats is not None:
        numbers = np.array([int(word) if word.isdigit() else -1 for word in seats.words] + [-1])
        if any(not word.isdigit() for word in seats.words):
            elected = elected or seats
        held = numbers[seats.codes]
        if (held >= 0).any():
            columns["seats"] = counts(np.where(held >= 0, held, 0), held >= 0)
    if elected is not None and elected.words:
        marks = np.array([marked(word) for word in elected.words] + [False])
        columns["elected"] = pd.array(marks[elected.codes], dtype="boolean")
    return columns


def _shares(shares: dict[str, Coded], counted: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Return the percentages of candidates whose votes are not given: of valid votes first, else of another base."""
    size = len(counted)
    value, decimals, base = np.full(size, np.nan), np.zeros(size, "int64"), np.full(size, -1)
    for name in ("share_valid", "share_voters", "share_registered"):
        column = shares.get(name)
        if column is None:
            continue
        read = [share_of(word) for word in column.words]
        numbers = np.array([*(one[0] if one else np.nan for one in read), np.nan])
        places = np.array([*(one[1] if one else 0 for one in read), 0])
        here = ~counted & np.isnan(value) & ~np.isnan(numbers[column.codes])
        value[here], decimals[here] = numbers[column.codes][here], places[column.codes][here]
        base[here] = BASES.index(name.removeprefix("share_"))
    known = ~np.isnan(value)
    return {
        "share": rates(value),
        "share_decimals": counts(decimals, known),
        "share_base": _of_words(base, VOTES["share_base"]),
        "share_origin": origins(np.where(known, _PUBLISHED, -1)),
    }
