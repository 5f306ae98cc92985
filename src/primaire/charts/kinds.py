"""The pictures that there are: of which table each is drawn, and where."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from primaire.errors import NotHeldError
from primaire.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.table import Table


@dataclass(frozen=True)
class Kind:
    """One kind of picture.

    Attributes:
        name: as the user says it.
        table: the name of the table that it is drawn of.
        place: ``module:function`` in this room.
    """

    name: str
    table: str
    place: str

    def draw(self, table: Table, style: Style) -> Picture:
        """Return the picture of a table. Raises NotHeldError where the table holds nothing that it could show."""
        module, _, function = self.place.partition(":")
        make: Callable[[Table, Style], Picture] = getattr(import_module(f"primaire.charts.{module}"), function)
        return make(table, style)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("results", "results", "results:results"),
        Kind("slopes", "results", "slopes:slopes"),
        Kind("swing", "swing", "swing:swing"),
        Kind("compare", "compare", "compare:compare"),
        Kind("turnout", "results", "turnout:turnout"),
        Kind("transfers", "transfers", "transfers:transfers"),
        Kind("seats", "seats", "seats:seats"),
    )
}
"""Every kind of picture by its name."""


def draw(table: Table, style: Style | None = None, kind: str | None = None) -> Picture:
    """Return the picture of a table: that of a kind, or the first one that its analysis has.

    Args:
        table: what an analysis answers.
        style: in which language, colours and width; by default English on white paper, 600 pixels wide.
        kind: one of :data:`KINDS`.

    Raises:
        NotHeldError: no picture is drawn of this table, or it holds too much or too little for it.
        ExtraMissingError: the libraries that draw are not installed.
    """
    from primaire.charts.style import Style

    found = next((one for one in KINDS.values() if one.table == table.name and kind in (None, one.name)), None)
    if found is None:
        raise NotHeldError(
            msg("There is no such picture of the table “{name}”.", name=table.name),
            expected=msg("There are pictures of: {names}.", names=sorted({one.table for one in KINDS.values()})),
        )
    return found.draw(table, style or Style())
