"""Small maps of made-up places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from primaire.schema import Returns


def square(x: float, y: float, size: float = 1.0) -> list[list[float]]:
    """The ring of a square from its lower left corner, counterclockwise."""
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(ring: Any, **properties: object) -> dict[str, Any]:
    """A feature of one polygon."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write JSON, text or bytes to a file, and return its name."""

    def written(content: object, name: str = "shapes.geojson") -> str:
        data = content if isinstance(content, (str, bytes)) else json.dumps(content)
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return str(tmp_path / name)

    return written


@pytest.fixture
def stations(tmp_path: Path) -> Callable[..., Returns]:
    """Read made-up stations, given as commune and number; each has 60 votes for A and 40 for B."""
    from primaire.sources import load

    def read(*places: tuple[str, str]) -> Returns:
        head = "Code du département;Libellé du département;Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;Votants;Exprimés;Nom;Prénom;Voix;Nom;Prénom;Voix"
        rows = [
            f"{code[:2]};DEP;{code[2:]};Commune {code};{number};150;110;100;ALPHA;Anne;60;BETA;Bob;40"
            for code, number in places
        ]
        path = tmp_path / "PR27_BVot_T1.txt"
        path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
        return load(path)

    return read
