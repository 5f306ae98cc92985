"""How a picture is drawn: in whose words and colours, on which paper, and how wide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from primaire.charts.colours import Colours
from primaire.messages import msg
from primaire.render.language import Language
from primaire.render.safe import printable

if TYPE_CHECKING:
    from primaire.charts.inks import Ink, Theme
    from primaire.messages import Message
    from primaire.table import Kind

NARROWEST, WIDEST, USUAL = 280, 2000, 600
"""Pixels of a picture's width: the least and the most that can be asked for, and what is drawn without asking."""


@dataclass(frozen=True)
class Style:
    """What all pictures of one request share.

    Attributes:
        language: in whose words and numbers.
        theme: on which paper.
        colours: who has which colour.
        width: in pixels, from :data:`NARROWEST` to :data:`WIDEST`.
    """

    language: Language = field(default_factory=lambda: Language("en"))
    theme: Theme = "light"
    colours: Colours = field(default_factory=Colours)
    width: int = USUAL

    def ink(self, ink: Ink) -> str:
        """Return a colour on this paper."""
        return ink.on(self.theme)

    def say(self, message: Message | None) -> str:
        """Return a sentence in the language, safe to show; empty without one."""
        return "" if message is None else printable(message.render(self.language))

    def word(self, text: str) -> str:
        """Return a word of primaire's vocabulary in the language."""
        return printable(self.language.translate(text))

    def pair(self, name: str, value: str) -> str:
        """Return a name and what is said of it, with the colon that the language sets between them."""
        return self.say(msg("{label}: {value}", label=name, value=value))

    def write(self, value: object, kind: Kind, decimals: int = 1) -> str:
        """Return a value as the language writes its kind, shares with one digit after the mark where nothing else is asked."""
        return printable(self.language.write(value, kind, decimals))
