"""Shapes of places as polygons of pixels: dissolved, projected, made to meet, simplified, and laid out with frames."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.messages import Message, msgn
from primaire.shapes.building import areas_of
from primaire.shapes.projection import FAR_AWAY, parts_of, projected

if TYPE_CHECKING:
    import numpy.typing as npt

    from primaire.shapes.outlines import Geometries
    from primaire.shapes.projection import Part

    Wholes = npt.NDArray[np.int64]

COARSE: Final = 0.45
"""Pixels: what is removed from an outline is smaller than a triangle of this width and height."""

_GAP: Final = 0.5
"""Pixels: gaps and overlaps of neighbours up to this width are closed, where a file has any."""

_TILE, _NAME, _SPACE, _INNER = 72.0, 32.0, 8.0, 5.0
"""Pixels: a frame's width, the height of its name, the space between two, and that around the shape inside."""

_TALLEST: Final = 1.25
"""The most height of a map, as a multiple of its width."""


@dataclass(frozen=True)
class Frame:
    """A frame around what is drawn at a scale of its own.

    Attributes:
        name: what it is called, to be translated; its place is at the top of the frame, :data:`_NAME` pixels high.
        x, y, width, height: in pixels.
        name_height: pixels at the top that are kept for the name.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    name_height: float


@dataclass(frozen=True)
class Drawing:
    """A map without its colours.

    Attributes:
        width, height: in pixels.
        shapes: for each place its areas in pixels, y downwards, as multipolygons; None for one that is not drawn.
        frames: those of territories overseas, and of what lies far away.
        remarks: what had to be mended, what stands apart, and what is not shown.
    """

    width: float
    height: float
    shapes: Geometries
    frames: tuple[Frame, ...]
    remarks: tuple[Message, ...]


def drawing(geometry: Geometries, width: float, *, tallest: float | None = None) -> Drawing:
    """Lay shapes out on a map of a width.

    Args:
        geometry: the areas of each place in degrees, as :func:`dissolved` gives them; None for a place without.
        width: in pixels.
        tallest: the most height in pixels of the main map; by default 1.25 times the width.

    Returns:
        The main map fills the width or the height; territories overseas, and what lies far away, stand in frames below it,
        each at its own scale; what is scattered over more frames than there are is left out, and a remark counts it.
        Neighbours share their borders before and after simplification.
    """
    main, *others = parts_of(geometry)
    shapes = np.full(len(geometry), None, dtype="object")
    frames: list[Frame] = []
    most = width * _TALLEST if tallest is None else tallest
    shapes[main.rows], height, covered = _fitted(geometry, main, (0.0, 0.0, width, most))
    top = height + _SPACE if others else height
    tiles = _tiles(len(others), width)
    for part, (x, y, size) in zip(others, tiles, strict=True):
        inside = (x + _INNER, top + y + _NAME, size - 2 * _INNER, size - _INNER)
        shapes[part.rows], _, lost = _fitted(geometry, part, inside, centred=True)
        frames.append(Frame(str(part.name), x, top + y, size, size + _NAME, _NAME))
        covered += lost
    bottom = max((frame.y + frame.height for frame in frames), default=height)
    far = sum(len(part.rows) for part in others if part.name == FAR_AWAY)
    scattered = sum(each is not None for each in geometry) - sum(len(part.rows) for part in (main, *others))
    return Drawing(width, bottom, shapes, tuple(frames), (*_remote(far, scattered), *_covered(covered)))


def _remote(framed: int, scattered: int) -> list[Message]:
    """Say how many are drawn apart, or not at all: their outlines may be in the wrong place."""
    found = []
    if framed:
        found.append(
            msgn(
                "{n:count} place lies far away from all others, by its outline, and has a frame of its own.",
                "{n:count} places lie far away from all others, by their outlines, and are framed apart.",
                framed,
            )
        )
    if scattered:
        found.append(
            msgn(
                "{n:count} more place lies far away, by its outline, and is not shown.",
                "{n:count} more places lie far away, by their outlines, scattered, and are not shown.",
                scattered,
            )
        )
    return found


def _covered(count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        msgn(
            "{n:count} place lies under others in the file of shapes, and cannot be seen",
            "{n:count} places lie under others in the file of shapes, and cannot be seen",
            count,
        ),
    )


def _tiles(count: int, width: float) -> list[tuple[float, float, float]]:
    """Return x, y and width of frames in rows that fill the width, as many in each as fit."""
    across = min(count, int((width + _SPACE) // (_TILE + _SPACE))) or 1
    size = min((width - _SPACE * (across - 1)) / across, _TILE * 1.2)
    step = size + _SPACE
    return [(at % across * step, at // across * (step + _NAME), size) for at in range(count)]


def dissolved(geometry: Geometries, place: Wholes, size: int) -> Geometries:
    """Return the area of each place: all of its shapes together.

    Args:
        geometry: the shapes; None for one without an area.
        place: the number of the place of each, 0 to ``size`` - 1; -1 for a shape of none.
        size: how many places there are.

    Returns:
        multipolygons, None for a place without a shape.
    """
    import shapely

    found = np.full(size, None, dtype="object")
    rows = np.flatnonzero((place >= 0) & np.array([each is not None for each in geometry], dtype="bool"))
    rows = rows[np.argsort(place[rows], kind="stable")]
    places, first = np.unique(place[rows], return_index=True)
    parts = np.diff(np.append(first, len(rows)))
    alone = parts == 1
    found[places[alone]] = geometry[rows[first[alone]]]
    for at, start, count in zip(places[~alone].tolist(), first[~alone].tolist(), parts[~alone].tolist(), strict=True):
        found[at] = shapely.union_all(geometry[rows[start : start + count]])
    drawn = np.flatnonzero(found != None)  # noqa: E711  of an array, place by place
    found[drawn] = areas_of(found[drawn])
    return found


def _fitted(
    geometry: Geometries, part: Part, box: tuple[float, float, float, float], *, centred: bool = False
) -> tuple[Geometries, float, int]:
    """Return shapes in pixels of a box (x, y, width, height), the height that they take, and how many vanished."""
    import shapely

    moved = projected(geometry[part.rows], part.crs)
    low_x, low_y, high_x, high_y = shapely.total_bounds(moved).tolist()
    x, y, width, height = box
    scale = min(width / max(high_x - low_x, 1.0), height / max(high_y - low_y, 1.0))
    taken = (high_y - low_y) * scale
    left = x + (width - (high_x - low_x) * scale) / 2
    top = y + ((height - taken) / 2 if centred else 0)

    def to_pixels(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack([left + (points[:, 0] - low_x) * scale, top + (high_y - points[:, 1]) * scale])

    pixels = shapely.transform(moved, to_pixels)
    simple = simplified(pixels)
    vanished = shapely.is_empty(simple)
    simple[vanished] = None
    return simple, taken, int(vanished.sum())


def simplified(pixels: Geometries, coarse: float = COARSE) -> Geometries:
    """Return areas with no more corners than are seen, neighbours still sharing their borders.

    Args:
        pixels: the areas of each place. Where they overlap or leave slits, these are closed in the end.
        coarse: what is removed is smaller than a triangle of this width and height.
    """
    import shapely

    simple = shapely.coverage_simplify(pixels, coarse)
    if shapely.coverage_is_valid(simple):
        return areas_of(simple)
    broken = ~shapely.is_valid(simple)
    simple[broken] = areas_of(shapely.make_valid(simple[broken], method="structure"))
    return areas_of(shapely.coverage_clean(simple, gap_width=_GAP))


def rounded(shape: object, digits: int = 1) -> list[list[list[list[float]]]]:
    """Return the coordinates of a multipolygon as GeoJSON has them, holes the other way round than what they are in."""
    import shapely

    _, positions, (rings, polygons, _) = shapely.to_ragged_array([shapely.orient_polygons(shape)])
    points = np.round(positions, digits).tolist()
    lines = [points[start:stop] for start, stop in pairwise(rings.tolist())]
    return [lines[start:stop] for start, stop in pairwise(polygons.tolist())]


def hatching(shapes: Geometries, apart: float) -> list[list[list[float]]]:
    """Return slanting lines over shapes, so many pixels apart, as GeoJSON has lines."""
    import shapely

    low_x, low_y, high_x, high_y = shapely.total_bounds(shapes).tolist()
    height = high_y - low_y
    # On one grid for all, so that lines go on from shape to shape.
    starts = np.arange(np.floor(low_x / apart) * apart, high_x + height, apart)
    ends = [[[x, low_y], [x - height, high_y]] for x in starts.tolist()]
    cut = shapely.intersection(
        shapely.union_all(shapes), shapely.multilinestrings([shapely.linestrings(end) for end in ends])
    )
    lines = [part for part in shapely.get_parts(shapely.get_parts(cut)) if part.geom_type == "LineString"]
    return [np.round(shapely.get_coordinates(line), 1).tolist() for line in lines]
