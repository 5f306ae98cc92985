"""What the columns of a table mean: by the words of the header, and where these leave it open, by the cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from primaire.matching import fold
from primaire.schema import LEVELS
from primaire.sources.meaning.mapping import BALLOT_FIGURES
from primaire.sources.meaning.vocabulary import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Reference

_NUANCES: Final = ("COM", "REG")
_BESIDE_VALID: Final = frozenset(("electorate", "electors", "eligible voters"))
"""Words that alone say too little of a table: without its valid votes, nothing there tells candidates from counts."""
"""Parties where a column per nuance is filled, and abbreviations of commune and region elsewhere."""
_SIGNED: Final = {"emarg", "emargement", "emargements"}
_NUMBERS: Final = frozenset(("numero", "num", "n", "no", "code"))
_LABELS: Final = frozenset(("libelle", "intitule", "denomination"))
_CODE = re.compile(r"\d{1,9}|\d{1,5}[A-Z]{1,4}\d{0,4}|2[AB]\d{0,3}|Z[A-Z]\d{0,4}|[0-9]{2,5}[_-][0-9A-Z]{1,5}")


@dataclass
class Columns:
    """The header as understood: what each column means, its name, and its cells in the first rows.

    ``written`` is the row of the table that names the columns, empty where none does. Of a header of two rows it is the
    second, and columns that only the first names are called by their numbers.
    """

    header: list[str]
    meanings: list[Meaning | None]
    sample: list[list[str]]
    written: Sequence[str] = ()

    def cells(self, place: int) -> list[str]:
        return [row[place] for row in self.sample if len(row) > place and row[place]]

    def meant(self, among: Sequence[int]) -> list[Meaning]:
        return [found for at in among if (found := self.meanings[at])]

    def refer(self, place: int) -> Reference:
        name = self.header[place] if place < min(len(self.header), len(self.written)) else ""
        stands = name and self.written[place] == name and self.header.count(name) == 1
        return name if stands and "{n}" not in name else place + 1

    def first(self, what: str, among: Sequence[int] | None = None) -> int | None:
        return next(
            (
                place
                for place in among or range(len(self.meanings))
                if (found := self.meanings[place]) and found.what == what
            ),
            None,
        )


def understood(header: list[str], sample: list[list[str]], written: Sequence[str] = ()) -> Columns:
    """Return what the columns under a header mean, given some rows below it and the row that names them."""
    columns = Columns(header, [meaning_of(cell) for cell in header], sample, written)
    _settle(columns)
    _of_votes_that_are_voters(columns)
    _number_candidates(columns)
    _of_two_counts_of_voters(columns)
    _unname_candidates(columns)
    _beside_places(columns)
    _take_the_first_of_places(columns)
    return columns


def _settle(columns: Columns) -> None:
    """Decide what only the cells can tell: a code or a name, a place or a nuance."""
    voted = columns.first("votes") is not None
    for at, found in enumerate(columns.meanings):
        if found is None:
            continue
        cells = columns.cells(at)
        if fold(columns.header[at]) in _BESIDE_VALID and columns.first("valid") is None:
            columns.meanings[at] = None
            continue
        if not voted and columns.header[at] in _NUANCES:
            columns.meanings[at] = None
            continue
        if found.what.endswith("?"):
            level = found.what[:-1]
            coded = sum(_CODE.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)
            columns.meanings[at] = replace(found, what=f"{level}_code" if coded and cells else level)
        elif found.what == "seats_or_mark":
            columns.meanings[at] = replace(found, what="seats")
        elif (found.what in BALLOT_FIGURES and cells and not any(cell[0].isdigit() for cell in cells)) or (
            found.what == "number" and columns.first("votes") is None
        ):
            columns.meanings[at] = None


def _of_votes_that_are_voters(columns: Columns) -> None:
    """Where votes stand under two words, take for voters those that valid, blank and null votes add up to.

    “votes” beside “voix” are all that were cast, by whoever translates the one and keeps the other.
    """
    both = [at for at, found in enumerate(columns.meanings) if found and found.what == "votes"]
    if len(both) != 2 or columns.first("voters") is not None:  # noqa: PLR2004  a pair
        return
    parts = _parts_of_voters(columns)
    equal = [len(parts) > 1 and _add_up(columns, at, parts) == len(columns.sample) for at in both]
    if equal[0] != equal[1] and columns.meanings[both[0]] == columns.meanings[both[1]]:
        columns.meanings[both[equal.index(True)]] = Meaning("voters")


def _parts_of_voters(columns: Columns) -> list[int]:
    return [at for what in ("blank", "null", "blank_null", "valid") if (at := columns.first(what)) is not None]


def _add_up(columns: Columns, at: int, parts: Sequence[int]) -> int:
    """Return in how many rows the parts add up to a column."""
    return sum(_count(row, at) == sum(_count(row, part) for part in parts) for row in columns.sample)


def _number_candidates(columns: Columns) -> None:
    """Take numbers under “candidat” for those of the panels, where another column has the names."""
    at, surname = columns.first("name"), columns.first("surname")
    if at is None or surname is None or columns.first("number") is not None or not (cells := columns.cells(at)):
        return
    if all(cell.isdigit() for cell in cells) and not any(cell.isdigit() for cell in columns.cells(surname)):
        columns.meanings[at] = replace(columns.meanings[at] or Meaning("number"), what="number")


def _of_two_counts_of_voters(columns: Columns) -> None:
    """Of signatures and of ballots in the box, called by different words, take for voters what the ballots add up to.

    Cities publish both, and they differ where an envelope was left empty or a line was not signed. The other is compared.
    """
    among = [at for at, found in enumerate(columns.meanings) if found and found.what in {"voters", "envelopes"}]
    meant = columns.meant(among)
    counted = [
        "signatures" if set(fold(columns.header[at]).split()) & _SIGNED else found.what
        for at, found in zip(among, meant, strict=True)
    ]
    if len(set(counted)) < len(counted) or len({found.round for found in meant}) != 1:
        return
    added = [_add_up(columns, at, _parts_of_voters(columns)) for at in among]
    kept = max(range(len(among)), key=lambda one: (added[one], counted[one] != "envelopes", -one))
    # “Votants” beside signatures are what lies in the box, and beside that, those who signed; beside both, neither.
    beside = "envelopes" if "signatures" in counted else "signatures"
    names = {"voters": "ignored" if len(among) > 2 else beside}  # noqa: PLR2004  all three
    for one, (at, found) in enumerate(zip(among, meant, strict=True)):
        columns.meanings[at] = replace(found, what="voters" if one == kept else names.get(counted[one], counted[one]))


def _count(row: Sequence[str], at: int) -> int:
    digits = re.sub(r"\s", "", row[at]) if at < len(row) else ""
    return int(digits) if digits.isdigit() else -1


def _unname_candidates(columns: Columns) -> None:
    """Take a count that stands more often than there are rounds for a candidate: people are called Blanc, too."""
    stand = Counter((found.what, found.round) for found in columns.meanings if found and found.what in BALLOT_FIGURES)
    rounds = max(
        (stand[what, round_] for what, round_ in stand if what in ("registered", "voters", "valid")), default=1
    )
    seen: Counter[tuple[str, int | None]] = Counter()
    for at, found in enumerate(columns.meanings):
        if found is not None and found.what in BALLOT_FIGURES:
            seen[found.what, found.round] += 1
            if seen[found.what, found.round] > rounds:
                columns.meanings[at] = None


def _beside_places(columns: Columns) -> None:
    """Take “Numéro” beside the names of stations for their codes, and “Libellé” beside their codes for their names."""
    for level in LEVELS[1:]:
        for what, missing, words in ((level, f"{level}_code", _NUMBERS), (f"{level}_code", level, _LABELS)):
            at = columns.first(what)
            if at is None or columns.first(missing) is not None:
                continue
            for beside in (at - 1, at + 1):
                unknown = 0 <= beside < len(columns.header) and columns.meanings[beside] is None
                cells = columns.cells(beside) if unknown and fold(columns.header[beside]) in words else []
                coded = [_CODE.fullmatch(cell) is not None for cell in cells]
                if cells and (all(coded) if missing.endswith("_code") else not any(coded)):
                    columns.meanings[beside] = Meaning(missing)
                    break


def _take_the_first_of_places(columns: Columns) -> None:
    """Of columns that hold the same of a place, keep the first."""
    for level in LEVELS[1:]:
        for name in (f"{level}_code", level):
            same = [at for at, found in enumerate(columns.meanings) if found and found.what == name]
            same.sort(key=lambda at: "officiel" in columns.header[at].lower())  # a portal's, of today's map
            for at in same[1:]:
                columns.meanings[at] = None
