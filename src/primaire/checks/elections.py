"""Elections of a data set that are taken for two, and may be one: files that are named otherwise name it otherwise."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from primaire.matching import fold
from primaire.messages import Message, msg
from primaire.naming import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.schema import Returns

_MOST: Final = 20
"""Elections above which a data set is a collection, and none is looked at."""

_FEWEST: Final = 2
_SHARED: Final = 0.8
"""How many candidates, and which part of those of the smaller one, two elections share that may be one."""

_PLACES: Final = ("departement_code", "departement", "commune_code", "commune", "contest", "unit")


def taken_for_two(returns: Returns, apart: str) -> Iterator[Message]:
    """Say of which elections the names alone keep a comparison from being made: they share their candidates and a place.

    Elections whose names tell two kinds or two years are two.

    Args:
        returns: as read.
        apart: the column of ``ballots``, ``round`` or ``level``, of which they must hold different values.
    """
    elections = [str(name) for name in returns.ballots["election"].unique().tolist()]
    if not 1 < len(elections) <= _MOST:
        return
    for one, other in combinations(elections, 2):
        if _may_be_one(returns, one, other) and _values(returns, one, apart) != _values(returns, other, apart):
            yield msg(
                "“{one}” and “{other}” are taken for two elections; give both one name in a column election.",
                one=one,
                other=other,
            )


def _may_be_one(returns: Returns, one: str, other: str) -> bool:
    names = [naming([election]) for election in (one, other)]
    kinds, years = {name.kind for name in names} - {None}, {name.year for name in names} - {None}
    if len(kinds) > 1 or len(years) > 1:
        return False
    people = returns.candidates
    stood, stood_too = (
        {fold(str(name)) for name in people.loc[people["election"] == election, "candidate"]}
        for election in (one, other)
    )
    shared = len(stood & stood_too)
    if shared < _FEWEST or shared < _SHARED * min(len(stood), len(stood_too)):
        return False
    return any(_values(returns, one, column) & _values(returns, other, column) for column in _PLACES)


def _values(returns: Returns, election: str, column: str) -> set[object]:
    held = returns.ballots.loc[returns.ballots["election"] == election, column].dropna()
    return set(held.unique().tolist())
