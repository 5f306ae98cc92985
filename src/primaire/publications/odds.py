"""Probabilities in words, with as many digits as they are known to."""

from __future__ import annotations

from math import floor, log10
from typing import Final

from primaire.exact import HUNDRED
from primaire.messages import Message, msg
from primaire.publications.chance import Chance

_LEAST: Final = 1e-15  # below which a probability is not told more exactly
_TINY: Final = 0.001
_PERCENT: Final = 0.01  # from here on, percentages are easier read
_OF_FEW: Final = 5  # per cent: known from the first draws alone, to about half a point
_MANY_HITS: Final = 100  # from which two digits are known


def odds(chance: Chance) -> Message:
    """Return a probability in words.

    >>> [str(odds(Chance(p))) for p in (0.2242, 7.1e-9)]
    ['22.4%', '1 in 140,000,000']
    """
    if chance.value >= _PERCENT:
        return _percent(chance)
    number = _rounded(chance)
    return msg("fewer than 1 in {n:count}", n=number) if chance.at_most else msg("1 in {n:count}", n=number)


def _percent(chance: Chance) -> Message:
    """Return a percentage, of draws to what they support: whole ones, from the many draws with one decimal."""
    share = HUNDRED * chance.value
    if chance.hits is None:
        return msg("{share:percent}", share=round(share, 1))
    return msg("about {share:percent}", share=round(share) if share >= _OF_FEW else round(share, 1))


def often(chance: Chance) -> Message:
    """Return in how many updates chance does something.

    >>> str(often(Chance(0.001, at_most=True)))
    'fewer than 1 in 1,000 honest updates'
    """
    if chance.value >= _PERCENT:
        return msg("{share} of honest updates", share=_percent(chance))
    number = _rounded(chance)
    if chance.at_most:
        return msg("fewer than 1 in {n:count} honest updates", n=number)
    return msg("1 in {n:count} honest updates", n=number)


def _rounded(chance: Chance) -> int:
    """Return one in how many, to two digits; of few draws to one."""
    number = 1 / max(chance.value, _LEAST)
    known = 2 if chance.hits is None or chance.hits >= _MANY_HITS else 1
    digits: int = 10 ** max(floor(log10(number)) - known + 1, 0)
    return round(number / digits) * digits


def level_in_words(level: float) -> Message:
    """Return a level as a percentage, or where that would be rounded to nothing as one in how many."""
    if level >= _TINY:
        return msg("{level:percent}", level=HUNDRED * level)
    return msg("1 in {n:count}", n=_rounded(Chance(level)))
