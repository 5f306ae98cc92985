"""Columns found by what a mapping calls them: a header, a number, or a header with a gap for a block's number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.matching import closest, fold
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Reference

GAP: Final = "{n}"
"""What stands in a reference for the number of a block."""

OPTIONAL: Final = "?"
"""What a reference ends in when not all files have its column."""

EITHER: Final = "|"
"""What stands between several headers of which the first that the table has is meant."""


class ColumnError(ValueError):
    """A reference that is no column of the table, or more than one; ``reason`` says why, in words."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def resolve(reference: Reference, headers: Sequence[str], *, repeated: bool = False) -> int | None:
    """Return the place of a column (0 is the first), or None for an optional one that the table has not.

    A number is the column's number. A header is found as it is written but for spaces around it, else whatever its case
    and accents, as long as one column only is meant.

    Args:
        reference: what the mapping says.
        headers: one for each column of the table, empty where the file names none.
        repeated: headers come again with every block along the row, and the first is meant.

    Raises:
        ColumnError: there is no such column, or there are several.

    >>> resolve(2, ["", "Inscrits"]), resolve("inscrits", ["", " Inscrits"]), resolve("county?", ["precinct"])
    (1, 1, None)
    >>> resolve("county|parish?", ["Parish", "precinct"])
    0
    """
    if isinstance(reference, int):
        if 1 <= reference <= len(headers):
            return reference - 1
        raise ColumnError(
            msg("there is no column {number}; the table has {width}", number=reference, width=len(headers))
        )
    found = _found(reference, headers)
    if not found:
        either = reference.removesuffix(OPTIONAL).split(EITHER)
        found = next((places for one in either if (places := _found(one, headers))), [])
        if not found and reference.endswith(OPTIONAL):
            return None
    if not found:
        raise ColumnError(_missing(reference, headers))
    if len(found) > 1 and not repeated:
        numbers = [place + 1 for place in found]
        raise ColumnError(
            msg("{n} columns are called so; name one by its number: {numbers}", n=len(found), numbers=numbers)
        )
    return found[0]


def expand(reference: str, headers: Sequence[str]) -> dict[int, int]:
    """Return for a header with ``{n}`` the place of its column in each block, by the block's number.

    Raises:
        ColumnError: there is none. An optional reference may have none.

    >>> expand("Nom {n}", ["Code", "Nom 1", "Voix 1", "Nom 2", "Voix 2"])
    {1: 1, 2: 3}
    """
    before, _, after = reference.removesuffix(OPTIONAL).partition(GAP)
    pattern = re.compile(rf"{_words(before)} ?([0-9]{{1,4}}) ?{_words(after)}")
    blocks: dict[int, int] = {}
    for place, header in enumerate(headers):
        number = pattern.fullmatch(fold(header))
        if number is None or ("%" in header) != ("%" in reference):
            continue
        first = blocks.setdefault(int(number[1]), place)
        if first != place:
            raise ColumnError(
                msg(
                    "columns {first} and {second} are both of block {n}", first=first + 1, second=place + 1, n=number[1]
                )
            )
    if not blocks and not reference.endswith(OPTIONAL):
        raise ColumnError(_missing(reference.replace(GAP, "1"), headers))
    return dict(sorted(blocks.items()))


def _words(part: str) -> str:
    # Folded, signs alone would stand for themselves; beside a number they vanish.
    return re.escape(fold(part)) if any(letter.isalnum() for letter in part) else ""


def _missing(reference: str, headers: Sequence[str]) -> Message:
    near = closest(reference, filter(None, headers))
    if near:
        return msg("the table has no such column; did you mean “{near}”?", near=near)
    return msg("the table has no such column")


def _found(header: str, headers: Sequence[str]) -> list[int]:
    """Return the places of a header: as it is written, else whatever its case and accents."""
    exact = [place for place, name in enumerate(headers) if name.strip() == header.strip()]
    return exact or [place for place, name in enumerate(headers) if header_key(name) == header_key(header)]


def header_key(header: str) -> str:
    """Return what headers are compared by: the header without case, accents and punctuation.

    >>> header_key("Exprimés") == header_key("EXPRIMES"), header_key("% exprimés") == header_key("exprimés")
    (True, False)
    """
    return ("%" if "%" in header else "") + fold(header)
