"""Units whose ballots do not count, or are not known: annulled, not counted yet, or said to be unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, conform, counts, listed, located, whole
from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import closest, fold
from primaire.messages import msg
from primaire.schema import CONTEST_KEY, COUNTS, ORIGINS, VOTES, Returns, origins, rows_meant, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Rows = npt.NDArray[np.bool_]

_CALLED: Final = ("unit", "station", "commune")
"""The columns that a unit's name is looked for in, in this order."""

_CODED: Final = ("station_code", "commune_code")
"""Those that its code is looked for in."""

_CAST: Final = COUNTS[1:]
"""The counts that ballots make up: all but the registered voters."""


@dataclass(frozen=True)
class Unknown:
    """Electors of one contest and round of whom it is not known how, or whether, they voted.

    Attributes:
        units: the names of their units; empty where they are not named, and ``number`` says how many there are.
        number: of these units.
        within: how many of them are among the registered voters.
        beyond: how many are not, since their units are not in the data; None where no unit is so.
        open_ended: whether the electors of one of the units are not published.
    """

    units: tuple[str, ...] = ()
    number: int = 0
    within: int = 0
    beyond: int | None = None
    open_ended: bool = False

    @property
    def electors(self) -> int | None:
        """How many there are; None where that is not published."""
        return None if self.open_ended else self.within + (self.beyond or 0)

    @property
    def enrolled_after(self) -> int | None:
        """After how many of them further ones are to be added to the registered voters; None for never."""
        return None if self.beyond is None else self.within


def without_ballots(returns: Returns, rows: Rows) -> Returns:
    """Return the data with no ballots in some units: nobody voted there, and their registered voters stay on the roll."""
    if not rows.any():
        return returns
    ballots = returns.ballots.copy()
    computed = ORIGINS.index("computed")
    for name in _CAST:
        known = ballots[name].notna().to_numpy() | rows
        ballots[name] = counts(np.where(rows, 0, whole(ballots[name])), known)
        ballots[f"{name}_origin"] = origins(np.where(rows, computed, codes(ballots[f"{name}_origin"])))
    at = returns.votes["ballot"].to_numpy()
    empty = _nothing_for(returns, rows)
    votes = pd.concat([returns.votes[~rows[at]], conform(empty, VOTES)], ignore_index=True)
    votes = conform(votes.sort_values("ballot", kind="stable", ignore_index=True), VOTES)
    return replace(returns, ballots=ballots, votes=votes)


def _nothing_for(returns: Returns, rows: Rows) -> pd.DataFrame:
    """Return a row of no votes for each of some units and each candidate of its contest and round."""
    contest = located(returns.ballots, returns.contests, CONTEST_KEY)
    votes, units = returns.votes, np.flatnonzero(rows)
    of_votes = contest[votes["ballot"].to_numpy()]
    here = np.isin(of_votes, contest[units])
    stood = pd.DataFrame({"contest": of_votes[here], "candidate": votes["candidate"].to_numpy()[here]})
    empty = pd.DataFrame({"contest": contest[units], "ballot": units}).merge(stood.drop_duplicates(), on="contest")
    return empty.drop(columns="contest").assign(votes=0, votes_origin="computed")


def uncounted(returns: Returns) -> Rows:
    """Tell which units have no figure of their ballots at all, where other units of their contest have some."""
    known = np.zeros(len(returns.ballots), dtype="bool")
    for name in _CAST:
        known |= returns.ballots[name].notna().to_numpy()
    told = (returns.votes["votes"].notna() | returns.votes["share"].notna()).to_numpy()
    known[returns.votes["ballot"].to_numpy()[told]] = True
    contest = located(returns.ballots, returns.contests, CONTEST_KEY)
    counted = np.isin(contest, contest[known])
    return np.asarray(~known & counted)


def silent(returns: Returns) -> int:
    """Return how many units with registered voters are published with no voters at all."""
    ballots = returns.ballots
    nobody = (ballots["voters"].notna() & (whole(ballots["voters"]) == 0)).to_numpy()
    return int(np.count_nonzero(nobody & (whole(ballots["registered"]) > 0)))


def called(returns: Returns, word: str) -> Rows | None:
    """Tell which units a word means: by a full name of a unit, a station or a commune, else by a code of the latter two,
    else by a part of a name, if it is no number; None where it means none."""
    for name in _CALLED:
        rows = _of_full_name(returns.ballots[name], word)
        if rows.any():
            return rows
    for name in (*_CODED, *(() if word.strip().isdecimal() else _CALLED)):
        try:
            return rows_meant(returns.ballots, name, word)
        except NotHeldError:
            continue
    return None


def _of_full_name(names: pd.Series[Any], word: str) -> Rows:
    return np.asarray(names.isin([name for name in names.cat.categories if fold(name) == fold(word)]))


def annulled(returns: Returns, words: Sequence[str]) -> Rows:
    """Tell which units are annulled. Raises NotHeldError for a name that no unit has, or where no votes are left."""
    rows = np.zeros(len(returns.ballots), dtype="bool")
    for word in words:
        found = called(returns, word)
        if found is None:
            names = _names(returns)
            near = closest(word, names)
            raise NotHeldError(
                msg("No unit is called “{wanted}” here.", wanted=word),
                expected=msg("There are: {names}.", names=shortened(names)) if names else None,
                remedy=msg("Did you mean “{near}”?", near=near) if near else None,
            )
        rows |= found
    if rows.all():
        raise NotHeldError(msg("Without these units, nothing is left: they are all there is."))
    return rows


def _names(returns: Returns) -> list[str]:
    held = [
        name for column in _CALLED for name in listed(returns.ballots[column].drop_duplicates()) if name is not None
    ]
    return list(dict.fromkeys(held))


def unknown_units(returns: Returns, asked: Sequence[tuple[str, int | None]]) -> tuple[Returns, Mapping[int, Unknown]]:
    """Return the data without the ballots that are not known, and what is not known of each contest.

    Args:
        returns: as read. Units that are not counted yet are unknown without being named.
        asked: names or codes of units, each with its electors, None where they are not published. The electors of a unit in
            the data are its registered voters; a unit that is not in the data has electors beyond them.

    Returns:
        the data, and what is unknown by row of ``contests``.

    Raises:
        NotHeldError: a unit is not in the data, and it is not clear to which of several contests it belongs; or it has fewer
            registered voters than are named.
    """
    contest = located(returns.ballots, returns.contests, CONTEST_KEY)
    registered, names = listed(returns.ballots["registered"]), listed(returns.ballots["unit"])
    rows = uncounted(returns)
    found: dict[int, Unknown] = {}
    for row in np.flatnonzero(rows).tolist():
        _within(found, int(contest[row]), None, registered[row])
    for word, electors in asked:
        units = called(returns, word)
        if units is None:
            _beyond(found, returns, word, electors)
            continue
        _check_electors(returns, units, word, electors)
        alone = np.bincount(contest[units], minlength=len(returns.contests)) == 1
        for row in np.flatnonzero(units & ~rows).tolist():
            said = electors is not None and alone[contest[row]]
            _within(found, int(contest[row]), names[row], electors if said else registered[row])
        rows = rows | units
    return without_ballots(returns, rows), found


def _within(found: dict[int, Unknown], contest: int, name: str | None, electors: int | None) -> None:
    """Note a unit of the data; its name where it was asked for."""
    held = found.get(contest, Unknown())
    found[contest] = replace(
        held,
        units=held.units if name is None else (*held.units, name),
        number=held.number + 1,
        within=held.within + (electors or 0),
        open_ended=held.open_ended or electors is None,
    )


def _beyond(found: dict[int, Unknown], returns: Returns, word: str, electors: int | None) -> None:
    """Note a unit that is not in the data, for every round of the only contest there is."""
    held = returns.contests[["election", "contest"]].astype("str").drop_duplicates()
    if len(held) > 1:
        names = [f"{election}, {contest}" for election, contest in held.itertuples(index=False)]
        raise NotHeldError(
            msg("“{unit}” is no unit here, and could belong to {n:count} contests.", unit=word, n=len(names)),
            expected=msg("There are: {names}.", names=shortened(names, most=6)),
            remedy=msg("Choose one with --election or --contest."),
        )
    for contest in range(len(returns.contests)):
        before = found.get(contest, Unknown())
        found[contest] = replace(
            before,
            units=(*before.units, word),
            number=before.number + 1,
            beyond=(before.beyond or 0) + (electors or 0),
            open_ended=before.open_ended or electors is None,
        )


def _check_electors(returns: Returns, rows: Rows, word: str, electors: int | None) -> None:
    """Raise NotHeldError where more electors are named than a unit has registered voters."""
    registered = returns.ballots["registered"][rows]
    if electors is not None and registered.notna().all() and electors > int(registered.max()):
        raise NotHeldError(
            msg(
                "“{unit}” has {registered:count} registered voters, and {electors:count} are said to be unknown.",
                unit=word,
                registered=int(registered.max()),
                electors=electors,
            )
        )


def refuse_both(annul: Sequence[str], unknown: Sequence[tuple[str, int | None]]) -> None:
    """Raise NameUnknownError where a unit is annulled and unknown at once."""
    twice = {fold(word) for word in annul} & {fold(word) for word, _ in unknown}
    for word in annul:
        if fold(word) in twice:
            raise NameUnknownError(msg("“{unit}” cannot be annulled and unknown at once.", unit=word))
