"""A picture: a complete Vega-Lite or Vega specification, with its data, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Grammar = Literal["vega-lite", "vega"]


@dataclass(frozen=True)
class Picture:
    """One picture, ready to be written in any format of :mod:`primaire.charts.formats`.

    Attributes:
        spec: the specification, data included.
        grammar: in which language it is written.
        title: what there is to see, in one line.
        description: what it says to who cannot see it.
        width, height: in pixels.
        language: the code of the language of its words.
    """

    spec: dict[str, Any]
    grammar: Grammar
    title: str
    description: str
    width: int
    height: int
    language: str

    def svg(self) -> str:
        """Return the picture as SVG, with its title and description for a screen reader."""
        from primaire.charts.vector import svg

        return svg(self)

    def write(self, name: str) -> bytes:
        """Return the picture in a format of :data:`primaire.charts.formats.FORMATS`, by its name."""
        from primaire.charts.formats import find

        return find(name).draw(self)
