"""Small elections for tests, written as a person would tell them, and the way to a single figure of an answer."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from primaire.assembly import assemble
from primaire.provenance import Provenance
from primaire.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from primaire.messages import Message
    from primaire.schema import Returns

Records = list[dict[str, object]]


def unit(candidates: Mapping[str, object], **ballot: object) -> Records:
    """Return the records of one unit and round.

    Args:
        candidates: what is published for each: a whole number of votes, a percentage as text ("35.68"), ``None`` for
            nothing, or the columns themselves.
        ballot: columns of the unit; by default it is unit ``Here`` in round 1 of contest ``Contest`` of election ``Vote``.
    """
    given = {"election": "Vote", "round": 1, "contest": "Contest", "unit": "Here", **ballot}
    held = {name: value for name, value in given.items() if value is not None}
    return [{**held, **_figures(published), "candidate": name} for name, published in candidates.items()]


def _figures(published: object) -> dict[str, object]:
    if published is None:
        return {}
    if isinstance(published, dict):
        return published
    if isinstance(published, str):
        return {"share": float(published), "share_decimals": len(published.partition(".")[2])}
    return {"votes": published}


def returns_of(*units: Records) -> Returns:
    """Return units as one data set."""
    return assemble([record for records in units for record in records], Provenance())


def line(answer: Table | pd.DataFrame, **wanted: object) -> pd.Series[Any]:
    """Return the one row of an answer where the columns have these values."""
    frame = answer.frame if isinstance(answer, Table) else answer
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, f"{len(frame)} rows where {wanted}"
    return frame.iloc[0]


def percentage(part: Fraction | int, whole: Fraction | int) -> float:
    """Return a percentage by the shortest way, which is not the program's."""
    return float(Fraction(part) / Fraction(whole) * 100)


def said(table: Table) -> list[str]:
    """Return every sentence of an answer, in English."""
    messages: list[Message | None] = [table.title, *table.notes]
    for section in table.sections:
        messages += [section.title, section.subtitle, section.lead, *section.notes]
    return [str(message) for message in messages if message is not None]
