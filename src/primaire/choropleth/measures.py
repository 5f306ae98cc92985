"""The figure of each place: a candidate's share, who came first, turnout, or what a candidate gained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import rates, whole
from primaire.captions import origin_column, percent
from primaire.choropleth.reasons import LEVEL_AT_TOP, NO_FIGURES, NO_LEAD, NOT_STANDING, NOTHING, ONE_VOTE, WHYS
from primaire.errors import NotHeldError
from primaire.messages import msg, term
from primaire.schema import people_meant, shortened, weaker
from primaire.scores import scores
from primaire.sides import POINTS, side_by_side, side_columns
from primaire.table import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.schema import Returns
    from primaire.sides import Votes

    Wholes = npt.NDArray[np.int64]

_SHARES: Final = {"valid": term("% of valid"), "voters": term("% of voters"), "registered": term("% of registered")}
_BEFORE: Final = side_columns("before", term("% of valid before"), term("votes before"))
_AFTER: Final = side_columns("after", term("% of valid after"), term("votes after"))
_CANDIDATE: Final = Column("candidate", term("candidate"), "text")
_VOTES: Final = (
    Column("label", term("label"), "text", missing=None),
    Column("votes", term("votes"), "count", origin="votes_origin"),
    origin_column("votes_origin"),
)


@dataclass(frozen=True)
class Measure:
    """What is shown of places, in the order of the rows of ballots asked for.

    Attributes:
        columns: what there is to know of a place; ``found`` holds their values by name.
        why: for each place the number in :data:`primaire.choropleth.reasons.WHYS` of why it has no figure, -1 where it has one.
        bar: the name of the share that leads, if it is one.
    """

    columns: tuple[Column, ...]
    found: dict[str, Any]
    why: Wholes
    bar: str | None = None


def shares(figures: Returns, rows: Wholes, wanted: str, base: str) -> Measure:
    """Return a candidate's share of a base. Raises NotHeldError where not one candidate is meant."""
    lines = scores(figures)
    name = one_person(figures.candidates["candidate"].unique().tolist(), wanted)
    lines = lines[lines["candidate"] == name]
    at, column = _at(lines["ballot"].to_numpy(), rows), f"share_{base}"
    names = ("label", "votes", "votes_origin", column, f"{column}_origin", f"{column}_decimals")
    found = {
        "candidate": pd.array([name] * len(rows), dtype="str"),
        **{each: _taken(lines[each], at) for each in names},
    }
    return Measure(
        (_CANDIDATE, *_VOTES, *_share_columns(column, _SHARES[base])),
        found,
        _why(~found[column].isna(), (at < 0, NOT_STANDING), _none(figures, rows, base), otherwise=NO_FIGURES),
        bar=column,
    )


def winners(figures: Returns, rows: Wholes) -> Measure:
    """Return who came first, and by how many points of valid votes."""
    lines = scores(figures)
    first, second, equal = _leaders(lines, len(figures.ballots))
    level_at_top = equal[rows]
    known = (first[rows] >= 0) & ~level_at_top
    one, two = np.where(known, first[rows], -1), np.where(known, second[rows], -1)
    share, behind = (_taken(lines["share_valid"], at).to_numpy("float64", na_value=np.nan) for at in (one, two))
    names = ("candidate", "label", "votes", "votes_origin", "share_valid", "share_valid_origin", "share_valid_decimals")
    lead = Column(
        "lead", term("lead (points of valid)"), "points", origin="share_valid_origin", places="share_valid_decimals"
    )
    found = {each: _taken(lines[each], one) for each in names}
    lead_of = rates(share - np.where(two < 0, 0.0, behind))
    return Measure(
        (
            Column("candidate", term("first"), "text"),
            *_VOTES,
            *_share_columns("share_valid", _SHARES["valid"]),
            Column("second", term("second"), "text", missing=None),
            lead,
        ),
        found | {"second": _taken(lines["candidate"], two), "lead": lead_of},
        _why(
            known & ~lead_of.isna(),
            (level_at_top, LEVEL_AT_TOP),
            (known, NO_LEAD),
            _none(figures, rows, "valid"),
            otherwise=NO_FIGURES,
        ),
    )


def turnout(figures: Returns, rows: Wholes) -> Measure:
    """Return turnout in per cent of registered voters."""
    ballots = figures.ballots.take(rows)
    share = percent(ballots["voters"], ballots["registered"])
    origin = weaker(ballots["voters_origin"], ballots["registered_origin"])
    label = term("turnout (% of registered)")
    return Measure(
        (
            Column("turnout", label, "share", missing=term("not computable"), origin="turnout_origin"),
            origin_column("turnout_origin"),
        ),
        {"turnout": share, "turnout_origin": origin},
        _why(
            ~np.isnan(share.to_numpy("float64", na_value=np.nan)),
            _none(figures, rows, "registered"),
            otherwise=NO_FIGURES,
        ),
        bar="turnout",
    )


def swings(votes: Votes, rows: Wholes, wanted: str) -> Measure:
    """Return how many points of valid votes a candidate gained in the later vote, of whose ballots ``rows`` are.

    Raises NotHeldError where not one candidate is meant.
    """
    pairs = votes.pairs
    sides = side_by_side(votes.left, votes.right, pairs, ("before", "after"))
    name = one_person(sides.frame["candidate"].unique().tolist(), wanted)
    mine = np.flatnonzero(sides.frame["candidate"] == name)
    lines, at = sides.frame.iloc[mine], _at(pairs.other[sides.pair[mine]], rows)
    columns = (*_BEFORE, *_AFTER, *POINTS)
    stood = np.append((lines["stood_before"] & lines["stood_after"]).to_numpy(), [False])[at]
    points = _taken(lines["points"], at).to_numpy("float64", na_value=np.nan)
    found = {column.name: _taken(lines[column.name], at) for column in columns}
    alone = ~np.isin(rows, pairs.other)
    return Measure(
        (_CANDIDATE, *columns),
        found
        | {"candidate": pd.array([name] * len(rows), dtype="str"), "points": rates(np.where(stood, points, np.nan))},
        _why(
            stood & ~np.isnan(points),
            (alone, ONE_VOTE),
            (~stood, NOT_STANDING),
            _none(votes.right, rows, "valid"),
            (np.isin(rows, pairs.other[_zero(votes.left, pairs.one, "valid")]), NOTHING["valid"]),
            otherwise=NO_FIGURES,
        ),
    )


def one_person(held: Sequence[str], wanted: str) -> str:
    """Return the one candidate that a user's word means. Raises NotHeldError for none, and for several."""
    meant = people_meant(wanted, held)
    if len(meant) > 1:
        raise NotHeldError(
            msg("“{name}” could be several candidates: {meant}.", name=wanted, meant=shortened(meant)),
            remedy=msg("Name one of them in full."),
        )
    return meant[0]


def _leaders(lines: pd.DataFrame, size: int) -> tuple[Wholes, Wholes, npt.NDArray[np.bool_]]:
    """Return, for each ballot, the line of the first and of the second, -1 for none, and whether several came first.

    Nobody came first where nobody had a vote.
    """
    rank = lines["rank"].to_numpy("int64", na_value=0)
    share = lines["share_valid"].to_numpy("float64", na_value=np.nan)
    ballot = lines["ballot"].to_numpy()
    leading = np.flatnonzero((rank == 1) & ((share > 0) | (whole(lines["votes"]) > 0)))
    following = np.flatnonzero(rank == 2)  # noqa: PLR2004  the second
    first, second = np.full(size, -1), np.full(size, -1)
    first[ballot[leading]] = leading
    second[ballot[following]] = following
    return first, second, np.bincount(ballot[leading], minlength=size) > 1


def _why(known: npt.NDArray[np.bool_], *reasons: tuple[npt.NDArray[np.bool_], str], otherwise: str) -> Wholes:
    """Return the number of why there is no figure: the first reason that holds; -1 where there is one."""
    return np.asarray(
        np.select(
            [known, *(holds for holds, _ in reasons)],
            [-1, *(WHYS.index(reason) for _, reason in reasons)],
            WHYS.index(otherwise),
        ),
        dtype="int64",
    )


def _none(figures: Returns, rows: Wholes, base: str) -> tuple[npt.NDArray[np.bool_], str]:
    """Return a reason for having no figure: nothing to be a share of."""
    return _zero(figures, rows, base), NOTHING[base]


def _zero(figures: Returns, rows: Wholes, base: str) -> npt.NDArray[np.bool_]:
    return np.asarray(figures.ballots[base].to_numpy("float64", na_value=np.nan)[rows] == 0)


def _share_columns(name: str, label: str) -> tuple[Column, ...]:
    return (
        Column(name, label, "share", origin=f"{name}_origin", places=f"{name}_decimals"),
        origin_column(f"{name}_origin"),
        Column(f"{name}_decimals", term("decimals published"), "count", place="hidden"),
    )


def _at(ballot: Wholes, rows: Wholes) -> Wholes:
    """Return for each of ``rows`` where it stands in ``ballot``, -1 for nowhere."""
    where = np.full(int(max(ballot.max(initial=-1), rows.max(initial=-1))) + 1, -1)
    where[ballot] = np.arange(len(ballot))
    return where[rows]


def _taken(values: pd.Series[Any], rows: Wholes) -> Any:
    return values.array.take(rows, allow_fill=True)
