"""Whether the units of a contest are all of it: on a part somebody comes first, and nobody is elected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import codes, listed, located
from primaire.matching import same_code
from primaire.messages import Message, msg
from primaire.schema import CONTEST_KEY, LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.schema import Returns

WHOLE: Final = "whole"
PART: Final = "part"
UNKNOWN: Final = "unknown"

_METROPOLITAN: Final = {*(str(number) for number in range(1, 96) if number != 20), "2A", "2B"}  # noqa: PLR2004  Corsica
_OVERSEAS: Final = {"971", "972", "973", "974"}
EVERY_DEPARTEMENT: Final = frozenset(_METROPOLITAN | _OVERSEAS)
"""The codes of the departements that vote in every national election (96 and, overseas, the four of 1946)."""


class Wholeness:
    """How much of each contest a data set holds.

    Args:
        returns: as read, before units are added up.
        levels: for each row of ``contests``, the level of which each place is a contest, None where not known.
    """

    def __init__(self, returns: Returns, levels: Sequence[str | None]) -> None:
        self._levels = levels
        self._ballots = returns.ballots
        self._at = located(returns.ballots, returns.contests, CONTEST_KEY)
        self._units = np.bincount(self._at, minlength=len(returns.contests))
        self._last = np.zeros(len(returns.contests), dtype="int64")
        self._last[self._at] = np.arange(len(self._at))
        self._unit, self._names = listed(returns.ballots["unit"]), listed(returns.contests["contest"])
        self._coverage = listed(returns.contests["coverage"])
        self._level = listed(returns.contests["level"])

    def of(self, contest: int) -> tuple[str, Message | None]:
        """Return :data:`WHOLE`, :data:`PART` or :data:`UNKNOWN` for a row of ``contests``, and what shows a part.

        A contest is whole where the source says so; where its units are places of the level that it is held on (the row of a
        constituency, say); or, where no level is known, if its only unit bears its own name. Of one in the whole country, the units must name every departement.
        """
        said, level = self._coverage[contest], self._levels[contest]
        if said in (WHOLE, PART):
            return said, None
        own = self._level[contest]
        if own == level if level is not None else self._is_its_unit(contest):
            return WHOLE, None
        if level == LEVELS[0]:
            return self._of_nation(contest)
        return UNKNOWN, None

    def _is_its_unit(self, contest: int) -> bool:
        return int(self._units[contest]) == 1 and self._unit[int(self._last[contest])] == self._names[contest]

    def _of_nation(self, contest: int) -> tuple[str, Message | None]:
        column = self._ballots["departement_code"]
        places = codes(column)[self._at == contest]
        named = {same_code(column.cat.categories[place], "departement") for place in set(places.tolist()) if place >= 0}
        found = len(EVERY_DEPARTEMENT & {name.upper() for name in named})
        if found == len(EVERY_DEPARTEMENT):
            return UNKNOWN, None
        if not named:
            return PART, msg("they name no departements, and nothing shows them to be the whole country")
        return PART, msg("they lie in {n} of {all} departements", n=found, all=len(EVERY_DEPARTEMENT))
