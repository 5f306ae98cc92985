"""Swing: what changed from one vote to the next, candidate by candidate, and in one figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from primaire.captions import origin_column
from primaire.errors import NotHeldError
from primaire.exact import HUNDRED
from primaire.messages import Message, msg, msgn, term
from primaire.pairing import POINTS, Pair, consecutive, opposite, side_by_side, side_columns
from primaire.schema import weaker
from primaire.scores import scores
from primaire.table import Column, Kind, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.captions import Caption
    from primaire.schema import Returns

STAYED, LEFT, NEW = term("stayed"), term("left"), term("new")

_before = side_columns("before", term("% of valid before"), term("votes before"))
_after = side_columns("after", term("% of valid after"), term("votes after"))


def _measure(name: str, label: str, kind: Kind) -> Column:
    """Return the column of a figure for the whole vote, no finer than the shares it rests on."""
    return Column(
        name,
        label,
        kind,
        decimals=3,
        place="foot",
        missing=term("not computable"),
        origin="measures_origin",
        places="measures_decimals",
    )


_COLUMNS = (
    Column("election", term("election"), "text", place="heading"),
    Column("contest", term("contest"), "text", place="heading"),
    Column("level", term("level"), "term", place="heading"),
    Column("unit", term("unit"), "text", place="heading"),
    Column("round_before", term("round before"), "count", place="heading"),
    Column("round_after", term("round after"), "count", place="heading"),
    Column("candidate", term("candidate"), "text"),
    Column("movement", term("movement"), "term", place="hidden"),
    *_before[:3],
    *_after[:3],
    *POINTS,
    *_before[3:],
    *_after[3:],
    Column("votes_gained", term("votes gained"), "change", origin="gained_origin"),
    Column("factor", term("factor"), "factor", origin="gained_origin"),
    origin_column("gained_origin"),
    Column("left_behind", term("Votes of those who left"), "count", place="foot", missing=None, origin="left_origin"),
    Column(
        "left_behind_share",
        term("of valid before"),
        "share",
        place="foot",
        beside="left_behind",
        missing=None,
        origin="left_origin",
        places="measures_decimals",
    ),
    origin_column("left_origin"),
    _measure("butler", term("Butler swing (points of valid)"), "points"),
    Column("swing_direction", term("direction"), "text", place="foot", beside="butler", missing=None),
    Column("swing_from", term("swing from"), "text", place="hidden"),
    Column("swing_to", term("swing to"), "text", place="hidden"),
    _measure("steed", term("Steed swing (points of the two)"), "points"),
    _measure("pedersen", term("Pedersen volatility (0 to 100)"), "index"),
    origin_column("measures_origin"),
    Column("measures_decimals", term("decimals published"), "count", place="hidden"),
)

DEFINITIONS = (
    msg(
        "Butler swing: the mean of what one of the two leaders gained and the other lost, in points of valid votes: "
        "((A2 − A1) + (B1 − B2)) / 2. The leaders are the first two of the later vote, A the one who gained on the other "
        "(Butler, in McCallum and Readman, The British General Election of 1945, 1947)."
    ),
    msg(
        "Steed swing: what A gained, in points of the votes for A and B alone (Steed, in Butler and King, The British General "
        "Election of 1966)."
    ),
    msg(
        "Pedersen volatility: half the sum of all changes in points of valid votes, those who are no longer standing or are new "
        "included; from 0, nothing changed, to 100, everything did (Pedersen, European Journal of Political Research 7, 1979)."
    ),
)


def swing(before: Returns, after: Returns | None = None, *, by: str = "contest") -> Table:
    """Set one vote against the next: shares before and after, points and votes gained, and swing in one figure.

    Args:
        before: the earlier vote; or, without ``after``, a data set whose rounds are set against each other.
        after: the later vote, where it is another data set.
        by: what units are added up by; see :data:`primaire.tally.BY`.

    Returns:
        One row per pair of votes and candidate. ``share_before`` and ``share_after`` are percentages of valid votes, 0
        to 100; ``points`` their difference; ``factor`` votes after / votes before. Those who ``left`` have no share or
        votes after, and those who are ``new`` none before; ``movement`` says so. Repeated on each row of a pair:
        ``butler`` (points; from ``swing_from`` to ``swing_to``, never negative), ``steed`` (points, in the same
        direction, negative if the two measures disagree), ``pedersen`` (0 to 100; 0 nothing changed, 100 everything
        did). A measure is NA where a share it needs is not known.

    Raises:
        NotHeldError: there are no two votes to set against each other, or it is not clear which.
        NameUnknownError: ``by`` is not one of those that exist.

    Source:
        Butler, in McCallum and Readman, The British General Election of 1945 (1947); Steed, in Butler and King, The
        British General Election of 1966 (1966); Pedersen, European Journal of Political Research 7 (1979), 1-26.
    """
    earlier = tally(before, by)
    later = earlier if after is None else tally(after, by)
    pairs, alone = consecutive(earlier) if after is None else opposite(earlier, later)
    if not pairs:
        raise NotHeldError(
            msg("There is one round only: nothing to set it against."),
            remedy=msg("Name a second source, or choose the two votes with --before and --after."),
        )
    rows_before, rows_after = scores(earlier), scores(later)
    parts = [_compare(pair, rows_before, rows_after) for pair in pairs]
    columns = [column.name for column in _COLUMNS]
    frame = pd.concat([part[columns] for part in parts], ignore_index=True)
    provenance = before.provenance if after is None else before.provenance + after.provenance
    notes = (*DEFINITIONS, *(caption.alone for caption in alone))
    return Table("swing", msg("Swing"), frame, _COLUMNS, tuple(_sections(pairs, parts)), notes, provenance)


def _compare(pair: Pair, rows_before: pd.DataFrame, rows_after: pd.DataFrame) -> pd.DataFrame:
    earlier, later = pair
    one = rows_before[rows_before["ballot"] == earlier.ballot]
    other = rows_after[rows_after["ballot"] == later.ballot]
    rows = side_by_side(one, other, ("before", "after"))
    movement = rows["stood_before"].map({True: STAYED, False: NEW}).where(rows["stood_after"], LEFT)
    left = rows[movement == LEFT]
    found = _measures(rows)
    floats = dict.fromkeys(("left_behind_share", "butler", "steed", "pedersen"), "Float64")
    return rows.assign(
        election=later.election,
        contest=later.contest,
        level=later.level,
        unit=later.unit,
        round_before=earlier.round,
        round_after=later.round,
        movement=movement,
        votes_gained=rows["votes_after"] - rows["votes_before"],
        factor=(rows["votes_after"] / rows["votes_before"].where(rows["votes_before"] > 0)).astype("Float64"),
        gained_origin=weaker(rows["votes_before_origin"], rows["votes_after_origin"]),
        left_behind=left["votes_before"].sum(skipna=False) if len(left) else None,
        left_behind_share=left["share_before"].sum(skipna=False) if len(left) else None,
        left_origin=left["votes_before_origin"].max() if len(left) else None,
        butler=found.butler,
        swing_direction=f"{found.loser} → {found.winner}" if found.loser else None,
        swing_from=found.loser,
        swing_to=found.winner,
        steed=found.steed,
        pedersen=found.pedersen,
        measures_origin=pd.concat([rows["share_before_origin"], rows["share_after_origin"]]).max(),
        measures_decimals=rows["points_decimals"].min(),
    ).astype({"left_behind": "Int64", "measures_decimals": "Int64", **floats})


@dataclass(frozen=True)
class _Measures:
    butler: float | None = None
    steed: float | None = None
    pedersen: float | None = None
    loser: str | None = None
    winner: str | None = None


def _measures(rows: pd.DataFrame) -> _Measures:
    before = rows["share_before"].where(rows["stood_before"], 0.0)
    after = rows["share_after"].where(rows["stood_after"], 0.0)
    pedersen = None if before.isna().any() or after.isna().any() else float((after - before).abs().sum() / 2)
    leaders = rows.index[rows["rank_after"].le(2).fillna(value=False)]
    stayed = len(leaders) == 2 and rows.loc[leaders, "stood_before"].all()  # noqa: PLR2004  two leaders
    if not stayed or pd.concat([before[leaders], after[leaders]]).isna().any():
        return _Measures(pedersen=pedersen)
    (a1, b1), (a2, b2) = before[leaders], after[leaders]
    butler = ((a2 - a1) + (b1 - b2)) / 2
    two_before, two_after = a1 + b1, a2 + b2
    steed = (a2 / two_after - a1 / two_before) * HUNDRED if two_before > 0 and two_after > 0 else None
    if butler == 0:
        return _Measures(butler, steed, pedersen)
    winner, loser = rows.loc[leaders, "candidate"]
    if butler < 0:
        butler, winner, loser = -butler, loser, winner
        steed = None if steed is None else -steed
    return _Measures(butler, steed, pedersen, loser, winner)


def _sections(pairs: Sequence[Pair], parts: Sequence[pd.DataFrame]) -> list[Section]:
    sections = []
    start = 0
    for (earlier, later), part in zip(pairs, parts, strict=True):
        stop = start + len(part)
        sections.append(
            Section(_title(earlier, later), start, stop, later.subtitle, None, tuple(_notes(earlier, later, part)))
        )
        start = stop
    return sections


def _title(earlier: Caption, later: Caption) -> Message:
    if earlier.election == later.election:
        return msg(
            "{election}, from round {before} to round {after}",
            election=later.election,
            before=earlier.round,
            after=later.round,
        )
    return msg("From “{before}” to “{after}”", before=earlier.title, after=later.title)


def _notes(earlier: Caption, later: Caption, part: pd.DataFrame) -> list[Message]:
    notes = [caption.doubt for caption in (earlier, later) if caption.doubt]
    named = earlier.unit != earlier.contest or later.unit != later.contest
    if named and str(earlier.place) != str(later.place):
        notes.append(
            msg(
                "Two different places are compared: {before} before, {after} after.",
                before=earlier.place,
                after=later.place,
            )
        )
    if earlier.units != later.units:
        notes.append(
            msg(
                "The number of units differs: {before:count} before, {after:count} after.",
                before=earlier.units,
                after=later.units,
            )
        )
    left = part.loc[part["movement"] == LEFT, "candidate"].tolist()
    if left:
        notes.append(
            msgn(
                "{n} candidate is no longer standing: {names}.",
                "{n} candidates are no longer standing: {names}.",
                len(left),
                names=left,
            )
        )
    new = part.loc[part["movement"] == NEW, "candidate"].tolist()
    if new:
        notes.append(msgn("{n} candidate is new: {names}.", "{n} candidates are new: {names}.", len(new), names=new))
    unknown = part["votes_before"].isna() & part["share_before"].notna()
    if unknown.any():
        names = part.loc[unknown, "candidate"].tolist()
        notes.append(msg("Of these, only percentages are known before: {names}.", names=names))
    notes.extend({str(source): source for caption in (earlier, later) for source in caption.sources}.values())
    return notes
