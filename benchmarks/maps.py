"""How long a map of all communes takes, and how much memory.

    python -m benchmarks.maps [--results FILE] [--keep FOLDER]

No outlines of a whole country ship, so they are made up: a mesh of cells over a box as large as France, one for each commune
of the results, with borders of about thirty positions that neighbours share, as real ones are. The results are those of 2017,
round 1, where their file is found, else made-up counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import Voronoi

from benchmarks.__main__ import national_files
from benchmarks.pairs import run
from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Points = npt.NDArray[np.float64]

BOX = (-4.5, 42.5, 8.0, 51.0)
"""West, south, east and north, in degrees: the mainland without its corners."""

PARTS = 5
"""Into how many pieces each border is divided: a cell has six borders."""

_HAIR = 1e-9

LIMIT = 15.0
"""Seconds that a map may take."""


def mesh(codes: Sequence[str], seed: int = 1) -> dict[str, object]:
    """Return a FeatureCollection with a cell for each code; codes that follow each other lie near each other."""
    random = np.random.default_rng(seed)
    west, south, east, north = BOX
    low, high = np.array([west, south]), np.array([east, north])
    points = _scattered(len(codes), random)
    mirrored = [np.where([axis == 0, axis == 1], 2 * side - points, points) for axis in (0, 1) for side in (0, 1)]
    cells = Voronoi(np.concatenate([points, *mirrored]))  # so that cells end at the sides of the square
    corners = cells.vertices
    borders = _borders(cells, corners, random)
    features = []
    for code, point in zip(codes, _by_departement(points, codes), strict=True):
        ring = _ring(
            [at for at in cells.regions[cells.point_region[point]] if at >= 0], corners, points[point], borders
        )
        line = np.round(low + ring * (high - low), 6).tolist()
        geometry = {"type": "Polygon", "coordinates": [line]}
        features.append({"type": "Feature", "properties": {"INSEE_COM": code}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _scattered(number: int, random: np.random.Generator) -> Points:
    """Return points of a square, one in each field of a grid, so that cells are of like sizes."""
    side = int(np.ceil(np.sqrt(number)))
    fields = np.sort(random.permutation(side * side)[:number])
    return (np.column_stack([fields // side, fields % side]) + random.uniform(0.1, 0.9, (number, 2))) / side


def _by_departement(points: Points, codes: Sequence[str]) -> list[int]:
    """Return which point each code has: strips from west to east, and in each, from south to north."""
    strip = np.floor(points[:, 0] * 10)
    order = np.lexsort((points[:, 1], strip)).tolist()
    places = dict(zip(sorted(codes), order, strict=True))
    return [places[code] for code in codes]


def _borders(cells: Voronoi, corners: Points, random: np.random.Generator) -> dict[tuple[int, int], Points]:
    """Return the positions along each border, from its lower corner's number to the higher's, both ends included."""
    ends = [tuple(sorted(pair)) for pair in cells.ridge_vertices if -1 not in pair]
    start, stop = (corners[[pair[end] for pair in ends]] for end in (0, 1))
    along = np.linspace(0, 1, PARTS + 1)[None, :, None]
    lines = start[:, None, :] * (1 - along) + stop[:, None, :] * along
    length = np.linalg.norm(stop - start, axis=1)[:, None, None]
    outer = (np.abs(start + stop - 1).max(axis=1) > 1 - _HAIR)[:, None, None]  # along a side of the square: straight
    lines[:, 1:-1] += np.where(outer, 0, random.uniform(-0.03, 0.03, lines[:, 1:-1].shape) * length)
    return {(int(one), int(other)): line for (one, other), line in zip(ends, lines, strict=True)}


def _ring(places: list[int], corners: Points, middle: Points, borders: dict[tuple[int, int], Points]) -> Points:
    """Return the closed ring of a cell, counterclockwise."""
    from_middle = corners[places] - middle
    around = [places[at] for at in np.argsort(np.arctan2(from_middle[:, 1], from_middle[:, 0]))]
    lines = []
    for one, other in zip(around, [*around[1:], around[0]], strict=True):
        line = borders.get((min(one, other), max(one, other)), corners[sorted((one, other))])
        lines.append((line if one < other else line[::-1])[:-1])
    ring = np.concatenate(lines)
    return np.concatenate([ring, ring[:1]])


def main() -> None:
    """Print the seconds and the memory of each map. Exit with 1 where one takes longer than :data:`LIMIT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, help="results by station or commune; by default those of 2017")
    parser.add_argument("--keep", type=Path, help="a folder for the mesh and the maps, which are thrown away otherwise")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = asked.keep or Path(thrown_away)
        folder.mkdir(exist_ok=True, parents=True)
        results = asked.results or national_files(Path(thrown_away) / "results", 1)[0]
        slowest = max(_measured(folder, results))
    sys.exit(1 if slowest > LIMIT else 0)


def _measured(folder: Path, results: Path) -> list[float]:
    returns = load(results)
    shapes = folder / "mesh.geojson"
    document = mesh(sorted(returns.ballots["commune_code"].dropna().unique()))
    shapes.write_text(json.dumps(document), encoding="utf-8")
    features = document["features"]
    size = len(features) if isinstance(features, list) else 0
    print(f"{size:,} shapes, {shapes.stat().st_size / 1e6:.0f} MB")
    person = str(returns.candidates["candidate"].iloc[0])
    seconds = []
    for words in (
        ["--candidate", person, "-o", str(folder / "share.svg")],
        ["--candidate", person, "-o", str(folder / "share.png")],
        ["-o", str(folder / "winner.svg")],
        ["--show", "turnout", "-o", str(folder / "turnout.html")],
    ):
        cost = run([sys.executable, "-m", "primaire", "map", str(results), "--shapes", str(shapes), *words])
        size = Path(words[-1]).stat().st_size
        name = Path(words[-1]).name
        print(
            f"{name:14} {cost.wall:5.1f} s ({cost.cpu:.1f} s of the processor), {cost.memory:.0f} MB, file {size / 1e6:.2f} MB"
        )
        seconds.append(cost.wall)
    return seconds


if __name__ == "__main__":
    main()
