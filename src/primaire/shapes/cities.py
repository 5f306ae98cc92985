"""Paris, Lyon and Marseille: communes whose shapes, or whose units, are often their arrondissements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.messages import Message, msg

if TYPE_CHECKING:
    from primaire.shapes.keys import Keys
    from primaire.shapes.units import Units

_CITIES: Final = {
    "75056": ("Paris", range(75101, 75121)),
    "69123": ("Lyon", range(69381, 69390)),
    "13055": ("Marseille", range(13201, 13217)),
}
"""Each commune with its name and the codes of its arrondissements (Code officiel géographique)."""

_CITY_OF: Final = {str(part): city for city, (_, parts) in _CITIES.items() for part in parts}


def with_arrondissements(communes: set[str]) -> set[str]:
    """Return codes of communes with those of the arrondissements of the cities among them."""
    return communes | {part for part, city in _CITY_OF.items() if city in communes}


def as_stations(keys: Keys, units: Units) -> Keys:
    """Return keys of stations with those of an arrondissement as the units have them."""
    return [_station(key, units) for key in keys]


def as_communes(keys: Keys, units: Units) -> tuple[Keys, tuple[Message, ...]]:
    """Return keys with those of arrondissements as the units have them, and what is to be said of it.

    Outlines of all arrondissements make up that of their commune. Figures of arrondissements are not added up.
    """
    if units.level != "commune":
        return keys, ()
    held = set(keys)
    renamed: dict[str, str] = {}
    remarks: list[Message] = []
    for city, (name, parts) in _CITIES.items():
        codes = [str(part) for part in parts]
        if city in units.around and city not in held and held.issuperset(codes):
            renamed |= dict.fromkeys(codes, city)
            remarks.append(msg("the outline of {name} is that of its arrondissements together", name=name))
        elif city in held and city not in units.around and units.keys.intersection(codes):
            remarks.append(
                msg("{name} has one outline, and its figures are of arrondissements: none is shown", name=name)
            )
    return [renamed.get(key, key) if key else key for key in keys], tuple(remarks)


def _station(key: str | None, units: Units) -> str | None:
    """Return the key of a station of an arrondissement as the ministry numbers it in its commune: 75101_7 is 75056_107."""
    if key is None or key in units.around:
        return key
    part, _, number = key.partition("_")
    city = _CITY_OF.get(part)
    if city is None or re.fullmatch(r"\d{1,2}", number) is None:
        return key
    arrondissement = int(part) - _CITIES[city][1].start + 1
    return f"{city}_{arrondissement}{int(number):02d}"
