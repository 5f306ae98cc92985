"""From a table's header and first rows to a mapping: what each column holds, and where the candidates are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from primaire.matching import fold
from primaire.schema import LEVELS, PLACES
from primaire.sources.mapping import (
    BALLOT_FIGURES,
    IGNORED,
    Candidates,
    Entry,
    FromColumn,
    Layout,
    Mapping,
    Printed,
    Reference,
    Value,
    Vote,
)
from primaire.sources.naming import naming, round_said, without_round_words
from primaire.sources.totals import is_total
from primaire.sources.unwritten import comments, unwritten_header
from primaire.sources.vocabulary import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.raw import Raw

_LOOKED_AT = 40
_NUANCES: Final = ("COM", "REG")
"""Parties where a column per nuance is filled, and abbreviations of commune and region elsewhere."""
_GENERIC = re.compile(r"(?i)\b(?:candidats?|candidates|france[ _-]enti[eè]re|participation|general[ _-]results?|r[eé]sultats[ _-]g[eé]n[eé]raux)\b")
_CODE = re.compile(r"\d{1,9}|\d{1,5}[A-Z]{1,4}\d{0,4}|2[AB]\d{0,3}|Z[A-Z]\d{0,4}|[0-9]{2,5}[_-][0-9A-Z]{1,5}")
_WHOLE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]0)?")
_FRACTION = re.compile(r"[.,]\d*[1-9]|[.,]\d0|%")
_PERSON: Final = ("name", "first_name", "surname", "label", "list", "number", "seats", "seats_or_mark", "elected", "sex", "label_text")
_VOTE_WORD = re.compile(r"^(.+?)\s*[-–:(/]\s*(?:nb\s+)?(?:votes?|voix|suffrages)\)?$|^(?:nb\s+)?(?:voix|votes|suffrages)\s*[-–:_ ]\s*(.+)$|^(.+?)[ _](?:voix|votes)$", re.IGNORECASE)
_NO_CANDIDATE = re.compile(
    r"\b(?:population|habitants?|pop|superficie|surface|code|id|annee|year|total|nombre|nb|nbr|numero|num|no|rang|age|sieges?|logements?|"
    r"densite|revenus?|bureaux?|procurations?|emargements?|enveloppes?|exprimes?|votants?|inscrits?|latitude|longitude|lat|lon|lng|x|y|"
    r"altitude|index|siren|insee|postal|cp|tour|round|date|heure|ecart|difference|majorite|liste|listes|candidats?)\b"
)
"""Words of columns that hold whole numbers and no candidate's votes."""
_SHARE_SIGNS = re.compile(r"(?i)\b(?:pourcentage|percent|pct|ratio|score|en)\b|%")
_PERCENTAGE = re.compile(r"\d{1,3}(?:[.,]\d+)?[ \u00a0\u202f]?%?")
_SURNAMES: Final = frozenset(("blanc", "nul", "vot", "exp", "ins", "abs", "bn", "votant", "inscrit", "null", "valid"))
"""Words for ballots that may as well be somebody's name or a party's."""
_SHARE_WORD = re.compile(r"%|pourcentage|percent|pct|ratio|score", re.IGNORECASE)


@dataclass
class _Columns:
    """The header as understood: what each column means, its name, and its cells in the first rows.

    ``written`` tells whether the names stand in the table itself.
    """

    header: list[str]
    meanings: list[Meaning | None]
    sample: list[list[str]]
    written: bool = True

    def cells(self, place: int) -> list[str]:
        return [row[place] for row in self.sample if len(row) > place and row[place]]

    def refer(self, place: int) -> Reference:
        name = self.header[place] if place < len(self.header) and self.written else ""
        return name if name and self.header.count(name) == 1 and "{n}" not in name else place + 1

    def first(self, what: str, among: Sequence[int] | None = None) -> int | None:
        return next(
            (place for place in among or range(len(self.meanings)) if (found := self.meanings[place]) and found.what == what), None
        )


def guess(raw: Raw, names: Sequence[str]) -> Mapping | None:
    """Return what a table seems to hold, or None where its header says too little.

    Args:
        raw: the table.
        names: what names the vote: the file's name without its ending, then that of the sheet.
    """
    found = _header(raw.head)
    if found is None:
        return None
    row, first, header, lead = found
    sample = [cells for cells in raw.head[first:] if any(cells)]
    columns = _Columns(header, [meaning_of(cell) for cell in header], sample, written=first > row)
    _settle(columns)
    places = _places(columns)
    titles = [" ".join(cell for cell in cells if cell) for cells in raw.head[:row]]
    votes = _votes(columns, places, lead, names, titles)
    if not votes:
        return None
    level: Value | None = None
    if (at := columns.first("level")) is not None:
        level = FromColumn((columns.refer(at),))
    return Mapping(
        votes,
        {name: columns.refer(place) for name, place in places.items()},
        level,
        Layout(sheet=raw.sheet, header=raw.lines[first - 1] if first > row else 0),
        name="header",
    )


def is_understood(raw: Raw) -> bool:
    """Tell whether every column that the header names has a meaning."""
    row = header_row(raw.head)
    return row is not None and all(meaning_of(cell) for cell in raw.head[row] if cell)


def _header(head: Sequence[Sequence[str]]) -> tuple[int, int, list[str], list[str]] | None:
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


def joined_header(head: Sequence[Sequence[str]], row: int) -> tuple[list[str], int, list[str]]:
    """Return the header's cells, the row of the first data, and above repeated blocks what leads them (names, rounds)."""
    header, first = list(head[row]), row + 1
    lead: list[str] = []
    below = head[first] if first < len(head) else []
    if below and _is_second_header(header, below):
        lead = _carried(header, len(below))
        known = sum(meaning_of(cell) is not None for cell in below if cell)
        if known >= sum(bool(cell) for cell in below) / 2:  # figures under names; else codes under labels, which say less
            width = max(len(header), len(below))
            header = [
                (below[at] if at < len(below) and below[at] else header[at] if at < len(header) else "") for at in range(width)
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


def _is_second_header(header: Sequence[str], below: Sequence[str]) -> bool:
    filled = [cell for cell in below if cell]
    places = [at for at, cell in enumerate(header) if (found := meaning_of(cell)) and found.what in BALLOT_FIGURES]
    return bool(filled) and not any(cell[0].isdigit() for cell in filled) and not any(at < len(below) and below[at] for at in places)


def _names_above(header: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether the row above repeated columns of votes names whose these are."""
    meanings = [found.what if (found := meaning_of(cell)) else "" for cell in header]
    votes = [at for at, what in enumerate(meanings) if what == "votes"]
    if len(votes) < 2 or {"name", "surname", "list", "label"} & set(meanings):  # noqa: PLR2004  one needs no name above
        return False
    carried = _carried(above, len(header))
    names = [carried[at] for at in votes]
    return all(names) and len(set(names)) == len(names) and not any(round_said(name) or meaning_of(name) for name in names)


def _carried(cells: Sequence[str], width: int) -> list[str]:
    """Return cells with empty ones filled from the left, as merged cells are meant."""
    carried, last = [], ""
    for at in range(width):
        last = cells[at] if at < len(cells) and cells[at] else last
        carried.append(last)
    return carried


def _settle(columns: _Columns) -> None:
    """Decide what only the cells can tell: a code or a name, a place or a nuance."""
    voted = columns.first("votes") is not None
    for at, found in enumerate(columns.meanings):
        if found is None:
            continue
        cells = columns.cells(at)
        if not voted and columns.header[at] in _NUANCES:
            columns.meanings[at] = None
            continue
        if found.what.endswith("?"):
            level = found.what[:-1]
            coded = sum(_CODE.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)
            columns.meanings[at] = replace(found, what=f"{level}_code" if coded and cells else level)
        elif found.what == "seats_or_mark":
            columns.meanings[at] = replace(found, what="seats")
        elif found.what in BALLOT_FIGURES and cells and not any(cell[0].isdigit() for cell in cells):
            columns.meanings[at] = None
        elif found.what == "number" and columns.first("votes") is None:
            columns.meanings[at] = None
    _unname_candidates(columns)
    # One column that is called after its place, and holds codes, beside another that says so more plainly.
    for level in LEVELS[1:]:
        for name in (f"{level}_code", level):
            same = [at for at, found in enumerate(columns.meanings) if found and found.what == name]
            for at in same[1:]:
                columns.meanings[at] = None


def _unname_candidates(columns: _Columns) -> None:
    """Take a count that stands more often than there are rounds for a candidate: people are called Blanc, too."""
    stand = Counter((found.what, found.round) for found in columns.meanings if found and found.what in BALLOT_FIGURES)
    rounds = max((stand[what, round_] for what, round_ in stand if what in ("registered", "voters", "valid")), default=1)
    seen: Counter[tuple[str, int | None]] = Counter()
    for at, found in enumerate(columns.meanings):
        if found is not None and found.what in BALLOT_FIGURES:
            seen[found.what, found.round] += 1
            if seen[found.what, found.round] > rounds:
                columns.meanings[at] = None


def _places(columns: _Columns) -> dict[str, int]:
    return {
        name: at
        for name in (*PLACES, "unit")
        if (at := columns.first(name)) is not None
    }


def _votes(
    columns: _Columns, places: dict[str, int], lead: Sequence[str], names: Sequence[str], titles: Sequence[str]
) -> tuple[Vote, ...]:
    said = naming([*names, *titles])
    parts = _rounds(columns)
    votes = []
    for round_, among in parts:
        ballots = {
            figure: columns.refer(at) for figure in BALLOT_FIGURES if (at := columns.first(figure, among)) is not None
        }
        candidates = _candidates(columns, among, places, lead)
        if candidates.layout in ("rows", "blocks") and "name" not in candidates.fields:
            candidates = Candidates("none")
        if not ballots and candidates.layout == "none":
            continue
        election: Value = (said.election if said.year else None) or title_of(names)
        if (at := columns.first("election_id")) is not None or (at := columns.first("election")) is not None:
            election = FromColumn((columns.refer(at),))
        elif said.year is None and (at := columns.first("year")) is not None:
            kind = columns.first("kind")
            election = FromColumn((*([columns.refer(kind)] if kind is not None else []), columns.refer(at)))
        round_value: Value = str(round_ or said.round or 1)
        if (at := columns.first("round")) is not None:
            round_value = FromColumn((columns.refer(at),))
        date: Value | None = None
        if (at := columns.first("date")) is not None and all(re.search(r"\d{4}", cell) for cell in columns.cells(at)):
            date = FromColumn((columns.refer(at),))
        votes.append(
            Vote(
                election,
                round_value,
                date,
                ballots=ballots,
                percentages=() if lead else _printed(columns, among),  # under names, percentages are the candidates'
                candidates=candidates,
            )
        )
    return tuple(votes)


def title_of(names: Sequence[str]) -> str:
    """Return what an election is called after its file: the file's name without what names the round."""
    words = re.sub(r"[\s_]+", " ", names[0]).strip() if names else ""
    without = re.sub(r"(?i)\b(?:t|tour ?)[12]\b|\b[12](?:er|e|nd|ème)?[ -]tour\b", "", _GENERIC.sub("", words))
    return re.sub(r"[\s-]+$|^[\s-]+", "", re.sub(r"\s{2,}|-{2,}", " ", without)) or words or "election"


def _rounds(columns: _Columns) -> list[tuple[int | None, list[int]]]:
    """Return the columns of each round: those that say it, else those from the second count of registered voters on."""
    everything = list(range(len(columns.meanings)))
    said = [found.round if found else round_said(name) for found, name in zip(columns.meanings, columns.header, strict=True)]
    held = sorted({round_ for round_ in said if round_ is not None})
    if len(held) > 1:
        return [(round_, [at for at in everything if said[at] in (None, round_)]) for round_ in held]
    for figure in ("registered", "voters", "valid"):
        starts = [at for at, found in enumerate(columns.meanings) if found and found.what == figure]
        if len(starts) == 2:  # noqa: PLR2004  two rounds side by side
            return [(1, [at for at in everything if at < starts[1]]), (2, [at for at in everything if at >= starts[1]])]
    return [(held[0] if held else None, everything)]


def _printed(columns: _Columns, among: Sequence[int]) -> tuple[Printed, ...]:
    return tuple(
        Printed(columns.refer(at), found.figure, found.base)
        for at in among
        if (found := columns.meanings[at])
        and found.what == "percentage"
        and found.figure not in (None, "votes")
        and found.figure is not None
        and found.base is not None
    )


def _field_of(found: Meaning) -> str | None:
    if found.what == "percentage" and found.figure == "votes":
        return f"share_{found.base}"
    if found.what in ("sex", "label_text", "ignored", "percentage"):
        return None
    return found.what if found.what == "votes" or found.what in _PERSON else None


def _candidates(columns: _Columns, among: Sequence[int], places: dict[str, int], lead: Sequence[str]) -> Candidates:
    votes = _anchors(columns, among)
    numbered = sorted({found.block for at in votes if (found := columns.meanings[at]) and found.block is not None})
    if lead and len(votes) > 1 and not any((found := columns.meanings[at]) and found.what in ("name", "surname") for at in among):
        return _led(columns, votes, lead)
    if len(numbered) > 1 and len(numbered) == len(votes):
        pattern = _patterned(columns, among, numbered)
        if pattern is not None:
            return pattern
    if len(votes) > 1:
        return _blocks(columns, among, votes[0], votes[1] - votes[0])
    if len(votes) == 1:
        start, end = _first_block(columns, among, votes[0])
        if _goes_on(columns, end):
            return _blocks(columns, among, votes[0], end - start + 1)
        return _rows(columns, among)
    return _columns(columns, among, places)


def _rows(columns: _Columns, among: Sequence[int]) -> Candidates:
    """Return candidates in rows; rows such as “Blancs” and “Total” count ballots, not votes for somebody."""
    fields = _fields(columns, among)
    figures: dict[str, str] = {}
    names = {at for at in among if (found := columns.meanings[at]) and found.what in ("name", "surname", "list", "label")}
    for cell in {cell for at in names for cell in columns.cells(at)}:
        found = meaning_of(cell)
        if found is not None and found.what in BALLOT_FIGURES and fold(cell) not in _SURNAMES:
            figures[cell] = found.what
        elif is_total(cell):
            figures[cell] = IGNORED
    return Candidates("rows", fields, figures=figures)


def _anchors(columns: _Columns, among: Sequence[int]) -> list[int]:
    """Return the columns of candidates' votes; where there are none, those of their shares of one base."""
    votes = [at for at in among if (found := columns.meanings[at]) and found.what == "votes"]
    shares = [at for at in among if (found := columns.meanings[at]) and found.what == "percentage" and found.figure == "votes"]
    if votes or not shares:
        return votes
    base = min((found.base or "" for at in shares if (found := columns.meanings[at])), key=["valid", "voters", "registered"].index)
    return [at for at in shares if (found := columns.meanings[at]) and found.base == base]


def _led(columns: _Columns, votes: Sequence[int], lead: Sequence[str]) -> Candidates:
    """Candidates named in the row above their columns."""
    entries = [
        Entry(lead[at], {"votes": at + 1}) for at in votes if at < len(lead) and lead[at] and meaning_of(lead[at]) is None
    ]
    return Candidates("columns", entries=tuple(entries))


def _patterned(columns: _Columns, among: Sequence[int], numbered: Sequence[int]) -> Candidates | None:
    """Blocks whose headers are told apart by a number, wherever these stand."""
    fields: dict[str, list[str]] = {}
    for at in among:
        found = columns.meanings[at]
        if found is None or found.block != numbered[0] or (name := _field_of(found)) is None:
            continue
        header = columns.header[at]
        place = header.rfind(str(numbered[0])) if not header.startswith(str(numbered[0])) else 0
        digits = len(str(numbered[0]))
        pattern = f"{header[:place]}{{n}}{header[place + digits :]}"
        if pattern.replace("{n}", str(numbered[-1])) in columns.header:
            fields.setdefault(name, []).append(pattern)
    return Candidates("blocks", _named(fields)) if any(name == "votes" or name.startswith("share_") for name in fields) else None


def _first_block(columns: _Columns, among: Sequence[int], vote: int) -> tuple[int, int]:
    """Return the first and the last column around the votes that belong to a candidate."""

    def belongs(at: int) -> bool:
        found = columns.meanings[at] if at in among else None
        return found is not None and (
            found.what in (*_PERSON, "votes") or (found.what == "percentage" and found.figure == "votes") or _unknown_in_block(columns, at)
        )

    start = end = vote
    while start - 1 in among and belongs(start - 1):
        start -= 1
    while end + 1 < len(columns.header) and columns.header[end + 1] and (belongs(end + 1) or _unknown_in_block(columns, end + 1)):
        end += 1
    return start, end


def _unknown_in_block(columns: _Columns, at: int) -> bool:
    found = columns.meanings[at]
    return found is not None and found.what == "ignored" and columns.header[at].lower().startswith(("siège", "sièges"))


def _goes_on(columns: _Columns, end: int) -> bool:
    """Tell whether rows hold more cells behind the last named column."""
    return any(any(cell for cell in row[end + 1 :]) for row in columns.sample) and not any(columns.header[end + 1 :])


def _blocks(columns: _Columns, among: Sequence[int], vote: int, repeat: int) -> Candidates:
    start, end = _first_block(columns, among, vote)
    end = min(end, start + repeat - 1)
    fields: dict[str, list[Reference]] = {}
    for at in range(max(start, end - repeat + 1), end + 1):
        found = columns.meanings[at]
        if found is not None and (name := _field_of(found)) is not None:
            fields.setdefault(name, []).append(at + 1 if columns.header.count(columns.header[at]) > 1 else columns.refer(at))
    return Candidates("blocks", _named(fields), repeat=repeat)


def _fields(columns: _Columns, among: Sequence[int]) -> dict[str, tuple[Reference, ...]]:
    fields: dict[str, list[Reference]] = {}
    for at in among:
        found = columns.meanings[at]
        if found is not None and (name := _field_of(found)) is not None:
            fields.setdefault(name, []).append(columns.refer(at))
    return _named(fields)


def _named(fields: dict[str, list[str]] | dict[str, list[Reference]]) -> dict[str, tuple[Reference, ...]]:
    """Return fields with the name put together: first name, then surname, then what else names people.

    Tables of several kinds of elections have columns for names, lists and pairs side by side, of which each row fills
    its own: all of them are kept. Of figures there is one.
    """
    several = ("name", "list", "label")
    one: dict[str, tuple[Reference, ...]] = {
        name: tuple(columns) if name in several else (columns[0],)
        for name, columns in fields.items()
        if name not in ("first_name", "surname")
    }
    surnames = fields.get("surname", [])
    if surnames:
        one["name"] = (*fields.get("first_name", [])[:1], *surnames, *one.get("name", ()))
    if "name" not in one and (stand_in := next((name for name in ("list", "label", "number") if name in one), None)):
        one["name"] = one[stand_in][:1]
    return one


def _columns(columns: _Columns, among: Sequence[int], places: dict[str, int]) -> Candidates:
    """One column of votes per candidate: columns that nobody knows, and that add up to the valid votes."""
    taken = set(places.values())
    spare = [at for at in among if columns.meanings[at] is None and at not in taken and columns.header[at]]
    worded = {at: name for at in spare if (name := _worded(columns.header[at]))}
    if len(worded) > 1:
        return _entries(columns, worded)
    whole = {
        at: columns.header[at]
        for at in spare
        if _mostly_whole(columns.cells(at))
    }
    valid = columns.first("valid", among)
    chosen = _adding_up(columns, list(whole), valid) if valid is not None and whole else []
    if chosen:
        return _entries(columns, {at: whole[at] for at in chosen})
    presumed = _within_bounds(columns, among, whole)
    if presumed:
        return replace(_entries(columns, presumed), presumed=True)
    return _shares(columns, among) or Candidates("none")


def _shares(columns: _Columns, among: Sequence[int]) -> Candidates | None:
    """Return candidates with a column of percentages each: they add up to 100, so they are of the valid votes."""
    named = {}
    for at in among:
        found = columns.meanings[at]
        unknown = found is None or (found.what == "ignored" and _SHARE_WORD.search(columns.header[at]))
        name = _SHARE_SIGNS.sub("", columns.header[at]).strip(" -–:_()")
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


def _mostly_whole(cells: Sequence[str]) -> bool:
    """Tell whether cells are counts; a cell with a footnote among them is to be refused, not a reason to drop the column."""
    whole = sum(_WHOLE.fullmatch(cell) is not None for cell in cells)
    return whole * 2 >= len(cells) > 0 and all(_WHOLE.match(cell) and not _FRACTION.search(cell) for cell in cells)


def _within_bounds(columns: _Columns, among: Sequence[int], whole: dict[int, str]) -> dict[int, str]:
    """Return the columns that may well be candidates though nothing proves it: together they stay below what was cast."""
    bound = next((at for what in ("valid", "voters", "registered") if (at := columns.first(what, among)) is not None), None)
    if bound is None and columns.first("abstentions", among) is None:
        return {}
    names = {at: name for at, name in whole.items() if not _NO_CANDIDATE.search(fold(name))}
    if bound is None:
        return names
    rows = [row for row in columns.sample if len(row) > bound and _WHOLE.fullmatch(row[bound])]
    names = {at: name for at, name in names.items() if all(_count(row, at) <= _count(row, bound) for row in rows)}
    return names if all(sum(_count(row, at) for at in names) <= _count(row, bound) for row in rows) else {}


def _worded(header: str) -> str | None:
    if _SHARE_WORD.search(header):
        return None
    found = _VOTE_WORD.match(without_round_words(header))
    name = next((group for group in found.groups() if group), None) if found else None
    return name.strip() if name and meaning_of(name) is None else None


def _entries(columns: _Columns, named: dict[int, str]) -> Candidates:
    return Candidates(
        "columns",
        entries=tuple(Entry(without_round_words(name), {"votes": columns.refer(at)}) for at, name in named.items()),
    )


def _adding_up(columns: _Columns, whole: list[int], valid: int) -> list[int]:
    """Return the columns that add up to the valid votes in nearly all rows: all of them, or the longest run of neighbours."""
    if _fits(columns, whole, valid):
        return whole
    runs = [whole[start:stop] for start in range(len(whole)) for stop in range(len(whole), start + 1, -1)]
    return next((run for run in sorted(runs, key=len, reverse=True) if _fits(columns, run, valid)), [])


def _fits(columns: _Columns, chosen: Sequence[int], valid: int) -> bool:
    outcome = Counter(
        sum(_count(row, at) for at in chosen) == _count(row, valid)
        for row in columns.sample
        if len(row) > valid and _WHOLE.fullmatch(row[valid])
    )
    return outcome[True] > 0 and outcome[True] >= 4 * outcome[False]


def _count(row: Sequence[str], at: int) -> int:
    cell = row[at] if at < len(row) else ""
    return int(re.sub(r"[.,]0$|\D", "", cell) or 0) if _WHOLE.fullmatch(cell) else 0
