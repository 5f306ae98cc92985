"""One cell of text to one value, or the reason why not. Strict: what is not surely a number is not a number."""

from __future__ import annotations

import re
from datetime import date

from primaire.messages import Message, msg
from primaire.sources.own.columns import FIGURES, WORDS, column_called, word_meant

# Thousands may be set apart by spaces, as French spreadsheets and pages do: plain, no-break or narrow no-break.
# An apostrophe, as in Switzerland, is no decimal mark anywhere either. A whole number as a float has one decimal, 12.0;
# with two, 0,00, it is a percentage, from the column beside in a row that lost a cell.
_COUNT = re.compile(
    r"[0-9]+(?:[.,]0)?|[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f][0-9]{3})+|[0-9]{1,3}(?:['\u2019][0-9]{3})+"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[.][0-9]{3})+")
_NUMBER = re.compile(r"[-\u2212+]?[0-9]+(?:[.,][0-9]+)?")
_SHARE = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[ \u00a0\u202f]?%?")
_EUROPEAN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MOST_DIGITS = 15
_MOST_DECIMALS = 6


class CellError(ValueError):
    """A cell that does not hold what its column holds; ``reason`` says why, in words."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_count(cell: str, decimal_mark: str | None = None) -> int:
    """Return a count: a whole number, not negative, thousands set apart by spaces, by apostrophes or not at all.

    Where the decimal mark is known, the other of comma and point may set thousands apart too.

    Raises CellError for text, fractions, negatives, and numbers no election can reach.

    >>> parse_count("1 473"), parse_count("1,473", ".")
    (1473, 1473)
    """
    grouped = _GROUPED.fullmatch(cell)
    if _COUNT.fullmatch(cell) or (grouped and decimal_mark and decimal_mark not in cell):
        digits = re.sub(r"[.,]0$|[^0-9]", "", cell)
        if len(digits.lstrip("0")) <= _MOST_DIGITS:
            return int(digits)
        raise CellError(msg("is too large for a count"))
    if _NUMBER.fullmatch(cell):
        if cell[0] in "-\u2212":
            raise CellError(msg("is negative; a count is a whole number, 0 or more"))
        if grouped and decimal_mark is None:
            raise CellError(
                msg(
                    'is not a whole number; if “{mark}” sets thousands apart, say so in a mapping: decimal_mark = "{other}"',
                    mark="," if "," in cell else ".",
                    other="." if "," in cell else ",",
                )
            )
        raise CellError(
            msg("is not a whole number; write it without decimals, thousands set apart by spaces or not at all")
        )
    raise CellError(msg("is not a count; write a whole number, or leave the cell empty where nothing is published"))


def parse_round(cell: str) -> int:
    """Return a round's number, 1 or more. Raises CellError."""
    if re.fullmatch(r"[1-9][0-9]?", cell):
        return int(cell)
    raise CellError(msg("is not a round; write 1, 2, ..."))


def parse_share(cell: str) -> tuple[float, int]:
    """Return a percentage and its number of decimals. Raises CellError.

    >>> parse_share("35,68 %")
    (35.68, 2)
    """
    found = _SHARE.fullmatch(cell)
    if found is None:
        if _NUMBER.fullmatch(cell.rstrip(" %\u00a0\u202f")) and cell[0] in "-\u2212":
            raise CellError(msg("is negative; a percentage is 0 or more"))
        raise CellError(msg("is not a percentage; write it like 35.68 or 35,68"))
    whole, decimals = found[1], found[2] or ""
    if len(decimals) > _MOST_DECIMALS or len(whole) > _MOST_DECIMALS:
        raise CellError(
            msg("has more digits than a published percentage; at most {most} decimals are read", most=_MOST_DECIMALS)
        )
    return float(f"{whole}.{decimals or 0}"), len(decimals)


def parse_date(cell: str, *, european: bool) -> str:
    """Return a date as YYYY-MM-DD. DD/MM/YYYY is read too where the file is a European spreadsheet's.

    Raises CellError.

    >>> parse_date("29/01/2017", european=True)
    '2017-01-29'
    """
    slashed = _EUROPEAN_DATE.fullmatch(cell)
    try:
        if slashed and european:
            return date(int(slashed[3]), int(slashed[2]), int(slashed[1])).isoformat()
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell).isoformat()
    except ValueError:
        pass
    raise CellError(msg("is not a date; write it as YYYY-MM-DD, like 2017-01-29"))


def parse_word(column: str, cell: str) -> str:
    """Return the word of a limited column. Raises CellError with the words there are."""
    word = word_meant(column, cell)
    if word is None:
        raise CellError(msg("is not one of: {words:term}", words=list(WORDS[column])))
    return word


def parse_columns(cell: str) -> frozenset[str]:
    """Return the columns of figures that a cell names, or all of them for “yes”. Raises CellError."""
    if cell.casefold() in ("yes", "oui", "x"):
        return frozenset(FIGURES)
    found = {name: column_called(name) for name in re.split(r"[\s,;]+", cell) if name}
    wrong = [name for name, column in found.items() if column is None or column.name not in FIGURES]
    if wrong:
        raise CellError(msg("names no column of figures; write “yes”, or some of: {columns}", columns=list(FIGURES)))
    return frozenset(column.name for column in found.values() if column is not None)
