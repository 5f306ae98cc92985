"""Properties of shapes that may be codes of places, written as the codes of units are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from primaire.matching import fold, place_code, same_code
from primaire.placenames import place_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Keys = list[str | None]
"""What each shape's place is compared by; None where the shape does not say it."""

AROUND: Final = {"station": "commune", "commune": "departement", "canton": "departement", "constituency": "departement"}
"""The level within which the number of a place counts."""

SERIAL: Final = frozenset({"objectid", "fid", "gid", "ogc fid", "oid", "objectid 1", "shape id"})
"""Names that programs for maps give to a running number, folded."""

_FULL: Final = {
    "region": re.compile(r"(\w{1,3})"),
    "departement": re.compile(r"(\w{1,3})"),
    "constituency": re.compile(r"(?:(\w{2,3})[-_ ./])?(\w{1,6})"),
    "canton": re.compile(r"(?:(\w{2,3})[-_ ./])?(\w{1,6})"),
    "commune": re.compile(r"(\w{4,5})"),
    "station": re.compile(r"((?:\d[\dAB]|Z[A-Z])\d{3}|\d{4}(?=[-_ ./]))[-_ ./]*(\w{1,5})", re.IGNORECASE),
}
"""How a code that needs no other beside it is written."""


_COMMUNE: Final = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-57-8]|2[AB]|Z[A-Z])\d{3}(?:[-_ ./]\w{1,5}|\d{4})?", re.IGNORECASE)
"""A code of a commune, or of a station with its commune's before it."""


@dataclass(frozen=True)
class Candidate:
    """One way in which shapes may say their places.

    Attributes:
        names: the properties: one, or those of wider places before it; empty for none.
        keys: what each shape's place is compared by.
        whole: whether these say the place by themselves; else the only place around all units is added.
        named: whether they are names rather than codes.
        shared: how many shapes bear a name of several places, so that it tells none.
    """

    names: tuple[str, ...]
    keys: Keys
    whole: bool = True
    named: bool = False
    shared: int = 0

    @property
    def serial(self) -> bool:
        """Whether the number is one that programs for maps give to shapes as they come."""
        return fold(self.names[-1]) in SERIAL


def texts(values: Sequence[object]) -> list[str | None]:
    """Return the values of a property as codes are written: 76 and 76.0 as 76, nothing for what can be no code."""
    return [_text(value) for value in values]


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None
    return str(value)


def has_codes(values: Sequence[str | None]) -> bool:
    """Tell whether a property holds codes of communes, or of places in them: five characters, the departement's first."""
    held = [value for value in values if value is not None]
    return bool(held) and all(_COMMUNE.fullmatch(value) for value in held)


def by_code(properties: Mapping[str, Sequence[str | None]], level: str) -> list[Candidate]:
    """Return the properties that may be codes of a level's places by themselves."""
    return _held(Candidate((name,), _each(values, level, _full)) for name, values in properties.items())


def by_number(
    properties: Mapping[str, Sequence[str | None]], level: str, around: Sequence[Candidate]
) -> list[Candidate]:
    """Return the pairs of properties that may be a wider place and a number within it, given those of the wider place."""
    return _held(
        Candidate(
            (*outer.names, name),
            [
                None if one is None or wide is None else number_within(level, wide, one)
                for wide, one in zip(outer.keys, values, strict=True)
            ],
        )
        for outer in around
        for name, values in properties.items()
        if name not in outer.names
    )


def by_number_alone(properties: Mapping[str, Sequence[str | None]], level: str, around: str) -> list[Candidate]:
    """Return the properties that may be numbers within the one wider place that all units lie in."""
    return _held(
        Candidate((name,), [None if one is None else number_within(level, around, one) for one in values], whole=False)
        for name, values in properties.items()
    )


def by_name(properties: Mapping[str, Sequence[str | None]]) -> list[Candidate]:
    """Return the properties that may be names of places."""
    return _held(
        Candidate((name,), [None if one is None else fold(one) for one in values], named=True)
        for name, values in properties.items()
    )


def number_within(level: str, around: str, number: str) -> str | None:
    """Return the key of a place from that of the wider one and its number there; None of what is no number.

    >>> number_within("station", "29019", "0076"), number_within("commune", "1", "4")
    ('29019_76', '1004')
    """
    if len(number) > _LONGEST.get(level, 3):
        return None
    return f"{around}_{same_code(number)}" if level == "station" else place_code(level, number, around)


_LONGEST: Final = {"station": 5}


def _held(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [each for each in candidates if any(each.keys)]


def _each(values: Sequence[str | None], level: str, key: Callable[[str, str], str | None]) -> Keys:
    return [None if value is None else key(level, value) for value in values]


@lru_cache(maxsize=200_000)
def _full(level: str, text: str) -> str | None:
    found = _FULL[level].fullmatch(text)
    if found is None:
        return None
    if level == "station":
        return place_key("station", f"{found[1]}_{found[2]}")
    if level in {"canton", "constituency"}:
        around = found[1] and found[1].lstrip("0").zfill(2)
        return place_code(level, found[2].lstrip("0") or "0" if around else found[2], around)
    return place_code(level, text, None)
