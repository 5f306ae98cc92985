"""The specification of each kind of picture, made of a few made-up figures, line by line.

After a change that is meant: look at the pictures, then at the difference, then ``pytest tests/golden --snapshot-update``.
"""

import json
from dataclasses import replace

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from primaire.analysis.results import results
from primaire.analysis.seats import seats
from primaire.charts import draw
from primaire.charts.style import Style
from primaire.sources import load
from tests.drawn import specification
from tests.transferred import transferred

SPEC = type("Spec", (SingleFileSnapshotExtension,), {"file_extension": "json"})

STAYED = ("abstention", "", None)

RESULTS = """\
election,date,contest,registered,voters,valid,candidate,label,votes,source
Mairie,2032-03-14,Ville-Neuve,200,120,100,Élodie Œuvrard,SOC,60,Mairie de Ville-Neuve
Mairie,2032-03-14,Ville-Neuve,200,120,100,<script>alert(1)</script>,LR,30,Mairie de Ville-Neuve
Mairie,2032-03-14,Ville-Neuve,200,120,100,Liste d’union de la gauche écologiste et citoyenne pour Ville-Neuve,,,Mairie de Ville-Neuve
"""


@pytest.fixture
def results_table(tmp_path):
    path = tmp_path / "ville.csv"
    path.write_text(RESULTS, encoding="utf-8")
    table = results(load(path))
    (file,) = table.provenance.files
    return replace(table, provenance=replace(table.provenance, files=(replace(file, name="ville.csv"),)))


@pytest.mark.parametrize("theme", ["light", "auto"])
def test_results(results_table, snapshot, languages, theme):
    assert specification(draw(results_table, Style(languages["fr"], theme))) == snapshot.use_extension(SPEC)


def shapes(picture):
    """What is drawn of a picture in Vega, whose other parts are those of the library installed: all data, and the marks."""
    data = [entry["values"] for entry in picture.spec["data"] if "values" in entry]
    marks = [mark["type"] for mark in picture.spec["marks"]]
    return f"{json.dumps({'data': data, 'marks': marks}, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


@pytest.mark.parametrize("theme", ["light", "auto"])
def test_transfers(snapshot, languages, theme):
    before = [("candidate", "Élodie Œuvrard", "SOC"), ("candidate", "<script>alert(1)</script>", "LR"), STAYED]
    after = [("candidate", "Élodie Œuvrard", "SOC"), ("blank", "", None), STAYED]
    table = transferred([[60, 2, 10], [20, 9, 11], [30, 0, 90]], before, after)
    assert shapes(draw(table, Style(languages["fr"], theme))) == snapshot.use_extension(SPEC)


SEATS = """\
contest,candidate,label,votes
Ville-Neuve,Élodie Œuvrard,SOC,60
Ville-Neuve,<script>alert(1)</script>,LR,30
Ville-Neuve,Liste d’union de la gauche écologiste et citoyenne pour Ville-Neuve,DVG,30
Ville-Neuve,Nobody,ECO,1
"""


def test_seats(tmp_path, snapshot, languages):
    path = tmp_path / "ville.csv"
    path.write_text(SEATS, encoding="utf-8")
    table = seats(load(path), seats=8, method="dhondt")
    (file,) = table.provenance.files
    table = replace(table, provenance=replace(table.provenance, files=(replace(file, name="ville.csv"),)))
    assert specification(draw(table, Style(languages["fr"]))) == snapshot.use_extension(SPEC)
