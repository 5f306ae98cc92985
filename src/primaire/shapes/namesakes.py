"""Places of one name: a name says a place only where one unit bears it, and one area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from primaire.shapes.keys import Candidate
    from primaire.shapes.outlines import Geometries, Outlines
    from primaire.shapes.units import Units

_TOUCH: Final = 1e-4
"""Degrees, some ten metres, up to which shapes touch: drawn one by one, neighbours may leave a slit."""

_UNIQUE: Final = frozenset({"region", "departement"})
"""Levels at which no two places of France share a name: their islands may lie apart."""


def told_apart(candidate: Candidate, outlines: Outlines, units: Units) -> Candidate:
    """Return names as the places that bear them.

    A name that several units bear tells none of them; nor does one of several shapes that are not one area together, as the
    communes of Saint-Sauveur in Finistère and in Savoie are not. ``shared`` counts the shapes of such names.
    """
    shapes_of: dict[str, list[int]] = {}
    for at, (name, drawn) in enumerate(zip(candidate.keys, outlines.drawn.tolist(), strict=True)):
        if name is not None and name in units.names and drawn:
            shapes_of.setdefault(name, []).append(at)
    only = {
        name: next(iter(units.names[name]))
        for name, shapes in shapes_of.items()
        if len(units.names[name]) == 1 and (units.level in _UNIQUE or _are_one(outlines.geometry[shapes]))
    }
    shared = sum(len(shapes) for name, shapes in shapes_of.items() if name not in only)
    return replace(candidate, keys=[only.get(name) if name else None for name in candidate.keys], shared=shared)


def _are_one(shapes: Geometries) -> bool:
    """Tell whether one can walk from any of the shapes to all others without leaving them."""
    if len(shapes) == 1:
        return True
    import shapely

    tree = shapely.STRtree(shapes)
    reached, edge = {0}, [0]
    while edge:
        near = tree.query(shapes[edge], predicate="dwithin", distance=_TOUCH)[1]
        edge = sorted(set(near.tolist()) - reached)
        reached.update(edge)
    return len(reached) == len(shapes)
