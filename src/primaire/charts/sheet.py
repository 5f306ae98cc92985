"""The paper of a picture: of a fixed width, filled from top to bottom, every place on it in pixels.

Text is measured before it is set (:mod:`primaire.charts.lettering`), so that labels fold instead of being cut, and what
a picture says in words, title, base and source, is part of it wherever it goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from primaire.charts.inks import PAPER, QUIET, RULE, TEXT, Ink
from primaire.charts.lettering import FONT, width, wrap
from primaire.charts.outlines import with_outlines
from primaire.charts.picture import Grammar, Picture
from primaire.extras import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from primaire.charts.style import Style

MARGIN = 16
"""Pixels that stay free on all sides."""

TITLE, HEADING, BODY, SMALL = 18.0, 14.0, 12.0, 11.0
"""Sizes of text in pixels: nothing is set smaller than the last."""

LEADING = 1.3
"""Height of a line of text, as a multiple of its size."""

Align = Literal["left", "center", "right"]


class Sheet:
    """A picture in the making.

    Attributes:
        style: how it is drawn.
        left, right: where its margins end, in pixels.
        top: where the next thing goes, in pixels from the upper edge.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.alt = library("altair")
        self.left, self.right = float(MARGIN), float(style.width - MARGIN)
        self.top = float(MARGIN)
        self._layers: list[Any] = []
        self._texts: list[dict[str, Any]] = []
        self._apart: dict[str, list[dict[str, Any]]] = {}
        self._outlines: list[dict[str, Any]] = []

    @property
    def room(self) -> float:
        """Pixels between the margins."""
        return self.right - self.left

    def heading(self, title: str, *lines: str, size: float = TITLE) -> None:
        """Set the title, which says what there is to see, and quiet lines below: which vote, where, in per cent of what."""
        self.paragraph(title, size=size, bold=True)
        self.top += 2
        for line in filter(None, lines):
            self.paragraph(line, size=BODY, ink=QUIET)
        self.top += 10

    def foot(self, *lines: str) -> None:
        """Set what closes the picture, below a rule: notes, source and date."""
        self.top += 12
        self.rule(self.left, self.top, self.right, self.top)
        self.top += 6
        for line in filter(None, lines):
            self.paragraph(line, size=SMALL, ink=QUIET)

    def paragraph(self, text: str, *, size: float = BODY, bold: bool = False, ink: Ink = TEXT) -> None:
        """Set text from margin to margin, folded, and move below it."""
        lines = wrap(text, self.room, size, bold=bold)
        self.text(self.left, self.top + size * LEADING / 2, lines, size=size, bold=bold, ink=ink, first=True)
        self.top += len(lines) * size * LEADING

    def text(  # noqa: PLR0913  what letters are set by
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        size: float = BODY,
        bold: bool = False,
        ink: Ink = TEXT,
        align: Align = "left",
        first: bool = False,
    ) -> None:
        """Set lines of text around a height ``y``: their middle, or the middle of the ``first``."""
        lines = [lines] if isinstance(lines, str) else list(lines)
        above = 0 if first else (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            self._texts.append(
                {
                    "x": round(x, 2),
                    "y": round(y + (place - above) * size * LEADING, 2),
                    "text": line,
                    "size": size,
                    "weight": "bold" if bold else "normal",
                    "colour": self.style.ink(ink),
                    "align": align,
                }
            )

    def rule(self, x: float, y: float, x2: float, y2: float, *, ink: Ink = RULE) -> None:
        """Draw a straight line that says nothing by itself."""
        self.rules([(x, y, x2, y2)], ink=ink)

    def rules(self, lines: Iterable[tuple[float, float, float, float]], *, ink: Ink = RULE) -> None:
        """Draw straight lines that say nothing by themselves: from where, to where."""
        rows = [dict(zip(("x", "y", "x2", "y2"), (round(at, 2) for at in line), strict=True)) for line in lines]
        if rows:
            mark = self.alt.Chart(self.data(rows)).mark_rule(color=self.style.ink(ink), strokeWidth=1, aria=False)
            self.add(mark.encode(**self.at("x", "y", "x2", "y2")))

    def outline(self, path: str, ink: Ink, *, opacity: float = 1, edge: Ink | None = None, said: str = "") -> None:
        """Draw a shape of which Vega-Lite has no mark, below all marks: an SVG path; an ``edge`` is dashed."""
        line = {} if edge is None else {"stroke": self.style.ink(edge), "strokeWidth": 0.75, "strokeDash": [3, 2]}
        self._outlines.append(
            {"path": path, "fill": self.style.ink(ink), "fillOpacity": opacity, "description": said, **line}
        )

    def bars(self, rows: Iterable[dict[str, Any]]) -> None:
        """Draw bars: from ``x`` to ``x2`` and ``y`` to ``y2``, in a ``colour``, each with what is ``said`` of it."""
        alt = self.alt
        self.add(
            alt.Chart(self.data(rows))
            .mark_rect()
            .encode(
                **self.at("x", "x2", "y", "y2"),
                color=alt.Color("colour", type="nominal", scale=None, legend=None),
                description=alt.Description("said", type="nominal"),
            )
        )

    def data(self, rows: Iterable[dict[str, Any]]) -> Any:
        """Return rows as a layer's data."""
        return self.alt.InlineData(values=list(rows))

    def much(self, rows: Iterable[dict[str, Any]]) -> Any:
        """Return many rows as a layer's data. They are kept apart: Altair copies what a chart holds at every step."""
        name = f"data{len(self._apart)}"
        self._apart[name] = list(rows)
        return self.alt.NamedData(name=name)

    def at(self, *fields: str) -> dict[str, Any]:
        """Return the channels of fields that hold pixels: ``x``, ``y``, ``x2`` or ``y2``, named as the field begins."""
        alt = self.alt
        made = {"x": alt.X, "y": alt.Y}
        return {
            name: made[name](name, type="quantitative", scale=None, axis=None)
            if name in made
            else {"x2": alt.X2, "y2": alt.Y2}[name](name)
            for name in fields
        }

    def along(self, field: str, domain: tuple[float, float], pixels: tuple[float, float]) -> Any:
        """Return the channel x of a field that is measured: a straight scale from values to pixels, drawn without axis."""
        return self._scaled(self.alt.X, field, domain, pixels)

    def up(self, field: str, domain: tuple[float, float], pixels: tuple[float, float]) -> Any:
        """Return the channel y of a field that is measured."""
        return self._scaled(self.alt.Y, field, domain, pixels)

    def _scaled(self, channel: Any, field: str, domain: tuple[float, float], pixels: tuple[float, float]) -> Any:
        scale = self.alt.Scale(domain=list(domain), range=[round(place, 2) for place in pixels], zero=False, nice=False)
        return channel(field, type="quantitative", scale=scale, axis=None)

    def add(self, layer: Any) -> None:
        """Put marks on the sheet, above those that are there."""
        self._layers.append(layer)

    def finish(self, title: str, description: str) -> Picture:
        """Return the picture. ``description`` is what it says to who cannot see it."""
        alt = self.alt
        self._set_texts()
        height = round(self.top + MARGIN)
        chart = (
            alt.layer(*self._layers)
            .resolve_scale(x="independent", y="independent")
            .properties(
                width=self.style.width,
                height=height,
                padding=0,
                autosize="none",
                background=self.style.ink(PAPER),
                description=description,
            )
            .configure(font=FONT)
            .configure_view(stroke=None, clip=False)
        )
        spec = chart.to_dict()
        if self._apart:
            spec["datasets"] = {**spec.get("datasets", {}), **self._apart}
        if self._outlines:
            spec = with_outlines(spec, self._outlines)
        grammar: Grammar = "vega" if self._outlines else "vega-lite"
        return Picture(spec, grammar, title, description, self.style.width, height, self.style.language.code)

    def _set_texts(self) -> None:
        alt = self.alt
        alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for text in self._texts:
            alike.setdefault((text.pop("align"), text.pop("size"), text.pop("weight")), []).append(text)
        for (align, size, weight), rows in alike.items():
            mark = alt.Chart(self.data(rows)).mark_text(
                align=align, baseline="middle", fontSize=size, fontWeight=weight, aria=False
            )
            colour = alt.Color("colour", type="nominal", scale=None, legend=None)
            self.add(mark.encode(**self.at("x", "y"), text=alt.Text("text", type="nominal"), color=colour))


def names_beside(room: float, names: Sequence[str], wanted: float, *, most: float, least: float) -> float:
    """Return the pixels that names take to the left of their marks; 0 where they stand above them.

    Args:
        room: pixels for names and marks.
        names: what is set, in :data:`BODY` letters.
        wanted: pixels that the widest of them, or of what stands with them, takes.
        most: the part of the room that names may take; above, they fold, in two lines and no more.
        least: the room below which names always stand above.
    """
    taken = min(wanted + 10, room * most)
    folded = any(len(wrap(name, taken - 10, BODY)) > 2 for name in names)  # noqa: PLR2004  lines beside a mark
    return 0.0 if room < least or folded else taken


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """Return how many pixels the widest of texts takes; 0 without any."""
    return max((width(text, size, bold=bold) for text in texts), default=0.0)
