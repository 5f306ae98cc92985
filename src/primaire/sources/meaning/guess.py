"""From a table's header and first rows to a mapping: what each column holds, and where the candidates are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from primaire.matching import fold
from primaire.naming import Naming, naming, round_said
from primaire.schema import PLACES
from primaire.sources.meaning.american import filed
from primaire.sources.meaning.header import header_over_shares, header_row, names_of_columns
from primaire.sources.meaning.mapping import (
    BALLOT_FIGURES,
    OWN_PLACE,
    FromColumn,
    Layout,
    Mapping,
    Printed,
    Value,
    Vote,
)
from primaire.sources.meaning.standing import candidates_of
from primaire.sources.meaning.understood import understood
from primaire.sources.meaning.vocabulary import meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.sources.meaning.mapping import Candidates
    from primaire.sources.meaning.understood import Columns
    from primaire.sources.opening.raw import Raw

_GENERIC = re.compile(
    r"(?i)\b(?:candidats?|candidates|france[ _-]enti[eè]re|participation|general[ _-]results?|r[eé]sultats[ _-]g[eé]n[eé]raux)\b"
)
"""Words of file names that are the same for every election."""

_ROUND = re.compile(r"(?i)\b(?:t|tour ?|round ?)[12]\b|\b(?:[12](?:er|e|nd|ème)?|premier|second|deuxi[eè]me)[ -]tour\b")

_UNNAMED = "Élection"
"""An election that nothing names, in French as the kinds are that a file's name says."""


def guess(raw: Raw, names: Sequence[str]) -> Mapping | None:
    """Return what a table seems to hold, or None where its header says too little.

    Args:
        raw: the table.
        names: what names the vote: the file's name without its ending, then that of the sheet.
    """
    found = names_of_columns(raw.head)
    if found is None and naming(names).kind is not None:  # a table of percentages may be of anything
        found = header_over_shares(raw.head)
    if found is None:
        return None
    row, first, header, lead = found
    sample = [cells for cells in raw.head[first:] if any(cells)]
    columns = understood(header, sample, raw.head[first - 1] if first > row else ())
    titles = [" ".join(cell for cell in cells if cell) for cells in raw.head[:row]]
    votes = _votes(columns, lead, names, naming([*names, *titles]))
    if not votes:
        return None
    return Mapping(
        votes,
        {name: columns.refer(at) for name in (*PLACES, *OWN_PLACE) if (at := columns.first(name)) is not None},
        _from_column(columns, "level"),
        Layout(sheet=raw.sheet, header=raw.lines[first - 1] if first > row else 0),
        name="header",
    )


def unread_places(mapping: Mapping, raw: Raw) -> list[str]:
    """Return the headers that a guess did not understand, and that may say where rows were counted.

    Candidates of several places in rows below each other look like those of one, if the column of the places is not
    read. It is the same for a few rows and then another, and does not come back within what is read as one unit.
    """
    layout = mapping.layout.header
    first = raw.lines.index(layout) + 1 if layout else 0
    header = raw.head[first - 1] if first else []
    rows = [row for row in raw.head[first:] if any(row)]
    if not header or all(vote.candidates.layout != "rows" for vote in mapping.votes):
        return []
    known = [at for at, name in enumerate(header) if (found := meaning_of(name)) and _says_unit(found.what)]
    return [
        name
        for at, name in enumerate(header)
        if name
        and meaning_of(name) is None
        and _comes_in_runs([(_cells(row, known), _cells(row, [at])) for row in rows])
    ]


def _says_unit(what: str) -> bool:
    return what.rstrip("?") in (*PLACES, "unit", "level", "election_id", "election", "round", "year", "kind", "date")


def _cells(row: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[at] if at < len(row) else "" for at in places)


def _comes_in_runs(rows: Sequence[tuple[object, object]]) -> bool:
    """Tell whether words come in runs of two rows and more on average, several within a unit, and none comes again."""
    runs = [pair for before, pair in zip([None, *rows], rows, strict=False) if pair != before]
    several = len(runs) > len({unit for unit, _ in rows})
    return several and len(set(runs)) == len(runs) and 2 * len(runs) <= len(rows)


def is_understood(raw: Raw) -> bool:
    """Tell whether every column that the header names has a meaning."""
    row = header_row(raw.head)
    return row is not None and all(meaning_of(cell) for cell in raw.head[row] if cell)


def _votes(columns: Columns, lead: Sequence[str], names: Sequence[str], said: Naming) -> tuple[Vote, ...]:
    """Return a vote for each round that the columns hold, of those that hold ballots or candidates."""
    votes = []
    for round_, among in _rounds(columns):
        ballots = {
            figure: columns.refer(at) for figure in BALLOT_FIGURES if (at := columns.first(figure, among)) is not None
        }
        candidates = _nuances(columns, candidates_of(columns, among, lead), said)
        if ballots or candidates.layout != "none":
            vote = Vote(
                _election(columns, names, said),
                _round(columns) or str(round_ or said.round or 1),
                _date(columns, names),
                ballots=ballots,
                percentages=() if lead else _printed(columns, among),  # under names, percentages are the candidates'
                candidates=candidates,
            )
            votes.append(vote)
    return tuple(votes)


def _nuances(columns: Columns, candidates: Candidates, said: Naming) -> Candidates:
    """Return candidates with their columns' names as labels, where one column holds all constituencies: nobody stands in
    all of them, a nuance does."""
    contest = said.kind.contest if said.kind else None
    if candidates.layout != "columns" or contest is None:
        return candidates
    if columns.first(f"{contest}_code") is None and columns.first(contest) is None:
        return candidates
    return replace(
        candidates, entries=tuple(replace(entry, label=entry.label or entry.name) for entry in candidates.entries)
    )


def _from_column(columns: Columns, what: str) -> FromColumn | None:
    at = columns.first(what)
    return None if at is None else FromColumn((columns.refer(at),))


def _election(columns: Columns, names: Sequence[str], said: Naming) -> Value:
    """Return the election as a column names it, else as the file's name does, else as columns of years and kinds do."""
    told = _from_column(columns, "election_id") or _from_column(columns, "election")
    if told is not None:
        return told
    if len({naming([cell]).kind for cell in _kinds(columns)} - {None}) > 1:  # several votes of one day
        return FromColumn((columns.refer(columns.first("kind") or 0),))
    year, kind = columns.first("year"), columns.first("kind")
    several = year is not None and len(set(re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", names[0] if names else ""))) > 1
    if said.year is not None and said.election is not None and not several:
        return said.election
    if (said.year is None or several) and year is not None:
        return FromColumn(tuple(columns.refer(at) for at in (kind, year) if at is not None))
    called = naming(_kinds(columns))
    if said.kind is None and kind is not None and called.kind is not None and said.year in (None, called.year):
        return FromColumn((columns.refer(kind),))
    return title_of(names)


def _kinds(columns: Columns) -> list[str]:
    at = columns.first("kind")
    return [] if at is None else columns.cells(at)


def _round(columns: Columns) -> FromColumn | None:
    """Return the column that says the round, be it in the name of the vote: “Législatives 1er tour”."""
    kinds = _kinds(columns)
    said = bool(kinds) and all(round_said(kind) for kind in kinds)
    return _from_column(columns, "round") or (_from_column(columns, "kind") if said else None)


def _date(columns: Columns, names: Sequence[str]) -> Value | None:
    """Return the column of full dates, else the date that the file's name says."""
    at = columns.first("date")
    full = at is not None and all(re.search(r"\d{4}", cell) for cell in columns.cells(at))
    if full:
        return _from_column(columns, "date")
    said = filed(names[0]) if names else None
    return said.date if said else None


def title_of(names: Sequence[str]) -> str:
    """Return what an election is called after its file: the file's name without what names the round.

    Files that are called after nothing but their rounds, T1 and T2, are two rounds of one election.
    """
    said = filed(names[0]) if names else None
    if said:
        return said.election
    words = re.sub(r"[\s_]+", " ", names[0]).strip() if names else ""
    return _bare(_GENERIC.sub("", words)) or _bare(words) or _UNNAMED


def _bare(words: str) -> str:
    without = _ROUND.sub("", words)
    return re.sub(r"[\s-]+$|^[\s-]+", "", re.sub(r"\s{2,}|-{2,}", " ", without))


def _rounds(columns: Columns) -> list[tuple[int | None, list[int]]]:
    """Return the columns of each round: those that say it, else those from the second count of registered voters on."""
    everything = list(range(len(columns.meanings)))
    said = [_round_of(columns, at) for at in everything]
    held = sorted({round_ for round_ in said if round_ is not None})
    if len(held) > 1:
        return [(round_, _of_round(columns, said, round_)) for round_ in held]
    for figure in ("registered", "voters", "valid"):
        starts = [at for at, found in enumerate(columns.meanings) if found and found.what == figure]
        called = {re.sub(r"[\W\d_]+$", "", fold(columns.header[at])) for at in starts}
        if len(starts) == 2 and len(called) == 1 and _come_again(columns, *starts):  # noqa: PLR2004  two rounds side by side
            return [(1, [at for at in everything if at < starts[1]]), (2, [at for at in everything if at >= starts[1]])]
    return [(held[0] if held else None, everything)]


def _round_of(columns: Columns, at: int) -> int | None:
    """Return the round of a column's figures; words under “Qualifié second tour” are no figures of that round."""
    found = columns.meanings[at]
    if found is not None:
        return found.round
    return round_said(columns.header[at]) if any(re.search(r"\d", cell) for cell in columns.cells(at)) else None


def _come_again(columns: Columns, first: int, second: int) -> bool:
    """Tell whether what follows the second count repeats what follows the first: one header twice is no second round."""

    def held(places: range) -> list[str]:
        found = (columns.meanings[at] for at in places)
        return [one.what if one else "" for one in found if one is None or one.what != "ignored"]

    once, again = held(range(first, second)), held(range(second, len(columns.meanings)))
    return again[1:2] == once[1:2]


def _of_round(columns: Columns, said: Sequence[int | None], round_: int) -> list[int]:
    """Return the columns of one of several rounds: those that say it, and those that say none, unless others like them do.

    Of `Exprimés` and `Exprimés T2`, the first is of the other round; of candidates' columns, too.
    """
    own = [at for at, one in enumerate(said) if one == round_]
    named = {columns.meanings[at] is None for at in own}
    meant = {found.what for found in columns.meant(own)} - {"ignored", "percentage"}

    def shared(at: int) -> bool:
        found = columns.meanings[at]
        return True not in named if found is None else found.what not in meant

    return [at for at, one in enumerate(said) if one == round_ or (one is None and shared(at))]


def _printed(columns: Columns, among: Sequence[int]) -> tuple[Printed, ...]:
    """Return the percentages of a unit's ballots."""
    found = ((at, columns.meanings[at]) for at in among)
    return tuple(
        Printed(columns.refer(at), one.figure, one.base)
        for at, one in found
        if one is not None
        and one.what == "percentage"
        and one.figure not in (None, "votes")
        and one.figure
        and one.base
    )
