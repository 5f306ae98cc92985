"""Units added up: the figures of each contest and round, or of each place on a level of geography."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import (
    agreed,
    by_appearance,
    categorical,
    codes,
    counts,
    firsts,
    gathered,
    numbered,
    summed,
    together,
    whole,
)
from primaire.captions import NO_NUANCE
from primaire.derivation import derive
from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import Message, msg, msgn
from primaire.overlap import overlapping
from primaire.placenames import place_levels, unit_names
from primaire.schema import CONTEST_KEY, COUNTS, LEVELS, PLACES, Returns, origins, shortened
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Groups = npt.NDArray[np.int64]

BY: Final = ("contest", *LEVELS, "unit")
"""What figures can be added up by: the contest, a level of geography, or not at all (each unit by itself)."""

NUANCE: Final = "nuance"
"""What candidates can be added up by, alone (over the whole nation) or beside one of :data:`BY`."""

_WIDE = ("nation", "region", "departement")
"""Levels that are added up over contests whatever their units: they are never a part of one alone."""


def tally(returns: Returns, by: str | Sequence[str] = "contest", *, candidates: bool = True) -> Returns:
    """Derive what follows from the published figures, then add up units.

    Args:
        returns: as read.
        by: one of :data:`BY`, :data:`NUANCE`, or one of each. Units of different levels (a commune and its departement)
            are never added to each other.
        candidates: whether votes are wanted; without them, the answer has none.

    Returns:
        Returns with one ballot per election, round, contest, level and place. A sum over a count that one unit does not
        publish is NA, never a part of the sum; the origin of a sum is the weakest of its terms; ``units`` says how many
        units were added. Shares are kept where a single unit stands for itself, and are NA for a sum, as ``seats`` are.

        Where places hold several contests (577 constituencies in the nation), ballots are added over contests, which
        then bear the election's name, and candidates by their label: the name of such a candidate is the nuance,
        ``no nuance`` for those without. A candidate who is missing in one unit of the contest has no known total;
        but a nuance without a candidate in a contest did not stand there, and is added up over those where it did.
        The steps of the provenance say what was added so, and which units name no place of the level.

    Raises:
        NameUnknownError: ``by`` is none of these.
        NotHeldError: no unit says to which place of that level it belongs; or candidates would have to be added by
            nuance, and none has one.
    """
    level, nuance = asked(by)
    check_level(returns, level)
    known = derive(returns)
    joined = _joined(known.ballots, level, anyway=nuance)
    merged = _merged(known, joined, anyway=nuance) if candidates else frozenset()
    known = replace(known, provenance=known.provenance.then(*_steps(known, level, joined if merged else frozenset())))
    if not candidates:
        known = replace(known, votes=known.votes.iloc[:0], candidates=known.candidates.iloc[:0])
    groups = _Groups.of(known.ballots, level, joined)
    if groups.size == len(known.ballots) and not joined and not merged:  # nothing to add: each is a place by itself
        alone = np.zeros(len(known.ballots), dtype="bool")
        return replace(known, ballots=known.ballots.assign(unit=unit_names(known.ballots, alone, level)))
    votes = _add_votes(known.votes, groups.parts)
    added = Returns(
        _add_contests(known.contests, joined),
        _add_ballots(groups.ballots, groups.group, level),
        votes.assign(ballot=groups.of_parts[votes["ballot"].to_numpy()]),
        known.candidates,
        known.provenance,
    )
    return _by_nuance(added, joined, merged) if merged else added


def nested(returns: Returns, by: str | Sequence[str], over: str) -> tuple[Groups, Groups]:
    """Return for each unit the row of ``tally(returns, by).ballots`` that it is in, and a number for its place within it.

    Args:
        returns: as read or derived.
        by: as for :func:`tally`.
        over: the level of these places, finer than ``by``; or ``unit``, each unit being one by itself.

    Raises:
        NameUnknownError: ``by`` or ``over`` is none of those that exist.
        NotHeldError: no unit says to which place of either level it belongs.
    """
    level, nuance = asked(by)
    check_level(returns, asked(over)[0])
    group = _Groups.of(returns.ballots, level, _joined(returns.ballots, level, anyway=nuance)).group
    if over == "unit":
        return group, np.arange(len(group))
    where = _place(returns.ballots, over)
    place = numbered(where, list(where.columns))
    return group, by_appearance(group * (int(place.max(initial=0)) + 1) + place)


def asked(by: str | Sequence[str]) -> tuple[str, bool]:
    """Return the level asked for, and whether candidates are to be added up by nuance.

    Raises:
        NameUnknownError: there is no such level, or there are several.
    """
    words = [by] if isinstance(by, str) else list(by)
    levels = list(dict.fromkeys(word for word in words if word != NUANCE))
    for word in levels:
        if word not in BY:
            raise NameUnknownError(
                msg("There is no level “{by}”.", by=word),
                expected=msg("The levels are: {levels}.", levels=[*BY, NUANCE]),
                remedy=did_you_mean(word, (*BY, NUANCE)),
            )
    if len(levels) > 1:
        raise NameUnknownError(
            msg("Units are added up by one level, not by {levels} at once.", levels=levels),
            remedy=msg("Name one of them, alone or with nuance."),
        )
    return (levels[0] if levels else "nation" if NUANCE in words else "contest"), NUANCE in words


def check_level(returns: Returns, level: str) -> None:
    """Raise NotHeldError where no unit says to which place of a level of geography it belongs."""
    if level not in LEVELS[1:]:
        return
    held = [name for name in LEVELS[1:] if returns.ballots[[f"{name}_code", name]].notna().any(axis=None)]
    if level not in held:
        raise NotHeldError(
            msg("No unit says its {by:term}.", by=level),
            expected=msg("The source holds: {held}.", held=held) if held else msg("The source holds no geography."),
        )


def _identity(ballots: pd.DataFrame, level: str) -> Groups:
    """Return a number for each place of a level, -1 for none: by its code, which has one spelling, else by its name."""
    code, name = codes(ballots[f"{level}_code"]), codes(ballots[level])
    return np.where(code >= 0, code, np.where(name >= 0, name + len(ballots[f"{level}_code"].cat.categories), -1))


def _place(ballots: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the columns that tell the places of a level apart."""
    if level == "unit":
        return pd.DataFrame({"unit": codes(ballots["unit"]) + 1})
    return pd.DataFrame({name: _identity(ballots, name) + 1 for name in place_levels(level)}, index=ballots.index)


@dataclass(frozen=True)
class _Groups:
    """Which ballots are added up: ``group`` numbers the sums, ``parts`` the part that each contest has in one."""

    ballots: pd.DataFrame
    group: Groups
    parts: Groups

    @classmethod
    def of(cls, ballots: pd.DataFrame, level: str, joined: frozenset[str]) -> _Groups:
        keyed = pd.concat([ballots[list(CONTEST_KEY)], _place(ballots, level)], axis=1)
        key = list(keyed.columns)
        parts = group = numbered(keyed, key)
        if joined:
            ballots = ballots.assign(contest=_contest(ballots, joined))
            group = numbered(keyed.assign(contest=ballots["contest"]), key)
        return cls(ballots, group, parts)

    @property
    def size(self) -> int:
        return int(self.group.max(initial=-1)) + 1

    @property
    def of_parts(self) -> Groups:
        """The sum that each part belongs to."""
        return self.group[firsts(self.parts)]


def _joined(ballots: pd.DataFrame, level: str, *, anyway: bool) -> frozenset[str]:
    """Return the elections whose units are added up over contests.

    They are where a place holds several contests; on the finer levels only if no contest lies in several places, or else
    the two halves of a town would be added and its name stand for neither, unless it is asked for by nuance. Contests
    that share units stay apart.
    """
    if level in {"contest", "unit"} or len(ballots) == 0:
        return frozenset()
    where = _place(ballots, level)
    vote = [name for name in CONTEST_KEY if name != "contest"]
    contest = numbered(ballots, CONTEST_KEY)
    place = numbered(pd.concat([ballots[vote], where], axis=1), [*vote, *where.columns])
    pair = firsts(by_appearance(contest * (int(place.max()) + 1) + place))
    shared = (np.bincount(place[pair]) > 1)[place[pair]]
    spread = (np.bincount(contest[pair]) > 1)[contest[pair]]
    election = ballots["election"].iloc[pair]
    found = frozenset(election[shared].unique())
    found = found - overlapping(ballots) if found else found
    if level in _WIDE or anyway:
        return found
    return found - frozenset(election[spread].unique()) if place.max() > 0 else frozenset()


def _within(frame: pd.DataFrame, elections: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows of a table are of one of these elections."""
    return np.asarray(frame["election"].isin(list(elections)))


def _contest(frame: pd.DataFrame, joined: frozenset[str]) -> pd.Series[str]:
    """Return the contest of each row: the election itself where its contests are added up."""
    names, elections = frame["contest"].cat.categories, frame["election"].cat.categories
    both = names.append(elections[~elections.isin(names)])
    of_election = both.get_indexer(elections)[codes(frame["election"])]
    place = np.where(_within(frame, joined), of_election, codes(frame["contest"]))
    return pd.Series(categorical(place, both), index=frame.index)


def _merged(returns: Returns, joined: frozenset[str], *, anyway: bool) -> frozenset[str]:
    """Return the elections whose candidates are added up by nuance. Raises NotHeldError where one of them has none."""
    candidates = returns.candidates
    merged = frozenset(candidates["election"].unique()) if anyway else joined
    labelled = frozenset(candidates.loc[candidates["label"].notna(), "election"].unique())
    without = sorted(merged - labelled)
    if without:
        contests = returns.contests.loc[_within(returns.contests, merged), "contest"].nunique()
        raise NotHeldError(
            msg("Candidates cannot be added up by nuance: none has one in {elections}.", elections=shortened(without)),
            expected=None
            if anyway
            else msg(
                "They stand in {n:count} contests, and the votes of different people are not added up by name.",
                n=contests,
            ),
            remedy=msg("Leave nuance out of --by, or name a source that has nuances; turnout needs none.")
            if anyway
            else msg(
                "Choose one contest with --contest, or leave --by out; turnout adds ballots up without candidates."
            ),
        )
    return merged


def _steps(returns: Returns, level: str, joined: frozenset[str]) -> list[Message]:
    """Say which candidates were added up by nuance without being asked for, and which units are of no place."""
    steps = []
    contests = returns.contests.loc[_within(returns.contests, joined), ["election", "contest"]].drop_duplicates()
    if len(contests):
        steps.append(
            msg(
                "Candidates of {n:count} contests are added up by their nuance; where a nuance had no candidate, it has "
                "nothing to add.",
                n=len(contests),
            )
        )
    if level not in LEVELS[1:]:
        return steps
    lost = np.flatnonzero(_identity(returns.ballots, level) < 0)
    if len(lost):
        registered, units = returns.ballots["registered"].iloc[lost], int(returns.ballots["units"].iloc[lost].sum())
        steps.append(
            msgn(
                "{n:count} unit names no {level:term} and is in none of them: it stands by itself ({registered}).",
                "{n:count} units name no {level:term} and are in none of them: they stand by themselves ({registered}).",
                units,
                level=level,
                registered=msg("registered voters not published")
                if registered.isna().any()
                else msg("{registered:count} registered voters", registered=int(registered.sum())),
            )
        )
    return steps


def _add_contests(contests: pd.DataFrame, joined: frozenset[str]) -> pd.DataFrame:
    """Return the contests after adding: what those added up say alike, else nothing, or that it is unknown."""
    if not joined:
        return contests
    contests = contests.assign(contest=_contest(contests, joined))
    number = numbered(contests, CONTEST_KEY)
    first = contests.take(firsts(number)).reset_index(drop=True)
    said = contests[["date", "coverage", "electorate"]].astype("str").groupby(number).nunique(dropna=False)
    same = {name: (values == 1).to_numpy() for name, values in said.items()}
    return first.assign(
        date=first["date"].where(same["date"]),
        coverage=first["coverage"].where(same["coverage"], "unknown"),
        electorate=first["electorate"].where(same["electorate"], "unknown"),
    )


def _add_ballots(ballots: pd.DataFrame, group: Groups, level: str) -> pd.DataFrame:
    size = int(group.max(initial=-1)) + 1
    first = ballots.take(firsts(group)).reset_index(drop=True)
    several = np.bincount(group, minlength=size) > 1
    new: dict[str, Any] = {}
    for count in COUNTS:
        total, weakest = summed(whole(ballots[count]), codes(ballots[f"{count}_origin"]), group, size)
        new[count], new[f"{count}_origin"] = counts(total, weakest >= 0), origins(weakest)
    for place in PLACES:
        new[place] = agreed(ballots[place], group, size)
    worst = gathered(np.maximum, codes(ballots["status"]), group, np.full(size, -1))
    new["status"] = categorical(worst, ballots["status"].dtype)
    for text in ("status_note", "source", "note"):
        new[text] = together(ballots[text], group, size)
    new["unit"] = unit_names(first, several, level)
    new["file"], new["line"] = (first[name].mask(several) for name in ("file", "line"))
    units = gathered(np.add, ballots["units"].to_numpy(), group, np.zeros(size, dtype="int64"))
    return first.assign(**new, units=units)


def _add_votes(votes: pd.DataFrame, group: Groups) -> pd.DataFrame:
    """Add votes up by group of units and candidate."""
    ballot = group[votes["ballot"].to_numpy()]
    person = votes["candidate"].to_numpy()
    cell = by_appearance(ballot * (int(person.max(initial=0)) + 1) + person)
    first = firsts(cell)
    units = np.bincount(group)[ballot[first]]
    # A candidate without a row in one of the units has no known total: not reported is not zero.
    everywhere = np.bincount(cell) == units
    return _sums(votes, cell, everywhere).assign(ballot=ballot[first])


def _sums(votes: pd.DataFrame, cell: Groups, known: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Add up the rows of each cell; ``known`` tells which sums can be told."""
    size = int(cell.max(initial=-1)) + 1
    first = votes.take(firsts(cell)).reset_index(drop=True)
    total, weakest = summed(whole(votes["votes"]), codes(votes["votes_origin"]), cell, size)
    weakest = np.where(known, weakest, -1)
    alone = np.bincount(cell, minlength=size) == 1
    return first.assign(
        votes=counts(total, weakest >= 0),
        votes_origin=origins(weakest),
        **{name: first[name].where(alone & known) for name in _OF_ONE if first[name].notna().any()},
        **{name: together(votes[name], cell, size) for name in ("source", "note")},
    )


_OF_ONE = ("share", "share_decimals", "share_base", "share_origin", "seats", "elected")
"""What is said of one unit's candidate, and of no sum."""


def _by_nuance(returns: Returns, joined: frozenset[str], merged: frozenset[str]) -> Returns:
    """Add up the votes of candidates with the same label."""
    candidates = returns.candidates
    of_nuance = _within(candidates, merged)
    name = candidates["candidate"].where(~of_nuance, candidates["label"].fillna(NO_NUANCE))
    candidates = candidates.assign(
        contest=_contest(candidates, joined),
        candidate=name.astype("category"),
        **{each: candidates[each].where(~of_nuance) for each in ("list", "number")},
    )
    number = numbered(candidates, ("election", "contest", "candidate"))
    person = number[returns.votes["candidate"].to_numpy()]
    ballot = returns.votes["ballot"].to_numpy()
    cell = by_appearance(ballot * (int(number.max(initial=0)) + 1) + person)
    votes = _sums(returns.votes.assign(candidate=person), cell, np.ones(int(cell.max(initial=-1)) + 1, dtype="bool"))
    kept = candidates.take(firsts(number)).reset_index(drop=True).astype({"candidate": "str"})
    return replace(returns, votes=votes, candidates=kept)
