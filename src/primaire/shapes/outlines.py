"""What is read of a file of shapes, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from primaire.messages import Message, msgn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from primaire.provenance import SourceFile

    Geometries = npt.NDArray[np.object_]

Ring = Any
"""A list of positions, each a list of x, y and maybe more; or an array of as many rows of x and y."""

Polygons = list[list[Ring]]
"""The polygons of one shape, each its outer ring and then its holes."""


@dataclass(frozen=True)
class Shape:
    """One shape as its file describes it.

    Attributes:
        properties: what is said of it, by name; plain values only.
        polygons: its areas; empty where it has none.
        kind: the type of its geometry as written; None where it is null.
    """

    properties: Mapping[str, object]
    polygons: Polygons
    kind: str | None


@dataclass(frozen=True)
class Outlines:
    """The shapes of a file, or of one layer of it.

    Attributes:
        file: what was read, for the provenance.
        layer: the name of the layer, of a file that has several.
        properties: for each name that a shape has, the values of all shapes; None where one has none.
        geometry: polygons or multipolygons in degrees of longitude and latitude; None for a shape without an area.
        remarks: what had to be decided or mended.
    """

    file: SourceFile
    layer: str | None
    properties: Mapping[str, Sequence[object]]
    geometry: Geometries
    remarks: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.geometry)

    @property
    def name(self) -> str:
        """The file's name, with that of the layer."""
        return self.file.name if self.layer is None else f"{self.file.name}, {self.layer}"

    @property
    def drawn(self) -> npt.NDArray[np.bool_]:
        """Which shapes have an area."""
        return np.array([each is not None for each in self.geometry], dtype="bool")


def columns_of(shapes: Sequence[Shape]) -> dict[str, list[object]]:
    """Return the properties of all shapes by name, in the order in which names appear."""
    names = dict.fromkeys(name for shape in shapes for name in shape.properties)
    return {name: [shape.properties.get(name) for shape in shapes] for name in names}


def plain(value: object) -> bool:
    """Tell whether a property's value is one that can be a code or a name."""
    return value is None or isinstance(value, (str, int, float))


def without_area(shapes: Sequence[Shape], drawn: npt.NDArray[np.bool_]) -> tuple[Message, ...]:
    """Say how many shapes have no area."""
    lost = len(shapes) - int(drawn.sum())
    if not lost:
        return ()
    kinds = sorted({shape.kind or "null" for shape, has in zip(shapes, drawn.tolist(), strict=True) if not has})
    return (
        msgn(
            "{n:count} shape has no area ({kinds}) and is not drawn",
            "{n:count} shapes have no area ({kinds}) and are not drawn",
            lost,
            kinds=kinds,
        ),
    )
