"""Places: one row each, with the one figure that a map of them shows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from primaire.arrays import categorical, listed
from primaire.captions import HEADING, captions, count_columns
from primaire.choropleth.measures import shares, swings, turnout, winners
from primaire.choropleth.reasons import DIVIDED, SHOWN, WHYS
from primaire.choropleth.telling import told as told_of
from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import Message, msg, msgn, term
from primaire.placenames import communes_of_names, keys_of, names_of_units, station_column
from primaire.schema import BASES, LEVELS, shortened
from primaire.sides import nothing_to_compare, one_after_the_other
from primaire.suggestion import did_you_mean
from primaire.table import Column, Section, Table
from primaire.tally import NUANCE, asked, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.captions import Captions
    from primaire.choropleth.measures import Measure
    from primaire.schema import Returns
    from primaire.sides import Votes

    Wholes = npt.NDArray[np.int64]

_HEADING: Final = tuple(column for column in HEADING if column.name in {"election", "round", "date", "level"})
_PLACE: Final = (
    Column("code", term("code"), "text", missing=None),
    Column("place", term("place"), "text"),
    Column("contest", term("contest"), "text", place="hidden"),
    Column("units", term("units"), "count", place="hidden"),
)
_BALLOTS: Final = (
    *count_columns("registered", term("registered"), term("not published"), place="body"),
    *count_columns("voters", term("voters"), term("not published"), place="body"),
    *count_columns("valid", term("valid"), term("not published"), place="body"),
)
_KEY: Final = Column("key", term("key"), "text", place="hidden")
_WHY: Final = Column("why", term("without a figure"), "term", missing=None)


def places(  # noqa: PLR0913  what is shown, of whom and over what
    returns: Returns,
    after: Returns | None = None,
    *,
    by: str | Sequence[str] = "commune",
    show: str = "winner",
    candidate: str | None = None,
    base: str = "valid",
) -> Table:
    """List places with one figure each, as a map shows them.

    Args:
        returns: as read: one round of one election; for swing two of them, or the earlier one.
        after: for swing, the later vote, where it is another data set.
        by: the level of the places, and whether candidates are by nuance; see :func:`primaire.tally.tally`.
        show: one of :data:`primaire.choropleth.reasons.SHOWN`.
        candidate: whose share or swing: a name or a part of one.
        base: what a share is a share of: ``valid``, ``voters`` or ``registered``.

    Returns:
        One row per place, in the order of the source; ``key`` is its code as codes are compared, or its name. ``share``:
        ``share_{base}`` (0 to 100) of the candidate. ``winner``: who came first (``candidate``, NA where several did), with
        ``share_valid`` and ``lead``, the points of valid votes ahead of the second (0 to 100; the whole share where nobody
        else stood). ``turnout``: % of registered. ``swing``: ``points`` of valid votes gained. ``why`` says for each place
        without that figure why it has none: see :data:`primaire.choropleth.reasons.WHYS`.

    Raises:
        NameUnknownError: ``show``, ``by`` or ``base`` is not one of those that exist, or no candidate is named where one
            is needed.
        NotHeldError: the candidate is not there, or several could be meant; there are several votes, and which one is
            meant is not said; no unit says its place on that level.
    """
    _check(show, candidate, base)
    level, nuance = asked(by)
    if level not in LEVELS[1:]:
        raise NameUnknownError(
            msg("Places are not told apart by “{by}”.", by=level),
            expected=msg("The levels of places are: {levels}.", levels=list(LEVELS[1:])),
        )
    if show == "swing":
        votes = one_after_the_other(returns, after, by)
        rows = _compared(votes)
        step = msg("Compared with {before}", before=votes.pairs.captions(0)[0].title)
        figures = votes.right.with_provenance(votes.provenance)
        return _table(figures, rows, level, swings(votes, rows, str(candidate)), step)
    if show == "turnout":  # whoever stands where: ballots are added up over contests
        figures = tally(returns, [level, NUANCE], candidates=False)
        return _table(figures, _rows(figures, level), level, turnout(figures, _rows(figures, level)))
    figures = tally(returns, [level, NUANCE] if nuance else level)
    if figures.votes.empty:
        raise NotHeldError(
            msg("The source names no candidates: it holds ballots only."),
            remedy=msg("Show turnout, or name the file with the candidates too."),
        )
    rows = _rows(figures, level)
    shown = winners(figures, rows) if show == "winner" else shares(figures, rows, str(candidate), base)
    return _table(figures, rows, level, shown)


def _check(show: str, candidate: str | None, base: str) -> None:
    for word, known, said in (
        (show, SHOWN, msg("A map cannot show “{word}”.", word=show)),
        (base, BASES, msg("There is no base “{base}”.", base=base)),
    ):
        if word not in known:
            raise NameUnknownError(
                said,
                expected=msg("It is one of: {known}.", known=list(known)),
                remedy=did_you_mean(word, known),
            )
    if show in {"share", "swing"} and candidate is None:
        raise NameUnknownError(
            msg("Whose {show:term} is to be shown is not said.", show=show), remedy=msg("Name one: --candidate hamon")
        )


def _rows(figures: Returns, level: str) -> Wholes:
    """Return the rows of ``ballots`` that are of places of one vote: of a place that stands there itself, not its units' sum.

    Raises NotHeldError where there are several votes.
    """
    _refuse_several(captions(figures), np.arange(len(figures.ballots)))
    keys = pd.Series(keys_of(figures.ballots, level), dtype="object")
    itself = (figures.ballots["level"] == level).to_numpy() & keys.notna().to_numpy()
    return np.flatnonzero(itself | ~keys.isin(set(keys[itself])).to_numpy())


def _compared(votes: Votes) -> Wholes:
    """Return the rows of the later vote's ballots: those that have a counterpart, then those without.

    Raises NotHeldError where none has one, or there are several later votes.
    """
    pairs = votes.pairs
    if not len(pairs):
        raise nothing_to_compare(votes)
    _refuse_several(pairs.right, pairs.other)
    alone = pairs.lone_right
    if votes.left is votes.right:
        alone = alone[votes.right.ballots["round"].to_numpy()[alone] == votes.right.ballots["round"].max()]
    return np.concatenate([pairs.other, alone]).astype("int64")


def _refuse_several(told: Captions, rows: Wholes) -> None:
    first = told.ballots.iloc[rows][["election", "round"]].drop_duplicates().index.tolist()
    if len(first) > 1:
        raise NotHeldError(
            msg("Several votes could be meant: {votes}.", votes=shortened([told[at].title for at in first])),
            remedy=msg("Choose one with --election or --round: a map shows one."),
        )


def _table(figures: Returns, rows: Wholes, level: str, shown: Measure, step: Message | None = None) -> Table:
    ballots, told = figures.ballots.take(rows), captions(figures)
    facts, keys = told.facts.take(rows), keys_of(ballots, level)
    divided = _divided(keys)
    why = np.where(divided, WHYS.index(DIVIDED), shown.why)
    held: dict[str, Any] = {
        **{column.name: facts[column.name].array for column in _HEADING},
        "level": categorical(np.zeros(len(rows), dtype="int8"), [level]),
        "code": pd.array(_codes(ballots, level), dtype="str"),
        "place": facts["unit"].array,
        "contest": facts["contest"].array,
        "units": ballots["units"].array,
        **{column.name: ballots[column.name].array for column in _BALLOTS},
        **{name: pd.Series(values).mask(divided).array for name, values in shown.found.items()},
        "key": pd.array(keys, dtype="str"),
        "why": categorical(why, list(WHYS)),
    }
    columns = (*_HEADING, *_PLACE, *_BALLOTS, *shown.columns, _KEY, _WHY)
    frame = pd.DataFrame({column.name: held[column.name] for column in columns})
    names = {
        "place": cache(lambda: names_of_units(ballots).reset_index(drop=True)),
        "commune": cache(
            lambda: communes_of_names(ballots).reset_index(drop=True)
        ),  # for shapes of stations without figures
    }
    title = told[int(rows[0])].title if len(rows) else msg("Places")
    section = Section(title, 0, len(frame), step, told_of(frame, level), tuple(_missing(why, keys)))
    return Table(
        "places", msg("Places"), frame, columns, (section,), (), figures.provenance, bar=shown.bar, told_as=names
    )


def _divided(keys: list[str | None]) -> npt.NDArray[np.bool_]:
    """Tell which rows are of a place that stands in several, one for each contest there: none of their figures is the place's."""
    place = pd.Series(keys, dtype="object")
    return np.asarray(place.duplicated(keep=False) & place.notna())


def _missing(why: Wholes, keys: list[str | None]) -> list[Message]:
    """Say how many places have no figure, by why; a place that stands in several rows is one."""
    place = pd.Series(keys, dtype="object")
    once = why[np.asarray(~place.duplicated() | place.isna())]
    counted = np.bincount(once[once >= 0], minlength=len(WHYS))
    return [
        msgn("{n:count} place: {why:term}.", "{n:count} places: {why:term}.", int(count), why=reason)
        for reason, count in zip(WHYS, counted.tolist(), strict=True)
        if count
    ]


def _codes(ballots: pd.DataFrame, level: str) -> list[str | None]:
    """Return the code of each place as it is published, after that of the place within which it counts."""
    code = listed(ballots[station_column(ballots) if level == "station" else f"{level}_code"])
    if level not in {"station", "canton", "constituency"}:
        return code
    around, mark = ("commune", "_") if level == "station" else ("departement", "-")
    wider = listed(ballots[f"{around}_code"])
    return [
        one if one is None or within is None or one.startswith(within) else f"{within}{mark}{one}"
        for one, within in zip(code, wider, strict=True)
    ]
