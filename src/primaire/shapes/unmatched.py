"""Unmatched: units without a shape and shapes without a unit, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import categorical, codes, counts
from primaire.captions import count_columns
from primaire.messages import msg, term
from primaire.schema import ORIGINS, origins
from primaire.table import Column, Table

if TYPE_CHECKING:
    from primaire.shapes.joining import Join
    from primaire.shapes.placing import Placed

_COLUMNS: Final = (
    Column("unmatched", term("unmatched"), "term"),
    Column("code", term("code"), "text", missing=None),
    Column("place", term("place"), "text"),
    *count_columns("registered", term("registered"), term("not published"), place="body"),
    Column("shape", term("shape"), "count", missing=None),
    Column("properties", term("properties"), "text", missing=None),
)

UNIT, SHAPE = term("no shape"), term("no unit")


def unmatched(join: Join, placed: Placed, places: Table) -> Table:
    """List what a map leaves out.

    Returns:
        One row per place without a shape (``code``, ``place``, ``registered`` voters), then one per shape without a unit
        (``shape``, its number in the file from 1, and its ``properties``). No rows where everything has its counterpart.
    """
    units, shapes = units_without_shape(placed, places), placed.without_unit
    at = np.concatenate([np.arange(len(units)), np.full(len(shapes), -1)])
    number = np.concatenate([np.full(len(units), -1), shapes])
    keys = [join.keys[shape] for shape in shapes.tolist()]
    taken = {
        name: units[name].array.take(at, allow_fill=True)
        for name in ("code", "place", "registered", "registered_origin")
    }
    names = pd.Series(places.read_as("place").loc[units.index].array.take(at, allow_fill=True))
    taken["code"] = pd.array([*taken["code"][: len(units)], *keys], dtype="str")
    frame = pd.DataFrame(
        {
            "unmatched": categorical((number >= 0).astype("int8"), [UNIT, SHAPE]),
            **taken,
            "shape": counts(number + 1, number >= 0),
            "properties": pd.array(
                [None if shape < 0 else _said(join, shape) for shape in number.tolist()], dtype="str"
            ),
        }
    )
    return Table(
        name="unmatched",
        title=msg("Without a counterpart") if len(frame) else msg("Without a counterpart: none"),
        frame=frame,
        columns=_COLUMNS,
        provenance=places.provenance,
        told_as={"place": lambda: names},
    )


def units_without_shape(placed: Placed, places: Table) -> pd.DataFrame:
    """Return the places of a table that no shape is of: one row each, that of one in several contests with all their voters."""
    rows = places.frame.iloc[placed.without_shape]
    # Without a key, each row is a place by itself.
    own = pd.Series([f"?{at}" for at in range(len(rows))], index=rows.index)
    place = rows["key"].astype("object").where(rows["key"].notna(), own)
    several = place.duplicated(keep=False)
    if not several.any():
        return rows
    voters = rows["registered"].groupby(place)
    known = voters.transform("count") == voters.transform("size")
    origin = pd.Series(codes(rows["registered_origin"]), index=rows.index).groupby(place).transform("max")
    origin = origin.mask(several, origin.clip(lower=ORIGINS.index("computed"))).where(known, -1)
    added = rows.assign(registered=voters.transform("sum").where(known), registered_origin=origins(origin.to_numpy()))
    return added[~place.duplicated()]


def _said(join: Join, at: int) -> str:
    """Return what a shape says of itself, the few first properties."""
    said = [(name, values[at]) for name, values in join.outlines.properties.items()]
    told = [f"{name}={value}" for name, value in said if value is not None]
    return ", ".join(told[:6])
