"""Swing: what changed from one vote to the next, candidate by candidate, and in one figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.arrays import categorical, codes, counts, rates, summed, whole
from primaire.captions import Lines, from_to, origin_column, percent
from primaire.errors import NotHeldError
from primaire.exact import HUNDRED
from primaire.messages import Message, msg, msgn, term
from primaire.pairing import Pairs, loneliness
from primaire.schema import origins, shortened, weaker
from primaire.sides import (
    POINTS,
    Sides,
    Votes,
    nothing_to_compare,
    one_after_the_other,
    refuse_strangers,
    side_by_side,
    side_columns,
)
from primaire.table import Column, Kind, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.captions import Caption
    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]

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


def swing(before: Returns, after: Returns | None = None, *, by: str | Sequence[str] = "contest") -> Table:
    """Set one vote against the next: shares before and after, points and votes gained, and swing in one figure.

    Args:
        before: the earlier vote; or, without ``after``, a data set whose rounds are set against each other.
        after: the later vote, where it is another data set.
        by: what units are added up by; see :func:`primaire.tally.tally`. Places are the same by their codes, whatever
            their spelling, else by their names.

    Returns:
        One row per pair of votes and candidate. ``share_before`` and ``share_after`` are percentages of valid votes, 0
        to 100; ``points`` their difference; ``factor`` votes after / votes before. Those who ``left`` have no share or
        votes after, and those who are ``new`` none before; ``movement`` says so. Repeated on each row of a pair:
        ``butler`` (points; from ``swing_from`` to ``swing_to``, never negative), ``steed`` (points, in the same
        direction, negative if the two measures disagree), ``pedersen`` (0 to 100; 0 nothing changed, 100 everything
        did). A measure is NA where a share it needs is not known.

    Raises:
        NotHeldError: there are no two votes to set against each other, it is not clear which, one of them names no
            candidates, or they are of two elections that share neither a candidate nor a unit.
        NameUnknownError: ``by`` is not one of those that exist.

    Source:
        Butler, in McCallum and Readman, The British General Election of 1945 (1947); Steed, in Butler and King, The
        British General Election of 1966 (1966); Pedersen, European Journal of Political Research 7 (1979), 1-26.
    """
    votes = one_after_the_other(before, after, by)
    if not len(votes.pairs):
        raise nothing_to_compare(votes)
    pairs, silent = _among_candidates(votes)
    if not len(pairs):
        raise NotHeldError(
            _silence(silent),
            remedy=msg("“primaire turnout” shows who came. To see what moved, name the file with the candidates too."),
        )
    sides = side_by_side(votes.left, votes.right, pairs, ("before", "after"))
    if after is not None:
        refuse_strangers(before, after, votes, sides)
    frame = _figures(sides, pairs)
    unmeasured = [_silence(silent)] if silent else []
    notes = (*DEFINITIONS, *sides.notes, *unmeasured, *loneliness(pairs, votes.level))
    return Table(
        name="swing",
        title=msg("Swing"),
        frame=frame,
        columns=_COLUMNS,
        sections=_sections(pairs, frame, sides.stops),
        notes=notes,
        provenance=votes.provenance,
        bar="points",
    )


def _among_candidates(votes: Votes) -> tuple[Pairs, list[Caption]]:
    """Return the pairs of two votes that both name candidates, and the others' votes that name none.

    From a vote that names nobody, nobody has left, and nobody is new after it.
    """
    pairs = votes.pairs
    ends = ((pairs.left, pairs.one, votes.left), (pairs.right, pairs.other, votes.right))
    named = [np.isin(at, side.votes["ballot"]) for _, at, side in ends]
    both = named[0] & named[1]
    silent = {
        (id(told), at): told[at]
        for (told, ats, _), names in zip(ends, named, strict=True)
        for at in ats[~names].tolist()
    }
    return replace(pairs, one=pairs.one[both], other=pairs.other[both]), list(silent.values())


def _silence(silent: Sequence[Caption]) -> Message:
    """Say which votes name no candidates."""
    names = [msg("{title}, {place}", title=caption.title, place=caption.place) for caption in silent]
    return msgn(
        "{n:count} result names no candidates, so that nothing can be set against it: {names}.",
        "{n:count} results name no candidates, so that nothing can be set against them: {names}.",
        len(names),
        names=shortened(names),
    )


def _figures(sides: Sides, pairs: Pairs) -> pd.DataFrame:
    rows, pair = sides.frame, sides.pair
    stood_before, stood_after = rows["stood_before"].to_numpy(), rows["stood_after"].to_numpy()
    movement = np.where(stood_after, np.where(stood_before, 0, 2), 1)
    votes_before, votes_after = rows["votes_before"], rows["votes_after"]
    later, earlier = (told.facts.take(at) for told, at in ((pairs.right, pairs.other), (pairs.left, pairs.one)))
    heading = {name: later[name].array.take(pair) for name in ("election", "contest", "level", "unit")}
    of_pairs = {**_left_behind(sides), **_measures(sides)}
    columns = {
        **heading,
        "round_before": earlier["round"].to_numpy()[pair],
        "round_after": later["round"].to_numpy()[pair],
        **{str(name): rows[name] for name in rows},
        "movement": categorical(movement, [STAYED, LEFT, NEW]),
        "votes_gained": votes_after - votes_before,
        "factor": pd.Series(percent(votes_after, votes_before)) / HUNDRED,
        "gained_origin": weaker(rows["votes_before_origin"], rows["votes_after_origin"]),
        **{name: values.take(pair) for name, values in of_pairs.items()},
    }
    return pd.DataFrame({column.name: columns[column.name] for column in _COLUMNS})


def _left_behind(sides: Sides) -> dict[str, Any]:
    """Return, pair by pair, the votes and the share of those who left: NA where nobody did, or one's are not known."""
    rows = sides.frame
    left = ~rows["stood_after"].to_numpy()
    at, size = sides.pair[left], sides.size
    origin = np.full(size, -1)
    np.maximum.at(origin, at, codes(rows["votes_before_origin"])[left])
    votes, known = summed(whole(rows["votes_before"])[left], codes(rows["votes_before_origin"])[left], at, size)
    share = rows["share_before"].to_numpy("float64", na_value=np.nan)[left]
    total = np.bincount(at, share, size)
    return {
        "left_behind": counts(votes, known >= 0),
        "left_behind_share": rates(np.where(np.bincount(at, minlength=size) > 0, total, np.nan)),
        "left_origin": origins(origin),
    }


def _measures(sides: Sides) -> dict[str, Any]:
    """Return the measures of each pair; see :func:`swing`."""
    rows, pair, size = sides.frame, sides.pair, sides.size
    stood = {name: rows[f"stood_{name}"].to_numpy() for name in ("before", "after")}
    share = {
        name: np.where(stood[name], rows[f"share_{name}"].to_numpy("float64", na_value=np.nan), 0.0) for name in stood
    }
    pedersen = np.bincount(pair, np.abs(share["after"] - share["before"]), size) / 2
    # Rows come by rank after: the leaders are the first two, if no other shares a rank with them.
    start = np.searchsorted(pair, np.arange(size))
    leading = np.bincount(pair, rows["rank_after"].le(2).fillna(value=False).to_numpy("float64"), size) == 2  # noqa: PLR2004  two leaders
    first, second = np.where(leading, start, 0), np.where(leading, start + 1, 0)
    leading &= stood["before"][first] & stood["before"][second]
    (a1, b1), (a2, b2) = ((share[name][first], share[name][second]) for name in ("before", "after"))
    butler = np.where(leading, ((a2 - a1) + (b1 - b2)) / 2, np.nan)
    both = leading & (a1 + b1 > 0) & (a2 + b2 > 0)
    steed = np.full(size, np.nan)
    steed[both] = (a2[both] / (a2 + b2)[both] - a1[both] / (a1 + b1)[both]) * HUNDRED
    steed[np.isnan(butler)] = np.nan
    winner, loser = np.where(butler < 0, second, first), np.where(butler < 0, first, second)
    moved = ~np.isnan(butler) & (butler != 0)
    return {
        "butler": rates(np.abs(butler)),
        "steed": rates(np.where(butler < 0, -steed, steed)),
        "pedersen": rates(pedersen),
        **_direction(rows["candidate"], winner, loser, moved),
        "measures_origin": origins(_most(sides)),
        "measures_decimals": _least(rows["points_decimals"], pair, size),
    }


def _direction(people: pd.Series[str], winner: Wholes, loser: Wholes, moved: npt.NDArray[np.bool_]) -> dict[str, Any]:
    to, from_ = (people.array.take(np.where(moved, at, -1), allow_fill=True) for at in (winner, loser))
    names = zip(from_.to_numpy("object"), to.to_numpy("object"), moved.tolist(), strict=True)
    said = [f"{one} → {other}" if is_one else None for one, other, is_one in names]
    return {"swing_direction": pd.array(said, dtype="str"), "swing_from": from_, "swing_to": to}


def _most(sides: Sides) -> Wholes:
    """Return the weakest origin of the shares of each pair."""
    weakest = np.full(sides.size, -1)
    for name in ("before", "after"):
        np.maximum.at(weakest, sides.pair, codes(sides.frame[f"share_{name}_origin"]))
    return weakest


def _least(values: pd.Series[int], pair: Wholes, size: int) -> pd.arrays.IntegerArray:
    most = np.iinfo("int64").max
    least = np.full(size, most)
    np.minimum.at(least, pair, values.to_numpy("int64", na_value=most))
    return counts(least, least < most)


def _sections(pairs: Pairs, frame: pd.DataFrame, stops: list[int]) -> Sections:
    lines = Lines(frame)

    def section(place: int, start: int, stop: int) -> Section:
        earlier, later = pairs.captions(place)
        notes = _notes(earlier, later, lines, slice(start, stop))
        return Section(from_to(earlier, later), start, stop, later.subtitle, None, tuple(notes))

    return Sections(stops, section)


def _notes(earlier: Caption, later: Caption, lines: Lines, rows: slice) -> list[Message]:
    notes = [caption.doubt for caption in (earlier, later) if caption.doubt]
    named = earlier.unit != earlier.contest or later.unit != later.contest
    sums = earlier.unit is later.unit is None and earlier.contest == later.contest  # of one contest, however many units
    if named and not sums and str(earlier.place) != str(later.place):
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
    people = list(zip(lines["candidate"][rows], lines["movement"][rows], strict=True))
    notes += moved(*([name for name, movement in people if movement == which] for which in (LEFT, NEW)))
    told = zip(lines["candidate"][rows], lines["votes_before"][rows], lines["share_before"][rows], strict=True)
    percentages = [name for name, votes, share in told if votes is None and share is not None]
    if percentages:
        notes.append(msg("Of these, only percentages are known before: {names}.", names=percentages))
    notes.extend({str(source): source for caption in (earlier, later) for source in caption.sources}.values())
    return notes


def moved(left: Sequence[str], new: Sequence[str]) -> list[Message]:
    """Say who is no longer standing, and who is new."""
    notes = []
    if left:
        notes.append(
            msgn(
                "{n} candidate is no longer standing: {names}.",
                "{n} candidates are no longer standing: {names}.",
                len(left),
                names=left,
            )
        )
    if new:
        notes.append(msgn("{n} candidate is new: {names}.", "{n} candidates are new: {names}.", len(new), names=new))
    return notes
