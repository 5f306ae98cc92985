"""A language: its sentences, from the message catalogues, and its numbers and dates, as its readers write them."""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, SupportsFloat

from primaire.errors import NameUnknownError
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LANGUAGES = {"en": "en_GB", "fr": "fr_FR"}
"""Babel's locale of each language: British English, which writes 29 January 2017 and no comma before "and"."""

_CATALOGUES = Path(__file__).parents[1] / "locale"
_SENTENCES = re.compile(r"(?<=[.!?]) ")
_OPTION = re.compile(r"(?<![\w-])--[a-z]")
_MINUS = "−"  # as wide as the plus sign, and never broken from its number as a hyphen is


@dataclass(frozen=True)
class _Signs:
    """A language's marks: a table from Python's own (1,473.50) to its, and what stands around a percentage."""

    marks: dict[int, str]
    percent: tuple[str, str]


class Language:
    """How a language writes sentences, numbers and dates: the wording that renderers give to messages.

    Numbers are rounded half up, as the press does, on the 15 significant digits that a float64 holds for certain: a
    share computed as 12.344999999999999 where the exact quotient is 12.345 is written 12.35. A number that rounds to
    zero has no sign.

    Args:
        code: one of :data:`LANGUAGES`.
        catalogues: the folder of the gettext catalogues; without one for the language, sentences stay English.
        advises: whether sentences that name an option of the command line are said.

    Raises:
        NameUnknownError: the language is not one of them.

    >>> english = Language("en")
    >>> english.write(1473, "count"), english.write(35.675, "share"), english.write(-0.5, "points")
    ('1,473', '35.68%', '−0.50')
    """

    def __init__(self, code: str, *, catalogues: Path = _CATALOGUES, advises: bool = True) -> None:
        if code not in LANGUAGES:
            raise NameUnknownError(
                msg("There is no language “{code}”.", code=code),
                expected=msg("The languages are: {codes}.", codes=list(LANGUAGES)),
            )
        self.code = code
        self._catalogues, self._advises = catalogues, advises
        self._texts = gettext.translation("primaire", localedir=catalogues, languages=[code], fallback=True)
        self._writers: dict[str, Callable[..., str]] = {
            "": lambda value, _: str(value),
            "text": lambda value, _: str(value),
            "term": lambda value, _: self._translated(value),
            "sentence": lambda value, _: value.render(self),
            "count": lambda value, _: self._number(value, 0),
            "change": lambda value, _: self._number(value, 0, signed=True),
            "share": self._share,
            "percent": lambda value, _: self._share(value, _decimals(value)),
            "points": lambda value, decimals: self._number(value, decimals, signed=True),
            "index": self._number,
            "factor": lambda value, decimals: f"×{self._number(value, decimals)}",
            "date": lambda value, _: self._date(value),
            "flag": lambda value, _: self.translate(term("yes") if value else term("no")),
        }

    def translate(self, text: str, plural: str | None = None, number: int | None = None) -> str:
        """Return a sentence of the catalogue, in the form for the number; English where the catalogue lacks it."""
        said = self._translated(text, plural, number)
        return said if self._advises else without_advice(said)

    def for_readers(self) -> Language:
        """Return the same language without what is for whoever types commands.

        What fills a sentence is never cut: a note of the data may say what it likes.
        """
        return Language(self.code, catalogues=self._catalogues, advises=False)

    def _translated(self, text: str, plural: str | None = None, number: int | None = None) -> str:
        if not text:
            return ""  # gettext would answer with the catalogue's header
        if plural is None or number is None:
            return self._texts.gettext(text)
        return self._texts.ngettext(text, plural, number)

    def write(self, value: object, how: str = "", decimals: int = 2) -> str:
        """Return a value in words of this language.

        Args:
            value: a number, an ISO date or :class:`datetime.date`, a word or a flag, as ``how`` says. Never missing.
            how: a :data:`primaire.table.Kind`; empty for the value as it is.
            decimals: digits after the mark of a share, points, an index or a factor.

        Raises:
            ValueError: ``how`` is not one of these words.
        """
        if how not in self._writers:
            raise ValueError(f"no way to write {how!r}: {', '.join(self._writers)}")
        return self._writers[how](value, decimals)

    def join(self, items: Sequence[str]) -> str:
        """Return items as a sentence enumerates them.

        >>> Language("en").join(["Hamon", "Valls", "Montebourg"])
        'Hamon, Valls and Montebourg'
        """
        from babel.lists import format_list  # machine formats need no babel

        return format_list(items, locale=LANGUAGES[self.code])

    @cached_property
    def _signs(self) -> _Signs:
        from babel.core import Locale  # machine formats need no babel

        locale = Locale.parse(LANGUAGES[self.code])
        symbols = locale.number_symbols["latn"]
        before, after = locale.percent_formats[None].pattern.split("#,##0")
        return _Signs(str.maketrans({",": symbols["group"], ".": symbols["decimal"]}), (before, after))

    def _number(self, value: SupportsFloat, decimals: int, *, signed: bool = False) -> str:
        exact = rounded(value, decimals)
        digits = f"{abs(exact):,f}".translate(self._signs.marks)
        plus = "+" if signed and exact > 0 else ""
        return f"{_MINUS if exact < 0 else plus}{digits}"

    def _share(self, value: SupportsFloat, decimals: int) -> str:
        before, after = self._signs.percent
        return f"{before}{self._number(value, decimals)}{after}"

    def _date(self, value: date | str) -> str:
        from babel.dates import format_date  # machine formats need no babel

        day = date.fromisoformat(value) if isinstance(value, str) else value
        text = format_date(day, "long", locale=LANGUAGES[self.code])
        return f"1er{text[1:]}" if self.code == "fr" and day.day == 1 else text  # CLDR has no French ordinal


def _decimals(value: SupportsFloat) -> int:
    """Return how many digits after the mark a number needs, as 12.5 needs one; two at least tell a third apart."""
    return next((digits for digits in range(4) if rounded(value, digits) == rounded(value, 6)), 2)


def without_advice(text: str) -> str:
    """Return a text of the catalogue, its gaps still open, without the sentences that name an option of the command line.

    >>> without_advice("Some places have rules of their own: {names}. --rules names them.")
    'Some places have rules of their own: {names}.'
    """
    return " ".join(sentence for sentence in _SENTENCES.split(text) if not _OPTION.search(sentence))


def rounded(value: SupportsFloat, decimals: int) -> Decimal:
    """Return a number with so many digits after the mark, ties away from zero.

    The digits that decide are the 15 that every float64 holds; a whole number counts with all of its own.

    >>> rounded(2.675, 2), rounded(-2.5, 0), rounded(10**18, 0)
    (Decimal('2.68'), Decimal('-3'), Decimal('1000000000000000000'))
    """
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{float(value):.15g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
