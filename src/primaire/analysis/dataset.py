"""The data set itself as tables: what was read, with what follows from it, for other programs."""

from __future__ import annotations

import pandas as pd

from primaire.derivation import derive
from primaire.messages import Message, msg
from primaire.schema import BALLOTS, CANDIDATES, CONTESTS, UNIT_KEY, VOTES, Returns
from primaire.table import Column, Kind, Table

_KINDS: dict[str, Kind] = {"int64": "count", "Int64": "count", "Float64": "share", "boolean": "flag"}


def dataset(returns: Returns) -> list[Table]:
    """Return the canonical tables, with readable keys in place of row numbers, and what follows from them filled in.

    Args:
        returns: as read.

    Returns:
        ``contests``, ``ballots``, ``votes``, ``candidates`` and ``sources``; columns as in :mod:`primaire.schema`, the
        votes with the key of their unit and the candidate's name. Each figure has its origin beside it.
    """
    known = derive(returns)
    unit = known.ballots[list(UNIT_KEY)].take(known.votes["ballot"].to_numpy()).reset_index(drop=True)
    name = known.candidates["candidate"].take(known.votes["candidate"].to_numpy()).reset_index(drop=True)
    figures = known.votes[[column for column in VOTES if column not in ("ballot", "candidate")]].reset_index(drop=True)
    votes = pd.concat([unit, name, figures], axis=1)
    return [
        _table("contests", msg("Contests"), known.contests[list(CONTESTS)], returns),
        _table("ballots", msg("Ballots of each unit"), known.ballots[list(BALLOTS)], returns),
        _table("votes", msg("Votes of each candidate in each unit"), votes, returns),
        _table("candidates", msg("Candidates"), known.candidates[list(CANDIDATES)], returns),
        _table("sources", msg("Files read"), _sources(returns), returns),
    ]


def _sources(returns: Returns) -> pd.DataFrame:
    names = [
        "name",
        "sha256",
        "size",
        "reader",
        "packing",
        "sheet",
        "encoding",
        "separator",
        "decimal_mark",
        "header",
        "rows",
    ]
    frame = pd.DataFrame(
        [[getattr(file, name) for name in names] for file in returns.provenance.files], columns=names, dtype="object"
    )
    return frame.astype({name: "Int64" if name in ("size", "header", "rows") else "str" for name in names})


def _table(name: str, title: Message, frame: pd.DataFrame, returns: Returns) -> Table:
    columns = tuple(
        Column(str(name), str(name), _KINDS.get(str(frame[name].dtype), "text"), missing="") for name in frame
    )
    return Table(name, title, frame.reset_index(drop=True), columns, provenance=returns.provenance)
