"""Info: what a data set holds, what is missing, and where each figure comes from."""

from __future__ import annotations

import pandas as pd

from primaire.captions import HEADING, Caption, captions, heading
from primaire.messages import Message, msg, term
from primaire.provenance import SourceFile
from primaire.schema import COUNTS, ORIGINS, Returns
from primaire.table import Column, Section, Table
from primaire.tally import tally

_COLUMNS = (
    *HEADING,
    Column("figure", term("figure"), "term"),
    Column("value", term("value"), "count", missing=term("–")),
    Column("candidates_known", term("candidates"), "count", missing=term("–")),
    Column("how_known", term("how known"), "term", missing=term("not published")),
    Column("source", term("source"), "text"),
    Column("candidates", term("Candidates"), "count", place="foot"),
    Column("electorate", term("Electorate"), "term", place="foot"),
    Column("status_note", term("why"), "text", place="hidden"),
)
_FIGURES = (*COUNTS, term("votes"), term("percentages"))


def info(returns: Returns) -> Table:
    """List what is published of each contest, round and unit, what is computed from it, and what is missing.

    Args:
        returns: as read.

    Returns:
        One row per unit and figure: ``value`` is the count (NA for ``votes`` and ``percentages``, which are many),
        ``candidates_known`` for how many candidates votes or percentages are known, ``how_known`` one of
        :data:`primaire.schema.ORIGINS`, the weakest where candidates differ, NA where the figure is not published and
        does not follow from what is. ``source`` is what the data say of the row.
    """
    figures = tally(returns, "unit")
    told = captions(figures)
    frame = pd.concat([_unit_rows(figures, caption) for caption in told], ignore_index=True)
    size = len(_FIGURES)
    sections = [
        Section(caption.title, number * size, (number + 1) * size, caption.subtitle, caption.doubt, caption.remarks)
        for number, caption in enumerate(told)
    ]
    return Table(
        name="info",
        title=msg("What the data hold"),
        frame=heading(told, frame)[[column.name for column in _COLUMNS]],
        columns=_COLUMNS,
        sections=tuple(sections),
        notes=tuple(note for file in returns.provenance.files for note in (_how_read(file), *file.remarks)),
        provenance=returns.provenance,
    )


def _unit_rows(figures: Returns, caption: Caption) -> pd.DataFrame:
    ballot = figures.ballots.loc[caption.ballot]
    votes = figures.votes[figures.votes["ballot"] == caption.ballot]
    known = [ballot[f"{count}_origin"] for count in COUNTS]
    sources = "; ".join(dict.fromkeys(votes["source"].dropna().astype(str))) or None
    return pd.DataFrame(
        {
            "ballot": caption.ballot,
            "figure": list(_FIGURES),
            "value": pd.array([*(ballot[count] for count in COUNTS), pd.NA, pd.NA], dtype="Int64"),
            "candidates_known": pd.array([*[pd.NA] * len(COUNTS), votes["votes"].count(), votes["share"].count()], dtype="Int64"),
            "how_known": pd.array([*known, _weakest(votes["votes_origin"]), _weakest(votes["share_origin"])], dtype="str"),
            "source": pd.array([sources] * len(_FIGURES), dtype="str"),
            "candidates": len(votes),
            "electorate": caption.electorate,
            "status_note": pd.array([caption.status_note] * len(_FIGURES), dtype="str"),
        }
    )


def _weakest(origins: pd.Series[str]) -> str | None:
    code = origins.cat.codes.max()
    return None if pd.isna(code) or code < 0 else ORIGINS[code]


_SEPARATORS = {",": term("comma"), ";": term("semicolon"), "\t": term("tab")}


def _how_read(file: SourceFile) -> Message:
    return msg(
        "Read from {name}: {reader}, {encoding}, separated by {separator:term}, {rows:count} rows, {size:count} bytes, SHA-256 {digest}.",
        name=file.name,
        reader=file.reader,
        encoding=file.encoding,
        separator=_SEPARATORS.get(file.separator or "", file.separator),
        rows=file.rows,
        size=file.size,
        digest=file.sha256,
    )
