"""One candidate, or one unit, under two names."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, firsts, numbered
from primaire.checks.finding import Answer, Found, Seen, first_of, place_of
from primaire.matching import fold, same_person
from primaire.messages import msg, msgn
from primaire.schema import CONTEST_KEY, LEVELS, Returns

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS: Final = 4
"""Letters that a word has at the least for one of them to be a slip: Le and La are two words."""

_MANY: Final = 60
"""Candidates of a contest above which names are no longer compared one by one."""


def spellings(returns: Returns) -> Answer:
    """Find candidates of one contest whose names are nearly the same, and units that stand in it under two spellings.

    Candidates are looked at if no unit has votes for both: who stands on the same ballot paper is somebody else. Their
    names have the same words in another order, differ by one letter of one word, or one is the surname of the other.
    """
    seen = (*_of_candidates(returns), *_of_units(returns.ballots), *_of_codes(returns.ballots))
    said = msgn("{n:count} candidate.", "{n:count} candidates.", len(returns.candidates))
    return Answer(seen, (said,))


def _of_candidates(returns: Returns) -> Found:
    people = returns.candidates
    contest = numbered(people, ("election", "contest"))
    names = people["candidate"].tolist()
    for of_contest in _parted(returns, contest):
        for one, other in sorted(_near([(at, names[at]) for at in of_contest])):
            if _together(returns, one, other):
                continue
            yield Seen(
                "PRI304",
                msg("“{one}” and “{other}” may be one candidate: no unit has both", one=names[one], other=names[other]),
                place=place_of(*people[["election", "contest"]].iloc[one].astype("str")),
                first=_of_the_rarer(returns, one, other),
            )


def _of_the_rarer(returns: Returns, one: int, other: int) -> int | None:
    """Return the first unit of that of two names which fewer units have, and that is more likely the slip."""
    times = np.bincount(returns.votes["candidate"].to_numpy(), minlength=len(returns.candidates))
    return first_of(returns, one if times[one] < times[other] else other)


def _parted(returns: Returns, contest: np.ndarray) -> list[list[int]]:
    """Return the candidates of each contest of which two may never meet: together in no more units than there are."""
    size = int(contest.max(initial=-1)) + 1
    who, at = returns.votes["candidate"].to_numpy(), returns.votes["ballot"].to_numpy()
    times = np.bincount(who, minlength=len(contest))
    of_ballot = np.full(len(returns.ballots), size, dtype="int64")
    of_ballot[at] = contest[who]
    units = np.bincount(of_ballot, minlength=size + 1)
    fewest = np.full(size, np.iinfo("int64").max)
    np.minimum.at(fewest, contest, times)
    open_ = np.flatnonzero(times + fewest[contest] <= units[contest])
    held: dict[int, list[int]] = defaultdict(list)
    for person in open_.tolist():
        held[int(contest[person])].append(person)
    return [people for people in held.values() if len(people) > 1]


def _near(people: list[tuple[int, str]]) -> set[tuple[int, int]]:
    """Return the pairs of names that are nearly the same."""
    words = {at: fold(name).split() for at, name in people}
    found: set[tuple[int, int]] = set()
    alike: dict[object, list[int]] = defaultdict(list)
    for at, each in words.items():
        if len(each) > 1:
            alike[tuple(sorted(each))].append(at)
            for key in _shortened(each):
                alike[key].append(at)
    for several in alike.values():
        for one, other in combinations(dict.fromkeys(several), 2):
            if sorted(words[one]) == sorted(words[other]) or _one_slip(words[one], words[other]):
                found.add((one, other))
    if len(people) <= _MANY:
        lone = [(at, name) for at, name in people if len(words[at]) == 1 and not name.isdigit()]
        found |= {
            (min(at, other), max(at, other))
            for at, name in lone
            for other, full in people
            if len(words[other]) > 1 and words[at][0] in words[other] and same_person(name, full)
        }
    return found


def _shortened(words: list[str]) -> Iterable[tuple[int, str, str]]:
    """Yield a name with each letter left out in turn: two that are one letter apart have one of these in common."""
    for place, word in enumerate(words):
        others = " ".join(words[:place] + words[place + 1 :])
        yield place, others, word
        if len(word) >= _LETTERS:
            for letter in range(len(word)):
                yield place, others, word[:letter] + word[letter + 1 :]


def _one_slip(one: list[str], other: list[str]) -> bool:
    """Tell whether two names differ by one letter of one word of four letters or more."""
    if len(one) != len(other):
        return False
    differ = [(first, second) for first, second in zip(one, other, strict=True) if first != second]
    if len(differ) != 1:
        return False
    short, long = sorted(differ[0], key=len)
    if len(short) < _LETTERS or any(letter.isdigit() for letter in short + long):
        return False
    if len(short) == len(long):
        return sum(first != second for first, second in zip(short, long, strict=True)) == 1
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _together(returns: Returns, one: int, other: int) -> bool:
    who, at = returns.votes["candidate"].to_numpy(), returns.votes["ballot"].to_numpy()
    return bool(np.isin(at[who == one], at[who == other]).any())


def _of_units(ballots: pd.DataFrame) -> Found:
    """Find units without a code of their own whose names differ by case, accents and signs only."""
    uncoded = np.ones(len(ballots), dtype="bool")
    for level in LEVELS[1:]:
        uncoded &= ~((ballots["level"] == level).to_numpy() & ballots[f"{level}_code"].notna().to_numpy())
    rows = np.flatnonzero(uncoded)
    if len(rows) < 2:  # noqa: PLR2004
        return
    held = ballots.iloc[rows]
    names = held["unit"].cat.categories
    plain = pd.factorize(np.array([fold(str(name)) for name in names], dtype="object"))[0]
    if len(set(plain.tolist())) == len(names):
        return
    places = ("departement_code", "departement", "commune_code", "commune")
    key = numbered(
        held[[*CONTEST_KEY, *places]].assign(unit=plain[codes(held["unit"])]), (*CONTEST_KEY, *places, "unit")
    )
    first = firsts(key)
    again = np.setdiff1d(np.arange(len(rows)), first)
    for at in again.tolist():
        message = msg(
            "“{one}” and “{other}” may be one unit",
            one=str(held["unit"].iloc[at]),
            other=str(held["unit"].iloc[first[key[at]]]),
        )
        yield Seen("PRI304", message, int(rows[at]))


def _of_codes(ballots: pd.DataFrame) -> Found:
    """Find codes that stand with two names in one election and round."""
    for level in LEVELS[1:-1]:
        key = list(dict.fromkeys(["election", "round", "departement_code", f"{level}_code"]))
        rows = np.flatnonzero(ballots[f"{level}_code"].notna().to_numpy() & ballots[level].notna().to_numpy())
        named = ballots[[*key, level]].iloc[rows]
        first = firsts(numbered(named, [*key, level]))
        place = numbered(named.iloc[first], key)
        # Of many thousand places, those that have two spellings are few, and fewer have two names.
        several = np.flatnonzero(np.bincount(place)[place] > 1)
        one: dict[int, str] = {}
        for at in several.tolist():
            name = str(named[level].iloc[first[at]])
            other = one.setdefault(int(place[at]), name)
            if fold(other) != fold(name):
                code = str(named[f"{level}_code"].iloc[first[at]])
                message = msg(
                    "{level:term} {code} is called “{one}” and “{other}”", level=level, code=code, one=other, other=name
                )
                yield Seen("PRI304", message, int(rows[first[at]]))
