"""Blanks: what the scores and the majority become if blank votes count as votes ("vote blanc reconnu")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.captions import (
    HEADING,
    Caption,
    Captions,
    Lines,
    candidate_columns,
    captions,
    count_columns,
    heading,
    origin_column,
    percent,
    repeated,
)
from primaire.exact import majority
from primaire.messages import Message, msg, term
from primaire.schema import weaker
from primaire.scores import scores
from primaire.table import Column, Section, Sections, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.schema import Returns

_UNKNOWN = term("not published")


def _range(low: Column) -> tuple[Column, Column]:
    """Return the columns of the two ends of a range, shown as one."""
    high = low.name.removesuffix("_low") + "_high"
    return replace(low, upper=high), Column(high, low.label, low.kind, place="hidden")


_COLUMNS = (
    Column("votes", term("votes"), "count", origin="votes_origin"),
    origin_column("votes_origin"),
    Column("share_valid", term("% of valid"), "share", origin="share_valid_origin", places="share_valid_decimals"),
    origin_column("share_valid_origin"),
    Column("share_valid_decimals", term("decimals published"), "count", place="hidden"),
    *_range(Column("share_low", term("% of valid and blank"), "share", origin="share_low_origin")),
    origin_column("share_low_origin"),
    *count_columns("valid", term("Valid"), _UNKNOWN),
    Column(
        "majority",
        term("absolute majority"),
        "count",
        place="foot",
        beside="valid",
        missing=None,
        origin="valid_origin",
    ),
    *_range(
        Column("blank_low", term("Blank"), "count", place="foot", missing=_UNKNOWN, origin="blank_low_origin"),
    ),
    origin_column("blank_low_origin"),
    *_range(
        Column(
            "blank_share_low",
            term("of valid and blank"),
            "share",
            place="foot",
            beside="blank_low",
            missing=None,
            origin="counted_origin",
        )
    ),
    *_range(
        Column("counted_low", term("Valid and blank"), "count", place="foot", missing=_UNKNOWN, origin="counted_origin")
    ),
    origin_column("counted_origin"),
    *_range(
        Column(
            "majority_low",
            term("absolute majority"),
            "count",
            place="foot",
            beside="counted_low",
            missing=None,
            origin="counted_origin",
        )
    ),
)


def blanks(returns: Returns, *, by: str | Sequence[str] = "contest") -> Table:
    """Show what the scores and the absolute majority become if blank votes count as votes.

    Args:
        returns: as read; what follows from the published figures is derived here.
        by: what units are added up by, and whether candidates are by nuance; see :func:`primaire.tally.tally`.

    Returns:
        One row per contest, round (or place) and candidate. ``share_low`` to ``share_high`` is the candidate's share of
        valid and blank votes together, 0 to 100; ``majority`` is more than half of valid (a count), ``majority_low`` to
        ``majority_high`` more than half of valid and blank. Low and high differ where blank and null votes are published
        together: then anything from none to all of them may be blank. NA where neither is published.

    Raises:
        NameUnknownError: ``by`` is not one of those that exist.
        NotHeldError: no unit says its place on that level; or candidates would have to be added up by nuance, and none
            has one.
    """
    figures = tally(returns, by)
    told = captions(figures)
    columns = (*HEADING, *candidate_columns(figures)[:2], *_COLUMNS)
    ranges = _ranges(figures.ballots)
    rows = scores(figures)
    at = rows["ballot"].to_numpy()
    shares = {
        name: percent(rows["votes"], pd.Series(ranges[counted].array.take(at)))
        for name, counted in (("share_low", "counted_high"), ("share_high", "counted_low"))
    }
    counted = ranges["counted_origin"].take(at).set_axis(rows.index)
    frame = rows.assign(
        **repeated(ranges, ranges.columns, at), **shares, share_low_origin=weaker(rows["votes_origin"], counted)
    )
    return Table(
        name="blanks",
        title=msg("If blank votes count"),
        frame=heading(told, frame)[[column.name for column in columns]],
        columns=columns,
        sections=_sections(figures, rows, told, ranges),
        notes=(msg("An absolute majority is more than half. Null votes are not counted."),),
        provenance=figures.provenance,
    )


def _ranges(ballots: pd.DataFrame) -> pd.DataFrame:
    known = ballots["blank"]
    # Published together, anything from none to all of them is blank.
    low = known.mask(known.isna() & ballots["blank_null"].notna(), 0)
    high = known.fillna(ballots["blank_null"])
    origin = ballots["blank_origin"].where(known.notna(), ballots["blank_null_origin"])
    counted_low, counted_high = ballots["valid"] + low, ballots["valid"] + high
    return pd.DataFrame(
        {
            "valid": ballots["valid"],
            "valid_origin": ballots["valid_origin"],
            "majority": _majority(ballots["valid"]),
            "blank_low": low,
            "blank_high": high,
            "blank_low_origin": origin,
            "blank_share_low": percent(low, counted_low),
            "blank_share_high": percent(high, counted_high),
            "counted_low": counted_low,
            "counted_high": counted_high,
            "counted_origin": weaker(ballots["valid_origin"], origin),
            "majority_low": _majority(counted_low),
            "majority_high": _majority(counted_high),
        }
    )


def _majority(totals: pd.Series[int]) -> pd.Series[int]:
    return totals.map(majority, na_action="ignore").astype("Int64")


_LED = ("rank", "candidate", "votes", "votes_origin")


def _sections(figures: Returns, rows: pd.DataFrame, told: Captions, ranges: pd.DataFrame) -> Sections:
    lines, ends, ballots = Lines(rows), Lines(ranges), Lines(figures.ballots)

    def section(place: int, start: int, stop: int) -> Section:
        caption = told[place]
        lead = caption.doubt or _lead(
            {name: lines[name][start:stop] for name in _LED}, {str(name): ends[str(name)][place] for name in ranges}
        )
        notes = _notes(ballots["blank"][place], ballots["blank_null"][place], caption)
        return Section(caption.title, start, stop, caption.subtitle, lead, tuple(notes))

    return Sections(np.cumsum(np.bincount(rows["ballot"], minlength=len(told))).tolist(), section)


def _lead(part: Mapping[str, Sequence[Any]], ranges: Mapping[str, Any]) -> Message | None:
    """Say whether counting blank votes takes the first one's majority away, for certain, perhaps, or not at all."""
    if None in part["rank"] or None in part["votes"] or None in ranges.values() or part["rank"].count(1) != 1:
        return None
    if "approximate" in (part["votes_origin"][0], ranges["counted_origin"]):
        return None
    name, votes = part["candidate"][0], part["votes"][0]
    if votes < ranges["majority"]:
        return msg("{name} comes first without an absolute majority, with or without blank votes.", name=name)
    if votes >= ranges["majority_high"]:
        return msg("{name} keeps an absolute majority if blank votes count.", name=name)
    if votes < ranges["majority_low"]:
        return msg("{name} has an absolute majority of valid votes, and loses it if blank votes count.", name=name)
    return msg(
        "{name} has an absolute majority of valid votes; if blank votes count, it depends on how many they are.",
        name=name,
    )


def _notes(blank: int | None, blank_null: int | None, caption: Caption) -> list[Message]:
    notes: list[Message] = []
    if blank is None and blank_null is not None:
        notes.append(
            msg(
                "Blank and null votes are known only together ({n:count}): from none to all of them may be blank, hence the ranges.",
                n=blank_null,
            )
        )
    elif blank_null is None and blank is None:
        notes.append(msg("Blank votes are not published: nothing can be said of what they would change."))
    return [*notes, *caption.computations, *caption.sources]
