"""The specification of a map of a few made-up places: who came first, a tie, a place without figures and one without an outline.

After a change that is meant: look at the pictures, then at the difference, then ``pytest tests/golden --snapshot-update``.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from primaire.charts.mapped import mapped
from primaire.charts.style import Style
from primaire.sources import load
from tests.drawn import specification

SPEC = type("Spec", (SingleFileSnapshotExtension,), {"file_extension": "json"})

HEAD = "election,date,contest,level,unit,commune_code,commune,registered,voters,valid,candidate,label,votes,source\n"

PLACES = {
    "78001": ("Ville-Neuve", 60, 40),
    "78002": ("Œuvres-lès-Bois", 48, 52),
    "78003": ("<b>Bourg</b>", 50, 50),
    "78004": ("L’Île-aux-Moines", 30, 70),
    "78006": ("Nulle-Part", 60, 40),
}
"""The name of each commune, and the votes of each of two candidates; the last has no outline, and 78005 no figures."""


@pytest.fixture
def found(tmp_path):
    rows = [
        f"Mairie,2032-03-14,Canton,commune,{name},{code},{name},200,120,100,{who},{label},{votes},Préfecture"
        for code, (name, *both) in PLACES.items()
        for who, label, votes in zip(("Élodie Œuvrard", "<script>alert(1)</script>"), ("SOC", "LR"), both, strict=True)
    ]
    (tmp_path / "canton.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    features = [
        {
            "type": "Feature",
            "properties": {"insee": f"7800{at + 1}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 48], [x + 0.1, 48], [x + 0.1, 48.1], [x, 48.1], [x, 48]]],
            },
        }
        for at, x in enumerate([2.0, 2.1, 2.2, 2.3, 2.4])
    ]
    shapes = tmp_path / "outlines.geojson"
    shapes.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    made = mapped(shapes, load(tmp_path / "canton.csv"))
    (file,) = made.table.provenance.files
    provenance = replace(made.table.provenance, files=(replace(file, name="canton.csv"),))
    return replace(made, table=replace(made.table, provenance=provenance))


@pytest.mark.parametrize("theme", ["light", "auto"])
def test_map(found, snapshot, languages, theme):
    assert specification(found.draw(Style(languages["fr"], theme))) == snapshot.use_extension(SPEC)
