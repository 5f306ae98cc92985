"""Which place has which colour, and what the legend says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.charts.classes import around_zero, bounds, two_sided
from primaire.charts.inks import MISSING, OTHERS, PALETTE, PAPER, Ink
from primaire.charts.shades import DENSE, LEADS, SPARSE, by_lead, sequence, sides
from primaire.choropleth.reasons import LEVEL_AT_TOP, NO_FIGURES, NOT_STANDING
from primaire.choropleth.telling import by_label
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from primaire.charts.style import Style
    from primaire.table import Column, Table

_NAMED: Final = len(PALETTE)
"""Winners without a colour of their own that a legend names, as many as can be told apart; the others are put together."""

_MOST: Final = 12
"""Winners that a legend names at most."""

_WITHOUT: Final = {NOT_STANDING: (PAPER, SPARSE), LEVEL_AT_TOP: (PAPER, 0.0)}
"""The colour and the lines of places without a figure, by why; all others are hatched densely. The less a lead, the paler
a place is: where several came first, it is blank."""


@dataclass(frozen=True)
class Entry:
    """One colour of the legend.

    Attributes:
        ink: the colour.
        label: what it stands for.
        count: on how many places of the map it is; None where that is not told.
        hatch: pixels between the lines over it; 0 for none.
    """

    ink: Ink
    label: str
    count: int | None
    hatch: float = 0


@dataclass(frozen=True)
class Scheme:
    """The colours of a map.

    Attributes:
        fills: the different colours.
        of_place: for each place of the map, which of them it has.
        hatches: how many pixels apart the lines are that go over each; 0 for none.
        steps: the classes of a scale, from the least; empty where colours are not of one.
        bounds: between the classes, as written; ``ends`` the least and the greatest value, as written.
        entries: what else colours stand for.
        shaded: the three shades of a winner's colour, with the leads that they stand for; empty on other maps.
    """

    fills: list[Ink]
    of_place: list[int]
    hatches: list[float]
    steps: list[Entry] = field(default_factory=list)
    bounds: list[str] = field(default_factory=list)
    ends: tuple[str, str] = ("", "")
    entries: list[Entry] = field(default_factory=list)
    shaded: list[Entry] = field(default_factory=list)


def scheme_of(table: Table, rows: Sequence[int], style: Style) -> Scheme:
    """Return the colours of places, given the row of the table that each is; -1 for a place that the table does not know."""
    frame = table.frame.iloc[[row for row in rows if row >= 0]]
    if "lead" in frame:
        return _of_winners(table, rows, style, labelled=by_label(frame))
    return _of_values(table, rows, style, table.bar or "points")


def _of_values(table: Table, rows: Sequence[int], style: Style, name: str) -> Scheme:
    values = _numbers(table.frame[name], rows)
    known = np.array([value for value in values if value is not None], dtype="float64")
    around = name == "points" and two_sided(known)
    limits = around_zero(known) if around else bounds(known)
    inks = (sides if around else sequence)(len(limits) + 1)
    classes = [None if value is None else int(np.searchsorted(limits, value, side="right")) for value in values]
    counts = np.bincount([at for at in classes if at is not None], minlength=len(inks)).tolist()
    missing, of_missing = _missing(table, rows, classes, len(inks), style)
    column = table.column(name)
    written = _written(limits, column, style)
    return Scheme(
        [*inks, *(entry.ink for entry in missing)],
        [at if at is not None else of_missing[place] for place, at in enumerate(classes)],
        [0.0] * len(inks) + [entry.hatch for entry in missing],
        steps=[Entry(ink, "", count) for ink, count in zip(inks, counts, strict=True)] if len(known) else [],
        bounds=written,
        ends=(_written([known.min()], column, style)[0], _written([known.max()], column, style)[0])
        if len(known)
        else ("", ""),
        entries=missing,
    )


def _written(limits: Sequence[float], column: Column, style: Style) -> list[str]:
    """Return bounds with as many digits as they need."""
    digits = next((digits for digits in range(3) if all(round(limit, digits) == limit for limit in limits)), None)
    return [style.write(float(limit), column.kind, 1 if digits is None else digits) for limit in limits]


def _numbers(values: pd.Series[float], rows: Sequence[int]) -> list[float | None]:
    held = values.to_numpy("float64", na_value=np.nan).tolist()
    return [None if row < 0 or np.isnan(held[row]) else held[row] for row in rows]


def _of_winners(table: Table, rows: Sequence[int], style: Style, *, labelled: bool) -> Scheme:
    names, label = _parties(table, rows)
    leads = _numbers(table.frame["lead"], rows)
    classes = [
        None if name is None or lead is None else (name, int(np.searchsorted(LEADS, lead, side="right")))
        for name, lead in zip(names, leads, strict=True)
    ]
    counted = Counter(each[0] for each in classes if each is not None)
    ranked = [name for name, _ in counted.most_common()]
    inks = style.colours.of([(name, label.get(name)) for name in ranked])
    shown = _shown(ranked, inks)
    fills = [*dict.fromkeys(each for each in classes if each is not None)]
    missing, of_missing = _missing(table, rows, classes, len(fills), style)
    place = {each: at for at, each in enumerate(fills)}
    entries = _together([(name, label.get(name)) for name in shown], inks, counted, style, labelled=labelled)
    rest = [name for name in ranked if name not in shown]
    if rest:
        entries.append(Entry(OTHERS, style.word(term("others")), sum(counted[name] for name in rest)))
    colours = [inks[name] if name in shown else OTHERS for name, _ in fills]
    return Scheme(
        [
            *(by_lead(ink)[shade] for ink, (_, shade) in zip(colours, fills, strict=True)),
            *(each.ink for each in missing),
        ],
        [of_missing[at] if each is None else place[each] for at, each in enumerate(classes)],
        [0.0] * len(fills) + [entry.hatch for entry in missing],
        entries=[*entries, *missing],
        shaded=_shades(entries[0].ink, classes, style) if entries else [],
    )


def _shown(ranked: Sequence[str], inks: Mapping[str, Ink]) -> list[str]:
    """Return the winners that a legend names, of most places first: those with a colour, and one in grey if it is the only one."""
    coloured = [name for name in ranked if inks[name] != OTHERS][:_MOST]
    return list(ranked) if len(coloured) >= len(ranked) - 1 else coloured


def _together(
    people: Sequence[tuple[str, str | None]],
    inks: Mapping[str, Ink],
    counted: Mapping[str, int],
    style: Style,
    *,
    labelled: bool,
) -> list[Entry]:
    """Return an entry for each colour: candidates of one party, who have the same, stand in one, after its name.

    Where people are ``labelled``, as the title then tells them, nobody stands without the name of the party.
    """
    found = []
    for ink in dict.fromkeys(inks[name] for name, _ in people):
        same = [(name, label) for name, label in people if inks[name] == ink]
        labels = {label for _, label in same}
        named = labelled or (len(same) > 1 and len(labels) == 1)
        parties: dict[str | None, list[str]] = {}
        for name, label in same:
            parties.setdefault(label if named else None, []).append(name)
        said = "; ".join(_party(label, names, style) for label, names in parties.items())
        found.append(Entry(ink, said, sum(counted[name] for name, _ in same)))
    return found


def _party(label: str | None, names: Sequence[str], style: Style) -> str:
    """Return names after that of their party; where parties stand for people, as these, once."""
    told = ", ".join(names)
    return told if label is None or label == told else style.pair(label, told)


def _shades(ink: Ink, classes: Sequence[tuple[str, int] | None], style: Style) -> list[Entry]:
    low, high = (style.write(lead, "index", 0) for lead in LEADS)
    said = (
        msg("lead under {points} points", points=low),
        msg("{low} to {high}", low=low, high=high),
        msg("{points} or more", points=high),
    )
    counts = [sum(each is not None and each[1] == shade for each in classes) for shade in range(len(said))]
    return [Entry(shade, style.say(text), count) for shade, text, count in zip(by_lead(ink), said, counts, strict=True)]


def _parties(table: Table, rows: Sequence[int]) -> tuple[list[str | None], dict[str, str | None]]:
    """Return who came first in each place, by party where there are more people than a legend names and all have one."""
    people, labels = (_texts(table.frame[name], rows) for name in ("candidate", "label"))
    known = [(name, label) for name, label in zip(people, labels, strict=True) if name is not None]
    if len(dict(known)) > _NAMED + 1 and all(label is not None for _, label in known):
        return labels, {label: label for _, label in known if label is not None}
    return people, dict(known)


def _texts(values: pd.Series[str], rows: Sequence[int]) -> list[str | None]:
    held = [None if missing else value for value, missing in zip(values.tolist(), values.isna().tolist(), strict=True)]
    return [None if row < 0 else held[row] for row in rows]


def _missing(
    table: Table, rows: Sequence[int], classes: Sequence[object], first: int, style: Style
) -> tuple[list[Entry], dict[int, int]]:
    """Return the colours of places without a figure, by why they have none, and which each place has, from ``first`` on."""
    whys = _texts(table.frame["why"], rows)
    said = {place: whys[place] or NO_FIGURES for place, held in enumerate(classes) if held is None}
    order = [why for why in (NOT_STANDING, LEVEL_AT_TOP) if why in said.values()]
    order += [why for why in dict.fromkeys(said.values()) if why not in order]
    entries = [
        Entry(ink, style.word(why), sum(each == why for each in said.values()), hatch)
        for why in order
        for ink, hatch in (_WITHOUT.get(why, (MISSING, DENSE)),)
    ]
    return entries, {place: first + order.index(why) for place, why in said.items()}
