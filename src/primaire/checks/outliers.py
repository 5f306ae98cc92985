"""Units whose shares are unlike those of their neighbours, or unlike their own previous round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import listed
from primaire.checks.exchanged import exchanged
from primaire.checks.finding import Answer, Seen
from primaire.checks.neighbours import NEEDED
from primaire.checks.shares import BLANK, TURNOUT
from primaire.checks.unlikely import EARLIER, RATE, Compared, Judged, compare, judge
from primaire.derivation import derive
from primaire.exact import HUNDRED
from primaire.messages import Message, msg, msgn
from primaire.schema import LEVELS, Returns
from primaire.stats.beta_binomial import variance_factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import pandas as pd

    Wholes = npt.NDArray[np.int64]

_SHOWN: Final = 3  # figures of one unit
_MANY: Final = 20  # findings, to be read in another order than that of the source
_RAREST: Final = 6  # digits after which the tails of real units are heavier than any model's
_COMMON: Final = 0.01  # of all units
_LARGE: Final = 0.05  # a share whose overdispersion is worth telling


def outliers(returns: Returns) -> Answer:
    """Look for units whose shares differ from what is expected of them by more than units differ anyway.

    Args:
        returns: as read.

    Returns:
        for each unit at most one finding, with the figures responsible: ``PRI402`` where its previous round is held, else
        ``PRI401``. Not applicable where no unit has :data:`NEEDED` others beside it.
    """
    known = derive(returns)
    judged = judge(known)
    if not len(judged.shares):
        return Answer((), tuple(_too_few(known)), applies=False)
    return Answer(tuple(_seen(known, judged)), tuple(_said(known, judged)))


def _too_few(known: Returns) -> Iterator[Message]:
    yield msgn(
        "{n:count} unit, and a unit is compared with at least {needed:count} others that counted the same.",
        "{n:count} units, and a unit is compared with at least {needed:count} others that counted the same.",
        len(known.ballots),
        needed=NEEDED,
    )


def _seen(known: Returns, judged: Judged) -> Iterator[Seen]:
    far = np.flatnonzero(np.isin(judged.shares.unit, judged.found) & (judged.chance < 1))
    far = far[np.lexsort((judged.chance[far], judged.shares.unit[far]))]
    stops = np.searchsorted(judged.shares.unit[far], [*judged.found.tolist(), len(known.ballots)])
    size = np.bincount(judged.shares.unit, minlength=len(known.ballots))
    hints = exchanged(judged)
    for unit, start, stop in zip(judged.found.tolist(), stops[:-1].tolist(), stops[1:].tolist(), strict=True):
        rows = far[start:stop]
        rare = judged.chance[rows] * size[unit] <= RATE
        rare[0] = True
        first = rows[0]
        rows = _different(judged, rows[rare & (judged.level[rows] == judged.level[first])])[:_SHOWN]
        message = msg(
            "{figures}: if units differed only as they usually do, fewer than one in {times:count} would be so far off",
            figures=[_counted(known, judged, row) for row in rows.tolist()],
            times=_times(float(judged.of_unit[unit])),
        )
        if unit in hints:
            one, other = (str(known.candidates["candidate"].iloc[person]) for person in hints[unit])
            message = msg(
                "{seen}; with the votes of {one} and {other} exchanged, they would be as usual",
                seen=message,
                one=one,
                other=other,
            )
        code = "PRI402" if judged.level[first] == EARLIER else "PRI401"
        yield Seen(code, message, unit, expected=_expected(known, judged, rows), chance=float(judged.of_unit[unit]))


def _different(judged: Judged, rows: Wholes) -> Wholes:
    """Leave out the second of two candidates who share the valid votes: what one lacks, the other has."""
    count, base = judged.shares.count[rows].tolist(), judged.shares.base[rows].tolist()
    said: set[tuple[int, int]] = set()
    kept = []
    for row, some, of in zip(rows.tolist(), count, base, strict=True):
        if (of - some, of) not in said:
            kept.append(row)
        said.add((some, of))
    return np.array(kept)


def _counted(known: Returns, judged: Judged, row: int) -> Message:
    figure = int(judged.shares.figure[row])
    count, base = int(judged.shares.count[row]), int(judged.shares.base[row])
    values = {"count": count, "base": base, "share": HUNDRED * count / base}
    if figure == TURNOUT:
        return msg("{count:count} of {base:count} registered voters voted ({share:share})", **values)
    if figure == BLANK:
        return msg("{count:count} of {base:count} voters cast blank or null votes ({share:share})", **values)
    name = str(known.candidates["candidate"].iloc[figure])
    return msg("{name} has {count:count} of {base:count} valid votes ({share:share})", name=name, **values)


def _expected(known: Returns, judged: Judged, rows: Wholes) -> Message:
    figures = [_about(known, judged, row) for row in rows.tolist()]
    first = int(rows[0])
    if judged.level[first] == EARLIER:
        return msg("{figures}, by its previous round", figures=figures)
    values = {"figures": figures, "n": int(judged.others[first])}
    level = LEVELS[judged.level[first]]
    if level not in LEVELS[1:]:
        return msg("{figures}, as in the {n:count} other units", **values)
    ballot = known.ballots.iloc[[int(judged.shares.unit[first])]]
    place, around = _named(ballot, level), _named(ballot, "departement")
    if level in {"canton", "constituency"} and around is not None:
        place = msg("{place} ({around})", place=place, around=around)
    return msg("{figures}, as in the {n:count} other units of {place}", place=place, **values)


def _about(known: Returns, judged: Judged, row: int) -> Message:
    """Say of one figure how many were expected."""
    figure, base = int(judged.shares.figure[row]), int(judged.shares.base[row])
    mean = float(judged.mean[row])
    values = {"count": round(mean * base), "base": base, "share": HUNDRED * mean}
    if figure == TURNOUT:
        return msg("turnout about {count:count} of {base:count} ({share:share})", **values)
    if figure == BLANK:
        return msg("blank and null votes about {count:count} of {base:count} ({share:share})", **values)
    name = str(known.candidates["candidate"].iloc[figure])
    return msg("{name} about {count:count} of {base:count} ({share:share})", name=name, **values)


def _named(ballot: pd.DataFrame, level: str) -> Message | None:
    """Return the name of the place that a unit lies in, else what it is and its code."""
    name, code = (next(iter(listed(ballot[each])), None) for each in (level, f"{level}_code"))
    if name is not None:
        return msg("{place}", place=name)
    return None if code is None else msg("{level:term} {code}", level=level, code=code)


def _times(chance: float) -> int:
    """Return in how many units there is one such, rounded down to one digit.

    >>> _times(0.0003), _times(1e-50)
    (3000, 1000000)
    """
    power = min(math.floor(-math.log10(chance)), _RAREST) if chance > 0 else _RAREST
    first = 1 if power == _RAREST else int(1 / chance / 10**power + 1e-9)
    return int(first * 10**power)


def _said(known: Returns, judged: Judged) -> Iterator[Message]:
    level = np.zeros(len(known.ballots), dtype="int64") - 1
    level[judged.shares.unit] = judged.level
    compared = level >= 0
    kinds = np.unique(level[compared])
    # How a handful of units differ is not worth a sentence.
    common = [each for each in kinds.tolist() if (level == each).sum() >= _COMMON * compared.sum()]
    yield msgn(
        "{n:count} unit is compared by candidates' shares of the valid votes, turnout, and blank and null votes: {with_whom}.",
        "{n:count} units are compared by candidates' shares of the valid votes, turnout, and blank and null votes: {with_whom}.",
        int(compared.sum()),
        with_whom=[_with_whom(int((level == each).sum()), each) for each in kinds.tolist()],
    )
    usual = _without_found(known, judged)
    spreads = [_spread(usual, each) for each in common if (usual.level == each).any()]
    if spreads:
        yield msg(
            "How much units differ anyway is taken from the data (beta-binomial distribution). The standard deviation of a "
            "share is {spreads}.",
            spreads=spreads,
        )
    yield msg(
        "If units differ as this distribution has it, on average at most {rate:percent} of the findings are chance. A finding is a question: "
        "a place may have reasons of its own.",
        rate=HUNDRED * RATE,
    )
    if len(judged.found) > _MANY:
        yield msg("To see the rarest first: --sort chance.")
    left = int((~compared).sum())
    if left:
        yield msgn(
            "{n:count} unit is not compared: nobody voted, its counts are not known, or fewer than {needed:count} others are beside it.",
            "{n:count} units are not compared: nobody voted, their counts are not known, or fewer than {needed:count} others are beside them.",
            left,
            needed=NEEDED,
        )


def _with_whom(units: int, level: int) -> Message:
    if level == EARLIER:
        return msgn("{n:count} with its previous round", "{n:count} with their previous round", units)
    if not level:
        return msgn("{n:count} with all others", "{n:count} with all others", units)
    return msgn(
        "{n:count} with the others of its {level:term}",
        "{n:count} with the others of their {level:term}",
        units,
        level=LEVELS[level],
    )


def _without_found(known: Returns, judged: Judged) -> Compared:
    """Compare without the units found, where they are so many that they change how much units seem to differ."""
    units = len(np.unique(judged.shares.unit))
    if len(judged.found) < _COMMON * units:
        return judged
    return compare(judged.shares, known, judged.found)


def _spread(compared: Compared, level: int) -> Message:
    """Say how much the larger shares differ: the standard deviation of a typical one, in those of drawing lots."""
    large = (compared.level == level) & (np.abs(compared.mean - 0.5) <= 0.5 - _LARGE)
    rows = large if large.any() else compared.level == level
    factor = variance_factor(compared.shares.base[rows], compared.dispersion.rho[rows])
    ratio = math.sqrt(float(np.median(factor)))
    if level == EARLIER:
        return msg("from what the previous round makes expect {ratio:index} times that of drawing lots", ratio=ratio)
    if not level:
        return msg("among all units {ratio:index} times that of drawing lots", ratio=ratio)
    return msg(
        "among units of one {level:term} {ratio:index} times that of drawing lots", ratio=ratio, level=LEVELS[level]
    )
