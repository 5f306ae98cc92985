"""Which codes are looked for: all, or those that are selected, less those that are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.checks.codes import CODES
from primaire.errors import NameUnknownError
from primaire.messages import msg
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence


def codes_asked(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> frozenset[str]:
    """Return the codes to look for, given some by their names or by how these begin, apart or with commas.

    Raises:
        NameUnknownError: no code begins so; or none is left.

    >>> sorted(codes_asked(["PRI12", "pri131"], ["PRI122,PRI123"]))
    ['PRI121', 'PRI124', 'PRI131']
    """
    left = (_meant(select) or frozenset(CODES)) - _meant(ignore)
    if not left:
        raise NameUnknownError(
            msg("No code is left to look for: all that are selected are ignored too."),
            expected=msg("The codes are: {codes}.", codes=list(CODES)),
            remedy=msg("Select more of them, or ignore fewer."),
        )
    return left


def _meant(given: Sequence[str]) -> frozenset[str]:
    meant: set[str] = set()
    for word in (word.strip().upper() for some in given for word in some.split(",")):
        found = {code for code in CODES if word and code.startswith(word)}
        if word and not found:
            raise NameUnknownError(
                msg("There is no code “{code}”.", code=word),
                expected=msg("The codes are: {codes}.", codes=list(CODES)),
                remedy=did_you_mean(word, list(CODES)),
            )
        meant |= found
    return frozenset(meant)
