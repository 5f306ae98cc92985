"""Units added up: the figures of each contest and round, or of each place on a level of geography."""

from __future__ import annotations

import pandas as pd

from primaire.derivation import derive
from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import closest
from primaire.messages import msg
from primaire.schema import BALLOTS, CONTEST_KEY, COUNTS, LEVELS, ORIGINS, PLACES, VOTES, Returns, conform, numbered

BY = ("contest", *LEVELS[1:], "unit")
"""What figures can be added up by: the contest, a level of geography, or not at all (each unit by itself)."""


def tally(returns: Returns, by: str = "contest") -> Returns:
    """Derive what follows from the published figures, then add up units.

    Args:
        returns: as read.
        by: one of :data:`BY`. Units of different levels (a commune and its departement) are never added to each other.

    Returns:
        Returns with one ballot per election, round, contest, level and place. A sum over a count that one unit does not
        publish is NA, never a part of the sum; the origin of a sum is the weakest of its terms; ``units`` says how many
        units were added. Shares are kept where a single unit stands for itself, and are NA for a sum.

    Raises:
        NameUnknownError: ``by`` is none of these.
        NotHeldError: no unit says to which place of that level it belongs.
    """
    _check_level(returns, by)
    known = derive(returns)
    key = [*CONTEST_KEY, *_place_columns(by)]
    group = pd.Series(numbered(known.ballots, key))
    if group.is_unique:
        return known
    ballots = _add_ballots(known.ballots, group, by)
    votes = _add_votes(known, group)
    return Returns(known.contests, ballots, votes, known.candidates, known.provenance)


def _check_level(returns: Returns, by: str) -> None:
    if by not in BY:
        near = closest(by, BY)
        raise NameUnknownError(
            msg("There is no level “{by}”.", by=by),
            expected=msg("The levels are: {levels}.", levels=list(BY)),
            remedy=msg("Did you mean “{near}”?", near=near) if near else None,
        )
    if by in LEVELS and returns.ballots[[f"{by}_code", by]].isna().all(axis=None):
        held = [level for level in LEVELS[1:] if returns.ballots[[f"{level}_code", level]].notna().any(axis=None)]
        raise NotHeldError(
            msg("No unit says its {by:term}.", by=by),
            expected=msg("The source holds: {held}.", held=held) if held else msg("The source holds no geography."),
        )


def _place_columns(by: str) -> list[str]:
    if by == "contest":
        return []
    if by == "unit":
        return ["unit"]
    wider = LEVELS[1 : LEVELS.index(by) + 1]
    # Codes repeat from one departement to the next: a place is known by its own code and those of what it lies in.
    return [column for level in ("departement", by) if level in wider for column in (f"{level}_code", level)]


def _add_ballots(ballots: pd.DataFrame, group: pd.Series[int], by: str) -> pd.DataFrame:
    units = ballots.groupby(group)
    first = units.first()
    for count in COUNTS:
        first[count] = units[count].sum(skipna=False)
        codes = ballots[f"{count}_origin"].cat.codes.groupby(group).max()
        first[f"{count}_origin"] = codes.map(dict(enumerate(ORIGINS))).where(first[count].notna())
    first["units"] = units["units"].sum()
    several = units.size() > 1
    place = first[by].fillna(first[f"{by}_code"]) if by in LEVELS else pd.Series(None, index=first.index, dtype="object")
    first["unit"] = first["unit"].astype("object").mask(several, place.astype("object"))
    for column in PLACES:
        same = units[column].nunique(dropna=False) <= 1
        first[column] = first[column].astype("object").where(same, None)
    first["status"] = ballots["status"].cat.codes.groupby(group).max().map(dict(enumerate(ballots["status"].cat.categories)))
    for column in ("status_note", "source", "note"):
        first[column] = units[column].agg(lambda texts: "; ".join(dict.fromkeys(texts.dropna().astype(str))) or None)
    return conform(first.reset_index(drop=True), BALLOTS)


def _add_votes(returns: Returns, group: pd.Series[int]) -> pd.DataFrame:
    votes = returns.votes.assign(ballot=group.to_numpy()[returns.votes["ballot"].to_numpy()])
    cells = votes.groupby(["ballot", "candidate"], sort=False)
    added = cells.agg(votes=("votes", lambda counts: counts.sum(skipna=False)), rows=("votes", "size"))
    # A candidate without a row in one of the units has no known total: not reported is not zero.
    in_group = group.value_counts()
    everywhere = added["rows"] == in_group.reindex(added.index.get_level_values("ballot")).to_numpy()
    added["votes"] = added["votes"].astype("Int64").where(everywhere)
    codes = votes["votes_origin"].cat.codes.groupby([votes["ballot"], votes["candidate"]], sort=False).max()
    added["votes_origin"] = codes.map(dict(enumerate(ORIGINS))).where(added["votes"].notna())
    alone = cells[["share", "share_decimals", "share_base", "share_origin"]].first()
    single = in_group.reindex(added.index.get_level_values("ballot")).to_numpy() == 1
    for column in alone:
        added[column] = alone[column].astype("object").where(single, None)
    for column in ("source", "note"):
        added[column] = cells[column].agg(lambda texts: "; ".join(dict.fromkeys(texts.dropna().astype(str))) or None)
    return conform(added.reset_index(), VOTES)
