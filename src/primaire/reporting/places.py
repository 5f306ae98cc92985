"""The places of one vote: one row each, on a level that leaves some hundreds of rows at most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.analysis.results import results
from primaire.captions import Caption, count_columns, origin_column
from primaire.choropleth.measures import turnout, winners
from primaire.choropleth.reasons import WHYS
from primaire.errors import NotHeldError
from primaire.messages import Message, msg, msgn, term
from primaire.placenames import names_of_units
from primaire.reporting.asked import attempted
from primaire.reporting.contents import Chapter, Shown, noted, pictured
from primaire.schema import LEVELS
from primaire.scores import scores
from primaire.table import Column, Section, Table
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.choropleth.measures import Measure
    from primaire.schema import Returns

MOST: Final = 400
"""Places of a table: more are added up to a wider level."""

DRAWN: Final = 10
"""Places from which on turnout and share are drawn against each other."""

SHOWN: Final = 8
"""Candidates whose shares stand beside each other."""

_LEVELS: Final[tuple[str, ...]] = ("unit", *reversed(LEVELS[1:]))
"""From the finest to the widest."""

_TITLES: Final = {
    "unit": msg("Unit by unit"),
    "station": msg("Station by station"),
    "commune": msg("Commune by commune"),
    "canton": msg("Canton by canton"),
    "constituency": msg("Constituency by constituency"),
    "departement": msg("Departement by departement"),
    "region": msg("Region by region"),
}


def by_place(returns: Returns, rounds: Sequence[Caption], key: str) -> Iterator[Chapter]:
    """Yield the chapter of a vote's places; none, where it is of one place."""
    level = level_for(returns)
    if level is None:
        return
    tables: list[Shown] = []
    for caption in reversed(rounds):
        part = returns.select(round=caption.round)
        told = _title(caption, alone=len(rounds) == 1)
        table = places(part, level)
        units = attempted(results, part, by=level) if caption.rolled and not tables and len(table) >= DRAWN else None
        dots = None if units is None else pictured("turnout", noted(units, ()))
        tables.append(Shown(table, told, dots))
    yield Chapter(f"{key}-places", _TITLES.get(_named(returns, level), _TITLES["unit"]), tuple(tables))


def _named(returns: Returns, level: str) -> str:
    """Return what the places of a level are: units are those of the source."""
    held = returns.ballots["level"].iloc[0]
    return str(held) if level == "unit" else level


def _title(caption: Caption, *, alone: bool) -> Message:
    if alone:
        return msg("Shares of valid votes, place by place")
    return msg("Round {round}: shares of valid votes, place by place", round=caption.round)


def level_for(returns: Returns) -> str | None:
    """Return the finest level on which a vote has several places and at most :data:`MOST`; None where there is none."""
    last = returns.select(round=int(returns.ballots["round"].max()))
    for level in _LEVELS:
        try:
            number = len(tally(last, level, candidates=False).ballots)
        except NotHeldError:
            continue
        if 1 < number <= MOST:
            return level
    return None


def places(returns: Returns, level: str) -> Table:
    """Return one row per place of one round: its ballots, who comes first, by how much, and the shares of valid votes.

    Candidates are those of the round by their votes in all of it, :data:`SHOWN` at most; a note says how many more there
    are. Places are added up by ``level``; see :func:`primaire.tally.tally`.
    """
    figures = tally(returns, level)
    rows, names = scores(figures), _by_votes(returns)
    ballots = figures.ballots.reset_index(drop=True)
    everywhere = np.arange(len(ballots))
    came, ahead = turnout(figures, everywhere), winners(figures, everywhere)
    cells: dict[str, Any] = {
        **{column.name: ballots[column.name] for column in BALLOTS},
        "place": names_of_units(ballots),
        "units": ballots["units"],
        "status": ballots["status"].astype("str"),
        **came.found,
        **ahead.found,
        AHEAD.name: ahead_or_why(ahead),
    }
    columns = [*_columns(_named(returns, level), ballots), *BALLOTS, *came_columns(came), *_ahead_columns(ahead)]
    for at, name in enumerate(names[:SHOWN], 1):
        cells |= _shares(rows[rows["candidate"] == name], f"share_{at}", len(ballots))
        columns += [
            Column(
                f"share_{at}", name, "share", origin=f"share_{at}_origin", places=f"share_{at}_decimals", named=True
            ),
            origin_column(f"share_{at}_origin"),
            Column(f"share_{at}_decimals", term("decimals published"), "count", place="hidden"),
        ]
    frame = pd.DataFrame({column.name: cells[column.name] for column in columns})
    section = Section(msg("By place"), 0, len(frame), notes=tuple(_notes(returns, figures, names)))
    return Table("places", msg("By place"), frame, tuple(columns), (section,))


def _shares(rows: pd.DataFrame, name: str, size: int) -> dict[str, Any]:
    """Return the shares of one candidate, place by place, how they are known, and with how many decimals."""
    at = rows.set_index("ballot").reindex(range(size))
    return {f"{name}{more}": at[f"share_valid{more}"] for more in ("", "_origin", "_decimals")}


def _columns(named: str, ballots: pd.DataFrame) -> Iterator[Column]:
    yield Column("place", _HEADINGS.get(named, term("place")), "text", missing=term("not named"))
    if (ballots["units"] > 1).any():
        yield Column("units", term("units"), "count")
    if (ballots["status"] != "final").any():
        yield Column("status", term("status"), "term")


BALLOTS: Final = (
    *count_columns("registered", term("registered"), None, place="body"),
    *count_columns("voters", term("voters"), None, place="body"),
)
"""Who could come and who came, which stand with every place."""

AHEAD: Final = Column("candidate", term("ahead"), "sentence")
"""Who comes first, or why nobody does."""

_HEADINGS: Final = {
    "station": term("station"),
    "commune": term("commune"),
    "canton": term("canton"),
    "constituency": term("constituency"),
    "departement": term("departement"),
    "region": term("region"),
}


def _by_votes(returns: Returns) -> list[str]:
    """Return the candidates of a round, whoever has most votes in all of it first."""
    return list(dict.fromkeys(scores(tally(returns))["candidate"].tolist()))


def came_columns(measure: Measure) -> Iterator[Column]:
    """Yield the columns of turnout: one that nobody has is not shown."""
    return (replace(column, missing=None) for column in measure.columns)


def ahead_or_why(measure: Measure) -> pd.Series[Any]:
    """Return who comes first in each place, or why nobody does, to stand in one column."""
    names, why = measure.found["candidate"], measure.why.tolist()
    said = [
        msg("{name}", name=name) if reason < 0 else msg("{why:term}", why=WHYS[reason])
        for name, reason in zip(names, why, strict=True)
    ]
    return pd.Series(said, dtype="object")


def _ahead_columns(measure: Measure) -> Iterator[Column]:
    """Yield who comes first, and by how many points, with what tells how these are known."""
    held = {column.name: column for column in measure.columns}
    lead = held["lead"]
    yield AHEAD
    yield replace(lead, label=term("by points"), kind="index")
    yield from (held[name] for name in (lead.origin, lead.places) if name is not None)


def _notes(returns: Returns, figures: Returns, names: Sequence[str]) -> Iterator[Message]:
    units, rows = int(returns.ballots["units"].sum()), len(figures.ballots)
    if units > rows:
        yield msgn(
            "{n:count} place, added up from {units:count} units.",
            "{n:count} places, added up from {units:count} units.",
            rows,
            units=units,
        )
    if len(names) > SHOWN:
        yield msg(
            "Of {all:count} candidates, the {shown:count} with the most votes have their shares here.",
            all=len(names),
            shown=SHOWN,
        )
