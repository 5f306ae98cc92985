"""What sums of units are called: by their place, and where two places share a name, by what tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, categorical, listed, numbered
from primaire.schema import CONTEST_KEY, LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt


def place_levels(level: str) -> list[str]:
    """Return the levels that tell a place apart: codes and names repeat from one departement, or commune, to the next."""
    if level not in LEVELS[1:]:
        return []
    wider = {"station": ["departement", "commune"], "region": [], "departement": []}.get(level, ["departement"])
    return [*wider, level]


def unit_names(first: pd.DataFrame, several: npt.NDArray[np.bool_], level: str) -> Any:
    """Return the name of each sum: that of its place, else that of its only unit, else none.

    Args:
        first: the first unit of each sum, with the places that all its units have in common.
        several: whether a sum is of several units.
        level: the level of the places that were added up.
    """
    units = first["unit"].to_numpy("object")
    units[several] = None
    if level in LEVELS[1:]:
        names = _place_names(first, level)
        # A station's name, such as 1, says nothing by itself.
        named = pd.notna(names) & (several | (level != "station"))
        units = np.where(named, names, units)
    number, different = pd.factorize(units)
    return categorical(number, different)


def _place_names(first: pd.DataFrame, level: str) -> npt.NDArray[Any]:
    """Return the name of each place, else its code; where two places share it, with what tells them apart."""
    name, code = first[level].to_numpy("object"), first[f"{level}_code"].to_numpy("object")
    names = np.where(pd.isna(name), code, name)
    number, different = pd.factorize(names)
    vote = numbered(first, CONTEST_KEY)
    cell = by_appearance(vote * (len(different) + 1) + number + 1)
    shared = np.zeros(len(different) + 1, dtype="bool")  # the last is for those without a name
    shared[number[(np.bincount(cell) > 1)[cell]]] = True
    shared[-1] = False
    columns = [each for place in place_levels(level) for each in (f"{place}_code", place)][:-1]
    where = np.flatnonzero(shared[number])
    told = zip(*(listed(first[each].iloc[where]) for each in columns), strict=True)
    apart = [_apart(list(filter(None, place))) for place in told]
    names[where] = [f"{one} ({more})" if more else one for one, more in zip(names[where], apart, strict=True)]
    return names


def _apart(place: list[str]) -> str:
    """Return what tells a place apart, from the widest to its own code, which may repeat the departement's."""
    shown = place[1:] if len(place) > 1 and place[-1].startswith(place[0]) else place
    return ", ".join(shown)
