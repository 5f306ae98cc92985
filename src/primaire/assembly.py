"""Returns put together: from one flat frame of rows, or from several Returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import msg
from primaire.provenance import Provenance
from primaire.schema import BALLOTS, CANDIDATES, CONTEST_KEY, CONTESTS, COUNTS, UNIT_KEY, VOTES, Returns, conform


_DEFAULTS = {"coverage": "unknown", "electorate": "unknown", "status": "final"}


def assemble(rows: pd.DataFrame, provenance: Provenance) -> Returns:
    """Build Returns from rows of which each holds one candidate's votes in one unit.

    Args:
        rows: columns named as in :mod:`primaire.schema`; the ballot columns are the same on all rows of one unit.
            ``approximate`` (optional) is the set of columns of that row that are approximations.
        provenance: where the rows come from.
    """
    rows = rows.reset_index(drop=True)
    ballot = _number(rows, UNIT_KEY)
    first = rows.groupby(ballot, sort=True)[[column for column in rows if column not in VOTES and column != "candidate"]].first()
    first = first.fillna(_DEFAULTS)
    for column in ("source", "note"):
        first[column] = rows.groupby(ballot)[column].agg(_joined)
    doubtful = rows.groupby(ballot)["approximate"].agg(lambda sets: frozenset().union(*sets))
    for count in COUNTS:
        first[f"{count}_origin"] = _origins(first[count], doubtful.map(lambda names, count=count: count in names))
    contests = first.drop_duplicates(list(CONTEST_KEY))
    key = rows["election"] + "\0" + rows["contest"] + "\0" + rows["candidate"].map(fold)
    person, _ = pd.factorize(key)
    votes = rows.assign(
        ballot=ballot,
        candidate=person,
        votes_origin=_origins(rows["votes"], rows["approximate"].map(lambda names: "votes" in names)),
        share_origin=_origins(rows["share"], rows["approximate"].map(lambda names: "share" in names)),
    )
    candidates = rows.groupby(person, sort=True).first()
    return Returns(
        conform(contests.reset_index(drop=True), CONTESTS),
        conform(first.assign(units=1).reset_index(drop=True), BALLOTS),
        conform(votes, VOTES),
        conform(candidates.reset_index(drop=True), CANDIDATES),
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
        votes.append(part.votes.assign(ballot=part.votes["ballot"] + first_ballot, candidate=part.votes["candidate"] + first_candidate))
        first_ballot += len(part.ballots)
        first_candidate += len(part.candidates)
    stood = _stack([part.candidates for part in together], CANDIDATES)
    person, _ = pd.factorize(stood["election"].astype(str) + "\0" + stood["contest"].astype(str) + "\0" + stood["candidate"].map(fold))
    cast = _stack(votes, VOTES)
    cast["candidate"] = person[cast["candidate"].to_numpy()]
    contests = _stack([part.contests for part in together], CONTESTS)
    return Returns(
        _one_row_each(contests),
        _stack([part.ballots for part in together], BALLOTS),
        cast,
        stood[~pd.Series(person).duplicated()].reset_index(drop=True),
        sum((part.provenance for part in together), Provenance()),
    )


def _number(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.Series[int]:
    """Return for each row the number of its key, 0 for the first that appears."""
    return rows.groupby(list(key), sort=False, dropna=False, observed=True).ngroup()


def _joined(texts: pd.Series[str]) -> str | None:
    return "; ".join(dict.fromkeys(texts.dropna())) or None


def _origins(values: pd.Series[float], approximate: pd.Series[bool]) -> pd.Series[str]:
    origin = pd.Series("published", index=values.index, dtype="object")
    return origin.mask(approximate, "approximate").mask(values.isna(), None)


def _stack(frames: list[pd.DataFrame], schema: Mapping[str, object]) -> pd.DataFrame:
    # Categories differ from part to part: stack the plain values, then make them categories again.
    plain = [frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, "object")) for frame in frames]
    return conform(pd.concat(plain, ignore_index=True), schema)


def _one_row_each(contests: pd.DataFrame) -> pd.DataFrame:
    """Return one row per contest; where two parts say different things of it, its coverage is unknown."""
    agreed = contests.groupby(list(CONTEST_KEY), sort=False, dropna=False, observed=True)["coverage"].transform("nunique") <= 1
    contests = contests.assign(coverage=contests["coverage"].where(agreed, "unknown"))
    return contests.drop_duplicates(list(CONTEST_KEY), ignore_index=True)


def _refuse_units_twice(parts: list[Returns]) -> None:
    keys = [pd.MultiIndex.from_frame(part.ballots[list(UNIT_KEY)].astype(str)) for part in parts]
    problems = []
    for place, key in enumerate(keys):
        for earlier in range(place):
            for election, round_, contest, _, unit in key.intersection(keys[earlier]):
                problems.append(
                    Problem(
                        msg(
                            "{election}, round {round}, {contest}: {unit} is also in {other}",
                            election=election,
                            round=round_,
                            contest=contest,
                            unit=unit,
                            other=_files(parts[earlier]),
                        ),
                        file=_files(parts[place]),
                    )
                )
    if problems:
        raise SourceError(
            msg("The same unit stands in two of the sources, and would be counted twice."),
            remedy=msg("Leave one of the two out."),
            problems=tuple(problems),
        )


def _files(part: Returns) -> str:
    return ", ".join(file.name for file in part.provenance.files)
