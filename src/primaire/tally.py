"""Units added up: the figures of each contest and round, or of each place on a level of geography."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, column, counts, listed, numbered, summed, whole
from primaire.derivation import derive
from primaire.errors import NameUnknownError, NotHeldError
from primaire.matching import closest
from primaire.messages import msg
from primaire.schema import CONTEST_KEY, COUNTS, LEVELS, PLACES, Returns, origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Groups = npt.NDArray[np.int64]

BY: Final = ("contest", *LEVELS[1:], "unit")
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
    group = numbered(known.ballots, [*CONTEST_KEY, *_place_columns(by)])
    if by not in LEVELS and len(np.unique(group)) == len(group):
        return known
    return Returns(
        known.contests,
        _add_ballots(known.ballots, group, by),
        _add_votes(known.votes, group),
        known.candidates,
        known.provenance,
    )


def _check_level(returns: Returns, by: str) -> None:
    if by not in BY:
        near = closest(by, BY)
        raise NameUnknownError(
            msg("There is no level “{by}”.", by=by),
            expected=msg("The levels are: {levels}.", levels=list(BY)),
            remedy=msg("Did you mean “{near}”?", near=near) if near else None,
        )
    held = [level for level in LEVELS[1:] if returns.ballots[[f"{level}_code", level]].notna().any(axis=None)]
    if by in LEVELS and by not in held:
        raise NotHeldError(
            msg("No unit says its {by:term}.", by=by),
            expected=msg("The source holds: {held}.", held=held) if held else msg("The source holds no geography."),
        )


def _place_columns(by: str) -> list[str]:
    if by == "contest":
        return []
    if by == "unit":
        return ["unit"]
    # Codes repeat from one departement to the next: a place is known by its own code and its departement's.
    wider = ("departement",) if LEVELS.index(by) > LEVELS.index("departement") else ()
    return [name for level in (*wider, by) for name in (f"{level}_code", level)]


def _add_ballots(ballots: pd.DataFrame, group: Groups, by: str) -> pd.DataFrame:
    size = int(group.max()) + 1
    first = ballots.take(np.unique(group, return_index=True)[1]).reset_index(drop=True)
    several = np.bincount(group) > 1
    new: dict[str, Any] = {}
    for count in COUNTS:
        total, weakest = summed(whole(ballots[count]), codes(ballots[f"{count}_origin"]), group, size)
        new[count], new[f"{count}_origin"] = counts(total, weakest >= 0), origins(weakest)
    for place in PLACES:
        new[place] = _where_same(ballots[place], group, size)
    worst = np.full(size, -1, dtype="int64")
    np.maximum.at(worst, group, codes(ballots["status"]))
    new["status"] = pd.Categorical.from_codes(worst.tolist(), ballots["status"].cat.categories, ordered=True)
    for text in ("status_note", "source", "note"):
        new[text] = column(_joined(listed(ballots[text]), group, size), "category")
    names = _place_names(first, by) if by in LEVELS else [None] * size
    units = zip(listed(first["unit"]), names, several.tolist(), strict=True)
    new["unit"] = column([name or (None if many else unit) for unit, name, many in units], "category")
    new["units"] = summed(ballots["units"].to_numpy(), np.zeros(len(group), dtype="int64"), group, size)[0]
    return first.assign(**new)


def _place_names(ballots: pd.DataFrame, by: str) -> list[str | None]:
    """Return the name of each place, else its code; where two places share it, with what tells them apart."""
    places = list(zip(*(listed(ballots[name]) for name in _place_columns(by)), strict=True))
    names = [place[-1] or place[-2] for place in places]
    votes = Counter(zip(numbered(ballots, CONTEST_KEY).tolist(), names, strict=True))
    shared = {name for (_, name), places_of_one_vote in votes.items() if name and places_of_one_vote > 1}
    apart = [", ".join(part for part in place[:-1] if part) for place in places]
    return [f"{name} ({more})" if name in shared and more else name for name, more in zip(names, apart, strict=True)]


def _where_same(values: pd.Series[str], group: Groups, size: int) -> pd.Categorical:
    """Return what all units of a group have in common, else nothing."""
    place = codes(values)
    low, high = np.full(size, len(values.cat.categories)), np.full(size, -1)
    np.minimum.at(low, group, place)
    np.maximum.at(high, group, place)
    return pd.Categorical.from_codes(np.where(low == high, high, -1).tolist(), values.cat.categories)


def _joined(texts: Sequence[str | None], group: Groups, size: int) -> list[str | None]:
    """Return the different texts of each group in one, None where there is none."""
    said: list[dict[str, None]] = [{} for _ in range(size)]
    for text, place in zip(texts, group.tolist(), strict=True):
        if text is not None:
            said[place][text] = None
    return ["; ".join(each) or None for each in said]


def _add_votes(votes: pd.DataFrame, group: Groups) -> pd.DataFrame:
    ballot = group[votes["ballot"].to_numpy()]
    cell = numbered(pd.DataFrame({"ballot": ballot, "candidate": votes["candidate"]}), ("ballot", "candidate"))
    size = int(cell.max(initial=-1)) + 1
    at = np.unique(cell, return_index=True)[1]
    first = votes.take(at).reset_index(drop=True)
    total, weakest = summed(whole(votes["votes"]), codes(votes["votes_origin"]), cell, size)
    units = np.bincount(group)[ballot[at]]
    # A candidate without a row in one of the units has no known total: not reported is not zero.
    weakest = np.where(np.bincount(cell, minlength=size) == units, weakest, -1)
    texts = {name: column(_joined(listed(votes[name]), cell, size), "category") for name in ("source", "note")}
    shares = {name: first[name].where(units == 1) for name in ("share", "share_decimals", "share_base", "share_origin")}
    return first.assign(
        ballot=ballot[at], votes=counts(total, weakest >= 0), votes_origin=origins(weakest), **shares, **texts
    )
