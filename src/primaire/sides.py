"""Candidates of two votes side by side: who is who, what each had on either side, and the difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, counts, firsts, listed, located, numbered, rates
from primaire.captions import by_nuance, origin_column
from primaire.errors import NotHeldError
from primaire.matching import fold, same_person
from primaire.messages import Message, msg, term
from primaire.pairing import Pairs, consecutive, counterparts, names_of, opposite, share_units
from primaire.schema import LEVELS, Returns, shortened, weaker
from primaire.scores import scores
from primaire.table import Column
from primaire.tally import NUANCE, asked, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from primaire.provenance import Provenance

    Wholes = npt.NDArray[np.int64]

_SIDE: Final = {
    "rank": "rank",
    "votes": "votes",
    "votes_origin": "votes_{}_origin",
    "share_valid": "share",
    "share_valid_origin": "share_{}_origin",
    "share_valid_decimals": "share_{}_decimals",
}


@dataclass(frozen=True)
class Votes:
    """Two votes added up, and which of their ballots are set against which.

    Attributes:
        left, right: the figures; the same object where rounds of one data set are paired.
        pairs: rows of their ballots.
        level: the level of the places that are paired; ``contest`` where these are not told apart.
    """

    left: Returns
    right: Returns
    pairs: Pairs
    level: str

    @property
    def provenance(self) -> Provenance:
        """Where the figures of both come from."""
        if self.left is self.right:
            return self.left.provenance
        return self.left.provenance + self.right.provenance


def one_after_the_other(before: Returns, after: Returns | None, by: str | Sequence[str]) -> Votes:
    """Add two votes up, and pair what is the same: without ``after``, the rounds of one data set.

    Raises:
        NotHeldError: it is not clear which vote is meant; and as :func:`primaire.tally.tally`.
    """
    level = asked(by)[0]
    earlier = tally(before, by)
    if after is None:
        return Votes(earlier, earlier, consecutive(earlier, level), level)
    later = tally(after, by)
    return Votes(earlier, later, opposite(earlier, later, level), level)


def one_against_the_other(
    here: Returns, there: Returns, by: str | Sequence[str], against_by: str | None = None
) -> Votes:
    """Add two sources of one vote up, and pair each place of the first with the one of the second that it is or lies in.

    Args:
        here, there: as read.
        by: what the first is added up by.
        against_by: what the second is; by default like the first where it has several such places, else the whole.

    Raises:
        NotHeldError: the second has several places for one; and as :func:`primaire.tally.tally`.
    """
    level, nuance = asked(by)
    if against_by is None:
        columns = ["unit"] if level == "unit" else [f"{level}_code", level]
        several = level in {*LEVELS[1:], "unit"} and there.ballots[columns].nunique().max() > 1
        against_by = level if several else "contest"
    left, right = tally(here, by), tally(there, [against_by, *([NUANCE] if nuance else [])])
    if by_nuance(right) and not by_nuance(left):  # there, candidates of several contests had to be added up so
        left = tally(here, [level, NUANCE])
    return Votes(left, right, counterparts(left, right, against_by), against_by)


@dataclass(frozen=True)
class Sides:
    """Candidates side by side.

    Attributes:
        frame: one row per pair and person, pair by pair: see :func:`side_by_side`.
        pair: the number of the pair that each row belongs to, ascending.
        size: how many pairs there are.
        left_rows, right_rows: which row of :func:`primaire.scores.scores` of either side each is, -1 for none.
        notes: who was matched by more than the full name, in words.
    """

    frame: pd.DataFrame
    pair: Wholes
    size: int
    left_rows: Wholes
    right_rows: Wholes
    notes: tuple[Message, ...]

    @property
    def stops(self) -> list[int]:
        """Where the rows of each pair stop."""
        stops: list[int] = np.cumsum(np.bincount(self.pair, minlength=self.size)).tolist()
        return stops


def side_by_side(left: Returns, right: Returns, pairs: Pairs, names: tuple[str, str]) -> Sides:
    """Bring the candidates of paired ballots together.

    Candidates are the same by their name whatever its case and accents; else, in two rounds of one election, by the
    number of their panel, if their names have a word in common; else by the surname, where it is unambiguous.

    Args:
        left, right: the figures whose ballots are paired.
        pairs: which ballots are.
        names: what the two sides are called in column names: ``("before", "after")``.

    Returns:
        One row per pair and person, in the order of ``right`` by rank and then, of those who are only in ``left``, in
        its order: ``candidate``, and for each side ``stood_*`` (true or false), ``rank_*``, ``votes_*`` and ``share_*``
        (% of valid), with ``votes_*_origin``, ``share_*_origin`` and ``share_*_decimals``; ``points``, the share of
        ``right`` less that of ``left``, with ``points_origin``, the weaker of the two, and ``points_decimals``, the
        decimals of the share that was published with fewer (NA where both were computed from counts).
    """
    one, other = scores(left), scores(right)
    at_one, pair_one = _spread(one["ballot"].to_numpy(), pairs.one)
    at_other, pair_other = _spread(other["ballot"].to_numpy(), pairs.other)
    people = _People.of(left, right, pairs)
    key_one = people.left(pair_one, one["person"].to_numpy()[at_one])
    key_other = people.right(pair_other, other["person"].to_numpy()[at_other])
    span = int(max(key_one.max(initial=0), key_other.max(initial=0))) + 1
    here, there = pd.Index(pair_one * span + key_one), pd.Index(pair_other * span + key_other)
    met = here.get_indexer(there)
    left_only = np.flatnonzero(there.get_indexer(here) < 0)
    pair = np.concatenate([pair_other, pair_one[left_only]])
    order = np.argsort(pair, kind="stable")
    rows_one = np.concatenate([np.where(met >= 0, at_one[met] if len(at_one) else met, -1), at_one[left_only]])[order]
    rows_other = np.concatenate([at_other, np.full(len(left_only), -1)])[order]
    columns = {**_side(one, rows_one, names[0]), **_side(other, rows_other, names[1])}
    name = np.where(rows_other >= 0, _taken(other["candidate"], rows_other), _taken(one["candidate"], rows_one))
    frame = pd.DataFrame({"candidate": pd.array(name, dtype="str"), **columns})
    return Sides(frame.assign(**_points(frame, names)), pair[order], len(pairs), rows_one, rows_other, people.notes)


def nothing_to_compare(votes: Votes) -> NotHeldError:
    """Return what is to be said where two votes have no pair."""
    if votes.left is votes.right:
        return NotHeldError(
            msg("There is one round only: nothing to set it against."),
            remedy=msg("Name a second source, or choose the two votes with --before and --after."),
        )
    before, after = names_of(votes.pairs.left), names_of(votes.pairs.right)
    return NotHeldError(
        msg("The two have no contest and place in common."),
        expected=msg("Before: {before}. After: {after}.", before=before, after=after),
        remedy=msg("Choose one vote of each, with --election, --round, --contest, or --before and --after."),
    )


def refuse_strangers(before: Returns, after: Returns, votes: Votes, sides: Sides) -> None:
    """Refuse two elections that share neither a candidate nor a unit or place: nothing went from one to the other."""
    if sides.frame["stood_before"].to_numpy()[sides.frame["stood_after"]].any():
        return
    one, other = (votes.ballots["election"].cat.remove_unused_categories().cat.categories for votes in (before, after))
    same_election = set(map(fold, one)) & set(map(fold, other))
    same_place = votes.level in LEVELS[1:] and share_units(votes.left, votes.right, votes.level)
    if not same_election and not same_place and not share_units(before, after):
        raise NotHeldError(
            msg("The two votes have no candidate and no unit in common."),
            expected=msg(
                "Before: {before}. After: {after}.", before=shortened(list(one)), after=shortened(list(other))
            ),
            remedy=msg("Name two votes of the same place, or of the same candidates."),
        )


def _spread(ballot: Wholes, wanted: Wholes) -> tuple[Wholes, Wholes]:
    """Return the rows of each wanted ballot, rows being sorted by ballot, and the place of each in ``wanted``."""
    start, stop = np.searchsorted(ballot, wanted, "left"), np.searchsorted(ballot, wanted, "right")
    size = stop - start
    place = np.repeat(np.arange(len(wanted)), size)
    before = np.repeat(np.cumsum(size) - size, size)
    return np.arange(len(place)) - before + np.repeat(start, size), place


def _taken(values: pd.Series[Any], rows: Wholes) -> Any:
    return values.array.take(rows, allow_fill=True)


def _side(rows: pd.DataFrame, at: Wholes, name: str) -> dict[str, Any]:
    stood = {f"stood_{name}": at >= 0}
    figures = {
        (said.format(name) if "{" in said else f"{said}_{name}"): _taken(rows[column], at)
        for column, said in _SIDE.items()
    }
    return {**stood, **figures}


def _points(frame: pd.DataFrame, names: tuple[str, str]) -> dict[str, Any]:
    one, other = (frame[f"share_{name}"].to_numpy("float64", na_value=np.nan) for name in names)
    most = np.iinfo("int64").max
    decimals = np.minimum(*(frame[f"share_{name}_decimals"].to_numpy("int64", na_value=most) for name in names))
    return {
        "points": rates(other - one),
        "points_origin": weaker(*(frame[f"share_{name}_origin"] for name in names)),
        "points_decimals": counts(decimals, decimals < most),
    }


@dataclass(frozen=True)
class _People:
    """A number for each person, the same on both sides, within each two contests that are set against each other."""

    contests: Wholes  # of each pair of ballots: its pair of contests
    keys: tuple[pd.Index, pd.Index]  # pair of contests and candidate, mixed
    numbers: tuple[Wholes, Wholes]
    spans: tuple[int, int]
    notes: tuple[Message, ...]

    @classmethod
    def of(cls, left: Returns, right: Returns, pairs: Pairs) -> _People:
        sides = (left, right)
        contest = [_contest_numbers(side) for side in sides]
        one, other = contest[0][0][pairs.one], contest[1][0][pairs.other]
        both = by_appearance((one + 1) * (int(other.max(initial=0)) + 2) + other + 1)
        first = firsts(both)
        stood = [
            _stood(contest[0][1], one[first], _present(left, pairs.one)),
            _stood(contest[1][1], other[first], _present(right, pairs.other)),
        ]
        matched, otherwise = _matched(left, right, stood)
        spans = (len(left.candidates) + 1, len(right.candidates) + 1)
        keys = tuple(pd.Index(at * span + person) for (at, person), span in zip(stood, spans, strict=True))
        size = len(stood[0][0])
        fresh = np.arange(len(matched)) + size
        return cls(both, keys, (np.arange(size), np.where(matched >= 0, matched, fresh)), spans, _notes(otherwise))

    def left(self, pair: Wholes, person: Wholes) -> Wholes:
        return self._number(0, pair, person)

    def right(self, pair: Wholes, person: Wholes) -> Wholes:
        return self._number(1, pair, person)

    def _number(self, side: int, pair: Wholes, person: Wholes) -> Wholes:
        return self.numbers[side][
            self.keys[side].get_indexer(pd.Index(self.contests[pair] * self.spans[side] + person))
        ]


def _contest_numbers(returns: Returns) -> tuple[Wholes, Wholes]:
    """Return a number for the contest of each ballot (-1 where nobody stood), and for that of each candidate."""
    key = ("election", "contest")
    number = numbered(returns.candidates, key)
    return located(returns.ballots, returns.candidates.iloc[firsts(number)], key), number


def _present(returns: Returns, ballots: Wholes) -> npt.NDArray[np.bool_]:
    """Tell which candidates stood in these ballots: of those of a contest, some are of another round."""
    votes = returns.votes
    found = np.zeros(len(returns.candidates), dtype="bool")
    found[votes["candidate"].to_numpy()[np.isin(votes["ballot"].to_numpy(), ballots)]] = True
    return found


def _stood(number: Wholes, wanted: Wholes, present: npt.NDArray[np.bool_]) -> tuple[Wholes, Wholes]:
    """Return the place of each candidate's contest among those wanted, and the candidate."""
    order = np.argsort(number, kind="stable")
    order = order[present[order]]
    at, place = _spread(number[order], wanted)
    return place, order[at]


_Stood = tuple["Wholes", "Wholes"]


def _matched(left: Returns, right: Returns, stood: list[_Stood]) -> tuple[Wholes, list[tuple[str, str]]]:
    """Return for each candidate on the right the place of the same on the left, -1 for none; and the names that differ."""
    (at_one, one), (at_other, other) = stood
    words = pd.factorize(
        np.array([fold(name) for side in (left, right) for name in side.candidates["candidate"]], object)
    )
    word_one, word_other = np.split(words[0], [len(left.candidates)])
    span = len(words[1]) + 1
    key_one, key_other = at_one * span + word_one[one], at_other * span + word_other[other]
    known, first = np.unique(key_one, return_index=True)
    found = pd.Index(known).get_indexer(pd.Index(key_other))
    found[np.setdiff1d(np.arange(len(found)), np.unique(key_other, return_index=True)[1])] = -1
    matched = np.where(found >= 0, first[found] if len(first) else -1, -1)
    differ = []
    for mine, yours in _strangers(at_one, at_other, matched):
        told = [_people(left, one[mine]), _people(right, other[yours])]
        for here, there in _recognised(*told):
            matched[yours[there]] = mine[here]
            differ.append((told[0][here].name, told[1][there].name))
    return matched, differ


def _strangers(at_one: Wholes, at_other: Wholes, matched: Wholes) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, contest by contest, the candidates of either side who are not matched, where both sides have some."""
    alone: dict[int, tuple[list[int], list[int]]] = {}
    for place in np.setdiff1d(np.arange(len(at_one)), matched).tolist():
        alone.setdefault(int(at_one[place]), ([], []))[0].append(place)
    for place in np.flatnonzero(matched < 0).tolist():
        if int(at_other[place]) in alone:
            alone[int(at_other[place])][1].append(place)
    yield from ((mine, yours) for mine, yours in alone.values() if yours)


@dataclass(frozen=True)
class _Person:
    name: str
    election: str
    number: str | None


def _people(side: Returns, places: Wholes) -> list[_Person]:
    rows = side.candidates.iloc[places]
    return [_Person(*row) for row in zip(rows["candidate"], rows["election"], listed(rows["number"]), strict=True)]


def _recognised(left: list[_Person], right: list[_Person]) -> list[tuple[int, int]]:
    """Return the places of those who are the same under different names, where it is clear."""
    found: list[tuple[int, int]] = []
    for same in (_same_panel, lambda one, other: same_person(one.name, other.name)):
        alike = [
            (here, there)
            for here, one in enumerate(left)
            for there, other in enumerate(right)
            if same(one, other) and not any(here == met[0] or there == met[1] for met in found)
        ]
        mine, yours = Counter(here for here, _ in alike), Counter(there for _, there in alike)
        found.extend((here, there) for here, there in alike if mine[here] == yours[there] == 1)
    return found


def _same_panel(one: _Person, other: _Person) -> bool:
    same = one.number is not None and one.number == other.number and fold(one.election) == fold(other.election)
    return same and bool(set(fold(one.name).split()) & set(fold(other.name).split()))


def _notes(differ: list[tuple[str, str]]) -> tuple[Message, ...]:
    names = shortened([f"{one} = {other}" for one, other in dict.fromkeys(differ)])
    return (msg("Taken for the same although their names differ: {names}.", names=names),) if names else ()


POINTS: Final = (
    Column("points", term("points"), "points", origin="points_origin", places="points_decimals"),
    origin_column("points_origin"),
    Column("points_decimals", term("decimals published"), "count", place="hidden"),
)
"""The columns of the difference that :func:`side_by_side` gives."""


def side_columns(name: str, share: str, votes: str | None) -> tuple[Column, ...]:
    """Return the columns of one side of :func:`side_by_side`, with the labels of its share and its votes."""
    return (
        Column(f"share_{name}", share, "share", origin=f"share_{name}_origin", places=f"share_{name}_decimals"),
        origin_column(f"share_{name}_origin"),
        Column(f"share_{name}_decimals", term("decimals published"), "count", place="hidden"),
        Column(
            f"votes_{name}",
            votes or term("votes"),
            "count",
            origin=f"votes_{name}_origin",
            place="body" if votes else "hidden",
        ),
        origin_column(f"votes_{name}_origin"),
    )
