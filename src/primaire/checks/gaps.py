"""Numbers that are missing where all others stand: stations of a commune, departements, constituencies, cantons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import codes, firsts, numbered
from primaire.checks.finding import Answer, Found, Seen, place_of
from primaire.checks.places import METROPOLITAN, departement_of_today, french, why_not_french
from primaire.matching import fold
from primaire.messages import Message, msg, msgn
from primaire.schema import Returns, shortened

if TYPE_CHECKING:
    import numpy.typing as npt

    Wholes = npt.NDArray[np.int64]

_NUMBER: Final = re.compile(r"0*(\d+)[A-Z]?")
_VOTE: Final = ("election", "round", "level")

_FEWEST: Final = 5
_EACH: Final = 10
_MOST: Final = 2
"""How far a commune's numbers go at the least, and for each number that is missing, of which there may be two."""

_APART: Final = 20
"""Communes with a gap that are listed one by one; more are one finding."""

_NATIONAL: Final = 86
"""Metropolitan departements of 96 (90 before 1968) above which a contest is national."""

_NOT_EVERYWHERE: Final = ("departementales", "cantonales", "senatoriales")
"""Elections that some departements have not: Paris has no cantons."""


def gaps(returns: Returns) -> Answer:
    """Find numbers missing among consecutive ones: one station of a commune, one departement or constituency of a nation.

    Communes number their stations from 1 on, and then have a gap, or by districts (101, 102, 201), and then have none.
    Departements and constituencies are looked for in the first round of what is held in the whole country.
    """
    ballots = returns.ballots
    if not french(returns):
        return Answer(said=(why_not_french(returns),), applies=False)
    seen = [*_of_stations(ballots), *_of_departements(ballots), *_of_constituencies(ballots)]
    said = msgn(
        "{n:count} commune.",
        "{n:count} communes.",
        int(ballots["commune_code"].nunique()),
    )
    return Answer(tuple(seen), (said,))


def _numbers(column: pd.Series[str]) -> Wholes:
    """Return the number of each code, a letter after it left out (``214A`` is of 214); -1 where it is none."""
    found = (_NUMBER.fullmatch(str(code)) for code in column.cat.categories)
    each = np.array([int(one[1]) if one else -1 for one in found] + [-1], dtype="int64")
    return np.asarray(each[codes(column)])


def _of_stations(ballots: pd.DataFrame) -> Found:
    rows = np.flatnonzero((ballots["level"] == "station").to_numpy() & ballots["commune_code"].notna().to_numpy())
    if not len(rows):
        return
    station = _numbers(ballots["station_code"])[rows]
    vote = numbered(ballots.iloc[rows], _VOTE)
    commune = numbered(ballots.iloc[rows], (*_VOTE, "commune_code"))
    size = int(commune.max()) + 1
    low, high = np.full(size, np.iinfo("int64").max), np.zeros(size, dtype="int64")
    np.minimum.at(low, commune, station)
    np.maximum.at(high, commune, station)
    span = int(high.max()) + 2
    held = np.bincount(np.unique(commune * span + station + 1) // span, minlength=size)
    missing = high - held
    # A station that has no number, or 0, leaves it open which one is missing.
    gap = (low > 0) & (high >= _FEWEST) & (missing > 0) & (missing <= np.clip(high // _EACH, 1, _MOST))
    first = firsts(commune)
    for number in np.unique(vote[first[gap]]).tolist():
        found = []
        for place in np.flatnonzero(gap & (vote[first] == number)).tolist():
            absent = sorted(set(range(1, int(high[place]))) - set(station[commune == place].tolist()))
            found.append((int(rows[first[place]]), absent, int(high[place])))
        yield from _gathered(ballots, found)


def _gathered(ballots: pd.DataFrame, found: list[tuple[int, list[int], int]]) -> Found:
    def name(row: int) -> str:
        named, code = ballots["commune"].iloc[row], str(ballots["commune_code"].iloc[row])
        return code if pd.isna(named) else f"{named} ({code})"

    if len(found) > _APART:
        names = [name(row) for row, _, _ in found]
        message = msg(
            "a number is missing among the stations of {n:count} communes: {names}",
            n=len(found),
            names=shortened(names),
        )
        yield Seen("PRI302", message, place=_place(ballots, found[0][0], None), first=found[0][0])
        return
    for row, absent, high in found:
        message = msgn(
            "station {absent} is missing; the others of the commune are numbered from 1 to {high}",
            "stations {absent} are missing; the others of the commune are numbered from 1 to {high}",
            len(absent),
            absent=absent,
            high=high,
        )
        yield Seen("PRI302", message, place=_place(ballots, row, name(row)), first=row)


def _place(ballots: pd.DataFrame, row: int, name: str | None) -> Message:
    round_ = msg("round {round}", round=int(ballots["round"].iloc[row]))
    return place_of(str(ballots["election"].iloc[row]), round_, *(() if name is None else (name,)))


def _first_rounds(ballots: pd.DataFrame) -> list[tuple[int, pd.DataFrame]]:
    """Return the first round of each election and level, where it is held in the whole country, and its first row."""
    held = []
    for _, of_vote in ballots.groupby(["election", "level"], observed=True, sort=False):
        first = of_vote[of_vote["round"] == 1]
        codes_ = set(map(departement_of_today, first["departement_code"].dropna().unique()))
        if len(codes_ & METROPOLITAN) >= _NATIONAL:
            held.append((int(first.index[0]), first))
    return held


def _of_departements(ballots: pd.DataFrame) -> Found:
    for row, first in _first_rounds(ballots):
        if set(fold(str(ballots["election"].iloc[row])).split()) & set(_NOT_EVERYWHERE):
            continue
        held = set(map(departement_of_today, first["departement_code"].dropna().unique()))
        absent = METROPOLITAN - held
        if "20" in held:
            absent -= {"2A", "2B"}
        # The departements around Paris are of 1968.
        if absent >= {"91", "92", "93", "94", "95"}:
            absent -= {"91", "92", "93", "94", "95"}
        if absent:
            message = msgn(
                "departement {absent} is missing among {held:count} departements",
                "departements {absent} are missing among {held:count} departements",
                len(absent),
                absent=sorted(absent),
                held=len(held),
            )
            yield Seen("PRI302", message, place=_place(ballots, row, None), first=row)


def _of_constituencies(ballots: pd.DataFrame) -> Found:
    for row, first in _first_rounds(ballots):
        level = str(ballots["level"].iloc[row])
        # Communes lie in several constituencies, of which their row can name one only.
        column = {"constituency": "constituency_code", "station": "constituency_code", "canton": "canton_code"}.get(
            level
        )
        if column is None:
            continue
        by_departement: dict[str, set[int]] = {}
        for code, departement in (
            first[[column, "departement_code"]].drop_duplicates().dropna().astype("str").itertuples(index=False)
        ):
            number = code.removeprefix(departement)
            if number.isdigit():
                by_departement.setdefault(departement, set()).add(int(number))
        for departement, held in by_departement.items():
            absent = sorted(set(range(1, max(held) + 1)) - held)
            if absent and len(absent) <= max(1, len(held) // _EACH):
                message = msgn(
                    "number {absent} is missing in departement {departement}, between 1 and {high}",
                    "numbers {absent} are missing in departement {departement}, between 1 and {high}",
                    len(absent),
                    absent=absent,
                    departement=departement,
                    high=max(held),
                )
                yield Seen("PRI302", message, place=_place(ballots, row, departement), first=row)
