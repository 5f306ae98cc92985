"""What checks answer with: what one of them sees in a data set, and the same as a person is told it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.messages import Message
    from primaire.schema import Returns


@dataclass(frozen=True)
class Seen:
    """Something that a check sees.

    Attributes:
        code: stable, ``PRI`` and three digits; its meaning, severity and remedy stand in :mod:`primaire.checks.codes`.
        message: what is seen, with the figures.
        ballot: the row of ``ballots`` it is seen in; None where it is of more or less than one unit.
        place: where, in words, for what is not of one unit.
        file, line: where it stands, for what is not of one unit.
        expected: what was expected instead, where there is more to say than the code says.
        hint: a clause on what would explain it, where nothing else is known to be expected.
        first: for what is of several units, the row of ``ballots`` of the first: it tells file and line.
        chance: how often a unit would be so far off if units differed only as they usually do, 0 to 1, for outliers.
    """

    code: str
    message: Message
    ballot: int | None = None
    place: Message | None = None
    expected: Message | None = None
    file: str | None = None
    line: int | None = None
    hint: Message | None = None
    first: int | None = None
    chance: float | None = None


@dataclass(frozen=True)
class Finding:
    """Figures that cannot all be right, or that are worth a second look.

    Attributes:
        code: stable, ``PRI`` and three digits.
        place: the election, round and unit.
        message: what is seen, and what contradicts it.
    """

    code: str
    place: Message
    message: Message


@dataclass(frozen=True)
class Answer:
    """What one family of checks says of a data set.

    Attributes:
        seen: all that it sees, in the order of the source.
        said: what was looked at (how many figures), or why the family does not apply to these data.
        applies: whether there was anything it could look at.
    """

    seen: tuple[Seen, ...] = ()
    said: tuple[Message, ...] = ()
    applies: bool = True


Found = Iterator[Seen]


def first_of(returns: Returns, person: int) -> int | None:
    """Return the first row of ``ballots`` that has a row of ``candidates``; None where none has."""
    rows = np.flatnonzero(returns.votes["candidate"].to_numpy() == person)
    return int(returns.votes["ballot"].iloc[rows[0]]) if len(rows) else None


def place_of(*names: object) -> Message:
    """Return a place in words, given the widest name first; an election and its contest may have the same."""
    return msg("{names}", names=list(dict.fromkeys(names)))
