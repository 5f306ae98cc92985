"""Maps on a page: drawn where shapes are of its places, refused where none is, left out where they cannot be drawn."""

from __future__ import annotations

import json

import pytest

import primaire
from primaire.errors import ExtraMissingError, NotHeldError, SourceError
from primaire.messages import msg

SQUARES = {"01001": 0.0, "01002": 0.1, "01003": 0.2}


def outlines(codes) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[5 + x, 46], [5.1 + x, 46], [5.1 + x, 46.1], [5 + x, 46.1], [5 + x, 46]]],
            },
        }
        for code, x in codes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def ballots(contests) -> str:
    rows = [
        "election,round,contest,level,unit,commune_code,commune,departement_code,registered,voters,valid,candidate,votes"
    ]
    for contest in contests:
        for code, votes in (("01001", 30), ("01002", 10), ("01003", 25)):
            for name, cast in (("Ada", votes), ("Bea", 40 - votes)):
                rows.append(f"Vote,1,{contest},commune,{code},{code},Lieu {code},01,100,50,40,{name},{cast}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def shapes(tmp_path):
    def write(text: str):
        file = tmp_path / "communes.geojson"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def returns(tmp_path):
    (tmp_path / "a.csv").write_text(ballots(["Ain"]), encoding="utf-8")
    return primaire.load(tmp_path / "a.csv")


def test_who_came_first_and_who_came_are_on_maps(returns, shapes):
    page = primaire.report(returns, shapes=shapes(outlines(SQUARES))).decode()
    assert 'id="vote-1-map"' in page
    assert "Ada comes first in 2 of 3 communes" in page
    assert str(shapes(outlines(SQUARES)).parent) not in page


def test_shapes_of_other_places_are_refused(returns, shapes):
    with pytest.raises(NotHeldError):
        primaire.report(returns, shapes=shapes(outlines({"75056": 0.0, "75057": 0.1})))


def test_what_is_no_shape_is_refused(returns, shapes):
    with pytest.raises(SourceError):
        primaire.report(returns, shapes=shapes("no shapes"))


def test_a_map_that_is_too_large_is_named_instead(returns, shapes, monkeypatch):
    monkeypatch.setattr("primaire.reporting.blocks.LARGEST", 10)
    page = primaire.report(returns, shapes=shapes(outlines(SQUARES))).decode()
    assert page.count("This map is too large for a page: “primaire map” draws it.") == 2


def test_without_the_libraries_there_is_no_map_and_it_is_told_once(returns, shapes, monkeypatch):
    def lacking(*_: object) -> None:
        raise ExtraMissingError(msg("Not installed."))

    monkeypatch.setattr("primaire.shapes.reading.read_shapes", lacking)
    monkeypatch.setattr("primaire.charts.draw", lacking)
    told: list[ExtraMissingError] = []
    page = primaire.report(returns, shapes=shapes(outlines(SQUARES)), missing=told.append).decode()
    assert len(told) == 1
    assert "<svg" not in page
    assert "<table" in page
