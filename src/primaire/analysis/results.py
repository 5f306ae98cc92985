"""Results: candidates by rank with votes and shares, then the ballots, per contest and round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from primaire.arrays import codes
from primaire.captions import (
    FIGURES,
    HEADING,
    Caption,
    Lines,
    candidate_columns,
    captions,
    count_columns,
    heading,
    origin_column,
    percent,
    rate_columns,
    repeated,
)
from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import Message, msg, msgn, term
from primaire.placenames import names_of_units
from primaire.schema import BASES, COUNTS, Returns, weaker
from primaire.scores import scores
from primaire.spreads import spread_of
from primaire.suggestion import did_you_mean
from primaire.table import Column, Section, Sections, Table
from primaire.tally import tally

_SHARE_LABELS = {"valid": term("% of valid"), "voters": term("% of voters"), "registered": term("% of registered")}
_NOT_PUBLISHED = term("not published")


def results(
    returns: Returns, *, base: str = "valid", by: str | Sequence[str] = "contest", spread: bool = False
) -> Table:
    """Show who got what: every candidate's votes and shares, by rank, with the ballots of the contest.

    Args:
        returns: as read; what follows from the published figures is derived here.
        base: the base whose share leads: ``valid``, ``voters`` or ``registered``.
        by: what units are added up by, and whether candidates are by nuance; see :func:`primaire.tally.tally`.
        spread: whether the answer also tells how the share that leads lies over the units, which a terminal draws.

    Returns:
        One row per election, round, contest (or place) and candidate. Shares are percentages of the base in their name,
        0 to 100, NA where that base or the votes are not known. The ballot figures repeat on each row of a contest:
        ``turnout`` and ``abstention_share`` are percentages of registered, the others of voters.

    Raises:
        NameUnknownError: ``base`` or ``by`` is not one of those that exist.
        NotHeldError: the base is published nowhere in the data; no unit says its place on that level; or candidates
            would have to be added up by nuance, and none has one.
    """
    if base not in BASES:
        raise NameUnknownError(
            msg("There is no base “{base}”.", base=base),
            expected=msg("The bases are: {bases}.", bases=list(BASES)),
            remedy=did_you_mean(base, BASES),
        )
    figures = tally(returns, by)
    if figures.votes.empty:
        raise NotHeldError(
            msg("The source names no candidates: it holds ballots only."),
            remedy=msg(
                "“primaire turnout” shows them. To see votes, name the file with the candidates too; or, if columns of this one hold them, say which in a mapping: “primaire mapping FILE” writes one."
            ),
        )
    rows = scores(figures)
    _refuse_unknown_base(rows, base)
    told = captions(figures)
    columns = (*HEADING, *candidate_columns(figures), *_columns(base))
    frame = heading(told, _with_ballots(figures, rows))
    return Table(
        name="results",
        title=msg("Results"),
        frame=frame[[column.name for column in columns]],
        columns=columns,
        sections=_sections(figures, rows, told, base),
        provenance=figures.provenance,
        bar=f"share_{base}",
        spread=spread_of(returns, figures, rows, f"share_{base}", by) if spread else None,
        told_as={
            "unit": cache(
                lambda: names_of_units(figures.ballots).take(rows["ballot"].to_numpy()).reset_index(drop=True)
            )
        },
    )


def _refuse_unknown_base(rows: pd.DataFrame, base: str) -> None:
    if rows[f"share_{base}"].isna().all() and base != "valid":
        held = [name for name in BASES if rows[f"share_{name}"].notna().any()]
        raise NotHeldError(
            msg(
                "Shares of {base:term} cannot be computed: that count is not published for any of these contests.",
                base=base,
            ),
            expected=msg("Known bases here: {held}.", held=held),
            remedy=msg("Leave --base out, or choose one of these."),
        )


def _with_ballots(figures: Returns, rows: pd.DataFrame) -> pd.DataFrame:
    ballots, at = figures.ballots, rows["ballot"].to_numpy()
    registered, voters = ballots["registered"], ballots["voters"]
    abstention = (registered - voters).where(registered >= voters)
    rolled = weaker(ballots["voters_origin"], ballots["registered_origin"])
    parts = ("blank", "null", "blank_null", "valid")
    derived = {
        "turnout": percent(voters, registered),
        "turnout_origin": rolled,
        "abstention": abstention.array,
        "abstention_origin": rolled,
        "abstention_share": percent(abstention, registered),
        "abstention_share_origin": rolled,
        **{f"{count}_share": percent(ballots[count], voters) for count in parts},
        **{f"{count}_share_origin": weaker(ballots[f"{count}_origin"], ballots["voters_origin"]) for count in parts},
    }
    names = [*COUNTS, *(f"{count}_origin" for count in COUNTS), "status_note", "source"]
    columns = {**repeated(ballots, names, at), **{name: values.take(at) for name, values in derived.items()}}
    return pd.concat([rows, pd.DataFrame(columns)], axis=1)


def _columns(base: str) -> tuple[Column, ...]:
    bases = (base, *(other for other in BASES if other != base))
    shares = [
        column
        for name in bases
        for column in (
            Column(
                f"share_{name}",
                _SHARE_LABELS[name],
                "share",
                missing=term("–") if name == base else None,
                origin=f"share_{name}_origin",
                places=f"share_{name}_decimals",
            ),
            origin_column(f"share_{name}_origin"),
            Column(f"share_{name}_decimals", term("decimals published"), "count", place="hidden"),
        )
    ]
    return (
        Column("votes", term("votes"), "count", origin="votes_origin"),
        origin_column("votes_origin"),
        *shares,
        Column("share_published", term("% as published"), "share", place="hidden"),
        Column("share_published_base", term("of"), "term", place="hidden"),
        *count_columns("registered", term("Registered"), _NOT_PUBLISHED),
        *count_columns("voters", term("Voters"), _NOT_PUBLISHED),
        *rate_columns("turnout", term("Turnout (% of registered)"), term("not computable")),
        *count_columns("abstention", term("Abstention"), None),
        *rate_columns("abstention_share", term("of registered"), None, beside="abstention"),
        *count_columns("blank", term("Blank"), None),
        *rate_columns("blank_share", term("of voters"), None, beside="blank"),
        *count_columns("null", term("Null"), None),
        *rate_columns("null_share", term("of voters"), None, beside="null"),
        *count_columns("blank_null", term("Blank and null"), _NOT_PUBLISHED),
        *rate_columns("blank_null_share", term("of voters"), None, beside="blank_null"),
        *count_columns("valid", term("Valid"), _NOT_PUBLISHED),
        *rate_columns("valid_share", term("of voters"), None, beside="valid"),
        Column("status_note", term("why"), "text", place="hidden"),
        Column("source", term("source"), "text", place="hidden"),
    )


def _sections(figures: Returns, rows: pd.DataFrame, told: Sequence[Caption], base: str) -> Sections:
    lines, of_voters = Lines(rows), _sums_of_voters(figures)
    valid = Lines(figures.ballots)

    def section(place: int, start: int, stop: int) -> Section:
        caption, part = told[place], {name: lines[name][start:stop] for name in _TOLD}
        notes = (
            *((_voters_note(of_voters[place]),) if place in of_voters else ()),
            *_missing_notes(caption, part),
            *_origin_notes(caption, part, valid["valid"][place]),
            *caption.gaps,
            *caption.remarks,
        )
        return Section(caption.title, start, stop, caption.subtitle, caption.doubt or _lead(part, base), notes)

    return Sections(np.cumsum(np.bincount(rows["ballot"], minlength=len(told))).tolist(), section)


_TOLD = (
    "rank",
    "candidate",
    "votes",
    "votes_origin",
    "share_published",
    *(f"share_{base}" for base in BASES),
    *(f"share_{base}_origin" for base in BASES),
)
"""What the sentences of a section go by."""

_Part = Mapping[str, Sequence[Any]]
"""The rows of one section: columns of plain values, None for missing."""


def _lead(part: _Part, base: str) -> Message | None:
    """Say who comes first, and by how much. Never that somebody won: that is for the rules of the election."""
    ranks, names = part["rank"], part["candidate"]
    if not ranks or ranks[0] is None:
        return None
    level = ranks.count(1)
    if level > 1:
        # Percentages that are the same when rounded do not make the votes equal.
        counted = None not in part["votes"][:level]
        return msg("Level at the top: {names}.", names=names[:level]) if counted else None
    if len(names) == 1:
        return msg("{name} is the only candidate.", name=names[0])
    # The base that leads, or, where its shares are not known, the first that is.
    base = next((name for name in (base, *BASES) if None not in part[f"share_{name}"][:2]), base)
    if "approximate" in (*part["votes_origin"][:2], *part[f"share_{base}_origin"][:2]):
        return msg("{name} comes first, if the approximate figures are right.", name=names[0])
    votes, shares = part["votes"][:2], part[f"share_{base}"][:2]
    points = None if None in shares else shares[0] - shares[1]
    ahead = None if None in votes else msgn("{n:count} vote", "{n:count} votes", votes[0] - votes[1])
    apart = None if points is None else msg("{points:index} points of {base:term}", points=points, base=FIGURES[base])
    if ahead is not None and apart is not None:
        lead: Message | None = msg("{votes} ({points})", votes=ahead, points=apart)
    else:
        lead = apart if ahead is None else ahead
    if lead is None:
        return None
    return msg("{name} comes first, ahead of {second} by {lead}.", name=names[0], second=names[1], lead=lead)


def _missing_notes(caption: Caption, part: _Part) -> list[Message]:
    """Say why votes are not shown: they are published for some of the units only, or as percentages."""
    unknown = [name for name, votes in zip(part["candidate"], part["votes"], strict=True) if votes is None]
    if unknown and caption.units > 1:
        note = msg(
            "Votes are not published in all of the {n:count} units, so that none are added up, for: {names}. "
            "With --by unit each unit stands by itself.",
            n=caption.units,
            names=unknown,
        )
        return [note]
    if unknown and None not in part["share_published"]:
        return [msg("Only percentages are published, and several sets of whole numbers would fit: votes stay unknown.")]
    return []


def _origin_notes(caption: Caption, part: _Part, valid: int) -> list[Message]:
    # Of a sum, nothing alike can be said: each of its units was reconstructed by itself, or published.
    if caption.units > 1 or "reconstructed" not in part["votes_origin"]:
        return []
    return [
        msg(
            "Only percentages are published. One set of whole numbers alone rounds to all of them, with {valid:count} valid votes in "
            "all: these are the counts marked as reconstructed.",
            valid=valid,
        )
    ]


def _sums_of_voters(figures: Returns) -> dict[int, float]:
    """Return, for the ballots whose published percentages are all shares of voters, what these add up to."""
    votes = figures.votes
    at = votes["ballot"].to_numpy()
    of_voters = codes(votes["share_base"]) == BASES.index("voters")
    if not of_voters.any():
        return {}
    share = votes["share"].to_numpy("float64", na_value=0.0)
    total = np.bincount(at, share)
    return {place: float(total[place]) for place in np.setdiff1d(at, at[~of_voters]).tolist()}


def _voters_note(total: float) -> Message:
    return msg(
        "The published percentages are shares of the voters, blank and null votes included: they add up to {sum:share}.",
        sum=total,
    )
