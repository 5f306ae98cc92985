"""The specification of slopes, arrows, places side by side and turnout against share, made of a few made-up figures, line by line.

After a change that is meant: look at the pictures, then at the difference, then ``pytest tests/golden --snapshot-update``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from primaire.analysis.compare import compare
from primaire.analysis.results import results
from primaire.analysis.swing import swing
from primaire.charts import draw
from primaire.charts.style import Style
from primaire.sources import load
from tests.drawn import specification

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.schema import Returns
    from primaire.table import Table

SPEC = type("Spec", (SingleFileSnapshotExtension,), {"file_extension": "json"})

ROUNDS = """\
election,date,round,contest,unit,registered,voters,valid,candidate,label,votes
Mairie,2032-03-14,1,Ville-Neuve,Mairie,200,120,100,Élodie Œuvrard,SOC,60
Mairie,2032-03-14,1,Ville-Neuve,Mairie,200,120,100,<script>alert(1)</script>,LR,30
Mairie,2032-03-14,1,Ville-Neuve,Mairie,200,120,100,Liste d’union de la gauche écologiste et citoyenne,,10
Mairie,2032-03-14,1,Ville-Neuve,École,300,150,140,Élodie Œuvrard,SOC,35
Mairie,2032-03-14,1,Ville-Neuve,École,300,150,140,<script>alert(1)</script>,LR,105
Mairie,2032-03-14,1,Ville-Neuve,École,300,150,140,Liste d’union de la gauche écologiste et citoyenne,,0
Mairie,2032-03-21,2,Ville-Neuve,Mairie,200,140,130,Élodie Œuvrard,SOC,65
Mairie,2032-03-21,2,Ville-Neuve,Mairie,200,140,130,<script>alert(1)</script>,LR,65
Mairie,2032-03-21,2,Ville-Neuve,École,300,180,170,Élodie Œuvrard,SOC,85
Mairie,2032-03-21,2,Ville-Neuve,École,300,180,170,<script>alert(1)</script>,LR,85
"""
TABLES: dict[str, Callable[[Returns], Table]] = {
    "slopes": results,
    "swing": swing,
    "compare": lambda returns: compare(returns.select(where={"unit": "Mairie"}), returns),
    "turnout": lambda returns: results(returns, by="unit"),
}


@pytest.mark.parametrize("theme", ["light", "auto"])
@pytest.mark.parametrize("kind", list(TABLES))
def test_pictures_of_rounds(kind, theme, snapshot, languages, tmp_path):
    path = tmp_path / "ville.csv"
    path.write_text(ROUNDS, encoding="utf-8")
    picture = draw(TABLES[kind](load(path)), Style(languages["fr"], theme), kind)
    assert specification(picture) == snapshot.use_extension(SPEC)
