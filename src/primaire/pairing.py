"""Which ballots are set against which: round against round, or one data set against another.

Places are the same where their codes are, whatever the spelling of their names; where one of the two data sets has no
codes, where their names are, within the same departement. Keys are numbers, equal on both sides for what is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, codes, firsts, listed, numbered
from primaire.captions import Caption, Captions, captions
from primaire.errors import NotHeldError
from primaire.matching import LOCAL_DIGITS, fold, place_code, same_code
from primaire.messages import Message, msg
from primaire.placenames import places_in_words
from primaire.schema import LEVELS, Returns, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_NUMBERED_CONTEST: Final = re.compile(r"(\w{1,3})-(\d+)")
"""A constituency or canton as the Ministry numbers them: departement and number."""


@dataclass(frozen=True)
class Pairs:
    """Ballots set against each other.

    Attributes:
        left, right: the captions of the two sides; the same object where rounds of one data set are paired.
        one, other: the rows of ``ballots`` of each pair, on the left and on the right.
        lone_left, lone_right: the rows that have no counterpart.
    """

    left: Captions
    right: Captions
    one: Wholes
    other: Wholes
    lone_left: Wholes
    lone_right: Wholes

    def __len__(self) -> int:
        return len(self.one)

    def captions(self, pair: int) -> tuple[Caption, Caption]:
        """Return what the two sides of a pair are called."""
        return self.left[int(self.one[pair])], self.right[int(self.other[pair])]

    def swapped(self) -> Pairs:
        """Return the same pairs the other way round."""
        return Pairs(self.right, self.left, self.other, self.one, self.lone_right, self.lone_left)

    @property
    def alone(self) -> list[Caption]:
        """The captions of what has no counterpart."""
        left, right = self.lone_left.tolist(), self.lone_right.tolist()
        return [*(self.left[ballot] for ballot in left), *(self.right[ballot] for ballot in right)]


def series(figures: Returns, level: str) -> tuple[Wholes, Wholes]:
    """Bring the rounds of each contest in each place together.

    Args:
        figures: as :func:`primaire.tally.tally` gives them.
        level: what they were added up by.

    Returns:
        the rows of ``ballots`` in order, each series in the order in which it appears and in it the rounds; and the
        number of the series of each.
    """
    ballots = figures.ballots
    key = [_elections(ballots), _contests(ballots), [codes(ballots["level"]) + 1], _places([ballots], level)]
    number = by_appearance(_mixed(key)[0])
    order = np.lexsort((ballots["round"].to_numpy(), number))
    return order, number[order]


def consecutive(figures: Returns, level: str = "contest") -> Pairs:
    """Pair each round with the next one of the same contest and place; ``level`` as for :func:`series`."""
    order, number = series(figures, level)
    rounds = figures.ballots["round"].to_numpy()[order]
    first = np.flatnonzero((number[1:] == number[:-1]) & (rounds[1:] > rounds[:-1]))
    told = captions(figures)
    one, other = order[first], order[first + 1]
    alone = order[~np.isin(order, np.concatenate([one, other]))]
    early = figures.ballots["round"].to_numpy()[alone] < rounds.max(initial=0)
    return Pairs(told, told, one, other, alone[early], alone[~early])


def opposite(before: Returns, after: Returns, level: str = "contest") -> Pairs:
    """Pair the ballots of two data sets that are one vote each, or the same contests in the same places.

    Args:
        before, after: as :func:`primaire.tally.tally` gives them, added up by ``level``.

    Raises:
        NotHeldError: one of them holds several rounds of a contest, so that it is not clear which is meant.
    """
    left, right = captions(before), captions(after)
    if len(left) == len(right) == 1:
        return _paired(left, right, np.zeros(1, dtype="int64"), np.zeros(1, dtype="int64"))
    sides = [before.ballots, after.ballots]
    place, contest = _places(sides, level), _contests(*sides)
    levels = _folded([side["level"] for side in sides])
    keys = [_mixed(key) for key in ([place], [contest, place], [contest, levels, place])]
    at_places = level in LEVELS[1:] or level == "unit"
    for one, other in keys if at_places else keys[1:]:
        if _unique(one) and _unique(other):
            pairs = _paired(left, right, one, other)
            if len(pairs) or not at_places:
                return pairs
    if not all(_one_vote(side) for side in sides):
        raise NotHeldError(
            msg(
                "Several rounds or elections could be meant: {names}.", names=names_of(left if len(left) > 1 else right)
            ),
            remedy=msg("Choose one for each side, with --election and --round, or with both --before and --after."),
        )
    # A town in two constituencies stands twice on one side: it has no counterpart, all others have.
    return _paired(left, right, *(_only_once(each, keys[0]) for each in keys[0]))


def counterparts(here: Returns, there: Returns, level: str = "contest") -> Pairs:
    """Pair each ballot with that of another data set for the same election, round and contest.

    Args:
        here: as :func:`primaire.tally.tally` gives them.
        there: the same, added up by ``level``: every ballot of ``here`` is held against the place of that level that it
            lies in; by ``contest`` or ``nation``, against the whole.

    Raises:
        NotHeldError: ``there`` has several places for one contest and round.
    """
    left, right = captions(here), captions(there)
    sides = [here.ballots, there.ballots]
    election, contest = _elections(*sides), _contests(*sides)
    rounds = [side["round"].to_numpy() for side in sides]
    if all(len(np.unique(each)) == 1 for each in _mixed([election, contest])) and _one_round(sides):
        election = contest = [np.zeros(len(side), dtype="int64") for side in sides]  # whatever they call the election
    at_places = level in LEVELS[1:] or level == "unit"
    place = _places(sides, level) if at_places else [np.zeros(len(side), dtype="int64") for side in sides]
    # A place, or the nation, may have been added up over contests on one side only.
    keys = (
        [[election, rounds, contest, place]]
        if level == "contest"
        else [[election, rounds, place], [election, rounds, contest, place]]
    )
    for one, other in map(_mixed, keys):
        if _unique(other):
            pairs = _paired(left, right, one, other)
            # Held against the whole, a place leaves nothing over there.
            return pairs if at_places else replace(pairs, lone_right=pairs.lone_right[:0])
    raise NotHeldError(
        msg(
            "Several places of one contest could be compared with: {places}.",
            places=shortened([caption.place for caption in right[:13]]),
        ),
        remedy=msg("Name a source that holds one place, such as a country or a departement."),
    )


def again(before: Returns, after: Returns, level: str = "contest") -> Pairs:
    """Pair the ballots of two publications of one result: the same election, round, contest and place.

    Where each holds one election, or one contest, it is the same whatever they call it; so are levels, where ballots of the
    same level have no counterpart at all. Both are as :func:`primaire.tally.tally` gives them, added up by ``level``.
    """
    sides = [before.ballots, after.ballots]
    names = [_alone_or(_elections(*sides)), _alone_or(_contests(*sides)), [side["round"].to_numpy() for side in sides]]
    if level in LEVELS[1:] or level == "unit":
        names.append(_places(sides, level))
    left, right = captions(before), captions(after)
    levels = _folded([side["level"] for side in sides])
    alike, whatever = (
        _paired(left, right, *(_only_once(each, keys) for each in keys))
        for keys in (_mixed([*names, levels]), _mixed(names))
    )
    return alike if len(alike) else whatever


def _alone_or(keys: list[Wholes]) -> list[Wholes]:
    """Return no difference where each side has one key only, else the keys."""
    alone = all(len(np.unique(key)) == 1 for key in keys)
    return [np.zeros_like(key) for key in keys] if alone else keys


def share_units(one: Returns, other: Returns, level: str = "unit") -> bool:
    """Tell whether two data sets have a unit in common, as read; or a place, as added up by a ``level`` of places."""
    here, there = _places([one.ballots, other.ballots], level)
    return bool(np.isin(here, there).any())


def loneliness(pairs: Pairs, level: str) -> list[Message]:
    """Say what has no counterpart, and how many registered voters it has."""
    if level not in LEVELS[1:] and len(pairs.lone_left) + len(pairs.lone_right) <= _FEW:
        return [caption.alone for caption in pairs.alone]
    notes = []
    if len(pairs.lone_left):
        notes.append(
            msg(
                "{units} of the first vote ({registered}) without a counterpart in the second: {names}.",
                **_counted(pairs.left, pairs.lone_left, level),
            )
        )
    if len(pairs.lone_right):
        notes.append(
            msg(
                "{units} of the second vote ({registered}) without a counterpart in the first: {names}.",
                **_counted(pairs.right, pairs.lone_right, level),
            )
        )
    return notes


def _counted(told: Captions, alone: Wholes, level: str) -> dict[str, object]:
    registered = told.ballots["registered"].iloc[alone]
    names: list[object] = [told[place].place for place in alone[:_FEW].tolist()]
    return {
        "units": places_in_words(level, len(alone)),
        "registered": msg("registered voters not published")
        if registered.isna().any()
        else msg("{n:count} registered", n=int(registered.sum())),
        "names": [*names, *([msg("… ({n:count} more)", n=len(alone) - _FEW)] if len(alone) > _FEW else [])],
    }


_FEW: Final = 12


def _paired(left: Captions, right: Captions, one: Wholes, other: Wholes) -> Pairs:
    """Pair by equal keys, of which those on the right are unique."""
    found = pd.Index(other).get_indexer(pd.Index(one))
    met = np.flatnonzero(found >= 0)
    unmet = np.setdiff1d(np.arange(len(other)), found)
    return Pairs(left, right, met, found[met], np.flatnonzero(found < 0), unmet)


def _one_round(sides: Sequence[pd.DataFrame]) -> bool:
    return len({each for side in sides for each in side["round"].unique()}) == 1


def _one_vote(side: pd.DataFrame) -> bool:
    return len(np.unique(numbered(side, ("election", "round")))) == 1


def _only_once(key: Wholes, sides: Sequence[Wholes]) -> Wholes:
    """Return a key of one side in which what stands twice on either side has a number of its own, which nothing else has."""
    most = max(int(each.max(initial=0)) for each in sides) + 1
    twice = np.logical_or.reduce([np.bincount(each, minlength=most) > 1 for each in sides])[key]
    own = np.arange(len(key)) + most + (0 if key is sides[0] else len(sides[0]))
    return np.where(twice, own, key)


def _unique(key: Wholes) -> bool:
    return int(np.bincount(key).max(initial=0)) <= 1


def _mixed(parts: Sequence[Sequence[Wholes]]) -> list[Wholes]:
    """Return one key for each side from several: ``parts`` hold one array of numbers of 0 or more per side."""
    sizes = [len(side) for side in parts[0]]
    mixed = np.zeros(sum(sizes), dtype="int64")
    for part in parts:
        number = np.concatenate(part)
        mixed = by_appearance(mixed * (int(number.max(initial=0)) + 1) + number)
    return np.split(mixed, np.cumsum(sizes)[:-1])


def _numbers(sides: Sequence[Iterable[object]]) -> list[Wholes]:
    """Return numbers for the words of each side, equal for equal words; a missing one is a word too."""
    words = [pd.Series(list(side), dtype="object") for side in sides]
    number = pd.factorize(pd.concat(words), use_na_sentinel=False)[0]
    return np.split(np.asarray(number, dtype="int64"), np.cumsum([len(side) for side in words])[:-1])


def _folded(sides: Sequence[pd.Series[Any]]) -> list[Wholes]:
    """Return numbers for the values of a categorical column of each side, by how they are compared."""
    words = _numbers([[None, *map(_contest_key, side.cat.categories)] for side in sides])
    return [word[codes(side) + 1] for word, side in zip(words, sides, strict=True)]


def _contest_key(name: str) -> str:
    numbered = _NUMBERED_CONTEST.fullmatch(name)
    if numbered:
        return f"{same_code(numbered[1], 'departement')}-{same_code(numbered[2])}"
    return fold(name)


def _elections(*sides: pd.DataFrame) -> list[Wholes]:
    return _folded([side["election"] for side in sides])


def _contests(*sides: pd.DataFrame) -> list[Wholes]:
    return _folded([side["contest"] for side in sides])


def _places(sides: Sequence[pd.DataFrame], level: str) -> list[Wholes]:
    """Return numbers for the places of each side, equal for the same place."""
    if level in LEVELS[1:]:
        return _of_level(sides, level)
    if level != "unit":
        return _of_sums(sides)
    # Each unit is a place of its own level.
    words = [np.zeros(len(side), dtype="int64") for side in sides]
    for at, each in enumerate([None, *LEVELS]):
        own = [(side["level"].isna() if each is None else side["level"] == each).to_numpy() for side in sides]
        parts = [side[rows] for side, rows in zip(sides, own, strict=True)]
        numbers = _of_level(parts, each) if each in LEVELS[1:] else _numbers([_unit_words(part) for part in parts])
        for word, rows, number in zip(words, own, numbers, strict=True):
            word[rows] = number * (len(LEVELS) + 1) + at
    return words


def _of_sums(sides: Sequence[pd.DataFrame]) -> list[Wholes]:
    """Return numbers for the units that stand for a contest by themselves; all one where a side added several up."""
    contest = _mixed([_elections(*sides), _contests(*sides)])
    sums = [each[side["units"].to_numpy() > 1] for each, side in zip(contest, sides, strict=True)]
    added = [np.isin(each, np.concatenate(sums)) for each in contest]
    words = [_unit_words(side) for side in sides]
    for none, each in zip(added, words, strict=True):
        each[none] = None
    return _numbers(words)


def _unit_words(side: pd.DataFrame) -> npt.NDArray[Any]:
    words = np.array([*(fold(name) for name in side["unit"].cat.categories), None], dtype="object")
    return words[codes(side["unit"])]


def _of_level(sides: Sequence[pd.DataFrame], level: str) -> list[Wholes]:
    if level == "station":  # a station's number counts within its commune
        return _mixed([_of_one_level(sides, "commune"), _of_one_level(sides, "station")])
    return _of_one_level(sides, level)


def _of_one_level(sides: Sequence[pd.DataFrame], level: str) -> list[Wholes]:
    code = f"{level}_code"
    coded = all(bool(side[code].notna().any()) for side in sides)
    # Codes that all sides write alike, as nearly all do, need no second look.
    alike = set.intersection(*(set(side[code].cat.categories) for side in sides)) if coded and len(sides) > 1 else set()
    alike = {word for word in alike if len(word) > LOCAL_DIGITS.get(level, 0)}
    return _numbers([_place_words(side, level, alike, coded=coded) for side in sides])


def _place_words(side: pd.DataFrame, level: str, alike: set[str], *, coded: bool) -> npt.NDArray[Any]:
    """Return what each row's place is compared by: its code, else its name, else what the unit is called."""
    code, around = f"{level}_code", ["departement_code", "departement"]
    plain = [f"={word}" if word in alike else None for word in side[code].cat.categories]
    words = np.array([*plain, None], dtype="object")[codes(side[code])]
    open_ = words == None  # noqa: E711  of an array, row by row
    with_code = open_ & side[code].notna().to_numpy() & coded
    with_name = open_ & ~with_code & side[level].notna().to_numpy()
    for rows, columns, word in (
        (with_code, ["departement_code", code], lambda *place: f"={place_code(level, place[1], place[0])}"),
        (with_name, [*around, level], _name_word),
        (open_ & ~with_code & ~with_name, [*around, "unit"], _name_word),
    ):
        if rows.any():
            part = side[list(dict.fromkeys(columns))].iloc[np.flatnonzero(rows)]
            number = numbered(part, list(part.columns))
            different = part.iloc[firsts(number)]
            places = zip(*(listed(different[name]) for name in columns), strict=True)
            words[rows] = np.array([word(*place) for place in places], dtype="object")[number]
    return words


def _name_word(code: str | None, departement: str | None, name: str | None) -> str:
    wider = same_code(code, "departement") if code else fold(departement or "")
    return f"{wider}~{fold(name or '')}"


def names_of(told: Captions) -> list[object]:
    """Return what ballots are called, for a message: the first few."""
    few = told[:4]
    names = [
        msg("{title}, {contest}, {place}", title=caption.title, contest=caption.contest, place=caption.place)
        for caption in few
    ]
    return [*names, *([f"… ({len(told) - len(few)})"] if len(told) > len(few) else [])]
