"""Revisions: the units that were added, are gone or were revised between publications, figure by figure."""

from __future__ import annotations

from functools import reduce
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.captions import FIGURES
from primaire.messages import msg, msgn, term
from primaire.provenance import Provenance
from primaire.publications.between import brought_together, differ
from primaire.schema import COUNTS, PLACES
from primaire.table import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.captions import Captions
    from primaire.publications.between import Between, Units
    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]

EVENTS: Final = (term("added"), term("gone"), term("revised"))
ADDED, GONE, REVISED = EVENTS

_CODES: Final = tuple(name for name in PLACES if name.endswith("_code"))
_FACTS: Final = ("election", "round", "contest", "level", "unit")

_COLUMNS: Final = (
    Column("before", term("before"), "text", place="heading"),
    Column("after", term("after"), "text", place="heading"),
    Column("event", term("what happened"), "term", place="heading"),
    Column("election", term("election"), "text", place="heading"),
    Column("round", term("round"), "count", place="heading"),
    Column("contest", term("contest"), "text"),
    Column("level", term("level"), "term", place="hidden"),
    *(Column(name, term("code"), "text", place="hidden", missing=None) for name in _CODES),
    Column("unit", term("unit"), "text"),
    Column("figure", term("figure"), "term"),
    Column("candidate", term("candidate"), "text", missing=None),
    Column("value_before", term("before"), "count", missing=term("–")),
    Column("value_after", term("after"), "count", missing=term("–")),
    Column("change", term("change"), "change", missing=None),
)
VOTES: Final = term("votes")


def revisions(publications: Sequence[tuple[str, Returns]], *, by: str | Sequence[str] = "unit") -> Table:
    """List every unit that is not the same in a publication and the next one, with the figures that differ.

    Args:
        publications: as for :func:`primaire.analysis.diff.diff`.
        by: what units are added up by; see :func:`primaire.tally.tally`.

    Returns:
        One row per two publications, unit and figure: ``event`` is one of :data:`EVENTS`; ``figure`` a count of ballots in
        words, or ``votes``, of the ``candidate``; ``value_before`` and ``value_after``, NA where not published or where there is no unit;
        ``change``, NA where one of them is. Of units that are in both, only figures that differ. No rows where all units are the same.

    Raises:
        NotHeldError: there are fewer than two publications, or two are not of the same result.
    """
    steps = brought_together(publications, by)
    parts, sections = [], []
    for found in steps:
        for event, rows in _events(found):
            if len(rows):
                parts.append(rows.assign(before=found.labels[0], after=found.labels[1], event=event))
                sections.append((found, event, rows))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({column.name: [] for column in _COLUMNS})
    stops = list(accumulate(len(rows) for _, _, rows in sections))
    return Table(
        name="revisions",
        title=msg("Units that changed") if parts else msg("Units that changed: none"),
        frame=frame[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=[
            _section(*section, stop - len(section[2]), stop) for section, stop in zip(sections, stops, strict=True)
        ],
        provenance=reduce(add, (found.provenance for _, found in publications), Provenance()),
    )


def _events(found: Between) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of the units that were added, are gone and were revised."""
    units = found.themselves
    pairs = units.pairs
    return [
        (ADDED, _of_one(units.after, pairs.lone_right, pairs.right, "value_after")),
        (GONE, _of_one(units.before, pairs.lone_left, pairs.left, "value_before")),
        (REVISED, _of_both(units)),
    ]


def _of_one(returns: Returns, alone: Wholes, told: Captions, side: str) -> pd.DataFrame:
    """Return all figures of the units that one publication alone has."""
    parts = [
        pd.DataFrame(
            {"at": alone, "place": place, "figure": FIGURES[name], side: returns.ballots[name].iloc[alone].array}
        )
        for place, name in enumerate(COUNTS)
    ]
    votes = returns.votes[np.isin(returns.votes["ballot"].to_numpy(), alone)]
    people = returns.candidates["candidate"].array.take(votes["candidate"].to_numpy())
    cast = {"at": votes["ballot"].to_numpy(), "place": len(COUNTS), "figure": VOTES, side: votes["votes"].array}
    frame = pd.concat([*parts, pd.DataFrame({**cast, "candidate": people})], ignore_index=True)
    return _told(frame[frame[side].notna()], told)


def _of_both(units: Units) -> pd.DataFrame:
    """Return the figures that differ of the units that are in both publications."""
    at, rows, pair = units.pairs.other, units.sides.frame, units.sides.pair
    parts = [
        pd.DataFrame({"at": at, "place": place, "figure": FIGURES[name], "value_before": one, "value_after": other})
        for place, (name, (one, other)) in enumerate(units.of_counts.items())
    ]
    cast = {"at": at[pair], "place": len(COUNTS), "figure": VOTES, "candidate": rows["candidate"].array}
    values = {f"value_{side}": rows[f"votes_{side}"].array for side in ("before", "after")}
    frame = pd.concat([*parts, pd.DataFrame({**cast, **values})], ignore_index=True)
    return _told(frame[differ(frame["value_before"], frame["value_after"])], units.pairs.right)


def _told(rows: pd.DataFrame, told: Captions) -> pd.DataFrame:
    """Return rows in the order of the units, with what the units are called; missing columns are filled in."""
    rows = rows.sort_values(["at", "place"], kind="stable")
    at = rows["at"].to_numpy()
    facts = {name: told.facts[name].array.take(at) for name in _FACTS}
    codes = {name: told.ballots[name].astype("str").array.take(at) for name in _CODES}
    empty = {name: pd.array([None] * len(rows), dtype="Int64") for name in ("value_before", "value_after")}
    held = {name: rows[name].array for name in rows.columns}
    frame = pd.DataFrame({"candidate": pd.array([None] * len(rows), dtype="str"), **empty, **held, **facts, **codes})
    return frame.assign(change=frame["value_after"] - frame["value_before"])


_SAID: Final = {
    ADDED: lambda n: msgn("{n:count} unit was added.", "{n:count} units were added.", n),
    GONE: lambda n: msgn("{n:count} unit is gone.", "{n:count} units are gone.", n),
    REVISED: lambda n: msgn("{n:count} unit has other figures.", "{n:count} units have other figures.", n),
}


def _section(found: Between, event: str, rows: pd.DataFrame, start: int, stop: int) -> Section:
    title = msg("{before} → {after}", before=found.labels[0], after=found.labels[1])
    return Section(title, start, stop, lead=_SAID[event](int(rows["at"].nunique())))
