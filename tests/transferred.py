"""Tables of transfers from made-up cells, without an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from primaire.analysis.transfers import COLUMNS, CROSSED
from primaire.flows.options import Option
from primaire.messages import Message, msg
from primaire.provenance import Provenance, SourceFile
from primaire.table import Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

Named = tuple[str, str, str | None]
"""What an option is, its name, and its label."""


def people(*names: str) -> list[Named]:
    """Return candidates of these names, without labels."""
    return [("candidate", name, None) for name in names]


def transferred(
    cells: Sequence[Sequence[int]],
    before: Sequence[Named],
    after: Sequence[Named],
    *,
    spread: float | None = 10.0,
    elections: tuple[str, str] = ("Mairie 2032", "Mairie 2032"),
    lead: Message | None = None,
    copies: int = 1,
) -> Table:
    """Return a table of cells (voters), whose intervals reach ``spread`` points to both sides, or which has none."""
    frame = pd.DataFrame(_rows(cells, before, after, spread, elections) * copies)
    frame = frame.reindex(columns=[column.name for column in COLUMNS])
    size = len(frame) // copies
    sections = [
        Section(msg("{title}", title=f"From one to the next {at}"), at * size, (at + 1) * size, None, lead)
        for at in range(copies)
    ]
    notes = () if spread is None else (msg("Drawn with seed {seed}.", seed=7),)
    source = Provenance(files=(SourceFile("town.csv", "0" * 64, 1, "made up"),))
    return Table("transfers", msg("Transfers"), frame, COLUMNS, sections, notes, source, crossed=CROSSED)


def _rows(cells, before, after, spread, elections):
    votes = np.array(cells)
    rows = []
    for line, (kind, name, label) in enumerate(before):
        for column, (kind_after, name_after, label_after) in enumerate(after):
            size = int(votes[line].sum())
            share = 100 * votes[line, column] / size if size else None
            told = share is not None and spread is not None
            rows.append(
                {
                    "election_before": elections[0],
                    "round_before": 1,
                    "election_after": elections[1],
                    "round_after": 2,
                    "units": 12,
                    "before": Option(kind, name).said,
                    "before_is": kind,
                    "before_label": label,
                    "after": Option(kind_after, name_after).said,
                    "after_is": kind_after,
                    "after_label": label_after,
                    "share": share,
                    "lower": max(share - spread, 0) if told else None,
                    "upper": min(share + spread, 100) if told else None,
                    "votes": int(votes[line, column]),
                    "before_votes": size,
                    "after_votes": int(votes[:, column].sum()),
                }
            )
    return rows
