"""Transfers as a flow diagram: from the options of one vote to those of the next, each band as wide as its electors."""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from primaire.charts.flow import Band, Flow, Option, Side, draw
from primaire.charts.inks import OTHERS, QUIET, Ink
from primaire.charts.panels import Figures, panels, show_source
from primaire.charts.sheet import SMALL, Sheet
from primaire.messages import msg, msgn, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

MOST: Final = 6
"""Panels that one picture holds."""

TINY: Final = 0.5
"""Per cent of the electors below which a band has no figure."""

DOUBTFUL: Final = 1.0
"""Per cent of the option before: a band whose interval reaches below may be next to nothing, and is drawn so."""

_PEOPLE: Final = frozenset({"candidate", "group"})
"""The kinds of options that have a colour of their own."""

_Key = tuple[Any, ...]
"""What an option is, its name, label and size: blank votes are no Mr Blank, and two may have one name."""


def transfers(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.transfers.transfers` as a flow diagram, one for each of its sections.

    Bars and bands are as high as they have electors, all on one scale within a diagram; options stand in the table's
    order. A band says how many of 100 it takes, with the 90 % interval; where it is too thin, a list below does. Those
    of less than :data:`TINY` per cent of the electors are drawn without. A band whose interval reaches below
    :data:`DOUBTFUL` is faint. Raises NotHeldError for more than :data:`MOST` sections.
    """
    sheet = Sheet(style)
    figures = Figures(table, style)
    sections = panels(table, MOST)
    said, inks = [], dict[str, Ink]()
    for place, section in enumerate(sections):
        inks |= _inks(figures, section, inks)
        flow = _flow(figures, section, inks)
        sure = any(value is not None for value in figures.cells("lower", section))
        said.append(figures.head(sheet, section, _legend(style, flow, sure=sure), further=place > 0))
        if flow.bands:
            said += _draw(sheet, flow)
        else:
            sheet.paragraph(style.word(term("No rows.")), ink=QUIET)
        sheet.top += 8
        sheet.paragraph(style.say(_estimated(figures, section, sure=sure)), size=SMALL, ink=QUIET)
        figures.close(sheet, section)
    show_source(sheet, figures, sections)
    return sheet.finish(said[0] if said else style.say(table.title), " ".join(said))


def _draw(sheet: Sheet, flow: Flow) -> list[str]:
    """Draw one diagram, list what has no room in it, and return it in words."""
    style = sheet.style
    tiny = [band for band in flow.bands if 100 * band.size < TINY * flow.sides[0].total]
    told = [band for band in flow.bands if band not in tiny]
    bare = draw(sheet, flow, told)
    sheet.top += 10
    if bare:
        sheet.paragraph(style.say(msg("Bands too thin for their figures, of 100 electors of each option:")), size=SMALL)
        for line in _lines(style, flow, bare):
            sheet.paragraph(line, size=SMALL)
    if tiny:
        sheet.paragraph(style.say(_tiny_words(len(tiny))), size=SMALL, ink=QUIET)
    return _lines(style, flow, told)


def _tiny_words(number: int) -> Message:
    return msgn(
        "{n:count} band of less than {least:percent} of the electors is drawn without its figure.",
        "{n:count} bands of less than {least:percent} of the electors are drawn without their figures.",
        number,
        least=TINY,
    )


def _lines(style: Style, flow: Flow, bands: Iterable[Band]) -> list[str]:
    """Return bands as sentences, one for each option before."""
    before, after = flow.sides
    told: dict[int, list[str]] = defaultdict(list)
    for band in sorted(bands, key=lambda band: (band.left, -band.size)):
        told[band.left].append(f"{after.options[band.right].name} {band.figure}")
    return [
        style.say(msg("{option}: {parts}.", option=before.options[place].name, parts=parts))
        for place, parts in told.items()
    ]


def _legend(style: Style, flow: Flow, *, sure: bool) -> str:
    said = [
        msg("Widths: electors. Figures: of 100 electors of the option on the left; in brackets, the 90% interval.")
        if sure
        else msg("Widths: electors. Figures: of 100 electors of the option on the left.")
    ]
    if any(band.doubtful for band in flow.bands):
        said.append(msg("Faint: may be next to nothing."))
    return " ".join(map(style.say, said))


def _estimated(figures: Figures, section: Section, *, sure: bool) -> Message:
    """Say what the figures are. The seed stands in the note of the table that tells of the draws."""
    units = next(iter(figures.cells("units", section)), None) or 0
    seed = next((note.values["seed"] for note in figures.table.notes if "seed" in note.values), None)
    if sure:
        return msgn(
            "Estimated from the totals of {n:count} unit, not counted: nobody's two votes are known. Intervals drawn with seed {seed}.",
            "Estimated from the totals of {n:count} units, not counted: nobody's two votes are known. Intervals drawn with seed {seed}.",
            units,
            seed=seed,
        )
    return msgn(
        "Estimated from the totals of {n:count} unit, not counted: nobody's two votes are known. There are no intervals: nothing here says how sure these figures are.",
        "Estimated from the totals of {n:count} units, not counted: nobody's two votes are known. There are no intervals: nothing here says how sure these figures are.",
        units,
    )


def _flow(figures: Figures, section: Section, inks: Mapping[str, Ink]) -> Flow:
    before, after = (_options(figures, section, side, inks) for side in ("before", "after"))
    titles = _titles(figures, section)
    sides = Side(titles[0], list(before.values())), Side(titles[1], list(after.values()))
    return Flow(sides, list(_bands(figures, section, before, after)))


def _inks(figures: Figures, section: Section, given: Mapping[str, Ink]) -> dict[str, Ink]:
    """Return the colours of people and groups, the same on both sides, which choose in turn, the largest first."""
    sides = [_people(figures, section, side) for side in ("before", "after")]
    ranked = [person for pair in zip_longest(*sides) for person in pair if person is not None]
    return figures.style.colours.of(dict.fromkeys(ranked), given)


def _people(figures: Figures, section: Section, side: str) -> list[tuple[str, str | None]]:
    """Return the names and labels of the people and groups of a side, the largest first."""
    sizes = {
        (figures.style.say(name), label): size or 0
        for name, (_, kind, label, size) in zip(
            _names(figures, section, side), _keys(figures, section, side), strict=True
        )
        if kind in _PEOPLE
    }
    return sorted(sizes, key=lambda person: -sizes[person])


def _names(figures: Figures, section: Section, side: str) -> list[Message]:
    return figures.table.frame[side].iloc[section.start : section.stop].tolist()


def _keys(figures: Figures, section: Section, side: str) -> list[_Key]:
    columns = (side, f"{side}_is", f"{side}_label", f"{side}_votes")
    return list(zip(*(figures.cells(name, section) for name in columns), strict=True))


def _options(figures: Figures, section: Section, side: str, inks: Mapping[str, Ink]) -> dict[_Key, Option]:
    """Return the options of a side that anybody chose, in the table's order."""
    style, found = figures.style, dict[_Key, Option]()
    for key, message in zip(_keys(figures, section, side), _names(figures, section, side), strict=True):
        _, kind, _, size = key
        if size:
            name = style.say(message)
            found[key] = Option(name, style.write(size, "count"), size, inks[name] if kind in _PEOPLE else OTHERS)
    return found


def _bands(
    figures: Figures, section: Section, before: Mapping[_Key, Option], after: Mapping[_Key, Option]
) -> Iterator[Band]:
    """Yield the cells that hold anybody."""
    left, right = ({key: place for place, key in enumerate(side)} for side in (before, after))
    rows = zip(
        _keys(figures, section, "before"),
        _keys(figures, section, "after"),
        figures.cells("votes", section),
        *(figures.numbers(name, section) for name in ("share", "lower", "upper")),
        strict=True,
    )
    for start, end, votes, share, lower, upper in rows:
        if not votes or share is None:
            continue
        figure = _figure(figures.style, share, lower, upper)
        said = msg(
            "{before} → {after}: {figure} of 100, {votes:count} electors",
            before=before[start].name,
            after=after[end].name,
            figure=figure,
            votes=votes,
        )
        doubtful = lower is not None and lower < DOUBTFUL
        yield Band(left[start], right[end], votes, figure, figures.style.say(said), doubtful)


def _figure(style: Style, share: float, lower: float | None, upper: float | None) -> str:
    """Return a share of 100 in whole numbers, with its interval."""
    known = (value for value in (share, lower, upper) if value is not None)
    middle, *ends = (style.write(value, "index", 0) for value in known)
    return f"{middle} ({'–'.join(dict.fromkeys(ends))})" if ends else middle


def _titles(figures: Figures, section: Section) -> list[str]:
    """Return what the two votes are called: by their rounds, where these are of one election."""
    told = [
        (
            next(iter(figures.cells(f"election_{side}", section)), ""),
            next(iter(figures.cells(f"round_{side}", section)), 0),
        )
        for side in ("before", "after")
    ]
    same = told[0][0] == told[1][0]
    return [
        figures.style.say(
            msg("Round {round}", round=number)
            if same
            else msg("{election}, round {round}", election=election, round=number)
        )
        for election, number in told
    ]
