"""What units and sums of them are called: by their place, and where two places share a name, by what tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import by_appearance, categorical, firsts, listed, numbered
from primaire.matching import fold, place_code, same_code
from primaire.messages import Message, msgn
from primaire.schema import CONTEST_KEY, LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable

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


def names_of_units(ballots: pd.DataFrame) -> pd.Series[str]:
    """Return what people call each unit: one that has but a code is called by its commune and its number there.

    Where all units are of one commune, the number says enough. A code stays where its commune has no name among several, and
    where two units of one round would be called alike; and a name stays, whatever it is.

    >>> names_of_units(pd.DataFrame({"election": "E", "round": 1, "unit": ["29019_0040", "29011_0001", "Town hall"],
    ...     "commune_code": ["29019", "29011", "29011"], "commune": ["Brest", "Bohars", "Bohars"],
    ...     "station_code": ["0040", "0001", "0002"], "station": None})).tolist()
    ['Brest, 40', 'Bohars, 1', 'Town hall']
    """
    units, communes = ballots["unit"].astype("str"), communes_of_names(ballots)
    return units.where(communes.isna(), _stations(communes, _numbers(ballots)))


def communes_of_names(ballots: pd.DataFrame) -> pd.Series[str]:
    """Return by which commune :func:`names_of_units` calls each unit: the name of it, or nothing where all units are of one.

    NA for a unit that is called by its own name, or by its code.
    """
    units, code, commune = (ballots[name].astype("str") for name in ("unit", "commune_code", "commune"))
    station = ballots[station_column(ballots)].astype("str")
    bare = ((units == code + "_" + station) | (units == station)).fillna(value=False)
    alone = len(ballots[["commune_code", "commune"]].drop_duplicates()) == 1
    around = pd.Series("", ballots.index, dtype="str") if alone else commune
    told = _stations(around.where(bare), _numbers(ballots))
    different = ballots[["election", "round"]].assign(unit=units, told=units.where(told.isna(), told)).drop_duplicates()
    alike = different.loc[different.duplicated(["election", "round", "told"]), "told"]
    return around.where(told.notna() & ~told.isin(alike))


def station_name(commune: str, number: str) -> str:
    """Return what people call a station that has but a number: by its commune, if any is given, and that number.

    >>> station_name("Brest", "40"), station_name("", "40")
    ('Brest, 40', '40')
    """
    return f"{commune}, {number}" if commune else number


def _stations(communes: pd.Series[str], numbers: pd.Series[str]) -> pd.Series[str]:
    """Return what each station is called, as :func:`station_name`; NA where its commune or its number is."""
    known = (communes.notna() & numbers.notna()).tolist()
    pairs = zip(communes.tolist(), numbers.tolist(), known, strict=True)
    names = [station_name(commune, number) if both else None for commune, number, both in pairs]
    return pd.Series(names, communes.index, dtype="str")


def _numbers(ballots: pd.DataFrame) -> pd.Series[str]:
    """Return the number of each station, without the zeros before it."""
    station = ballots[station_column(ballots)].astype("str")
    return station.str.lstrip("0").where(lambda text: text != "", station)


def place_key(level: str, code: str) -> str:
    """Return what a code is compared by, all in one: that of a station is its commune's and its own, 78172_0001.

    >>> place_key("station", "78172_0001") == place_key("station", "78172_1"), place_key("commune", "01004")
    (True, '1004')
    """
    if level == "station" and "_" in code:
        commune, _, station = code.partition("_")
        return f"{place_code('commune', commune, None)}_{same_code(station)}"
    return place_code(level, code, None)


def place_keys(ballots: pd.DataFrame, level: str) -> list[str | None]:
    """Return what the code of each ballot's place of a level is compared by, as :func:`place_key`; None without a code."""
    if level != "station":
        return _each_once(
            ballots, ["departement_code", f"{level}_code"], lambda around, code: place_code(level, code, around)
        )
    communes = place_keys(ballots, "commune")
    stations = _each_once(ballots, [station_column(ballots)], same_code)
    return [
        None if town is None or one is None else f"{town}_{one}" for town, one in zip(communes, stations, strict=True)
    ]


def keys_of(ballots: pd.DataFrame, level: str) -> list[str | None]:
    """Return what the place of each ballot is compared by: its code, as :func:`place_keys`; where none has one, its name.

    A name counts within its departement, that of a station within its commune, where their codes are known. It begins with a
    tilde, which no code does.
    """
    keys = place_keys(ballots, level)
    if any(key is not None for key in keys):
        return keys
    around = ["commune_code", "departement_code"] if level == "station" else ["departement_code"]
    return _each_once(
        ballots,
        [*dict.fromkeys(around), level],
        lambda *place: "~".join(["", fold(place[-1]), *filter(None, place[:-1])]),
    )


def station_column(ballots: pd.DataFrame) -> str:
    """Return the column of the numbers of stations: their codes; their names, where none has a code and all names are numbers."""
    if ballots["station_code"].notna().any():
        return "station_code"
    names = ballots["station"].dropna().unique().tolist()
    return "station" if names and all(name.isdecimal() for name in names) else "station_code"


def _each_once(ballots: pd.DataFrame, columns: list[str], key: Callable[..., str]) -> list[str | None]:
    """Return what codes are compared by, each different one looked at once; None where the last column says nothing."""
    number = numbered(ballots, columns)
    different = ballots.iloc[firsts(number)]
    rows = zip(*(listed(different[name]) for name in columns), strict=True)
    keys = np.array([None if row[-1] is None else key(*row) for row in rows], dtype="object")
    return keys[number].tolist() if len(keys) else []


def places_in_words(level: str, number: int) -> Message:
    """Return how many places of a level there are, in words; of what is no level of geography, units."""
    return _PLACES.get(level, _PLACES["unit"])(number)


_PLACES: Final[dict[str, Callable[[int], Message]]] = {
    "region": lambda n: msgn("{n:count} region", "{n:count} regions", n),
    "departement": lambda n: msgn("{n:count} departement", "{n:count} departements", n),
    "constituency": lambda n: msgn("{n:count} constituency", "{n:count} constituencies", n),
    "canton": lambda n: msgn("{n:count} canton", "{n:count} cantons", n),
    "commune": lambda n: msgn("{n:count} commune", "{n:count} communes", n),
    "station": lambda n: msgn("{n:count} station", "{n:count} stations", n),
    "unit": lambda n: msgn("{n:count} unit", "{n:count} units", n),
}
