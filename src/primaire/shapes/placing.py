"""Shapes brought to the rows of a table: dissolved by place, and those far from any unit left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.placenames import keys_of
from primaire.shapes.drawing import dissolved
from primaire.shapes.keys import AROUND
from primaire.shapes.remote import remote

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from primaire.schema import Returns
    from primaire.shapes.joining import Join
    from primaire.shapes.outlines import Geometries

    Wholes = npt.NDArray[np.int64]

_WITHIN: Final = 0.5
"""The part of the shapes of a wider place that lie among those with units, from which on they are shown as missing."""

_COVERED: Final = 0.75
"""The part of the units of a wider place that have a shape, from which on the others are missing rather than elsewhere."""

_NUMBERS: Final = {"commune": 3, "canton": 2, "constituency": 2}
"""Digits of a key that count within the wider place."""


@dataclass(frozen=True)
class Placed:
    """The places of a map.

    Attributes:
        geometry: the area of each place, in degrees.
        rows: its row in the table, -1 for a place of which the table knows nothing.
        names: what each place's key is; None where its shape says none.
        without_shape: rows of the table that no shape is of.
        without_unit: numbers of the shapes that no row is of.
        left_out: how many of these lie elsewhere and are not on the map.
        dissolved: how many places have several shapes.
        elsewhere: how many places of the results :func:`within` left out, so that the table has no row of them.
    """

    geometry: Geometries
    rows: Wholes
    names: list[str | None]
    without_shape: Wholes
    without_unit: Wholes
    left_out: int
    dissolved: int
    elsewhere: int = 0


def placed(join: Join, keys: Sequence[str | None], elsewhere: int = 0) -> Placed:
    """Return the places of a map.

    Args:
        join: the shapes, and which place each is of.
        keys: the place of each row of the table; the first of several rows of one place stands for it.
        elsewhere: how many places were left out of the table before.

    Shapes of one place are dissolved. A shape without a unit is on the map, as missing, where it lies in a wider place (a
    station in its commune, a commune in its departement) that has units, or among shapes that have; elsewhere it is left
    out, so that the map shows what the vote was about.
    """
    row_of = {key: row for row, key in reversed(list(enumerate(keys))) if key is not None}
    drawn = join.outlines.drawn
    row = np.array([row_of.get(key, -1) if key is not None else -1 for key in join.keys], dtype="int64")
    shown = drawn & ((row >= 0) | _near(join, row, keys))
    # A shape without any code is a place by itself.
    words = [key if key is not None else f"?{at}" for at, key in enumerate(join.keys)]
    number, names = pd.factorize(np.array(words, dtype="object")[shown])
    place = np.full(len(words), -1, dtype="int64")
    place[shown] = number
    rows = np.full(len(names), -1, dtype="int64")
    rows[number] = row[shown]
    found = set(row[drawn].tolist())
    lost = [at for at, key in enumerate(keys) if key is None or row_of[key] not in found]
    return Placed(
        dissolved(join.outlines.geometry, place, len(names)),
        rows,
        [None if name.startswith("?") else name for name in names.tolist()],
        np.array(lost, dtype="int64"),
        np.flatnonzero(drawn & (row < 0)),
        int((drawn & ~shown).sum()),
        int((np.bincount(number) > 1).sum()),
        elsewhere,
    )


def within(join: Join, returns: Returns) -> tuple[Returns, int]:
    """Return the units of a data set that a map is about, and how many places the others are of.

    It is about those with a shape, and those missing among them.

    A unit is missing where three quarters or more of the units of its wider place (its commune, its departement) have one. Of a
    country's results and the shapes of a region, these are the region's. Where numbers do not count within a wider place,
    all units are.
    """
    if join.level not in AROUND:
        return returns, 0
    keys = keys_of(returns.ballots, join.level)
    shaped = {key for key, drawn in zip(join.keys, join.outlines.drawn.tolist(), strict=True) if drawn}
    units = pd.DataFrame({"key": keys, "wider": [_wider(join.level, key) for key in keys]}, dtype="object")
    if units["wider"].isna().all():
        return returns, 0
    units["shaped"] = units["key"].isin(shaped - {None})
    places = units.dropna(subset="key").drop_duplicates("key").groupby("wider")["shaped"].mean()
    covered = places.index[places >= _COVERED]
    inside = (units["shaped"] | units["wider"].isin(covered)).to_numpy()
    if inside.all() or not inside.any():
        return returns, 0
    outside = units["key"][~inside]
    return returns.keep(inside), int(outside.nunique() + outside.isna().sum())


def _near(join: Join, row: Wholes, keys: Sequence[str | None]) -> npt.NDArray[np.bool_]:
    """Tell which shapes without a unit are of places where the vote was."""
    drawn = join.outlines.drawn
    alone = drawn & (row < 0)
    if not alone.any() or not (drawn & (row >= 0)).any():
        return alone
    wider = np.array([_wider(join.level, key) for key in join.keys], dtype="object")
    touched = {_wider(join.level, key) for key in keys if key is not None} - {None}
    near = np.isin(wider.astype("str"), [str(word) for word in touched])
    if join.level not in AROUND and alone.sum() <= (drawn & (row >= 0)).sum():
        return alone
    among = _among(join.outlines.geometry, np.flatnonzero(alone), np.flatnonzero(drawn & (row >= 0)))
    groups = pd.Series(among.astype("float64")).groupby(pd.Series(_groups(wider[alone]))).transform("mean")
    near[np.flatnonzero(alone)[groups.to_numpy() > _WITHIN]] = True
    return near & alone


def _groups(wider: npt.NDArray[np.object_]) -> list[str]:
    """Return what shapes are judged together by: their wider place; each by itself without one."""
    return [f"={word}" if word is not None else f"?{at}" for at, word in enumerate(wider.tolist())]


def _among(geometry: Geometries, alone: Wholes, others: Wholes) -> npt.NDArray[np.bool_]:
    """Tell which shapes have their middle inside the hull of others, those of them that are remote left out."""
    import shapely

    near = geometry[others[~remote(shapely.bounds(geometry[others]))]]
    hull = shapely.convex_hull(shapely.union_all(shapely.envelope(near)))
    shapely.prepare(hull)
    return np.asarray(shapely.contains(hull, shapely.centroid(geometry[alone])))


def _wider(level: str, key: str | None) -> str | None:
    """Return the wider place of a key, as :func:`primaire.shapes.keys.number_within` puts it in front."""
    if key is None or key.startswith("~") or level not in AROUND:
        return None
    return key.partition("_")[0] if level == "station" else key[: -_NUMBERS[level]]
