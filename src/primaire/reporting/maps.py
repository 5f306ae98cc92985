"""The maps of a vote: who came first in each place, and how many came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.errors import NotHeldError
from primaire.messages import msg
from primaire.reporting.contents import Chapter, Drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.schema import Returns
    from primaire.shapes.joining import Join
    from primaire.shapes.outlines import Outlines
    from primaire.table import Table


def attempted_maps(returns: Returns, layers: Sequence[Outlines], key: str) -> Iterator[Chapter]:
    """Yield the chapter of the maps of one round; nothing where no shape is of a place of it."""
    try:
        yield chapter_of_maps(returns, layers, key)
    except NotHeldError:
        return


def chapter_of_maps(returns: Returns, layers: Sequence[Outlines], key: str) -> Chapter:
    """Return the chapter of the maps of one round: who came first and, where it is known, turnout.

    Raises:
        NotHeldError: no shape is of a place of the vote.
    """
    from primaire.shapes.joining import join
    from primaire.shapes.placing import within

    joined = join(layers, returns)
    held, elsewhere = within(joined, returns)
    pictures = tuple(_maps(held, joined, elsewhere))
    return Chapter(f"{key}-map", msg("On the map"), (Drawn(pictures),))


def _maps(returns: Returns, joined: Join, elsewhere: int) -> Iterator[Callable[[Style], Picture]]:
    from primaire.analysis.places import places

    yield _map_of(places(returns, by=joined.level, show="winner"), joined, elsewhere)
    try:
        yield _map_of(places(returns, by=joined.level, show="turnout"), joined, elsewhere)
    except NotHeldError:  # without registered voters there is none
        return


def _map_of(table: Table, joined: Join, elsewhere: int) -> Callable[[Style], Picture]:
    """Return what draws a table on its shapes. Raises NotHeldError where no shape is of one of its places."""
    from primaire.charts.map import map_of
    from primaire.shapes.placing import placed

    keys = [key if isinstance(key, str) else None for key in table.frame["key"].tolist()]
    there = placed(joined, keys, elsewhere)
    if not (there.rows >= 0).any():
        raise NotHeldError(
            msg("No shape of “{name}” is of a place that has figures.", name=joined.outlines.name),
            remedy=msg("Name the shapes of the same places; --unmatched lists both sides."),
        )
    return lambda style: map_of(table, joined, there, style)
