"""Info: what a data set holds, what is missing, and where each figure comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from primaire.arrays import codes, frame_of, numbered
from primaire.captions import FIGURES, HEADING, Caption, Captions, captions, heading
from primaire.messages import Message, msg, msgn, term
from primaire.schema import COUNTS, LEVELS, ORIGINS, Returns
from primaire.table import Column, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.provenance import SourceFile

_COLUMNS = (
    *HEADING,
    Column("figure", term("figure"), "term"),
    Column("value", term("value"), "count", missing=term("–")),
    Column("units_known", term("units"), "count", missing=None),
    Column("candidates_known", term("candidates"), "count", missing=term("–")),
    Column("how_known", term("how known"), "term", missing=term("not published")),
    Column("source", term("source"), "term"),
    Column("candidates", term("Candidates"), "count", place="foot"),
    Column("electorate", term("Electorate"), "term", place="foot"),
    Column("status_note", term("why"), "text", place="hidden"),
)
_FIGURES = (*FIGURES.values(), term("votes of each candidate"), term("percentages of each candidate"))
MANY: Final = 40
"""Units up to which each is described by itself."""

_VOTE = ("election", "round", "level")
_TYPES = {
    "ballot": "int64",
    "figure": "str",
    "value": "Int64",
    "units_known": "Int64",
    "candidates_known": "Int64",
    "how_known": "str",
    "source": "str",
    "candidates": "int64",
    "electorate": "str",
    "status_note": "str",
}


def info(returns: Returns) -> Table:
    """List what is published of each contest, round and unit, what is computed from it, and what is missing.

    Args:
        returns: as read.

    Returns:
        One row per unit and figure; of more than :data:`MANY` units, one per election, round, level and figure, with
        the sum over the units for which it is known, and ``units_known``, how many these are. ``value`` is the count (NA for ``votes`` and ``percentages``, which are many),
        ``candidates_known`` for how many candidates votes or percentages are known, ``how_known`` one of
        :data:`primaire.schema.ORIGINS`, the weakest where candidates differ, NA where the figure is not published and
        does not follow from what is. ``source`` is what the data say of the row.
    """
    figures = tally(returns, "unit")
    if len(figures.ballots) > MANY:
        return _of_many(figures)
    told = captions(figures)
    frame = pd.concat([_unit_rows(figures, caption) for caption in told], ignore_index=True)
    size = len(_FIGURES)
    sections = [
        Section(caption.title, start, start + size, caption.subtitle, caption.doubt, _said(figures, caption))
        for caption, start in zip(told, range(0, len(frame), size), strict=True)
    ]
    return _table(told, frame, sections, returns)


def _table(told: Captions, frame: pd.DataFrame, sections: Sequence[Section], returns: Returns) -> Table:
    return Table(
        name="info",
        title=msg("What the data hold"),
        frame=heading(told, frame)[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=tuple(sections),
        notes=tuple(note for file in returns.provenance.files for note in (_how_read(file), *file.remarks)),
        provenance=returns.provenance,
    )


def _of_many(figures: Returns) -> Table:
    """Describe many units together: each election, round and level by its sums."""
    whole_vote = tally(figures, "nation", candidates=False)
    told = captions(whole_vote)
    vote = numbered(figures.ballots, _VOTE)
    first = {key: number for number, key in zip(vote.tolist(), _keys(figures.ballots), strict=True)}
    of_votes = vote[figures.votes["ballot"].to_numpy()]
    frames: list[pd.DataFrame] = []
    sections: list[Section] = []
    for caption, key in zip(told, _keys(whole_vote.ballots), strict=True):
        part = figures.ballots[vote == first[key]]
        cast = figures.votes[of_votes == first[key]]
        frames.append(_sums(caption, part, cast))
        start = len(sections) * len(_FIGURES)
        notes = (*_places(part), *_contests(part, cast))
        sections.append(Section(caption.title, start, start + len(_FIGURES), caption.subtitle, None, notes))
    return _table(told, pd.concat(frames, ignore_index=True), sections, figures)


def _keys(ballots: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(zip(*(ballots[name].tolist() for name in _VOTE), strict=True))


def _sums(caption: Caption, units: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    size = len(_FIGURES)
    known = [int(units[count].notna().sum()) for count in COUNTS]
    values = [int(units[count].sum()) if there else None for count, there in zip(COUNTS, known, strict=True)]
    people = [votes.loc[votes[name].notna(), "candidate"].nunique() for name in ("votes", "share")]
    return frame_of(
        {
            "ballot": [caption.ballot] * size,
            "figure": _FIGURES,
            "value": [*values, None, None],
            "units_known": [
                *known,
                *(votes.loc[votes[name].notna(), "ballot"].nunique() for name in ("votes", "share")),
            ],
            "candidates_known": [*[None] * len(COUNTS), *people],
            "how_known": [
                *(_weakest(units[f"{count}_origin"]) for count in COUNTS),
                _weakest(votes["votes_origin"]),
                _weakest(votes["share_origin"]),
            ],
            "candidates": [votes["candidate"].nunique()] * size,
            "electorate": [caption.electorate] * size,
        },
        _TYPES,
        size,
    )


def _places(units: pd.DataFrame) -> list[Message]:
    """Say how many places of each level the units name, by codes where there are codes."""
    counted = []
    for level in LEVELS[1:]:
        column = next((name for name in (f"{level}_code", level) if units[name].notna().any()), None)
        if column is not None and level != "station":
            wider = ["departement_code"] if level not in ("region", "departement") else []
            number = int(numbered(units[units[column].notna()], [*wider, column]).max(initial=-1)) + 1
            counted.append(msg("{level:term} {number:count}", level=level, number=number))
    return [msg("Places that are named: {places}.", places=counted)] if counted else []


def _contests(units: pd.DataFrame, votes: pd.DataFrame) -> list[Message]:
    number = units["contest"].nunique()
    if number < 2:  # noqa: PLR2004  one contest is the vote itself
        return []
    return [
        msg("{candidates:count} candidates in {n:count} contests.", candidates=votes["candidate"].nunique(), n=number)
    ]


def _unit_rows(figures: Returns, caption: Caption) -> pd.DataFrame:
    ballot = figures.ballots.iloc[caption.ballot]
    votes = figures.votes[figures.votes["ballot"] == caption.ballot]
    size = len(_FIGURES)
    known = [ballot[f"{count}_origin"] for count in COUNTS]
    known = [None if pd.isna(origin) else origin for origin in known]
    values = [None if pd.isna(ballot[count]) else ballot[count] for count in COUNTS]
    sources = "; ".join(dict.fromkeys(votes["source"].dropna().astype(str))) or None
    return frame_of(
        {
            "ballot": [caption.ballot] * size,
            "figure": _FIGURES,
            "value": [*values, None, None],
            "candidates_known": [*[None] * len(COUNTS), votes["votes"].count(), votes["share"].count()],
            "how_known": [*known, _weakest(votes["votes_origin"]), _weakest(votes["share_origin"])],
            "source": [sources] * size,
            "candidates": [len(votes)] * size,
            "electorate": [caption.electorate] * size,
            "status_note": [caption.status_note] * size,
        },
        _TYPES,
        size,
    )


def _weakest(origin: pd.Series[str]) -> str | None:
    place = int(codes(origin).max(initial=-1))
    return None if place < 0 else ORIGINS[place]


def _said(figures: Returns, caption: Caption) -> tuple[Message, ...]:
    people = figures.votes.loc[figures.votes["ballot"] == caption.ballot, "candidate"].to_numpy()
    names = figures.candidates["candidate"].take(people).tolist()
    stood = (msg("Candidates: {names}.", names=names),) if names else ()
    return (*stood, msg("{note:term}", note=caption.note)) if caption.note else stood


_SEPARATORS = {
    ",": term("comma"),
    ";": term("semicolon"),
    "\t": term("tab"),
    "|": term("vertical bar"),
}
_MARKS = {",": term("comma"), ".": term("point")}
_READERS = {"header": term("columns known by their headers")}


def _how_read(file: SourceFile) -> Message:
    """Say how a file was read: what it shows none of is left out."""
    facts = [
        (file.reader, msg("{reader:term}", reader=_READERS.get(file.reader, file.reader))),
        (file.packing, msg("unpacked from {packing}", packing=file.packing)),
        (file.sheet, msg("sheet “{sheet}”", sheet=file.sheet)),
        (file.encoding, msg("{encoding}", encoding=file.encoding)),
        (file.separator, msg("separated by {mark:term}", mark=_SEPARATORS.get(file.separator or "", file.separator))),
        (file.decimal_mark, msg("decimal {mark:term}", mark=_MARKS.get(file.decimal_mark or "", file.decimal_mark))),
        (file.header, msg("header on line {line}", line=file.header)),
        (file.rows, msgn("{n:count} row", "{n:count} rows", file.rows or 0)),
        (file.size, msgn("{n:count} byte", "{n:count} bytes", file.size)),
        (file.sha256, msg("SHA-256 {digest}", digest=file.sha256)),
    ]
    return msg("Read from {name}: {facts}.", name=file.name, facts=[fact for held, fact in facts if held is not None])
