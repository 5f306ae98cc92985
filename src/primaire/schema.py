"""The canonical tables, their columns and dtypes, and :class:`Returns` that holds them.

``contests`` ← ``ballots`` ← ``votes`` → ``candidates``: what was voted on, the ballots of each unit, the votes for each
candidate, and who stood. Two tables of counts rather than one, because a count of registered voters that is repeated on
every candidate's row gets added twice sooner or later. Not published is NA, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, located
from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import fold, pick, same_code
from primaire.messages import Message, msg, term
from primaire.provenance import Provenance
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

CONTEST_KEY: Final = ("election", "round", "contest", "level")
"""What is added up together: one vote on one day, over units of one level. Units of two levels are never added, since a
commune's votes are among its departement's."""

UNIT_KEY: Final = (*CONTEST_KEY, "unit")

LEVELS: Final = (
    term("nation"),
    term("region"),
    term("departement"),
    term("constituency"),
    term("canton"),
    term("commune"),
    term("station"),
)
"""Levels of geography, from the widest to the finest. Units of one level do not overlap; units of two levels may."""

PLACES: Final = tuple(column for level in LEVELS[1:] for column in (f"{level}_code", level))
"""Geographic columns of ``ballots``: code and name of each level below the nation."""

COUNTS: Final = ("registered", "voters", "blank", "null", "blank_null", "valid")
"""Counts of a unit's ballots. ``blank_null`` is blank and null together; valid = voters - blank - null."""

ORIGINS: Final = (term("published"), term("computed"), term("reconstructed"), term("approximate"))
"""How a figure is known, from the firmest to the weakest: as published; from other published figures by an identity;
the only whole number behind published percentages; published as an approximation."""

STATUSES: Final = (term("final"), term("provisional"), term("frozen"), term("annulled"))
COVERAGES: Final = (term("whole"), term("part"), term("unknown"))
ELECTORATES: Final = (term("open"), term("closed"), term("unknown"))
"""Who may vote: anybody who comes (``open``: there is no roll), those on a roll (``closed``), or not said."""

BASES: Final = (term("valid"), term("voters"), term("registered"))
"""What a share is a share of."""

SELECTABLE: Final = ("election", "contest", "unit", "level", "status", *PLACES)
"""The columns of ``ballots`` that :meth:`Returns.select` goes by."""

_ORIGIN = pd.CategoricalDtype(list(ORIGINS), ordered=True)
_STATUS = pd.CategoricalDtype(list(STATUSES), ordered=True)

CONTESTS: Final[Mapping[str, object]] = {
    "election": "category",
    "round": "int64",
    "contest": "category",
    "level": "category",
    "date": "str",
    "coverage": pd.CategoricalDtype(list(COVERAGES)),
    "electorate": pd.CategoricalDtype(list(ELECTORATES)),
}
BALLOTS: Final[Mapping[str, object]] = {
    "election": "category",
    "round": "int64",
    "contest": "category",
    "level": "category",
    "unit": "category",
    "units": "int64",
    **dict.fromkeys(PLACES, "category"),
    **dict.fromkeys(COUNTS, "Int64"),
    **{f"{count}_origin": _ORIGIN for count in COUNTS},
    "status": _STATUS,
    "status_note": "category",
    "source": "category",
    "note": "category",
    "file": "category",
    "line": "Int64",
}
VOTES: Final[Mapping[str, object]] = {
    "ballot": "int64",
    "candidate": "int64",
    "votes": "Int64",
    "votes_origin": _ORIGIN,
    "share": "Float64",
    "share_decimals": "Int64",
    "share_base": pd.CategoricalDtype(list(BASES)),
    "share_origin": _ORIGIN,
    "seats": "Int64",
    "elected": "boolean",
    "source": "category",
    "note": "category",
}
CANDIDATES: Final[Mapping[str, object]] = {
    "election": "category",
    "contest": "category",
    "candidate": "str",
    "label": "str",
    "list": "str",
    "number": "str",
}


def origins(places: npt.NDArray[np.integer[Any]]) -> pd.Categorical:
    """Return a column of origins from places in :data:`ORIGINS`, -1 for missing."""
    return pd.Categorical.from_codes(places.astype("int8"), dtype=_ORIGIN)


def weaker(*columns: pd.Series[Any]) -> pd.Categorical:
    """Return the origin of what is computed from several figures, given the columns of theirs.

    It is at best ``computed``, else the weakest of theirs, and missing where one of them is.
    """
    each = np.array([codes(column) for column in columns])
    weakest = np.maximum(each.max(axis=0), ORIGINS.index("computed"))
    return origins(np.where((each < 0).any(axis=0), -1, weakest))


def _only(frame: pd.DataFrame, rows: npt.NDArray[np.bool_]) -> pd.DataFrame:
    return frame.take(np.flatnonzero(rows)).reset_index(drop=True)


@dataclass(frozen=True)
class Returns:
    """The counts that each unit reported, for one or more elections and rounds. A value: nothing changes it.

    Attributes:
        contests: one row per election, round, contest and level: ``date`` (ISO), ``coverage`` (whether the units of that
            level make up the whole contest), ``electorate`` (open or closed).
        ballots: one row per election, round, contest and unit: geography, counts (``Int64``, NA where not published),
            and for each count its origin (see :data:`ORIGINS`; NA where the count is NA). ``file`` and ``line`` tell where
            the unit begins in what was read: a line of text, a row of a sheet or of a Parquet file; NA for what was added
            up. Its index is 0, 1, 2, ...
        votes: one row per unit and candidate: ``ballot`` and ``candidate`` are row numbers of the two tables beside;
            ``votes`` (``Int64``), and ``share`` (0 to 100) with its decimals and base where a percentage is published;
            ``seats`` won and whether the source marks the candidate as ``elected``, where it says so.
        candidates: one row per election, contest and person, pair or list; the same row serves all rounds. The name
            is unique in its contest; ``label`` is the nuance or party, ``list`` the name of the list, ``number`` that of
            the panel or ballot paper.
        provenance: the files read, and what was done to them.
    """

    contests: pd.DataFrame
    ballots: pd.DataFrame
    votes: pd.DataFrame
    candidates: pd.DataFrame
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        for name, schema in (
            ("contests", CONTESTS),
            ("ballots", BALLOTS),
            ("votes", VOTES),
            ("candidates", CANDIDATES),
        ):
            if list(getattr(self, name).columns) != list(schema):
                raise ValueError(f"{name} must have the columns {list(schema)}")

    def select(
        self,
        *,
        election: str | None = None,
        round: int | None = None,
        contest: str | None = None,
        where: Mapping[str, str | Sequence[str]] | None = None,
    ) -> Returns:
        """Return the part asked for: names match whatever their case and accents, in full or by the start of a word.

        Args:
            election, contest: names, or parts of names.
            round: a round's number.
            where: values of other columns of ``ballots``: a level (by its name, or its code), its code, ``unit``,
                ``status``; of several values of one column, any. Codes are compared without leading zeros, and those of
                communes, cantons and constituencies go without their departement where one alone is left.

        Raises:
            NotHeldError: nothing fits; the message says what there is.
            NameUnknownError: ``where`` names a column that does not exist.
        """
        kept = self
        asked = {"election": election, "contest": contest, **(where or {})}
        # The widest place first: with its departement chosen, the number of a commune is enough.
        for column in sorted(asked, key=lambda name: PLACES.index(name) if name in PLACES else -1):
            wanted = asked[column]
            if wanted is not None:
                several = [wanted] if isinstance(wanted, str) else wanted
                meant = [rows_meant(kept.ballots, column, one) for one in several]
                steps = [
                    step
                    for one, rows in zip(several, meant, strict=True)
                    if (step := _said_of_several(kept.ballots[rows], column, one))
                ]
                kept = kept.with_provenance(kept.provenance.then(*steps)).keep(np.logical_or.reduce(meant))
        if round is not None:
            held = sorted(set(kept.ballots["round"].tolist()))
            if round not in held:
                raise NotHeldError(
                    msg("There is no round {round} here.", round=round),
                    expected=msg("The rounds are: {held}.", held=held),
                    remedy=msg("Ask for one of them with --round, or leave the option out."),
                )
            kept = kept.keep(kept.ballots["round"].to_numpy() == round)
        return kept

    def keep(self, rows: npt.NDArray[np.bool_]) -> Returns:
        """Return the ballots for which ``rows`` is true, with the votes, contests and candidates that belong to them.

        A contest that loses some of its units is a part of itself from then on.
        """
        if rows.all():
            return self
        of_votes = rows[self.votes["ballot"].to_numpy()]
        stood = np.zeros(len(self.candidates), dtype="bool")
        stood[self.votes["candidate"].to_numpy()[of_votes]] = True
        votes = _only(self.votes, of_votes)
        votes = votes.assign(
            ballot=(np.cumsum(rows) - 1)[votes["ballot"].to_numpy()],
            candidate=(np.cumsum(stood) - 1)[votes["candidate"].to_numpy()],
        )
        ballots = _only(self.ballots, rows)
        contest = located(self.ballots, self.contests, CONTEST_KEY)
        left, had = (np.bincount(each, minlength=len(self.contests)) for each in (contest[rows], contest))
        coverage = self.contests["coverage"].mask((left > 0) & (left < had), "part")
        contests = _only(self.contests.assign(coverage=coverage), left > 0)
        return Returns(contests, ballots, votes, _only(self.candidates, stood), self.provenance)

    def with_provenance(self, provenance: Provenance) -> Returns:
        """Return the same figures with another account of where they come from."""
        return replace(self, provenance=provenance)


def rows_meant(ballots: pd.DataFrame, column: str, wanted: str) -> npt.NDArray[np.bool_]:
    """Tell which ballots a user's word means by a value of a column; at least one, or NotHeldError."""
    if column not in SELECTABLE:
        raise NameUnknownError(
            msg("There is no key “{key}” to select by.", key=column),
            expected=msg("The keys are: {keys}.", keys=SELECTABLE),
            remedy=did_you_mean(column, SELECTABLE),
        )
    level = column.removesuffix("_code")
    names = [str(value) for value in ballots[column].cat.remove_unused_categories().cat.categories]
    # A code means itself only: 7 is not 78. Of a place, it comes after its full name, and before a part of a name.
    found = [] if column != level else pick(wanted, names)
    if level in LEVELS and not any(fold(name) == fold(wanted) for name in found):
        of_codes = _with_code(ballots, level, wanted)
        if of_codes.any():
            return of_codes
    if not found:
        raise NotHeldError(
            msg("No {column:term} is called “{wanted}” here.", column=column, wanted=wanted),
            expected=msg("There are: {names}.", names=shortened(names)) if names else msg("The source names none."),
            remedy=did_you_mean(wanted, names),
        )
    return np.asarray(ballots[column].isin(found))


def people_meant(wanted: str, held: Sequence[str]) -> list[str]:
    """Return the candidates that a user's word means, in full or by the start of a word; at least one, or NotHeldError."""
    meant = pick(wanted, held)
    if meant:
        return meant
    raise NotHeldError(
        msg("No candidate is called “{name}” here.", name=wanted),
        expected=msg("The candidates are: {held}.", held=shortened(held)),
        remedy=did_you_mean(wanted, [*held, *(word for full in held for word in full.split())]),
    )


def _said_of_several(ballots: pd.DataFrame, column: str, wanted: str) -> Message | None:
    """Return which places these are, where a word means several: Saint-Denis is a commune in ten departements."""
    level = column.removesuffix("_code")
    if level not in LEVELS[1:]:
        return None
    around = "departement" if level != "departement" else "region"
    held = ballots[[f"{level}_code", level, around]].drop_duplicates().astype("object")
    places: dict[object, str] = {}
    for code, name, within in held.where(held.notna(), "").itertuples(index=False):
        beside = code or within
        places.setdefault(code or (name, within), f"{name} ({beside})" if name and beside else name or code)
    if len(places) < 2:  # noqa: PLR2004  one place is what was asked for
        return None
    names = shortened(list(places.values()))
    return msg("“{wanted}” means {n:count} places here: {names}.", wanted=wanted, n=len(places), names=names)


def _with_code(ballots: pd.DataFrame, level: str, wanted: str) -> npt.NDArray[np.bool_]:
    """Tell which ballots lie in a place with this code; within one departement, its number there is enough."""
    values = ballots[f"{level}_code"]
    held = values.cat.remove_unused_categories().cat.categories
    found = [code for code in held if same_code(code, level) == same_code(wanted, level)]
    around = ballots["departement_code"].unique()
    if not found and len(around) == 1 and isinstance(around[0], str):
        found = [code for code in held if code.startswith(around[0]) and _is_number(code[len(around[0]) :], wanted)]
    return np.asarray(values.isin(found))


def _is_number(number: str, wanted: str) -> bool:
    return bool(number) and same_code(number) == same_code(wanted)


def shortened(names: Sequence[object], most: int = 12) -> list[object]:
    """Return at most ``most`` names for a message, the last one saying how many were left out.

    >>> shortened(["a", "b", "c"], most=2)
    ['a', 'b', '… (1)']
    """
    return [*names[:most], f"… ({len(names) - most})"] if len(names) > most else list(names)
