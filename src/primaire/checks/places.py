"""Codes of French departements: which there are, and whether a data set goes by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.arrays import codes
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from primaire.schema import Returns

METROPOLITAN: Final = frozenset({f"{number:02d}" for number in range(1, 96) if number != 20} | {"2A", "2B"})  # noqa: PLR2004  Corsica

_OVERSEAS: Final = frozenset(
    {"97", "98", "99", "971", "972", "973", "974", "975", "976", "977", "978", "984", "985", "986", "987", "988", "989"}
)
_OTHERS: Final = frozenset({"20", "69D", "69M", "6AE", "20R"})
"""Corsica before 1976, and what took the place of Rhône, Alsace and Corsica for some elections and statistics."""

_NUMBERED: Final = METROPOLITAN | _OVERSEAS | _OTHERS
_OF_MINISTRY: Final = re.compile(r"Z[A-Z]")
_MOSTLY: Final = 0.9


def departement_of_today(code: str) -> str:
    """Return a departement's code with two characters at least.

    >>> departement_of_today("1"), departement_of_today("2a"), departement_of_today("ZA")
    ('01', '2A', 'ZA')
    """
    return code.strip().upper().zfill(2)


def is_departement(code: str) -> bool:
    """Tell whether there is, or was, such a departement, as the statistical office or the Ministry writes it.

    >>> [is_departement(code) for code in ("01", "2A", "971", "ZZ", "00", "96", "2C", "979")]
    [True, True, True, True, False, False, False, False]
    """
    plain = departement_of_today(code)
    return plain in _NUMBERED or bool(_OF_MINISTRY.fullmatch(plain))


def french(returns: Returns) -> bool:
    """Tell whether a data set goes by the codes of French places: nine in ten of its units do, if they have any."""
    column = returns.ballots["departement_code"]
    held = np.bincount(codes(column)[codes(column) >= 0], minlength=len(column.cat.categories))
    fit = np.array([is_departement(str(code)) for code in column.cat.categories], dtype="bool")
    return bool(held.sum()) and float(held[fit].sum()) >= _MOSTLY * float(held.sum())


def why_not_french(returns: Returns) -> Message:
    """Say why a data set does not go by the codes of French places."""
    if returns.ballots["departement_code"].isna().all():
        return msg("there are no departement codes.")
    return msg("the codes are not those of French places.")
