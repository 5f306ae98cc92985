"""Units whose ballots do not count, or are not known: annulled, not counted yet, or said to be unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, conform, counts, listed, located, whole
from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import fold
from primaire.messages import msg
from primaire.schema import CONTEST_KEY, COUNTS, ORIGINS, VOTES, Returns, origins, rows_meant, shortened
from primaire.suggestion import did_you_mean

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
        units: the names of their units, of those that are named.
        named: how many units these names mean.
        number: of all units.
        within: how many of them are among the registered voters.
        beyond: how many are not, since their units are not in the data; None where no unit is so.
        open_ended: whether the electors of one of the units are not published.
        aside, ballots: the units whose published ballots are left out, and how many ballots these are.
        beside: the units whose published ballots stay, with electors in doubt besides.
    """

    units: tuple[str, ...] = ()
    named: int = 0
    number: int = 0
    within: int = 0
    beyond: int | None = None
    open_ended: bool = False
    aside: tuple[str, ...] = ()
    ballots: int = 0
    beside: tuple[str, ...] = ()

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
    """Tell which units have no votes of anybody, where other units of their contest have some.

    One that is published without any voter, or without a valid vote, is counted.
    """
    known = np.zeros(len(returns.ballots), dtype="bool")
    for name in ("voters", "valid"):
        known |= (returns.ballots[name].notna() & (whole(returns.ballots[name]) == 0)).to_numpy()
    told = (returns.votes["votes"].notna() | returns.votes["share"].notna()).to_numpy()
    known[returns.votes["ballot"].to_numpy()[told]] = True
    contest = located(returns.ballots, returns.contests, CONTEST_KEY)
    with_votes = np.zeros(len(returns.ballots), dtype="bool")
    with_votes[returns.votes["ballot"].to_numpy()[told]] = True
    return np.asarray(~known & np.isin(contest, contest[with_votes]))


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
            raise NotHeldError(
                msg("No unit is called “{wanted}” here.", wanted=word),
                expected=msg("There are: {names}.", names=shortened(names)) if names else None,
                remedy=did_you_mean(word, names),
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
        asked: names or codes of units, each with its electors, None where they are not published. Without a number, the
            electors of a unit in the data are its registered voters, and its published ballots are left out; they stay
            where fewer electors are in doubt than are registered. A unit that is not in the data has electors beyond them.

    Returns:
        the data, and what is unknown by row of ``contests``.

    Raises:
        NotHeldError: a unit is not in the data, and it is not clear to which of several contests it belongs; or it has fewer
            registered voters than are named; or no unit is left.
        NameUnknownError: a unit is named twice, with other numbers.
    """
    units = _Units(returns)
    rows = units.waiting.copy()
    named = _named(returns, asked)
    of_names = np.zeros_like(rows)
    for _, meant, _ in named:
        of_names |= False if meant is None else meant
    found: dict[int, Unknown] = {}
    for row in np.flatnonzero(units.waiting & ~of_names).tolist():
        _within(found, int(units.contest[row]), electors=units.voting[row])
    for word, meant, electors in named:
        if meant is None:
            _beyond(found, returns, word, electors)
        else:
            rows |= units.set_aside(found, word, meant, electors)
    if rows.all():
        raise NotHeldError(msg("Without the ballots of these units, nothing is left: they are all there is."))
    return without_ballots(returns, rows), found


def _named(returns: Returns, asked: Sequence[tuple[str, int | None]]) -> list[tuple[str, Rows | None, int | None]]:
    """Return the words that name unknown units, the units that each means, and its electors; each unit once.

    Raises NameUnknownError where units are named twice with other numbers.
    """
    named: list[tuple[str, Rows | None, int | None]] = []
    for word, electors in asked:
        meant = called(returns, word)
        again = False
        for other, before, number in named:
            same = fold(word) == fold(other) if meant is None or before is None else bool((meant & before).any())
            if not same:
                continue
            if electors != number or not (meant is None or before is None or (meant == before).all()):
                raise NameUnknownError(
                    msg("“{one}” and “{other}” name a unit twice, to be unknown.", one=other, other=word),
                    remedy=msg("Name each unit once, with one number of electors."),
                )
            again = True
        if not again:
            named.append((word, meant, electors))
    return named


class _Units:
    """What is known of the units of a data set."""

    def __init__(self, returns: Returns) -> None:
        self._returns = returns
        self.contest = located(returns.ballots, returns.contests, CONTEST_KEY)
        self.waiting = uncounted(returns)
        ballots = returns.ballots
        self.names = listed(ballots["unit"])
        self._registered = listed(ballots["registered"])
        self.voting = listed(ballots["valid"].fillna(ballots["voters"]).fillna(ballots["registered"]))
        self._cast = listed(ballots["voters"].fillna(ballots["valid"]))

    def set_aside(self, found: dict[int, Unknown], word: str, meant: Rows, electors: int | None) -> Rows:
        """Note the electors of units that are named, in each contest and round; return the units without ballots for it.

        With fewer electors than are registered there, published ballots stay.
        """
        gone = np.zeros(len(meant), dtype="bool")
        for contest in np.unique(self.contest[meant]).tolist():
            rows = np.flatnonzero(meant & (self.contest == contest)).tolist()
            counted = [row for row in rows if not self.waiting[row]]
            most = self._most(word, rows, electors)
            name = (self.names[rows[0]] or word) if len(rows) == 1 else word
            stay = bool(counted) and electors is not None and most is not None and electors < most
            if not stay:
                gone[rows] = True
            who = self._electors(rows, counted) if electors is None else electors
            _within(found, contest, name, electors=who, number=len(rows))
            if stay:
                found[contest] = replace(found[contest], beside=(*found[contest].beside, name))
            elif counted:
                ballots = sum(self._published(row) for row in counted)
                aside = (*found[contest].aside, name)
                found[contest] = replace(found[contest], aside=aside, ballots=found[contest].ballots + ballots)
        return gone

    def _electors(self, rows: Sequence[int], counted: Sequence[int]) -> int | None:
        """Return the electors of units: the registered voters, or of those not counted yet the voters that are known."""
        known = [self._registered[row] if row in counted else self.voting[row] for row in rows]
        return None if None in known else sum(count or 0 for count in known)

    def _most(self, word: str, rows: Sequence[int], electors: int | None) -> int | None:
        """Return how many electors units have, or else ballots. Raises NotHeldError where more are said to be unknown."""
        registered = [self._registered[row] for row in rows]
        if None in registered:
            return sum(self._published(row) for row in rows)
        most = sum(count or 0 for count in registered)
        if electors is not None and electors > most:
            raise NotHeldError(
                msg(
                    "“{unit}” has {registered:count} registered voters, and {electors:count} are said to be unknown.",
                    unit=word,
                    registered=most,
                    electors=electors,
                )
            )
        return most

    def _published(self, row: int) -> int:
        """Return how many ballots are published of a unit."""
        if self._cast[row] is not None:
            return int(self._cast[row])
        votes = self._returns.votes
        return int(votes.loc[votes["ballot"] == row, "votes"].sum())


def _within(
    found: dict[int, Unknown], contest: int, name: str | None = None, *, electors: int | None, number: int = 1
) -> None:
    """Note units of the data; their name where they were asked for."""
    held = found.get(contest, Unknown())
    found[contest] = replace(
        held,
        units=held.units if name is None else (*held.units, name),
        named=held.named + (number if name is not None else 0),
        number=held.number + number,
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
            named=before.named + 1,
            number=before.number + 1,
            beyond=(before.beyond or 0) + (electors or 0),
            open_ended=before.open_ended or electors is None,
        )


def refuse_both(returns: Returns, annul: Sequence[str], unknown: Sequence[tuple[str, int | None]]) -> None:
    """Raise NameUnknownError where a unit is annulled and unknown at once."""
    meant = [called(returns, word) for word, _ in unknown]
    for word in annul:
        rows = called(returns, word)
        for (other, _), others in zip(unknown, meant, strict=True):
            both = rows is not None and others is not None and bool((rows & others).any())
            if both or fold(word) == fold(other):
                raise NameUnknownError(msg("“{unit}” cannot be annulled and unknown at once.", unit=word))
