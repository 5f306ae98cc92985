"""The figure of many places together, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from primaire.captions import FIGURES
from primaire.choropleth.reasons import NOT_STANDING
from primaire.exact import HUNDRED
from primaire.messages import Message, msg
from primaire.placenames import places_in_words
from primaire.schema import BASES

if TYPE_CHECKING:
    import pandas as pd


def told(frame: pd.DataFrame, level: str) -> Message | None:
    """Return what rows of :func:`primaire.analysis.places.places` say together; None where a count that it needs is missing.

    Who came first in the most places, and in how many: over several contests, the label, if all who came first have one; a
    candidate's share of a base where the candidate stands; turnout, of registered voters; of a swing, in how many of the places
    where it is known the candidate gained, or lost if that is more.
    """
    if "lead" in frame:
        return _most_wins(_winners(frame), places_in_words(level, number_of(frame)))
    if "turnout" in frame:
        share = _overall(frame["voters"], frame["registered"])
        return (
            None
            if share is None
            else msg(
                "Turnout: {share:share} of registered voters in {places}",
                share=share,
                places=places_in_words(level, number_of(frame)),
            )
        )
    names = frame["candidate"].dropna()
    if names.empty:
        return None
    if "points" in frame:
        return _moves(str(names.iloc[0]), frame[frame["points"].notna()], level)
    base = next(base for base in BASES if f"share_{base}" in frame)
    stood = frame["why"] != NOT_STANDING
    share = _overall(frame["votes"][stood], frame[base][stood])
    if share is None:
        return msg("{name}", name=names.iloc[0])
    places = places_in_words(level, number_of(frame[stood]))
    return msg(
        "{name}: {share:share} of {base:term} in {places}",
        name=names.iloc[0],
        share=share,
        base=FIGURES[base],
        places=places,
    )


def _moves(name: str, known: pd.DataFrame, level: str) -> Message:
    gained, lost = (number_of(known[moved]) for moved in (known["points"] > 0, known["points"] < 0))
    places = places_in_words(level, number_of(known))
    if gained == lost:
        return msg("{name}: points won and lost", name=name)
    if gained > lost:
        return msg("{name} gains in {n:count} of {all}", name=name, n=gained, all=places)
    return msg("{name} loses in {n:count} of {all}", name=name, n=lost, all=places)


def _overall(part: pd.Series[Any], total: pd.Series[Any]) -> float | None:
    """Return one sum of counts in per cent of another; None where a count is missing, or the total is 0."""
    if part.isna().any() or total.isna().any() or not total.sum():
        return None
    return int(part.sum()) * HUNDRED / int(total.sum())


def number_of(frame: pd.DataFrame) -> int:
    """Return how many places rows are of: one in several contests has several."""
    return int(frame["key"].nunique() + frame["key"].isna().sum())


def _winners(frame: pd.DataFrame) -> pd.Series[str]:
    """Return who came first in each place, by name or by label."""
    names = frame["candidate"]
    return frame["label"].where(names.notna()) if by_label(frame) else names


def by_label(frame: pd.DataFrame) -> bool:
    """Tell whether those who came first are told by their labels: they stand in different contests, and all have one."""
    return len(frame["contest"].unique()) > 1 and not frame["label"][frame["candidate"].notna()].isna().any()


def _most_wins(names: pd.Series[str], places: Message) -> Message | None:
    counted = names.value_counts()
    if counted.empty or (counted == counted.iloc[0]).sum() > 1:
        return None
    return msg("{name} comes first in {n:count} of {all}", name=counted.index[0], n=int(counted.iloc[0]), all=places)
