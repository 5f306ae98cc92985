"""What is said to a person, kept apart from the language in which it is said.

A :class:`Message` is an English sentence with named gaps and the values that fill them. Analyses, readers and errors
build messages; only a renderer or the command line chooses a language, translates the sentence and writes its numbers.
Gaps name how their value is written: ``{voters:count}`` is a whole number (1,473), ``{share:share}`` a percentage
(35.68%), ``{part:percent}`` one with no more digits than it needs (12.5%), ``{swing:points}`` signed percentage points (+22.88); without a word the value is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Wording(Protocol):
    """How one language writes sentences and numbers."""

    def translate(self, text: str, plural: str | None, number: int | None) -> str: ...

    def write(self, value: object, how: str) -> str: ...


@dataclass(frozen=True)
class Message:
    """A sentence to be translated: English text with gaps, and what fills them."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    number: int | None = None

    def __hash__(self) -> int:
        return hash((self.text, self.plural, self.number))  # what fills the gaps need not be hashable

    def __str__(self) -> str:
        return self.render(ENGLISH)

    def render(self, wording: Wording) -> str:
        """Return the sentence in a language, with every gap filled."""
        text = wording.translate(self.text, self.plural, self.number)
        return text.format_map({name: _Gap(value, wording) for name, value in self.values.items()})


@dataclass(frozen=True)
class Spoken(Message):
    """A sentence that people read in one way, and formats for machines hold in another.

    Attributes:
        plain: the text for machines.
    """

    plain: str = ""

    def __hash__(self) -> int:
        return hash((self.text, self.plain))

    def __str__(self) -> str:
        return self.plain


def spoken(message: Message, plain: object) -> Spoken:
    """Return a message that is ``plain`` wherever it is not rendered in a language."""
    return Spoken(message.text, message.values, message.plural, message.number, str(plain))


def msg(text: str, /, **values: object) -> Message:
    """Build a message from a literal English sentence (the literal is what translators see)."""
    return Message(text, values)


def msgn(one: str, many: str, number: int, /, **values: object) -> Message:
    """Build a message with a singular and a plural; ``{n}`` or ``{n:count}`` in either is the number."""
    return Message(one, {"n": number, **values}, many, number)


def term(text: str) -> str:
    """Mark a label or a word of the vocabulary for translation, and return it unchanged."""
    return text


_BETWEEN = term("{before}; {after}")
"""What stands between items that hold commas themselves, which would run into each other: in French, with a space before."""


@dataclass(frozen=True)
class _Gap:
    value: object
    wording: Wording

    def __format__(self, how: str) -> str:
        if isinstance(self.value, Message):
            return self.value.render(self.wording)
        if isinstance(self.value, (list, tuple)):
            items = [format(_Gap(item, self.wording), how) for item in self.value]
            if not any(", " in item for item in items):
                return ", ".join(items)
            between = self.wording.translate(_BETWEEN, None, None)
            return reduce(lambda before, after: between.format(before=before, after=after), items)
        return self.wording.write(self.value, how)


class _English:
    """The wording of logs and exceptions seen from Python, where no language was chosen."""

    def translate(self, text: str, plural: str | None, number: int | None) -> str:
        return text if plural is None or number == 1 else plural

    def write(self, value: object, how: str) -> str:
        if how == "count":
            return f"{value:,}"
        if how == "share":
            return f"{value:,.2f}%"
        if how == "percent":
            return f"{value:,.4f}".rstrip("0").rstrip(".") + "%"
        if how == "points":
            return f"{value:+,.2f}"
        if how == "index":
            return f"{value:,.2f}"
        return str(value)


ENGLISH: Wording = _English()
