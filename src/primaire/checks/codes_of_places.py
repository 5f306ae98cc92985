"""Codes of places that cannot be, in data sets that go by those of France."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import firsts, listed, numbered
from primaire.checks.finding import Answer, Found, Seen
from primaire.checks.places import departement_of_today, french, is_departement, why_not_french
from primaire.matching import same_code
from primaire.messages import Message, msg, msgn

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from primaire.schema import Returns

    Wholes = npt.NDArray[np.int64]

_COMMUNE: Final = re.compile(r"(?:\d\d|2[AB]|Z[A-Z])\d{3}(?:(?:AR|SR|SN)\d\d)?")
_PART: Final = re.compile(r"\d\d")
_MOSTLY: Final = 0.9


def codes_of_places(returns: Returns) -> Answer:
    """Find departements that do not exist, communes and constituencies of another one than their row's, and numbers 0.

    There is one finding for each code. It does not apply unless nine in ten units have a departement of France.
    """
    if not french(returns):
        return Answer(said=(why_not_french(returns),), applies=False)
    ballots = returns.ballots
    seen = [
        *_of_departements(ballots),
        *_of_communes(ballots),
        *_of_parts(ballots, "constituency"),
        *_of_parts(ballots, "canton"),
        *_of_stations(ballots),
    ]
    departements, communes = (int(ballots[f"{level}_code"].nunique()) for level in ("departement", "commune"))
    said = msg(
        "{departements}, {communes}.",
        departements=msgn("{n:count} departement", "{n:count} departements", departements),
        communes=msgn("{n:count} commune", "{n:count} communes", communes),
    )
    return Answer(tuple(sorted(seen, key=lambda one: one.ballot or 0)), (said,))


def _different(ballots: pd.DataFrame, *columns: str) -> tuple[Wholes, list[tuple[str | None, ...]], Wholes]:
    """Return the first row of each combination of codes, the codes, and how many rows have them."""
    number = numbered(ballots, columns)
    first = firsts(number)
    held = ballots.iloc[first]
    return first, list(zip(*(listed(held[name]) for name in columns), strict=True)), np.bincount(number)


def _of_departements(ballots: pd.DataFrame) -> Found:
    for row, (code,), rows in zip(*_different(ballots, "departement_code"), strict=True):
        if code is not None and not is_departement(code):
            yield _seen(row, msg("there is no departement {code}", code=code), rows)


def _of_communes(ballots: pd.DataFrame) -> Found:
    first, held, rows = _different(ballots, "commune_code", "departement_code")
    known = sum(number for (code, _), number in zip(held, rows.tolist(), strict=True) if code)
    fit = sum(
        number for (code, _), number in zip(held, rows.tolist(), strict=True) if code and _COMMUNE.fullmatch(code)
    )
    # Files whose communes are numbers within something else say nothing by their length.
    whole = fit >= _MOSTLY * known
    for row, (code, departement), number in zip(first, held, rows, strict=True):
        if code is None or not whole:
            continue
        if not _COMMUNE.fullmatch(code):
            yield _seen(row, msg("{code} is not the code of a commune", code=code), number)
        elif code[-3:] == "000":
            yield _seen(row, msg("{code}: no commune has the number 0", code=code), number)
        elif departement is not None and not _lies_in(code, departement):
            message = msg("the commune {code} is not of departement {departement}", code=code, departement=departement)
            yield _seen(row, message, number)


def _lies_in(commune: str, departement: str) -> bool:
    """Tell whether a commune's code is that of a departement, as the Ministry or the statistical office writes either."""
    if commune.startswith(departement) or not is_departement(departement):  # which is said of the departement
        return True
    around = departement_of_today(departement)
    if around in {"2A", "2B", "20"} and commune[:2] in {"2A", "2B", "20"}:
        return "20" in {around, commune[:2]} or commune.startswith(around)
    if around in {"ZX", "977", "978"}:  # Saint-Barthélemy and Saint-Martin
        return commune.startswith(("ZX", "97"))
    if around in {"69D", "69M", "6AE", "20R", "97", "98"} or commune.startswith(around):
        return True
    return same_code(commune, "commune").zfill(5).startswith(same_code(around, "departement").zfill(2))


def _of_parts(ballots: pd.DataFrame, level: str) -> Found:
    column = f"{level}_code"
    for row, (code, departement), number in zip(*_different(ballots, column, "departement_code"), strict=True):
        if code is None or departement is None or not is_departement(departement):
            continue
        rest = code.removeprefix(departement)
        if rest == code or not _PART.fullmatch(rest):
            message = msg(
                "{code} is no code of a {level:term} of departement {departement}",
                code=code,
                level=level,
                departement=departement,
            )
            yield _seen(row, message, number)
        elif rest == "00":
            yield _seen(row, msg("{code}: no {level:term} has the number 0", code=code, level=level), number)


def _of_stations(ballots: pd.DataFrame) -> Found:
    zero = [code for code in ballots["station_code"].cat.categories if code and not code.strip("0")]
    rows = np.flatnonzero(ballots["station_code"].isin(zero).to_numpy()) if zero else np.zeros(0, dtype="int64")
    if not len(rows):
        return
    number = numbered(ballots.iloc[rows], ("commune_code",))
    for row, stations in zip(rows[firsts(number)], np.bincount(number), strict=True):
        yield _seen(row, msg("a station with the number 0"), stations)


def _seen(row: np.int64, message: Message, rows: np.int64) -> Seen:
    if rows > 1:
        message = msg("{message} ({n:count} rows)", message=message, n=int(rows))
    return Seen("PRI301", message, int(row))
