"""Reconstruct: the whole-number counts behind rounded percentages: none, one set, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from primaire.arrays import frame_of, listed
from primaire.captions import FIGURES, HEADING, Caption, captions, heading, origin_column
from primaire.derivation import recover_all
from primaire.errors import NotHeldError
from primaire.messages import Message, msg, msgn, term
from primaire.table import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.recovery import Recovery
    from primaire.schema import Returns

_COLUMNS = (
    *HEADING,
    Column("candidate", term("candidate"), "text"),
    Column("share", term("published %"), "share", decimals=6, places="decimals", origin="share_origin"),
    origin_column("share_origin"),
    Column("votes_low", term("votes"), "count", upper="votes_high", missing=term("unknown")),
    Column("votes_high", term("votes, at most"), "count", place="hidden"),
    Column("base", term("Percentages of"), "term", place="foot"),
    Column("decimals", term("Decimals"), "count", place="foot"),
    Column("bound", term("Largest total possible"), "count", place="foot", missing=term("not published")),
    Column("outcome", term("Solution"), "term", place="foot", missing=term("not searched")),
    Column("totals", term("Totals that fit"), "count", place="foot", missing=None),
    Column("total_low", term("Total"), "count", place="foot", upper="total_high", missing=None),
    Column("total_high", term("total, at most"), "count", place="hidden"),
    Column("solutions", term("number of sets"), "text", place="hidden"),
    Column("solutions_exact", term("number exact"), "flag", place="hidden"),
    Column("contradicts", term("contradicts"), "flag", place="hidden"),
)

OUTCOMES = (term("none"), term("unique"), term("several"))
"""How many sets of whole numbers fit, in a word."""

_TYPES = {
    "ballot": "int64",
    "candidate": "str",
    "share": "Float64",
    "share_origin": "str",
    **dict.fromkeys(("votes_low", "votes_high", "decimals", "bound", "totals", "total_low", "total_high"), "Int64"),
    **dict.fromkeys(("base", "outcome", "solutions"), "str"),
    "solutions_exact": "boolean",
    "contradicts": "bool",
}


def reconstruct(returns: Returns) -> Table:
    """Find every set of whole numbers that rounds to the published percentages, below the published total.

    Args:
        returns: as read. Searched are the units for which percentages are published but not all votes. The total is the
            published base of the percentages, else at most the next larger count that is published exactly.

    Returns:
        One row per unit and candidate: ``share`` as published (0 to 100), and ``votes_low`` to ``votes_high``, the
        smallest and largest number of votes over all sets (where none fits or none was searched for, the votes as
        published, or NA). Repeated on
        each row of a unit: ``outcome`` (``none``, ``unique``, ``several``; NA without a bound or with approximations),
        how many totals fit and between which ends, and ``solutions``, the number of sets as text (it can exceed any
        integer column), exact if ``solutions_exact``, else at least that. ``contradicts`` marks a smallest set of
        percentages that cannot all be right.

    Raises:
        NotHeldError: votes are published throughout, so that there is nothing to search for.
    """
    known, found = recover_all(returns)
    if not found:
        raise NotHeldError(
            msg("There is nothing to reconstruct: no percentages are published without their votes."),
            remedy=msg("“primaire results” shows the votes."),
        )
    told = captions(known)
    parts = [_rows(known, recovery) for recovery in found]
    frame = heading(told, pd.concat(parts, ignore_index=True))
    return Table(
        name="reconstruct",
        title=msg("Counts behind the percentages"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=tuple(_sections(told, found, parts)),
        notes=(msg("Both habits of rounding an exact half are tried: up, and to the even digit."),),
        provenance=returns.provenance,
    )


def _rows(returns: Returns, recovery: Recovery) -> pd.DataFrame:
    votes = returns.votes.loc[list(recovery.rows)]
    names = returns.candidates["candidate"].to_numpy()[votes["candidate"].to_numpy()]
    size = len(votes)
    result = recovery.result
    one: dict[str, object] = {
        "ballot": recovery.ballot,
        "base": recovery.base,
        "decimals": recovery.decimals,
        "bound": recovery.bound,
    }
    published = listed(votes["votes"])
    each: dict[str, Sequence[object]] = {
        "candidate": names.tolist(),
        "share": listed(votes["share"]),
        "share_origin": listed(votes["share_origin"]),
        "votes_low": published,
        "votes_high": published,
    }
    contradiction: tuple[int, ...] = ()
    if result is not None:
        one["outcome"] = result.outcome
        contradiction = result.contradiction
    if result is not None and result.total_range is not None:
        each["votes_low"], each["votes_high"] = zip(*result.ranges, strict=True)
        one["totals"] = result.totals
        one["total_low"], one["total_high"] = result.total_range
        one["solutions"], one["solutions_exact"] = str(result.solutions), result.exact
    each["contradicts"] = [place in contradiction for place in range(size)]
    return frame_of({**{name: [value] * size for name, value in one.items()}, **each}, _TYPES, size)


def _sections(told: Sequence[Caption], found: list[Recovery], parts: list[pd.DataFrame]) -> list[Section]:
    sections = []
    start = 0
    for recovery, part in zip(found, parts, strict=True):
        caption = told[recovery.ballot]
        stop = start + len(part)
        sections.append(
            Section(
                caption.title,
                start,
                stop,
                caption.subtitle,
                _lead(recovery, part),
                (*_notes(recovery), *caption.sources),
            )
        )
        start = stop
    return sections


def _lead(recovery: Recovery, part: pd.DataFrame) -> Message:
    result = recovery.result
    if result is None and recovery.approximate:
        return msg("Not searched: some of the figures are approximations.")
    if result is None:
        return msg("Not searched: no published count bounds the total. Give the voters or the valid votes.")
    if result.outcome == "unique":
        return msg(
            "Exactly one set of whole numbers rounds to the published percentages: a total of {total:count}.",
            total=result.total,
        )
    if result.total_range is not None:
        low, high = result.total_range
        return msgn(
            "Several sets fit, all of one total: {low:count}.",
            "Several sets fit: {n:count} totals, from {low:count} to {high:count}.",
            result.totals,
            low=low,
            high=high,
        )
    return _contradiction(part, smallest=result.smallest)


def _contradiction(part: pd.DataFrame, *, smallest: bool) -> Message:
    names = part.loc[part["contradicts"], "candidate"].tolist()
    if not names:
        return msg("No set of whole numbers fits: the published counts themselves contradict each other.")
    if len(names) == len(part) > 1:
        return msg(
            "No set of whole numbers rounds to all the published percentages: only taken all together do they contradict each other."
        )
    if smallest:
        return msg(
            "No set of whole numbers rounds to the published percentages. Smallest contradictory set: {names}.",
            names=names,
        )
    return msg(
        "No set of whole numbers rounds to the published percentages. These contradict each other, and none can be left out: {names}.",
        names=names,
    )


def _notes(recovery: Recovery) -> list[Message]:
    notes = []
    if recovery.recognised:
        notes.append(
            msg(
                "The percentages add up to {sum:share}, not to 100. They fit if they are shares of the voters, blank and null votes included.",
                sum=float(recovery.share_sum or 0),
            )
        )
    if recovery.bound_is is not None:
        notes.append(
            msg("The total is bounded by the published count of: {count:term}.", count=FIGURES[recovery.bound_is])
        )
    if recovery.result is not None and recovery.result.outcome == "unique":
        notes.append(
            msg(
                "Unique given this base, these decimals and this bound: these counts are used, and marked, in every other table."
            )
        )
    if recovery.result is not None and recovery.result.outcome == "several":
        number = recovery.result.solutions
        if recovery.result.exact:
            notes.append(msg("Number of sets: {n:count}.", n=number))
        else:
            notes.append(msg("Number of sets: more than {n:count}.", n=number - 1))
        notes.append(msg("Not unique: shares are used as published, and votes stay unknown."))
    return notes
