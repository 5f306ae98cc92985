"""Names brought together: spelling variants of one name, and near misses."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, by which its spellings are compared.

    >>> fold("Benoît  HAMON") == fold("benoit hamon")
    True
    >>> fold("Conflans-Sainte-Honorine")
    'conflans sainte honorine'
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    # Of a name of signs alone, the signs are the name.
    return _NOT_WORD.sub(" ", plain).strip() or plain.strip()


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of ``names`` that is nearest to a misspelt ``name``, or None where none is near.

    >>> closest("canddate", ["candidate", "votes"])
    'candidate'
    """
    spelling = {fold(known): known for known in names}
    found = difflib.get_close_matches(fold(name), spelling, n=1, cutoff=0.72)
    return spelling[found[0]] if found else None


def pick(wanted: str, names: Iterable[str]) -> list[str]:
    """Return those of ``names`` that ``wanted`` means: the same but for case and accents, else all that contain it.

    >>> pick("hamon", ["Manuel Valls", "Benoît Hamon"])
    ['Benoît Hamon']
    """
    known = list(dict.fromkeys(names))
    key = fold(wanted)
    same = [name for name in known if fold(name) == key]
    if same or not key:
        return same
    return [name for name in known if f" {key}" in f" {fold(name)}"]
