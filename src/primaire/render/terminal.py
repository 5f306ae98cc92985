"""The format ``table``: what a terminal shows, with bars and colour; in a file the same, uncut and without colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from primaire.messages import msgn
from primaire.render.bars import ACCENT, Scale, sparkline
from primaire.render.document import Document, Grid, Part, document
from primaire.render.layout import GAP, fit, fold, hung, least, lines, natural, tight, total
from primaire.render.safe import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from primaire.render.language import Language
    from primaire.table import Table

_TITLE, _QUIET = "bold", "dim"
_SENTENCE = 100  # characters: longer lines are hard to read
_NAME_BESIDE_BAR = 24  # characters to which a name is folded, and no further, to make room for a bar
_BAR_LEAST, _BAR, _BAR_MOST = 10, 20, 30  # cells; the middle one in files, and what headings fold for


@dataclass(frozen=True)
class _Plan:
    """How the rows of all parts are laid out: the widths of the columns that are kept, of the bar and of the sparkline;
    0 for none of these."""

    widths: list[int]
    bar: int = 0
    spark: int = 0

    @property
    def width(self) -> int:
        """The width of a whole row."""
        return total([*self.widths, *filter(None, (self.bar, self.spark))])

    @property
    def left_of_spark(self) -> int:
        """How much of what is beside the columns lies left of the sparkline."""
        return self.bar + len(GAP) if self.bar else 0


@dataclass(frozen=True)
class _Beside:
    """What is drawn beside the rows: bars on one scale, or None without any; sparklines up to ``upper``, in words."""

    scale: Scale | None
    upper: str

    @classmethod
    def of(cls, document: Document, language: Language) -> _Beside:
        bars = [bar for part in document.parts for bar in part.bars]
        scale = Scale.of(bars, signed=document.signed) if any(bars) else None
        return cls(scale, language.write(document.upper, "percent"))

    def spark(self, parts: Iterable[Part]) -> int:
        """Return the width of the sparklines of some parts, 0 for none."""
        classes = (len(shape) for part in parts for shape in part.shapes)
        return max((max(each, len(self.upper) + 2) for each in classes), default=0)

    def axis(self, plan: _Plan) -> str:
        """Return the heading of sparklines: where their first class begins, and where the last one ends."""
        return f"0{self.upper.rjust(plan.spark - 1)}"

    def row(self, part: Part, at: int, plan: _Plan) -> Text:
        """Return what is drawn beside a row of a part."""
        drawn = self.scale.bar(part.bars[at], plan.bar) if self.scale and part.bars else Text()
        if plan.spark and part.shapes:
            drawn.append(" " * (plan.left_of_spark - drawn.cell_len))
            drawn.append(sparkline(part.shapes[at]).rstrip(), ACCENT)
        return drawn


def uncut(table: Table, language: Language) -> bytes:
    """Return a table as a file holds it: in its natural width, never cut, without colour."""
    return text(table, language).encode()


def text(table: Table, language: Language, *, width: int | None = None) -> str:
    """Return a table as plain text, fitted to a terminal's width in characters, or uncut with none."""
    return "".join(f"{line.plain}\n" for line in _drawn(_read(table, language, width), language, width))


def print_table(table: Table, language: Language, *, stream: TextIO, width: int | None, colour: bool) -> None:
    """Write a table to a stream.

    Names fold, numbers never: where it is too narrow, first the bars go, then columns from the right, and a line says
    so. Characters that the stream cannot encode are written with their nearest ASCII.

    Args:
        table: what to write.
        language: in whose words and numbers.
        stream: where to.
        width: the terminal's, in characters; ``None`` for the natural width.
        colour: whether to use ANSI codes; the caller knows the terminal and the user's wish.
    """
    drawn = _drawn(_read(table, language, width), language, width)
    shown = _coloured(drawn) if colour else "".join(f"{line.plain}\n" for line in drawn)
    encoding = stream.encoding or "utf-8"
    stream.write(encode(shown, encoding).decode(encoding))


def _read(table: Table, language: Language, width: int | None) -> Document:
    """Return what is read of a table: cells as grids, or one below the other where a grid is too wide."""
    read = document(table, language)
    if width is None or table.crossed is None:
        return read
    bodies = [hung(part.body) for part in read.parts if part.body.headings]
    if all(total(least([body])) <= width for body in bodies):
        return read
    return document(replace(table, crossed=None), language)


def _coloured(drawn: Iterable[Text]) -> str:
    """Return lines with the codes of the eight standard colours, which the terminal's own theme interprets."""
    from rich.console import Console  # not for files: it loads a fifth of what a table does

    file = StringIO()
    console = Console(file=file, force_terminal=True, color_system="standard", no_color=False, width=80)
    for line in drawn:
        console.print(line, soft_wrap=True)
    return file.getvalue()


def _drawn(document: Document, language: Language, width: int | None) -> Iterator[Text]:
    parts = document.parts
    bodies = [hung(part.body) for part in parts]
    beside = _Beside.of(document, language)
    plans = _plans(parts, bodies, width, beside)
    feet = _feet([hung(part.foot) for part in parts], width)
    for number, (part, body, foot) in enumerate(zip(parts, bodies, feet, strict=True)):
        if number:
            yield from (Text(), Text())
        yield from _spaced(
            _sentences((part.title,), width, _TITLE) + _sentences((part.subtitle,), width, _QUIET),
            _sentences((part.lead,), width),
            list(_body(body, part, beside, plans[part.body.headings])),
            foot,
            _sentences(part.notes, width, _QUIET),
        )
    drawn = (document.shapes,) if any(plan.spark for plan in plans.values()) else ()
    for block in ((_left_out(plans, width, language),), document.notes, (*document.legend, *drawn)):
        if said := _sentences(block, width, _QUIET):
            yield Text()
            yield from said


def _spaced(*blocks: list[Text]) -> Iterator[Text]:
    """Put one empty line between the blocks that have something to show."""
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield Text()
        yield from block


def _sentences(texts: Iterable[str], width: int | None, style: str = "") -> list[Text]:
    longest = None if width is None else min(width, _SENTENCE)
    return [Text(line, style) for text in filter(None, texts) for line in fold(text, longest)]


def _plans(
    parts: Sequence[Part], bodies: Sequence[Grid], width: int | None, beside: _Beside
) -> dict[tuple[str, ...], _Plan]:
    """Lay out alike all parts that have the same headings, which are the key."""
    alike: dict[tuple[str, ...], list[tuple[Part, Grid]]] = {}
    for part, body in zip(parts, bodies, strict=True):
        alike.setdefault(part.body.headings, []).append((part, body))
    bar = _BAR if beside.scale else 0
    return {
        headings: _plan([body for _, body in group], width, bar, beside.spark(part for part, _ in group))
        for headings, group in alike.items()
    }


def _plan(bodies: Sequence[Grid], width: int | None, bar: int, spark: int) -> _Plan:
    """Choose the widths. What gives way, in this order: headings, names, the sparkline, the bar, names further, columns."""
    wanted, needed = natural(bodies), least(bodies)
    if width is None:
        return _Plan(wanted, bar, spark)
    columns = list(zip(bodies[0].numeric, wanted, needed, strict=True))
    headings = [low if numeric else high for numeric, high, low in columns]
    names = [low if numeric else max(low, min(high, _NAME_BESIDE_BAR)) for numeric, high, low in columns]
    with_bar = [(headings, bar), (names, bar), (names, _BAR_LEAST)] if bar else []
    with_spark = [(*each, spark) for each in with_bar or [(headings, 0), (names, 0)]] if spark else []
    for limits, *drawn in [*with_spark, *((*each, 0) for each in with_bar), (headings, 0, 0)]:
        room = width - sum(size + len(GAP) for size in drawn if size)
        if fitted := fit(wanted, limits, room):
            widths = tight(bodies, fitted)
            longest = min(_BAR_MOST, room + drawn[0] - total(widths)) if drawn[0] else 0
            return _Plan(widths, longest, drawn[1])
    fewest = bodies[0].name + 1
    for kept in range(len(wanted), fewest - 1, -1):
        if fitted := fit(wanted[:kept], needed[:kept], width):
            return _Plan(fitted)
    return _Plan(needed[:fewest])


def _left_out(plans: Mapping[tuple[str, ...], _Plan], width: int | None, language: Language) -> str:
    cut = (name for headings, plan in plans.items() for name in headings[len(plan.widths) :])
    names = list(dict.fromkeys(cut))
    if not names or width is None:
        return ""
    return msgn(
        "{n:count} column does not fit in {width:count} characters: {names}. A wider terminal or --format plain shows it.",
        "{n:count} columns do not fit in {width:count} characters: {names}. A wider terminal or --format plain shows them.",
        len(names),
        width=width,
        names=language.join(names),
    ).render(language)


def _body(grid: Grid, part: Part, beside: _Beside, plan: _Plan) -> Iterator[Text]:
    if not grid.headings:
        return
    kept = len(plan.widths)
    numeric = grid.numeric[:kept]
    *above, last = lines(grid.headings[:kept], plan.widths, numeric, low=True)
    if plan.spark and part.shapes:
        last = f"{last}{GAP}{' ' * plan.left_of_spark}{beside.axis(plan)}"
    yield from (Text(line.rstrip(), _QUIET) for line in (*above, last))
    yield Text("─" * plan.width, _QUIET)
    for at, row in enumerate(grid.rows):
        first, *more = lines(row[:kept], plan.widths, numeric)
        drawn = beside.row(part, at, plan)
        yield Text.assemble(f"{first}{GAP}", drawn) if drawn else Text(first.rstrip())
        yield from (Text(line.rstrip()) for line in more)


def _feet(feet: Sequence[Grid], width: int | None) -> list[list[Text]]:
    widths = natural(feet)
    if width is not None:
        widths = fit(widths, least(feet), width) or []
        if not widths:
            feet = [_stacked(foot) for foot in feet]
            widths = fit(natural(feet), least(feet), width) or least(feet)
    return [[Text(line.rstrip()) for row in foot.rows for line in lines(row, widths, foot.numeric)] for foot in feet]


def _stacked(foot: Grid) -> Grid:
    """Return the foot with the figures beside a figure on lines of their own, for a narrow terminal."""
    rows = []
    for label, value, *beside in foot.rows:
        rows.append((label, value))
        rows += [(name, figure) for figure, name in zip(beside[::2], beside[1::2], strict=True) if name]
    return Grid((), (False, True), tuple(rows))
