"""Seats as a hemicycle: a dot for each, parties as wedges, with what ties leave open and who has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.charts.assembly import Party, draw
from primaire.charts.colours import bench
from primaire.charts.inks import QUIET, TEXT, Ink
from primaire.charts.panels import Figures, panels, show_source
from primaire.charts.sheet import SMALL, Sheet
from primaire.errors import NotHeldError
from primaire.messages import msg, msgn, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.messages import Message
    from primaire.table import Section, Table

MOST: Final = 8
"""Panels that one picture holds."""

MOST_SEATS: Final = 2000
"""Seats of one assembly, each of which is a dot."""

_SHADE = 0.4  # towards the letters: the second of two neighbours of one colour


def seats(table: Table, style: Style) -> Picture:
    """Draw a table of :func:`primaire.analysis.seats.seats` as hemicycles, one for each of its sections.

    Lists stand in the table's order; where the nuances of all that have seats are known, from left to right. A seat that a
    tie leaves open, or that nobody gets, is hollow. Lists without a seat are named below, as are rounds that give out none.

    Raises:
        NotHeldError: there are more than :data:`MOST` sections, or more than :data:`MOST_SEATS` seats in one.
    """
    sheet = Sheet(style)
    figures = Figures(table, style)
    sections = panels(table, MOST)
    councils = [_Council(figures, section) for section in sections]
    shown = [council for council in councils if council.total] or councils
    said, inks = [], dict[str, Ink]()
    for place, council in enumerate(shown):
        said.append(figures.head(sheet, council.section, council.base, further=place > 0))
        inks |= council.inks(inks)
        said += council.draw(sheet, inks)
        figures.close(sheet, council.section)
    for council in councils:
        if council not in shown:  # another round gives out the seats
            sheet.paragraph(council.why, size=SMALL, ink=QUIET)
    for note in table.notes:
        sheet.paragraph(style.say(note), size=SMALL, ink=QUIET)
    show_source(sheet, figures, sections)
    return sheet.finish(said[0] if said else style.say(table.title), " ".join(said))


def _number(total: int) -> Message:
    """Say how many seats there are, and how many are more than half, where that is not all of them."""
    if total <= 2:  # noqa: PLR2004  more than half of two is both
        return msgn("{n:count} seat", "{n:count} seats", total)
    return msg("{n:count} seats, a majority is {most:count}", n=total, most=total // 2 + 1)


class _Council:
    """One section: who has seats, from left to right, and who has none."""

    def __init__(self, figures: Figures, section: Section) -> None:
        self.figures, self.section = figures, section
        self.style = figures.style
        self.low = [count or 0 for count in figures.cells("seats", section)]
        self.high = [count or 0 for count in figures.cells("seats_high", section)]
        self.names, self.labels = figures.texts("candidate", section), figures.cells("label", section)
        self.columns = ("share_valid", "seats_share")
        self.seated = [place for place, count in enumerate(self.high) if count]
        self.left_to_right = self._left_to_right()

    @property
    def total(self) -> int:
        """The seats of the council; 0 where this round gives out none."""
        return next((count for count in self.figures.cells("seats_total", self.section) if count), 0)

    @property
    def why(self) -> str:
        """Which vote this is, and why it gives out no seats."""
        title, lead = self.section.title, self.section.lead
        return self.style.say(title if lead is None else msg("{title}: {lead}", title=title, lead=lead))

    @property
    def base(self) -> str:
        """What dots and percentages are, and how lists are ordered."""
        if not self.total:
            return ""
        said = [msg("Dots: seats. Percentages: of the valid votes.")]
        if self.left_to_right:
            said.append(msg("Lists from left to right, as their nuances are known."))
        return " ".join(map(self.style.say, said))

    def _left_to_right(self) -> bool:
        """Put lists in the order of where they sit, where that is known of all; tell whether it is."""
        benches = {place: bench(self.names[place], self.labels[place]) for place in self.seated}
        if None in benches.values() or len(set(benches.values())) < 2:  # noqa: PLR2004  one bench is no order
            return False
        self.seated.sort(key=lambda place: benches[place] or 0)
        return True

    def draw(self, sheet: Sheet, inks: Mapping[str, Ink]) -> list[str]:
        """Draw the council, name below who has no seat, and return what there is to see in words."""
        total = self.total
        if not total:
            return []
        if total > MOST_SEATS:
            raise NotHeldError(
                msgn(
                    "A picture of {n:count} seat, each a dot, would show nothing.",
                    "A picture of {n:count} seats, each a dot, would show nothing.",
                    total,
                ),
                expected=msg("A picture holds {most:count} seats at most.", most=MOST_SEATS),
            )
        style = self.style
        parties = [*self._parties(inks), *self._nobodys()]
        number = _number(total)
        heads = [style.word(self.figures.table.column(name).label) for name in ("seats", *self.columns)]
        draw(sheet, parties, heads, style.say(number))
        sheet.top += 6
        without = self._without()
        if without:
            sheet.paragraph(without, size=SMALL, ink=TEXT)
        return [*(f"{party.said}." for party in parties), f"{style.say(number)}.", *filter(None, [without])]

    def _shares(self) -> list[tuple[str, ...]]:
        votes, seats = (self.figures.texts(name, self.section) for name in self.columns)
        highs = self.figures.texts("seats_share_high", self.section)
        ranges = [one if one == other else f"{one}–{other}" for one, other in zip(seats, highs, strict=True)]
        return list(zip(votes, ranges, strict=True))

    def _parties(self, inks: Mapping[str, Ink]) -> Iterable[Party]:
        shares, counts = self._shares(), self.figures.texts("seats", self.section)
        last: Ink | None = None
        for place in self.seated:
            low, high = self.low[place], self.high[place]
            figure = counts[place] if low == high else f"{counts[place]}–{self.style.write(high, 'count')}"
            said = msgn(
                "{name}: {figure} seat, {share} of the valid votes",
                "{name}: {figure} seats, {share} of the valid votes",
                high,
                name=self.names[place],
                figure=figure,
                share=shares[place][0],
            )
            ink = inks[self.names[place]]
            last = ink = ink.towards(TEXT, _SHADE) if ink == last else ink  # neighbours of one colour
            yield Party(self.names[place], low, figure, shares[place], ink, self.style.say(said))

    def _nobodys(self) -> Iterable[Party]:
        """Yield the seats that no list has for certain."""
        unfilled = next((count for count in self.figures.cells("seats_unfilled", self.section) if count), 0)
        open_ = self.total - sum(self.low) - unfilled
        for word, count in ((term("left open by a tie"), open_), (term("given to nobody"), unfilled)):
            if count > 0:
                name, figure = self.style.word(word), self.style.write(count, "count")
                yield Party(name, count, figure, ("", ""), None, self.style.pair(name, figure))

    def inks(self, given: Mapping[str, Ink]) -> dict[str, Ink]:
        """Return the colour of each list that has seats."""
        people = {(self.names[place], self.labels[place]): None for place in sorted(self.seated)}
        return self.style.colours.of(people, given)

    def _without(self) -> str:
        """Return who has no seat, in words."""
        shares = self.figures.texts("share_valid", self.section)
        names = [
            f"{name} ({share})" if share else name
            for name, share, high in zip(self.names, shares, self.high, strict=True)
            if not high
        ]
        if not names:
            return ""
        return self.style.say(msg("Without a seat: {names}.", names=names))
