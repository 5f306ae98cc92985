"""A column for each candidate: whose header is a name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.matching import fold
from primaire.naming import without_round_words
from primaire.sources.meaning.mapping import Candidates, Entry
from primaire.sources.meaning.vocabulary import meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.understood import Columns

WHOLE: Final = re.compile(r"\d{1,3}(?:[ '\u00a0\u2007\u2009\u2019\u202f]\d{3})+|\d+(?:[.,]00?)?")
"""A count."""
_FRACTION = re.compile(r"[.,]\d*[1-9]|[.,]\d00|%")
_FRENCH = re.compile(r"\bins|votant|\bvot\b|exprim|\bexp\b|emarg|suffrages|valables|electeurs")
"""Words of counts beside which those of other columns are known; of another language, “Papers” may be a candidate."""
_CENTS = re.compile(r"[.,]00$")
"""What counts end in that were stored as fractions; unproven, they may be percentages."""
_VOTES = r"(?:votes?|voix|suffrages)"
_VOTE_WORD = re.compile(
    rf"(.+?)\s*[-–:(/]\s*(?:nb\s+)?{_VOTES}\)?|(?:nb\s+)?{_VOTES}\s*[-–:_ ]\s*(.+)|(.+?)[ _]{_VOTES}", re.IGNORECASE
)
_VOTES_GLUED = re.compile(r"(?:voix|votes?)[ _-]?(?=[A-ZÀ-Ý])")
"""What researchers write in front of each candidate: voixCHIRAC, voixLEPEN."""
_NO_CANDIDATE = re.compile(
    r"\b(?:population|habitants?|pop|superficie|surface|code|id|annee|year|total|nombre|nb|nbr|numero|num|no|rang|age|sieges?|logements?|"
    r"densite|revenus?|bureaux?|procurations?|emargements?|enveloppes?|exprimes?|votants?|inscrits?|latitude|longitude|lat|lon|lng|x|y|"
    r"altitude|index|siren|insee|postal|cp|tour|round|date|heure|ecart|difference|majorite|liste|listes|candidats?)\b"
)
"""Words of columns that hold whole numbers and no candidate's votes."""
_SHARE_WORD = re.compile(r"%|pourcentage|percent|pct|ratio|score", re.IGNORECASE)
_SHARE_SIGNS = re.compile(r"(?i)\b(?:pourcentage|percent|pct|ratio|score|en)\b|%")
_PERCENTAGE = re.compile(r"\d{1,3}(?:[.,]\d+)?[ \u00a0\u202f]?%?")
_NEARLY_ALL = 0.8
"""The share of rows in which candidates must add up to the valid votes: some rows are contradictory in the source."""


def named_columns(columns: Columns, among: Sequence[int]) -> Candidates:
    """One column of votes per candidate: columns that nobody knows, and that add up to the valid votes."""
    spare = [at for at in among if columns.meanings[at] is None and columns.header[at]]
    worded = {at: name for at in spare if (name := _worded(columns.header[at]))}
    if len(worded) > 1:
        return _entries(columns, worded)
    whole = {at: columns.header[at] for at in spare if _mostly_whole(columns.cells(at))}
    valid = columns.first("valid", among)
    chosen = _adding_up(columns, list(whole), valid) if valid is not None and whole else []
    if chosen:
        return _entries(columns, {at: whole[at] for at in chosen})
    presumed = _within_bounds(columns, among, whole)
    if presumed:
        return replace(_entries(columns, presumed), presumed=True)
    return _shares(columns, among) or Candidates("none")


def _worded(header: str) -> str | None:
    if _SHARE_WORD.search(header):
        return None
    found = _VOTE_WORD.fullmatch(without_round_words(header))
    name = next((group for group in found.groups() if group), None) if found else None
    return name.strip() if name and meaning_of(name) is None else None


def _entries(columns: Columns, named: dict[int, str]) -> Candidates:
    names = [without_round_words(name) for name in named.values()]
    shorter = [_VOTES_GLUED.sub("", name) for name in names]
    names = shorter if all(short and short != name for short, name in zip(shorter, names, strict=True)) else names
    entries = (Entry(name, {"votes": columns.refer(at)}) for at, name in zip(named, names, strict=True))
    return Candidates("columns", entries=tuple(entries))


def _mostly_whole(cells: Sequence[str]) -> bool:
    """Tell whether cells are counts; a cell with a footnote among them is to be refused, not a reason to drop the column."""
    whole = sum(WHOLE.fullmatch(cell) is not None for cell in cells)
    return whole * 2 >= len(cells) > 0 and all(WHOLE.match(cell) and not _FRACTION.search(cell) for cell in cells)


def _adding_up(columns: Columns, whole: list[int], valid: int) -> list[int]:
    """Return the columns that add up to the valid votes in nearly all rows: all of them, or the longest run of neighbours."""
    rows = [row for row in columns.sample if len(row) > valid and WHOLE.fullmatch(row[valid])]
    if not rows:
        return []
    wanted = np.array([_count(row, valid) for row in rows])[:, None]
    # Sums of runs are differences of sums from the first column on.
    sums = np.cumsum([[0, *(_count(row, at) for at in whole)] for row in rows], axis=1)
    for length in range(len(whole), 1, -1):
        fits = (sums[:, length:] - sums[:, :-length] == wanted).mean(axis=0)
        if fits.max() >= _NEARLY_ALL:
            start = int(fits.argmax())
            return whole[start : start + length]
    return []


def _within_bounds(columns: Columns, among: Sequence[int], whole: dict[int, str]) -> dict[int, str]:
    """Return the columns that may well be candidates though nothing proves it: together they stay below what was cast."""
    bound = next(
        (at for what in ("valid", "voters", "registered") if (at := columns.first(what, among)) is not None), None
    )
    if bound is None and columns.first("abstentions", among) is None:
        return {}
    if bound is not None and not _FRENCH.search(fold(columns.header[bound])):
        return {}
    names = {
        at: name
        for at, name in whole.items()
        if not _NO_CANDIDATE.search(fold(name)) and not any(_CENTS.search(cell) for cell in columns.cells(at))
    }
    if bound is None:
        return names
    rows = [row for row in columns.sample if len(row) > bound and WHOLE.fullmatch(row[bound])]
    names = {at: name for at, name in names.items() if all(_count(row, at) <= _count(row, bound) for row in rows)}
    return names if all(sum(_count(row, at) for at in names) <= _count(row, bound) for row in rows) else {}


def _shares(columns: Columns, among: Sequence[int]) -> Candidates | None:
    """Return candidates with a column of percentages each: they add up to 100, so they are of the valid votes."""
    named = {}
    for at in among:
        found = columns.meanings[at]
        unknown = found is None or (found.what == "ignored" and _SHARE_WORD.search(columns.header[at]))
        name = _SHARE_SIGNS.sub("", columns.header[at].replace("_", " ")).strip(" -–:_()")
        if unknown and name and columns.cells(at) and all(_PERCENTAGE.fullmatch(cell) for cell in columns.cells(at)):
            named[at] = name
    sums = [sum(_percentage(row[at]) for at in named if at < len(row)) for row in columns.sample]
    if len(named) < 2 or not all(abs(total - 100) <= len(named) / 10 for total in sums):  # noqa: PLR2004  one is no contest
        return None
    return Candidates(
        "columns", entries=tuple(Entry(name, {"share_valid": columns.refer(at)}) for at, name in named.items())
    )


def _percentage(cell: str) -> float:
    return float(cell.rstrip(" %\u00a0\u202f").replace(",", ".") or 0)


def _count(row: Sequence[str], at: int) -> int:
    cell = row[at] if at < len(row) else ""
    return int(re.sub(r"[.,]00?$|\D", "", cell) or 0) if WHOLE.fullmatch(cell) else 0
