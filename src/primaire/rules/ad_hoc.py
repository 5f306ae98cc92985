"""Rules made of a method alone, for whoever wants seats shared out without a law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.apportionment import METHODS
from primaire.errors import NameUnknownError
from primaire.matching import fold
from primaire.messages import msg
from primaire.rules.parts import BASES, parse_condition
from primaire.rules.rule import Rule, Seats, Stage
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from primaire.rules.parts import Condition

OTHER_NAMES: Final = {
    "d'hondt": "dhondt",
    "jefferson": "dhondt",
    "plus forte moyenne": "dhondt",
    "webster": "sainte-lague",
    "plus fort reste": "hare",
    "hamilton": "hare",
}
"""What methods are also called, and the name they have here."""


def by_method(method: str, threshold: str | None = None) -> Rule:
    """Return the rule that all seats are shared out by a method, in every round by itself.

    Args:
        method: one of :data:`primaire.apportionment.METHODS` or :data:`OTHER_NAMES`, whatever its case and accents.
        threshold: which lists share, such as ``at least 5 % of valid``; None: all.

    Raises:
        NameUnknownError: there is no such method, or the threshold is not a condition.
    """
    stage = Stage(method=_name(method), threshold=None if threshold is None else _condition(threshold))
    return Rule(name=stage.method or "", title=method, rounds=(), votes_for="lists", seats=Seats((stage,)))


def _name(method: str) -> str:
    known = {fold(name): name for name in METHODS} | {fold(word): name for word, name in OTHER_NAMES.items()}
    found = known.get(fold(method))
    if found is None:
        raise NameUnknownError(
            msg("There is no method “{method}”.", method=method),
            expected=msg("The methods are: {methods}.", methods=list(METHODS)),
            remedy=did_you_mean(method, [*METHODS, *OTHER_NAMES]),
        )
    return found


def _condition(threshold: str) -> Condition:
    found = parse_condition(threshold)
    if found is None:
        raise NameUnknownError(
            msg("The threshold “{threshold}” is not understood.", threshold=threshold),
            expected=msg(
                "Write “at least” or “more than”, a share, and what it is of: at least 5 % of valid ({bases}).",
                bases=BASES,
            ),
        )
    return found
