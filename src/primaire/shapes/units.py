"""The places of a data set that shapes can be of, at each level of geography."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from primaire.arrays import listed
from primaire.matching import fold
from primaire.placenames import keys_of, place_keys
from primaire.schema import LEVELS
from primaire.shapes.keys import AROUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

CODED: Final = LEVELS[1:]


@dataclass(frozen=True)
class Units:
    """The places of one level.

    Attributes:
        level: the level.
        around: the key of each place, and that of the wider place within which its number counts, None where it has none.
        names: the places of each folded name; empty where one of them has none.
    """

    level: str
    around: Mapping[str, str | None]
    names: Mapping[str, frozenset[str]]

    @property
    def keys(self) -> frozenset[str]:
        """What the places are compared by."""
        return frozenset(self.around)

    @property
    def alone(self) -> str | None:
        """The only wider place that all lie in, if there is one."""
        wider = set(self.around.values())
        return wider.pop() if len(wider) == 1 else None


def units_of(ballots: pd.DataFrame, level: str) -> Units:
    """Return the places of a level; none where no unit says its own."""
    columns = {name: f"{name}_code" for name in ("departement", "commune", level)}
    rows = ballots[[*dict.fromkeys(columns.values()), level]].drop_duplicates()
    keys = keys_of(rows, level)
    wider = AROUND.get(level)
    around = place_keys(rows, wider) if wider else [None] * len(rows)
    places = {key: at for key, at in zip(keys, around, strict=True) if key is not None}
    names: dict[str, set[str]] = {}
    for key, name in zip(keys, listed(rows[level]), strict=True):
        if key is not None and name is not None:
            names.setdefault(fold(name), set()).add(key)
    return Units(level, places, {name: frozenset(held) for name, held in names.items()})
