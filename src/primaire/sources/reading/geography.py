"""Codes of places in one form, whatever the file's: `1` and `01`, `101` and `0101`, `172` and `78172` name one place.

Codes below the departement include it, as INSEE's and the ministry's recent files do; letters and zeros survive.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS = re.compile(r"\d+")
_STATION = re.compile(r"\d{1,4}[A-Z]?")
_MOST_OF_COMMUNE = 3

_SUFFIXED = re.compile(r"(.+?)(?:AR|SR|SN)\d\d")
_CITIES: Final = {"75056": ("751", 20), "69123": ("6938", 9), "13055": ("132", 16)}
"""Cities that are also published by arrondissement: how the codes of these begin, and how many there are."""


def departement_code(word: str) -> str:
    """Return a departement's code with at least two characters.

    >>> [departement_code(word) for word in ("1", "2a", "ZA", "971")]
    ['01', '2A', 'ZA', '971']
    """
    code = word.upper()
    return code.zfill(2) if _DIGITS.fullmatch(code) else code


def region_code(word: str) -> str:
    """Return a region's code with at least two characters."""
    return departement_code(word)


def commune_code(word: str, departement: str) -> str:
    """Return a commune's code of five characters, its departement (in its own form, "" if not known) included.

    >>> [commune_code(*each) for each in (("172", "78"), ("4", "01"), ("1004", "01"), ("78172", "78"), ("101", "ZA"))]
    ['78172', '01004', '01004', '78172', 'ZA101']
    >>> commune_code("105", "971"), commune_code("056AR01", "75"), commune_code("78172", "")
    ('97105', '75056AR01', '78172')
    """
    code = word.upper()
    if _DIGITS.fullmatch(code) and len(code) > _MOST_OF_COMMUNE:
        return code.zfill(5)
    prefix = departement[:2]
    if not prefix or (len(code) > _MOST_OF_COMMUNE and code.startswith(prefix)):
        return code
    return prefix + code.zfill(_MOST_OF_COMMUNE)


def part_code(word: str, departement: str) -> str:
    """Return the code of a constituency or a canton: its departement and two digits.

    >>> [part_code(*each) for each in (("7", "78"), ("07", "78"), ("101", "01"), ("0101", "01"), ("1", "ZA"), ("ZA01", "ZA"))]
    ['7807', '7807', '0101', '0101', 'ZA01', 'ZA01']
    """
    code = word.upper()
    if not departement:
        return code.zfill(2) if _DIGITS.fullmatch(code) else code
    if len(code) > 2 and code.zfill(len(departement) + 2).startswith(departement):  # noqa: PLR2004  two digits are a number alone
        return code.zfill(len(departement) + 2)
    return departement + code.zfill(2)


def station_code(word: str) -> str:
    """Return a polling station's code of four characters; anything but a number is left as it is.

    >>> [station_code(word) for word in ("1", "0001", "1A", "Mairie")]
    ['0001', '0001', '001A', 'Mairie']
    """
    code = word.upper()
    return code.zfill(4) if _STATION.fullmatch(code) else word


def station_code_within(word: str, commune: str) -> str:
    """Return a polling station's code without that of its commune before it.

    >>> station_code_within("01004_0001", "01004"), station_code_within("0001", "01004"), station_code_within("1_2", "01004")
    ('0001', '0001', '1_2')
    """
    begins = f"{commune}_"
    return station_code(word[len(begins) :] if commune and word.startswith(begins) and word != begins else word)


def departement_of(commune: str) -> str:
    """Return the departement of a commune's code of five characters, "" for any other text.

    >>> departement_of("78172"), departement_of("97105"), departement_of("ZA101"), departement_of("Poissy")
    ('78', '971', 'ZA', '')
    """
    if not re.fullmatch(r"(?:\d\d|2[AB]|Z[A-Z])\d{3}", commune):
        return ""
    return commune[:3] if commune[:2] in ("97", "98") else commune[:2]


def number_in(code: str, departement: str) -> str:
    """Return the number of a constituency or canton within its departement, as people write it.

    >>> number_in("7807", "78"), number_in("ZA01", "ZA")
    ('7', '1')
    """
    number = code.removeprefix(departement)
    return number.lstrip("0") or number


def cities_counted_twice(codes: set[str]) -> set[str]:
    """Return the codes of cities that stand beside their own arrondissements or sectors.

    >>> sorted(cities_counted_twice({"75056", "75101", "75102", "13055", "ZA056", "ZA056AR01"}))
    ['75056', 'ZA056']
    """
    suffixed = {found[1] for code in codes if (found := _SUFFIXED.fullmatch(code))}
    return {
        city
        for city in codes
        if city in suffixed or (city in _CITIES and any(_is_part(code, *_CITIES[city]) for code in codes))
    }


def is_arrondissement(code: str, city: str) -> bool:
    """Tell whether a code is that of an arrondissement or a sector of a city.

    >>> is_arrondissement("75101", "75056"), is_arrondissement("ZA056AR01", "ZA056"), is_arrondissement("78172", "75056")
    (True, True, False)
    """
    suffixed = _SUFFIXED.fullmatch(code)
    return (suffixed is not None and suffixed[1] == city) or (city in _CITIES and _is_part(code, *_CITIES[city]))


def _is_part(code: str, begins: str, number: int) -> bool:
    rest = code.removeprefix(begins)
    return rest != code and rest.isdigit() and len(code) == 5 and 1 <= int(rest) <= number  # noqa: PLR2004  an INSEE code
