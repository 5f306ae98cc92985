"""Returns put together: from the records of a file, or from several Returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, conform, frame_of, listed, numbered
from primaire.arrays import column as array_of
from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.provenance import Provenance
from primaire.schema import (
    BALLOTS,
    CANDIDATES,
    CONTEST_KEY,
    CONTESTS,
    COUNTS,
    ORIGINS,
    UNIT_KEY,
    VOTES,
    Returns,
    origins,
    shortened,
)

if TYPE_CHECKING:
    import numpy.typing as npt

Record = Mapping[str, object]
"""One candidate's votes in one unit: values by the column names of :mod:`primaire.schema`; what is missing is absent.
``approximate`` is the set of those columns that are approximations."""

_DEFAULTS = {"coverage": "unknown", "electorate": "unknown", "status": "final", "units": 1}


Column = tuple[Sequence[Any], "Sequence[int] | npt.NDArray[np.int64]"]
"""A column of rows: its different values, and for each row the place of its own among them, -1 for none."""

_OF_PEOPLE = ("label", "list", "number")
_OF_VOTES = ("votes", "share", "share_decimals", "share_base", "seats", "elected", "source", "note")


def assemble(records: Sequence[Record], provenance: Provenance) -> Returns:
    """Build Returns from records whose ballot columns are the same, or absent, on all records of one unit.

    Args:
        records: one per unit and candidate, in the order of the source; that of a unit without candidates has none.
        provenance: where they come from.
    """
    units = _grouped(records, lambda record: tuple(record.get(name) for name in UNIT_KEY))
    number = {key: place for place, key in enumerate(units)}
    columns = {
        name: factorised([record.get(name) for record in records])
        for name in ("candidate", *_OF_PEOPLE, *_OF_VOTES, "approximate")
    }
    return assemble_units(
        [_ballot(of_unit) for of_unit in units.values()],
        [number[tuple(record.get(name) for name in UNIT_KEY)] for record in records],
        columns,
        provenance,
    )


def assemble_units(
    ballots: Sequence[Record], unit: Sequence[int], columns: Mapping[str, Column], provenance: Provenance
) -> Returns:
    """Build Returns from the ballots of units and columns of rows: as :func:`assemble`, for any number of rows.

    Args:
        ballots: one record per unit, in the order of ``ballots``, and ``approximate`` the set of its approximate counts.
        unit: for each row, the number of its unit.
        columns: ``candidate`` and what is said of it in the unit, by the columns of ``votes`` and ``candidates``; absent
            ones are all missing. A row without a candidate only says that the unit is there.
        provenance: where they come from.
    """
    ballots = [{**_DEFAULTS, **ballot, **_origins(ballot, COUNTS)} for ballot in ballots]
    contests = _grouped(ballots, lambda ballot: tuple(ballot.get(name) for name in CONTEST_KEY))
    stands = _places(columns["candidate"]) >= 0
    at = np.asarray(unit, dtype="int64")[stands]
    held: dict[str, Column] = {name: (column[0], _places(column)[stands]) for name, column in columns.items()}
    person, people = _people(ballots, at, held)
    votes = {
        "ballot": at,
        "candidate": person,
        **{name: _array(held.get(name), len(at), VOTES[name]) for name in _OF_VOTES},
        **{f"{name}_origin": _row_origins(name, held, len(at)) for name in ("votes", "share")},
    }
    return Returns(
        _frame([of_contest[0] for of_contest in contests.values()], CONTESTS),
        _frame(ballots, BALLOTS),
        pd.DataFrame({name: votes[name] for name in VOTES}),
        _frame(people, CANDIDATES),
        provenance.then(*_labels_told(person, people, held.get("label"))),
    )


def factorised(values: Iterable[Any]) -> Column:
    """Return plain values as a column, None for none.

    >>> factorised(["b", None, "a", "b"])
    (['b', 'a'], [0, -1, 1, 0])
    """
    places: dict[Any, int] = {None: -1}
    each = [places.setdefault(value, len(places) - 1) for value in values]
    return list(places)[1:], each


def _places(column: Column) -> npt.NDArray[np.int64]:
    return np.asarray(column[1], dtype="int64")


def _people(
    ballots: Sequence[Record], at: npt.NDArray[np.int64], held: Mapping[str, Column]
) -> tuple[npt.NDArray[np.int64], list[dict[str, object]]]:
    """Return for each row the number of its candidate, and a record of each: one name in one contest is one person."""
    keys, races = factorised([(ballot["election"], ballot["contest"]) for ballot in ballots])
    names, spellings = factorised([fold(str(name)) for name in held["candidate"][0]])
    race = np.asarray(races, dtype="int64")[at]
    person = by_appearance(race * len(names) + np.asarray(spellings, dtype="int64")[_places(held["candidate"])])
    first = np.unique(person, return_index=True)[1]
    people: list[dict[str, object]] = [
        dict(zip(("election", "contest"), keys[number], strict=True)) for number in race[first].tolist()
    ]
    for name in ("candidate", *_OF_PEOPLE):
        if name in held:
            _tell(people, name, person, held[name])
    return person, people


def _tell(people: list[dict[str, object]], name: str, person: npt.NDArray[np.int64], column: Column) -> None:
    """Enter what the first row that says something says of each person."""
    values, place = column[0], _places(column)
    said = np.flatnonzero(place >= 0)
    for number, row in zip(*(each.tolist() for each in np.unique(person[said], return_index=True)), strict=True):
        people[number][name] = values[place[said[row]]]


def _labels_told(person: npt.NDArray[np.int64], people: Sequence[Record], column: Column | None) -> tuple[Message, ...]:
    if column is None:
        return ()
    # What _tell has entered.
    place = _places(column)
    said = np.flatnonzero(place >= 0)
    kept = np.full(len(people), -1)
    told, first = np.unique(person[said], return_index=True)
    kept[told] = place[said[first]]
    return labels_left_out(person, place, kept, [one["candidate"] for one in people], column[0])


def labels_left_out(
    person: npt.NDArray[np.int64],
    label: npt.NDArray[np.int64],
    kept: npt.NDArray[np.int64],
    names: Sequence[object],
    words: Sequence[object],
) -> tuple[Message, ...]:
    """Say whose label is not the same wherever they stand, since a candidate has one label in all rounds.

    Args:
        person: of each row, the number of its candidate.
        label: of each row, the place of its label in ``words``, -1 for none.
        kept: of each candidate, the place of the label that is kept, -1 for none.
        names: of each candidate.
        words: the different labels.
    """
    rows = np.flatnonzero((label >= 0) & (label != kept[person]))
    if not len(rows):
        return ()
    first = np.unique(person[rows] * len(words) + label[rows], return_index=True)[1]
    others: dict[int, list[object]] = {}
    for row in rows[np.sort(first)].tolist():
        others.setdefault(int(person[row]), []).append(words[label[row]])
    told = [
        msg("{name} ({kept}, then {others})", name=names[one], kept=words[kept[one]], others=labels)
        if kept[one] >= 0
        else msg("{name} (none, then {others})", name=names[one], others=labels)
        for one, labels in others.items()
    ]
    return (
        msg("Labels that differ between rounds or rows, of which the first is kept: {names}.", names=shortened(told)),
    )


def _array(column: Column | None, size: int, dtype: object) -> Any:
    """Return a column as the array of a dtype; much faster than row by row."""
    if column is None:
        return array_of([None] * size, dtype)
    # The last one, at place -1, is the missing value.
    values, place = array_of([*column[0], None], dtype), _places(column)
    if not isinstance(values, pd.Categorical):
        return values.take(place % len(values))
    return pd.Categorical.from_codes(values.codes[place], dtype=values.dtype, validate=False)


def _row_origins(name: str, held: Mapping[str, Column], size: int) -> pd.Categorical:
    if name not in held:
        return origins(np.full(size, -1))
    sets, place = held.get("approximate", ([], [-1] * size))
    approximate = np.array([*(name in each for each in sets), False], dtype="int64")[np.asarray(place, dtype="int64")]
    return origins(np.where(_places(held[name]) < 0, -1, approximate * ORIGINS.index("approximate")))


def combine(parts: Iterable[Returns]) -> Returns:
    """Bring several Returns together as one data set.

    Raises:
        SourceError: the same unit of the same contest and round stands in two of them.
    """
    together = list(parts)
    if len(together) == 1:
        return together[0]
    _refuse_units_twice(together)
    votes, first_ballot, first_candidate = [], 0, 0
    for part in together:
        votes.append(
            part.votes.assign(
                ballot=part.votes["ballot"] + first_ballot, candidate=part.votes["candidate"] + first_candidate
            )
        )
        first_ballot += len(part.ballots)
        first_candidate += len(part.candidates)
    stood = _stack([part.candidates for part in together], CANDIDATES)
    person = numbered(
        stood.assign(candidate=stood["candidate"].map(fold).astype("category")), ("election", "contest", "candidate")
    )
    cast = _stack(votes, VOTES)
    cast["candidate"] = person[cast["candidate"].to_numpy()]
    first = ~pd.Series(person).duplicated()
    people = stood[first].reset_index(drop=True)
    label, words = pd.factorize(stood["label"])
    told = labels_left_out(person, label, label[first], people["candidate"].tolist(), words.tolist())
    return Returns(
        _one_row_each(_stack([part.contests for part in together], CONTESTS)),
        _stack([part.ballots for part in together], BALLOTS),
        cast,
        people,
        sum((part.provenance for part in together), Provenance()).then(*told),
    )


def _grouped(records: Iterable[Record], key: Callable[[Record], object]) -> dict[object, list[Record]]:
    groups: dict[object, list[Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def _merged(records: Sequence[Record]) -> dict[str, object]:
    """Return what the records say, the first that says something."""
    merged: dict[str, object] = {}
    for record in records:
        for name, value in record.items():
            if merged.get(name) is None:
                merged[name] = value
    return merged


def _ballot(of_unit: Sequence[Record]) -> dict[str, object]:
    ballot = _merged(of_unit)
    for name in ("source", "note"):
        ballot[name] = joined(record.get(name) for record in of_unit)
    approximate: list[Any] = [record.get("approximate", frozenset()) for record in of_unit]
    return {**ballot, "approximate": frozenset().union(*approximate)}


def joined(texts: Iterable[object]) -> str | None:
    """Return the different texts in one, None where there is none."""
    return "; ".join(dict.fromkeys(str(text) for text in texts if text is not None)) or None


def _origins(ballot: Record, names: Sequence[str]) -> dict[str, object]:
    approximate: Any = ballot.get("approximate", frozenset())
    return {
        f"{name}_origin": "approximate" if name in approximate else "published"
        for name in names
        if ballot.get(name) is not None
    }


def _frame(records: Sequence[Record], schema: Mapping[str, object]) -> pd.DataFrame:
    held = {name for record in records for name in record if name in schema}
    return frame_of({name: [record.get(name) for record in records] for name in held}, schema, len(records))


def _stack(frames: list[pd.DataFrame], schema: Mapping[str, object]) -> pd.DataFrame:
    # Categories differ from part to part: stack the plain values, then make them categories again.
    plain = [frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, "object")) for frame in frames]
    return conform(pd.concat(plain, ignore_index=True), schema)


def _one_row_each(contests: pd.DataFrame) -> pd.DataFrame:
    """Return one row per contest; where two parts say different things of it, its coverage is unknown."""
    number = numbered(contests, CONTEST_KEY)
    agreed = contests["coverage"].astype("str").groupby(number).transform("nunique") <= 1
    contests = contests.assign(coverage=contests["coverage"].where(agreed, "unknown"))
    return contests[~pd.Series(number).duplicated()].reset_index(drop=True)


def _refuse_units_twice(parts: list[Returns]) -> None:
    seen: dict[tuple[object, ...], str] = {}
    problems = []
    for part in parts:
        files = ", ".join(file.name for file in part.provenance.files)
        keys = list(zip(*(listed(part.ballots[name]) for name in UNIT_KEY), strict=True))
        for key in keys:
            if key in seen:
                names = dict(zip(UNIT_KEY, key, strict=True))
                message = msg(
                    "{unit} is also in {other}, for the same round of {election}, {contest}", other=seen[key], **names
                )
                problems.append(Problem(message, file=files))
        seen.update(dict.fromkeys(keys, files))
    if problems:
        raise SourceError(
            msg("The same unit stands in two of the sources, and would be counted twice."),
            remedy=msg("Leave one of the two out."),
            problems=tuple(problems),
        )
