"""Which ballots are set against which: round against round, or one data set against another."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from primaire.captions import Caption, captions, origin_column
from primaire.errors import NotHeldError
from primaire.matching import fold
from primaire.messages import msg, term
from primaire.schema import Returns, shortened, weaker
from primaire.table import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[Caption, Caption]


def series(told: Sequence[Caption]) -> list[list[Caption]]:
    """Return the rounds of each contest in each place, in their order; the series in the order of the source."""
    added = _added(told)
    found: dict[tuple[str, str, str | None, str | None], list[Caption]] = {}
    for caption in told:
        contest = (caption.election, caption.contest, caption.level)
        found.setdefault((*contest, None if contest in added else caption.unit), []).append(caption)
    return [sorted(rounds, key=lambda caption: caption.round) for rounds in found.values()]


def consecutive(figures: Returns) -> tuple[list[Pair], list[Caption]]:
    """Pair each round with the next one of the same contest and place.

    Returns:
        the pairs, and the rounds that have no other one to be set against.
    """
    found = series(captions(figures))
    pairs = [pair for rounds in found for pair in itertools.pairwise(rounds)]
    return pairs, [rounds[0] for rounds in found if len(rounds) == 1]


def _added(told: Sequence[Caption]) -> set[tuple[str, str, str | None]]:
    """Return the contests added up as a whole: a sum has no name, and a round with one unit has that unit's."""
    rounds = Counter((caption.election, caption.contest, caption.level, caption.round) for caption in told)
    sums = {(caption.election, caption.contest, caption.level) for caption in told if caption.unit is None}
    return sums - {(election, contest, level) for (election, contest, level, _), places in rounds.items() if places > 1}


def opposite(before: Returns, after: Returns) -> tuple[list[Pair], list[Caption]]:
    """Pair the ballots of two data sets that are one vote each, or the same contests in the same places.

    Returns:
        the pairs, and the captions of either side that have no counterpart.

    Raises:
        NotHeldError: one of them holds several rounds of a contest, so that it is not clear which is meant; or no
            contest and place is in both.
    """
    left, right = captions(before), captions(after)
    if len(left) == len(right) == 1:
        return [(left[0], right[0])], []
    earlier, later = _one_each(left), _one_each(right)
    pairs = [(caption, later[key]) for key, caption in earlier.items() if key in later]
    if not pairs:
        raise NotHeldError(
            msg("The two have no contest and place in common."),
            expected=msg("Before: {before}. After: {after}.", before=_names(left), after=_names(right)),
            remedy=msg("Choose one vote of each, with --election, --round, --contest, or --before and --after."),
        )
    return pairs, [
        caption for key, caption in (*earlier.items(), *later.items()) if key not in earlier or key not in later
    ]


def counterparts(here: Returns, there: Returns) -> tuple[list[Pair], list[Caption]]:
    """Pair each ballot with that of another data set for the same election, round and contest, whatever its place.

    Returns:
        the pairs, and the captions of ``here`` that have no counterpart.

    Raises:
        NotHeldError: ``there`` has several places for one contest and round.
    """
    left, right = captions(here), captions(there)
    if len(left) == len(right) == 1 and left[0].round == right[0].round:
        return [(left[0], right[0])], []  # whatever the two sources call the election
    known: dict[tuple[str, int, str], Caption] = {}
    for caption in right:
        key = (fold(caption.election), caption.round, fold(caption.contest))
        if key in known:
            raise NotHeldError(
                msg(
                    "Several places of one contest could be compared with: {places}.",
                    places=shortened([other.place for other in right]),
                ),
                remedy=msg("Name a source that holds one place, such as a country or a departement."),
            )
        known[key] = caption
    keyed = [((fold(caption.election), caption.round, fold(caption.contest)), caption) for caption in left]
    return [(caption, known[key]) for key, caption in keyed if key in known], [
        caption for key, caption in keyed if key not in known
    ]


def side_by_side(left: pd.DataFrame, right: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """Bring two lists of candidates together, by name whatever its case and accents.

    Args:
        left, right: rows of :func:`primaire.scores.scores`, of one ballot each.
        names: what the two sides are called in column names: ``("before", "after")``.

    Returns:
        One row per person, in the order of ``right`` and then, of those who are only in ``left``, in its order:
        ``candidate``, and for each side ``stood_*`` (true or false), ``rank_*``, ``votes_*`` and ``share_*`` (% of
        valid), with ``votes_*_origin``, ``share_*_origin`` and ``share_*_decimals``; ``points``, the share of ``right``
        less that of ``left``, with ``points_origin``, the weaker of the two, and ``points_decimals``, the decimals of the
        share that was published with fewer (NA where both were computed from counts).
    """
    one, other = _side(left, names[0]), _side(right, names[1])
    order = [*other.index, *(key for key in one.index if key not in other.index)]
    rows = pd.concat([one.reindex(order), other.reindex(order)], axis=1)
    for name in names:
        rows[f"stood_{name}"] = rows[f"candidate_{name}"].notna()
    candidate = rows[f"candidate_{names[1]}"].fillna(rows[f"candidate_{names[0]}"])
    points = rows[f"share_{names[1]}"] - rows[f"share_{names[0]}"]
    rows = rows.assign(
        candidate=candidate,
        points=points,
        points_origin=weaker(*(rows[f"share_{name}_origin"] for name in names)),
        points_decimals=rows[[f"share_{name}_decimals" for name in names]].min(axis=1).astype("Int64"),
    )
    return rows.drop(columns=[f"candidate_{name}" for name in names]).reset_index(drop=True)


def _side(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {
        "candidate": f"candidate_{name}",
        "rank": f"rank_{name}",
        "votes": f"votes_{name}",
        "votes_origin": f"votes_{name}_origin",
        "share_valid": f"share_{name}",
        "share_valid_origin": f"share_{name}_origin",
        "share_valid_decimals": f"share_{name}_decimals",
    }
    return rows[list(columns)].rename(columns=columns).set_axis(rows["candidate"].map(fold))


POINTS: Final = (
    Column("points", term("points"), "points", origin="points_origin", places="points_decimals"),
    origin_column("points_origin"),
    Column("points_decimals", term("decimals published"), "count", place="hidden"),
)
"""The columns of the difference that :func:`side_by_side` gives."""


def side_columns(name: str, share: str, votes: str | None) -> tuple[Column, ...]:
    """Return the columns of one side of :func:`side_by_side`, with the labels of its share and its votes."""
    return (
        Column(f"share_{name}", share, "share", origin=f"share_{name}_origin", places=f"share_{name}_decimals"),
        origin_column(f"share_{name}_origin"),
        Column(f"share_{name}_decimals", term("decimals published"), "count", place="hidden"),
        Column(
            f"votes_{name}",
            votes or term("votes"),
            "count",
            origin=f"votes_{name}_origin",
            place="body" if votes else "hidden",
        ),
        origin_column(f"votes_{name}_origin"),
    )


def _one_each(told: Sequence[Caption]) -> dict[tuple[str, str | None, str], Caption]:
    found: dict[tuple[str, str | None, str], Caption] = {}
    for caption in told:
        key = (fold(caption.contest), caption.level, fold(str(caption.place)))
        if key in found:
            raise NotHeldError(
                msg("Several rounds or elections could be meant: {names}.", names=_names(told)),
                remedy=msg("Choose one for each side, with --election and --round, or with both --before and --after."),
            )
        found[key] = caption
    return found


def _names(told: Sequence[Caption]) -> list[object]:
    return shortened(
        [
            msg("{title}, {contest}, {place}", title=caption.title, contest=caption.contest, place=caption.place)
            for caption in told
        ]
    )
