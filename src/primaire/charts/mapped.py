"""From results and outlines to a map: the steps between, in order, for whoever wants all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from primaire.analysis.places import places
from primaire.shapes.joining import join
from primaire.shapes.placing import placed, within
from primaire.shapes.reading import read_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.schema import Returns
    from primaire.shapes.joining import Join
    from primaire.shapes.outlines import Outlines
    from primaire.shapes.placing import Placed
    from primaire.table import Table


@dataclass(frozen=True)
class Mapped:
    """Places with their figures and their shapes.

    Attributes:
        table: the places, as :func:`primaire.analysis.places.places` lists them.
        join: the shapes, and how they were joined.
        placed: which shape is of which place.
    """

    table: Table
    join: Join
    placed: Placed

    def draw(self, style: Style | None = None) -> Picture:
        """Return the map. Raises NotHeldError where no shape is of a place that has figures."""
        from primaire.charts.map import map_of
        from primaire.charts.style import Style

        return map_of(self.table, self.join, self.placed, style or Style())


def mapped(  # noqa: PLR0913  what a map shows, of which votes and where
    shapes: str | Path | Sequence[Outlines],
    returns: Returns,
    after: Returns | None = None,
    *,
    by: str | None = None,
    nuance: bool = False,
    show: str | None = None,
    candidate: str | None = None,
    base: str = "valid",
    key: str | None = None,
    crs: str | None = None,
    everywhere: bool = False,
) -> Mapped:
    """Bring results and outlines together.

    Args:
        shapes: a file of outlines, or what :func:`primaire.shapes.reading.read_shapes` gave.
        returns, after, candidate, base: as for :func:`primaire.analysis.places.places`.
        by: the level of the places; by default, the finest of those at which shapes have units.
        nuance: whether candidates are added up by nuance.
        show: share, winner, turnout or swing; by default the share of a candidate, else the winner.
        key: the property that is the code of shapes; by default, what finds the most.
        crs: the system that the positions of a file are in; see :func:`primaire.shapes.reading.read_shapes`.
        everywhere: whether to keep units that lie where no shapes are.

    Raises:
        ValueError: ``crs`` is given with outlines that were read before.
        PrimaireError: as reading, joining and :func:`primaire.analysis.places.places` do.
    """
    if isinstance(shapes, (list, tuple)):
        if crs is not None:
            raise ValueError("crs is said where outlines are read: read_shapes(source, crs)")
        layers = shapes
    else:
        layers = read_shapes(shapes, crs)  # type: ignore[arg-type]  # a name or a path
    found = join(layers, returns if after is None else after, level=by, key=key)
    votes = [returns] if after is None else [returns, after]
    parts = [(vote, 0) if everywhere else within(found, vote) for vote in votes]
    table = places(
        *(vote for vote, _ in parts),
        by=[found.level, *(["nuance"] if nuance else [])],
        show=show or ("winner" if candidate is None else "share"),
        candidate=candidate,
        base=base,
    )
    keys = [each if isinstance(each, str) else None for each in table.frame["key"]]
    return Mapped(table, found, placed(found, keys, parts[-1][1]))
