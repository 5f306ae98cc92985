"""The parts that a rule is composed of: conditions on votes, roundings, and how ties are broken.

Each is written as a phrase that a lawyer can hold against the article: ``at least 12.5 % of registered``, ``more than 1/2 of
valid``, ``down below 4 seats``. All arithmetic is on whole numbers and Fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

BASES: Final = ("valid", "voters", "registered")
"""What a condition can be a part of: counts of a contest's ballots."""

ROUNDINGS: Final = ("up", "down", "nearest")
"""How a fraction of a seat is rounded; ``nearest`` rounds an exact half up."""

TIES: Final = ("most votes", "the elder", "higher average age", "lower average age", "lot")
"""What may break a tie. Results hold votes, and no ages: only ``most votes`` can be applied to them."""

MOST_SEATS: Final = 100_000
"""Seats above which a number is taken for a slip."""

_CONDITION: Final = re.compile(r"(at least|more than) (\S+(?: ?%)?) of (\w+)")
_ROUNDING: Final = re.compile(r"(up|down|nearest)(?: below (\d+) seats)?")


@dataclass(frozen=True)
class Condition:
    """A share of a base that votes must reach (``at least``) or pass (``more than``).

    Attributes:
        strictly: whether the share itself is not enough.
        part: the share, above 0 and at most 1.
        base: one of :data:`BASES`.
    """

    strictly: bool
    part: Fraction
    base: str

    def needed(self, total: int) -> int:
        """Return the fewest votes that meet the condition, given the count of its base; at least 1.

        No article rounds: 8 x votes >= registered is asked of whole numbers, and is what this count says. Where the base is
        0, no number of votes is a share of it, and one vote is asked for.

        >>> parse_condition("at least 12.5 % of registered").needed(64357)
        8045
        >>> half = parse_condition("more than 1/2 of valid")
        >>> half.needed(936), half.needed(937), half.needed(0)
        (469, 469, 1)
        """
        whole, rest = divmod(self.part.numerator * total, self.part.denominator)
        return max(whole + (self.strictly or rest > 0), 1)

    def __str__(self) -> str:
        return f"{'more than' if self.strictly else 'at least'} {written(self.part)} of {self.base}"


def parse_condition(phrase: str) -> Condition | None:
    """Return what a phrase says, such as ``at least 12.5 % of registered``; None for any other text.

    >>> parse_condition("at least 5 % of valid").part, parse_condition("around 5 %")
    (Fraction(1, 20), None)
    """
    found = _CONDITION.fullmatch(" ".join(phrase.split()))
    part = found and parse_part(found[2])
    if not found or part is None or found[3] not in BASES:
        return None
    if found[1] == "more than" and part == 1:  # nobody has more than all
        return None
    return Condition(found[1] == "more than", part, found[3])


def parse_part(word: str) -> Fraction | None:
    """Return a share written as a fraction or a percentage, above 0 and at most 1; None for any other word.

    >>> parse_part("1/2"), parse_part("12,5 %"), parse_part("half"), parse_part("120 %")
    (Fraction(1, 2), Fraction(1, 8), None, None)
    """
    number = word.replace(",", ".").removesuffix("%").strip()
    if not re.fullmatch(r"\d+/[1-9]\d*" if "%" not in word else r"\d+(\.\d+)?", number):
        return None
    part = Fraction(number) / (100 if "%" in word else 1)
    return part if 0 < part <= 1 else None


def written(part: Fraction) -> str:
    """Return a share as the law writes it: a percentage where its decimals end, else, and for plain parts, a fraction.

    >>> written(Fraction(1, 8)), written(Fraction(1, 4)), written(Fraction(1, 3))
    ('12.5 %', '1/4', '1/3')
    """
    if part.denominator <= 4:  # noqa: PLR2004  a half, a third and a quarter are words of the law
        return str(part)
    percent = part * 100
    return f"{float(percent):g} %" if (percent * 1000).denominator == 1 else str(part)


@dataclass(frozen=True)
class Rounding:
    """How a part of the seats becomes a whole number.

    ``below`` is the number of seats under which it is done so, None for always.
    """

    way: str
    below: int | None = None

    def __str__(self) -> str:
        return self.way if self.below is None else f"{self.way} below {self.below} seats"


def parse_rounding(phrase: str) -> Rounding | None:
    """Return what a phrase says: ``up``, ``down``, ``nearest``, each also ``below N seats``; None for any other text."""
    found = _ROUNDING.fullmatch(" ".join(phrase.split()))
    return Rounding(found[1], int(found[2]) if found[2] else None) if found else None


def rounded(part: Fraction, seats: int, roundings: tuple[Rounding, ...]) -> int:
    """Return a part of the seats as a whole number, by the first rounding that holds for that many seats.

    Raises:
        ValueError: the part is no whole number and no rounding holds.

    >>> french = (Rounding("down", below=4), Rounding("up"))
    >>> [rounded(Fraction(1, 2), seats, french) for seats in (1, 3, 4, 5, 29)]
    [0, 1, 2, 3, 15]
    """
    whole, rest = divmod(part.numerator * seats, part.denominator)
    if not rest:
        return whole
    for rounding in roundings:
        if rounding.below is None or seats < rounding.below:
            more = {"up": True, "down": False, "nearest": 2 * rest >= part.denominator}
            return whole + more[rounding.way]
    raise ValueError(f"no rounding says what {part * seats} of {seats} seats are")
