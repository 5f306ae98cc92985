"""Names and codes brought together: spelling variants of one name or code, and near misses.

Votes are set against each other by what these functions return: equal keys are the same place or person. They are
called once for each different name or code, never once for each row.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_WORD = re.compile(r"[\W_]+")
_MANY = 500  # names above which only those that share most pairs of letters are compared letter by letter
_NEAREST = 100

_LETTERS = {
    "ZA": "971",
    "ZB": "972",
    "ZC": "973",
    "ZD": "974",
    "ZM": "976",
    "ZN": "988",
    "ZP": "987",
    "ZS": "975",
    "ZW": "986",
    "ZZ": "99",
}
"""The Ministry's letters for what is overseas and abroad, and the number of the statistical office (INSEE)."""

_TITLES = frozenset({"m", "mr", "mme", "mlle", "mm", "dr", "monsieur", "madame", "mademoiselle"})

LOCAL_DIGITS: Final = {"commune": 3, "canton": 2, "constituency": 2}
"""Digits of a code that counts within its departement; a longer code includes the departement."""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, by which its spellings are compared.

    >>> fold("Benoît  HAMON") == fold("benoit hamon")
    True
    >>> fold("Conflans-Sainte-Honorine")
    'conflans sainte honorine'
    """
    if name.isascii():
        plain = name.lower()
    else:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    # Of a name of signs alone, the signs are the name.
    return _NOT_WORD.sub(" ", plain).strip() or plain.strip()


def same_code(code: str, level: str = "") -> str:
    """Return a code as it is compared: without leading zeros, and by the number of the statistical office.

    The codes of communes and departements overseas are those of the Ministry (``ZA``) or of the statistical office
    (``971``); those of Corsica's communes have one number under 2A, 2B and the old 20.

    >>> same_code("0101") == same_code("101"), same_code("7") == same_code("78")
    (True, False)
    >>> same_code("ZD411", "commune"), same_code("ZM511", "commune"), same_code("2A004", "commune")
    ('97411', '97611', '20004')
    """
    if code.isdecimal():  # as nearly all are
        return code.lstrip("0") or "0"
    plain = code.strip().upper()
    letters, rest = plain[:2], plain[2:]
    if level == "commune" and letters in {"2A", "2B"}:
        plain = f"20{rest}"
    elif level == "commune" and letters == "ZX":  # Saint-Barthélemy (701) and Saint-Martin (801)
        plain = f"97{rest}"
    elif letters in _LETTERS and level in {"departement", "commune", "canton", "constituency"}:
        # Overseas, the commune's number begins with the last digit of the departement's.
        plain = _LETTERS[letters] + (rest[-2:] if level == "commune" and letters != "ZZ" else rest)
    return plain.lstrip("0") or plain[:1]


def place_code(level: str, code: str, departement: str | None) -> str:
    """Return the code of a place as it is compared, its departement included where that is known.

    >>> place_code("commune", "172", "78") == place_code("commune", "78172", None)
    True
    >>> place_code("constituency", "7", "78") == place_code("constituency", "7807", None)
    True
    """
    digits = LOCAL_DIGITS.get(level, 0)
    if departement and len(code) <= digits:
        # Overseas a departement has three digits, and its communes' numbers repeat the last one or leave it out.
        if level == "commune" and len(departement) == digits:
            code = departement + code[-2:].zfill(2)
        else:
            code = departement.zfill(2) + code.zfill(digits)
    return same_code(code, level)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names may be those of one person: the same words in any order, or one of them the surname alone.

    Titles do not count. The surname is what is printed in capitals or what comes last.

    >>> same_person("LE PEN", "Marine LE PEN"), same_person("M. Jean LASSALLE", "Lassalle Jean")
    (True, True)
    >>> same_person("Jean LE PEN", "Marine LE PEN"), same_person("PEN", "LE PEN Marine")
    (False, False)
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if sorted(map(fold, short)) == sorted(map(fold, long)):
        return bool(short)
    loud = [word for word in long if word.isupper() and len(word) > 1]
    surname = loud if 0 < len(loud) < len(long) else long[len(long) - len(short) :]
    return bool(short) and fold(" ".join(short)) == fold(" ".join(surname))


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", name) if fold(word) not in _TITLES]


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of ``names`` that is nearest to a misspelt ``name``, or None where none is near.

    Of very many names, those that share most pairs of letters with it are compared.

    >>> closest("canddate", ["candidate", "votes"])
    'candidate'
    """
    wanted = fold(name)
    spelling = {fold(known): known for known in names}
    found = difflib.get_close_matches(wanted, _alike(wanted, list(spelling)), n=1, cutoff=0.72)
    return spelling[found[0]] if found else None


def _alike(wanted: str, names: list[str]) -> list[str]:
    if len(names) <= _MANY:
        return names
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}
    # A name that is much longer shares many pairs with everything.
    nearness = [sum(pair in name for pair in pairs) - abs(len(name) - len(wanted)) / 2 for name in names]
    order = sorted(range(len(names)), key=nearness.__getitem__, reverse=True)
    return [names[at] for at in order[:_NEAREST]]


def pick(wanted: str, names: Iterable[str]) -> list[str]:
    """Return those of ``names`` that ``wanted`` means: the same but for case and accents, else all that contain it.

    >>> pick("hamon", ["Manuel Valls", "Benoît Hamon"])
    ['Benoît Hamon']
    """
    known = list(dict.fromkeys(names))
    key = fold(wanted)
    folded = [fold(name) for name in known]
    same = [name for name, plain in zip(known, folded, strict=True) if plain == key]
    if same or not key:
        return same
    return [name for name, plain in zip(known, folded, strict=True) if f" {key}" in f" {plain}"]
