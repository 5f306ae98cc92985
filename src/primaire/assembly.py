"""Returns put together: from the records of a file, or from several Returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from primaire.arrays import conform, frame_of, listed, numbered
from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import msg
from primaire.provenance import Provenance
from primaire.schema import BALLOTS, CANDIDATES, CONTEST_KEY, CONTESTS, COUNTS, UNIT_KEY, VOTES, Returns

Record = Mapping[str, object]
"""One candidate's votes in one unit: values by the column names of :mod:`primaire.schema`; what is missing is absent.
``approximate`` is the set of those columns that are approximations."""

_DEFAULTS = {"coverage": "unknown", "electorate": "unknown", "status": "final", "units": 1}


def assemble(records: Sequence[Record], provenance: Provenance) -> Returns:
    """Build Returns from records whose ballot columns are the same, or absent, on all records of one unit.

    Args:
        records: one per unit and candidate, in the order of the source.
        provenance: where they come from.
    """
    units = _grouped(records, lambda record: tuple(record.get(name) for name in UNIT_KEY))
    people = _grouped(records, lambda record: (record["election"], record["contest"], fold(str(record["candidate"]))))
    ballots = [_ballot(of_unit) for of_unit in units.values()]
    contests = _grouped(ballots, lambda ballot: tuple(ballot.get(name) for name in CONTEST_KEY))
    votes = {
        id(record): {**record, **_origins(record, ("votes", "share"), _approximate([record])), "ballot": place}
        for place, of_unit in enumerate(units.values())
        for record in of_unit
    }
    for number, of_person in enumerate(people.values()):
        for record in of_person:
            votes[id(record)]["candidate"] = number
    return Returns(
        _frame([of_contest[0] for of_contest in contests.values()], CONTESTS),
        _frame(ballots, BALLOTS),
        _frame([votes[id(record)] for record in records], VOTES),
        _frame([_merged(of_person) for of_person in people.values()], CANDIDATES),
        provenance,
    )


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
    return Returns(
        _one_row_each(_stack([part.contests for part in together], CONTESTS)),
        _stack([part.ballots for part in together], BALLOTS),
        cast,
        stood[~pd.Series(person).duplicated()].reset_index(drop=True),
        sum((part.provenance for part in together), Provenance()),
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
    ballot = {**_DEFAULTS, **_merged(of_unit)}
    for name in ("source", "note"):
        ballot[name] = (
            "; ".join(dict.fromkeys(str(record[name]) for record in of_unit if record.get(name) is not None)) or None
        )
    return {**ballot, **_origins(ballot, COUNTS, _approximate(of_unit))}


def _approximate(records: Sequence[Record]) -> frozenset[object]:
    return frozenset().union(*(record.get("approximate", frozenset()) for record in records))  # type: ignore[arg-type]  # sets of names


def _origins(record: Record, names: Sequence[str], approximate: frozenset[object]) -> dict[str, object]:
    return {
        f"{name}_origin": "approximate" if name in approximate else "published"
        for name in names
        if record.get(name) is not None
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
