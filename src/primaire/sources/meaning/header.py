"""The rows of a table that name its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from primaire.naming import round_said
from primaire.schema import PLACES
from primaire.sources.meaning.mapping import BALLOT_FIGURES
from primaire.sources.meaning.unwritten import comments, unwritten_header
from primaire.sources.meaning.vocabulary import meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_MISSING = re.compile(r"Unnamed: \d+(?:_level_\d+)?|\.{3}\d+|Column\d+|_c\d+")
"""What programs call a column without a name."""
_REPAIRED, _AGAIN = re.compile(r"(?<=.)\.{3}\d+$"), re.compile(r"(?<=.)[.]\d{1,2}$")
"""What they put behind a name that stands more than once."""
_PERCENTAGE = re.compile(r"\d{1,3}(?:[.,]\d+)?[ \u00a0\u202f]?%?")
_FRACTION = re.compile(r"[.,%]")
_LOOKED_AT = 40
"""Rows among which the header is looked for."""


def names_of_columns(head: Sequence[Sequence[str]]) -> tuple[int, int, list[str], list[str]] | None:
    """Return the header's row, that of the first data (the same where no header is written), its cells, and their lead."""
    row = header_row(head)
    if row is not None:
        header, first, lead = joined_header(head, row)
        return row, first, header, lead
    unwritten = unwritten_header(head)
    at = comments(head)
    return (at, at, unwritten, []) if unwritten else None


def header_row(head: Sequence[Sequence[str]]) -> int | None:
    """Return the row that names the most columns; None if no row names two, of which one counts something."""
    best, most = None, 1
    for at, row in enumerate(head[:_LOOKED_AT]):
        said = {found.what for cell in row if cell and (found := meaning_of(cell))} - {"ignored"}
        counted = said & {*BALLOT_FIGURES, "votes", "percentage"}
        if counted and len(said) > most:
            best, most = at, len(said)
    return best


def header_over_shares(head: Sequence[Sequence[str]]) -> tuple[int, int, list[str], list[str]] | None:
    """Return as :func:`names_of_columns` a header that knows a place and otherwise names alone, above percentages.

    At least two columns that nobody knows hold percentages, some with decimals or a sign, that add up to 100 in each row.
    """
    for at, row in enumerate(head[:_LOOKED_AT]):
        meanings = [meaning_of(cell) for cell in row]
        if not any(found and found.what.rstrip("?") in PLACES for found in meanings):
            continue
        rows = [cells for cells in head[at + 1 :] if any(cells)]
        names = [
            place
            for place, cell in enumerate(row)
            if cell and meanings[place] is None and all(_is_percentage(cells, place) for cells in rows)
        ]
        cells = [cells[place] for cells in rows for place in names]
        sums = [sum(_value(cells[place]) for place in names) for cells in rows]
        if (
            len(names) > 1
            and any(map(_FRACTION.search, cells))
            and all(abs(one - 100) <= len(names) / 10 for one in sums)
        ):
            return at, at + 1, _as_written(row), []
    return None


def _is_percentage(cells: Sequence[str], place: int) -> bool:
    return place < len(cells) and _PERCENTAGE.fullmatch(cells[place]) is not None


def _value(cell: str) -> float:
    return float(cell.rstrip(" %\u00a0\u202f").replace(",", "."))


def joined_header(head: Sequence[Sequence[str]], row: int) -> tuple[list[str], int, list[str]]:
    """Return the header's cells, the row of the first data, and above repeated blocks what leads them (names, rounds)."""
    header, first = _as_written(head[row]), row + 1
    lead: list[str] = []
    below = head[first] if first < len(head) else []
    if below and _is_second_header(header, below):
        lead = _carried(header, len(below))
        known = sum(meaning_of(cell) is not None for cell in below if cell)
        if (
            known >= sum(bool(cell) for cell in below) / 2
        ):  # figures under names; else codes under labels, which say less
            width = max(len(header), len(below))
            header = [
                (below[at] if at < len(below) and below[at] else header[at] if at < len(header) else "")
                for at in range(width)
            ]
        else:
            lead = []
        first += 1
    elif row and _names_above(header, head[row - 1]):
        lead = _carried(head[row - 1], len(header))
    elif row and any(round_said(cell) for cell in head[row - 1]):
        rounds = _carried([cell if round_said(cell) else "" for cell in head[row - 1]], len(header))
        header = [f"{cell} {above}" if above and cell else cell for cell, above in zip(header, rounds, strict=False)]
    return header, first, lead


def _as_written(cells: Sequence[str]) -> list[str]:
    """Return a header without what programs add to names that are missing or stand twice.

    >>> _as_written(["Nom", "Voix", "Unnamed: 2", "Nom.1", "Voix...5"])
    ['Nom', 'Voix', '', 'Nom', 'Voix']
    """
    header = ["" if _MISSING.fullmatch(cell) else cell for cell in cells]
    names = {_REPAIRED.sub("", cell) for cell in header}
    return [
        base if (base := _REPAIRED.sub("", cell)) != cell or (base := _AGAIN.sub("", cell)) in names else cell
        for cell in header
    ]


def _is_second_header(header: Sequence[str], below: Sequence[str]) -> bool:
    filled = [cell for cell in below if cell]
    places = [at for at, cell in enumerate(header) if (found := meaning_of(cell)) and found.what in BALLOT_FIGURES]
    return (
        bool(filled)
        and not any(cell[0].isdigit() for cell in filled)
        and not any(at < len(below) and below[at] for at in places)
    )


def _names_above(header: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether the row above repeated columns of votes names whose these are."""
    meanings = [found.what if (found := meaning_of(cell)) else "" for cell in header]
    votes = [at for at, what in enumerate(meanings) if what == "votes"]
    if len(votes) < 2 or {"name", "surname", "list", "label"} & set(meanings):  # noqa: PLR2004  one needs no name above
        return False
    carried = _carried(above, len(header))
    names = [carried[at] for at in votes]
    return (
        all(names) and len(set(names)) == len(names) and not any(round_said(name) or meaning_of(name) for name in names)
    )


def _carried(cells: Sequence[str], width: int) -> list[str]:
    """Return cells with empty ones filled from the left, as merged cells are meant."""
    carried, last = [], ""
    for at in range(width):
        last = cells[at] if at < len(cells) and cells[at] else last
        carried.append(last)
    return carried
