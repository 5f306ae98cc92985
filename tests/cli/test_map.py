"""primaire map: from results and outlines to a picture, a table, or what has no counterpart."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.unit.shapes.conftest import collection, feature, square

EXAMPLES = Path(__file__).parents[2] / "docs/examples"


@pytest.fixture(autouse=True)
def _files(write):
    for n in (1, 2):
        write((EXAMPLES / f"legislatives_2027_bureaux_t{n}.txt").read_bytes(), f"T{n}.txt")
    write((EXAMPLES / "stations_2027.geojson").read_bytes(), "stations.geojson")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


TOLD = (
    "Shapes of stations.geojson: its places are told by commune,bureau.\n"
    "Of 6 places: 1 shape without a unit. --unmatched lists what has no counterpart.\n"
)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("m.svg", b"<svg "), ("m.png", b"\x89PNG"), ("m.pdf", b"%PDF"), ("m.html", b"<!DOCTYPE html>"), ("m.json", b"{")],
)
def test_a_map_is_written_in_any_format(run, here, name, begins):
    done = run("map", "T1.txt", "--shapes", "stations.geojson", "-o", name)
    assert (done.code, done.out, done.err) == (0, "", TOLD)
    assert (here / name).read_bytes().startswith(begins)


def test_places_of_the_results_where_no_shapes_are_are_counted(run, write):
    shapes = json.loads((EXAMPLES / "stations_2027.geojson").read_text("utf-8"))
    of_town = [each for each in shapes["features"] if each["properties"]["commune"] == "78014"]
    write(json.dumps({**shapes, "features": of_town}).encode(), "town.geojson")
    done = run("map", "T1.txt", "--shapes", "town.geojson", "--candidate", "noel")
    # Of the file's six stations, two are of commune 78014: 198 and 120 of 507 and 391 valid votes.
    assert "Of 6 places: 4 stations elsewhere, where no shapes are." in done.err
    assert "Elsewhere, and not on the map: 4 stations of these results." in done.out
    assert "Agnès NOËL: 35.41% of valid votes in 2 stations" in done.out


def test_a_map_goes_to_standard_output_as_svg(run):
    done = run("map", "T1.txt", "--shapes", "stations.geojson", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<svg ")


def test_the_table_behind_a_map_is_written_in_formats_of_tables(run, here):
    done = run("map", "T1.txt", "--shapes", "stations.geojson", "--candidate", "noel", "-o", "places.csv")
    assert (done.code, done.out, done.err) == (0, "", TOLD)
    found = {row["code"]: row["share_valid"] for row in rows((here / "places.csv").read_text("utf-8"))}
    # 198 of 507, 120 of 391 and 101 of 294 valid votes; she does not stand in the other constituency.
    assert [round(float(found[f"{code}"]), 2) for code in ("78014_0001", "78014_0002", "78027_0001")] == [
        39.05,
        30.69,
        34.35,
    ]
    assert [found[code] for code in ("78103_0001", "78103_0002", "78118_0001")] == ["", "", ""]


def test_people_read_names_where_machines_read_codes(run):
    drawn = run("map", "T1.txt", "--shapes", "stations.geojson", "--show", "turnout", "--quiet").out
    assert "<title>Beaulieu-sur-Oise, 1: 64.0%</title>" in drawn  # 520 of 812
    table = ("map", "T1.txt", "--shapes", "stations.geojson", "--show", "turnout", "--quiet", "--format")
    assert "Beaulieu-sur-Oise, 1" in run(*table, "plain").out
    assert {row["place"] for row in rows(run(*table, "csv").out)} >= {"78014_0001", "78118_0001"}
    assert (
        "Beaulieu-sur-Oise, 1"
        in run("map", "T1.txt", "--shapes", "stations.geojson", "--show", "turnout", "--quiet", "--lang", "fr").out
    )


def test_a_station_without_figures_is_called_as_the_others_of_its_commune(run, write):
    """Of Beaulieu-sur-Oise the first station alone has figures."""
    lines = (EXAMPLES / "legislatives_2027_bureaux_t1.txt").read_bytes().splitlines(keepends=True)
    write(b"".join(lines[:2] + lines[3:]), "fewer.txt")
    drawn = run("map", "fewer.txt", "--shapes", "stations.geojson", "--quiet").out
    assert re.findall(r"<title>([^<]*): no figures here", drawn) == ["Beaulieu-sur-Oise, 2"]


STATIONS = """election,round,contest,level,unit,departement_code,commune_code,commune,station_code,registered,voters,valid,candidate,votes
Town,1,T,station,"School, 1",78,78001,Aville,0001,100,50,40,One,40
Town,1,T,station,78002_0001,78,78002,Bville,0001,100,50,40,One,40
"""


def test_a_name_that_ends_in_a_number_is_none_that_others_are_called_by(run, write):
    write(STATIONS, "named.csv")
    shapes = [
        feature(square(2 + at * 0.01, 48, 0.01), code=code)
        for at, code in enumerate(("78001_1", "78001_2", "78002_1", "78002_2"))
    ]
    write(json.dumps(collection(*shapes)), "named.geojson")
    drawn = run("map", "named.csv", "--by", "station", "--shapes", "named.geojson", "--quiet").out
    assert re.findall(r"<title>([^<]*): no figures here", drawn) == ["78001_2", "Bville, 2"]


def test_swing_between_two_files(run):
    done = run(
        "map",
        "T1.txt",
        "T2.txt",
        "--shapes",
        "stations.geojson",
        "--show",
        "swing",
        "--candidate",
        "noel",
        "--format",
        "csv",
    )
    assert done.code == 0
    # 280 of 504 less 198 of 507 valid votes.
    assert round(float(rows(done.out)[0]["points"]), 4) == round(100 * (280 / 504 - 198 / 507), 4)


def test_turnout_by_commune_dissolves_the_stations(run):
    done = run(
        "map", "T1.txt", "--shapes", "stations.geojson", "--show", "turnout", "--by", "commune", "--format", "csv"
    )
    assert done.code == 0
    first = rows(done.out)[0]
    assert (first["code"], first["registered"], first["voters"]) == ("78014", "1452", "921")  # 812 + 640, 520 + 401
    assert "2 places have several shapes, which are drawn as one" in done.err


def test_what_has_no_counterpart_is_listed_in_full(run, write):
    shapes = json.loads((EXAMPLES / "stations_2027.geojson").read_text("utf-8"))
    write(json.dumps({**shapes, "features": shapes["features"][1:]}), "fewer.geojson")
    done = run("map", "T1.txt", "--shapes", "fewer.geojson", "--unmatched", "--format", "csv")
    assert done.code == 0
    assert [(row["unmatched"], row["code"], row["registered"], row["shape"]) for row in rows(done.out)] == [
        ("no shape", "78014_0001", "812", ""),
        ("no unit", "78131_1", "", "6"),
    ]
    assert "1 unit without a shape" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--shapes communes.geojson"),
        (("--shapes", "nowhere.geojson"), 3, "nowhere.geojson"),
        (("--shapes", "T2.txt"), 3, "it is a table"),
        (("--shapes", "stations.geojson", "--shape-key", "bureaux"), 2, "Did you mean “bureau”?"),
        (("--shapes", "stations.geojson", "--shape-key", "commune,commune"), 4, "by commune,commune"),
        (("--shapes", "stations.geojson", "--shapes-crs", "Lambert"), 2, "EPSG:2154 (Lambert-93)"),
        (("--shapes", "stations.geojson", "--shapes-crs", "EPSG:2154"), 4, "they look like degrees"),
        (("--shapes", "stations.geojson", "--show", "winer"), 2, "Did you mean “winner”?"),
        (("--shapes", "stations.geojson", "--show", "share"), 2, "--candidate"),
        (("--shapes", "stations.geojson", "--candidate", "nobody"), 4, "nobody"),
        (("--shapes", "stations.geojson", "--candidate", "noel", "--base", "all"), 2, "valid, voters, registered"),
        (("--shapes", "stations.geojson", "--show", "turnout", "--candidate", "noel"), 2, "means nothing"),
        (("--shapes", "stations.geojson", "--before", "round=1"), 2, "means nothing"),
        (("--shapes", "stations.geojson", "--by", "canton"), 4, "canton"),
        (("--shapes", "stations.geojson", "--by", "unit"), 2, "unit"),
        (("--shapes", "stations.geojson", "-o", "map.doc"), 2, ".svg"),
        (("--shapes", "stations.geojson", "--round", "3"), 4, "3"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_what_to_do(run, here, words, code, said):
    before = sorted(path.name for path in here.iterdir())
    done = run("map", "T1.txt", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in here.iterdir()) == before


def test_shapes_of_elsewhere_make_no_map(run, write):
    shapes = (EXAMPLES / "stations_2027.geojson").read_text("utf-8").replace('"78', '"29')
    write(shapes, "elsewhere.geojson")
    done = run("map", "T1.txt", "--shapes", "elsewhere.geojson")
    assert (done.code, done.out) == (4, "")
    assert "commune (29014)" in done.err
    assert "station 78014_1" in done.err


def test_shapes_come_from_standard_input_too(run):
    done = run(
        "map", "T1.txt", "--shapes", "-", "--format", "csv", stdin=(EXAMPLES / "stations_2027.geojson").read_bytes()
    )
    assert done.code == 0
    assert len(rows(done.out)) == 6


def test_without_the_extra_the_message_names_it(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "shapely", None)
    done = run("map", "T1.txt", "--shapes", "stations.geojson")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'primaire[charts]'" in done.err


TOWNS = "election,round,contest,level,unit,departement_code,commune_code,registered,voters,valid,candidate,votes\n"


def towns(*rows: tuple[str, str, int]) -> str:
    """Communes in a contest, with their registered voters, of whom half give Ada 30 votes and Bea 20."""
    return TOWNS + "".join(
        f"Vote,1,{contest},commune,C{code},{code[:2]},{code},{registered},{registered // 2},50,{name},{votes}\n"
        for contest, code, registered in rows
        for name, votes in (("Ada", 30), ("Bea", 20))
    )


def outlines(*codes: str) -> str:
    features = []
    for at, code in enumerate(codes):
        west, east = 2 + at / 10, 2.1 + at / 10
        ring = [[west, 48], [east, 48], [east, 48.1], [west, 48.1], [west, 48]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"insee": code}, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_places_away_from_all_outlines_are_counted_and_listed(run, write):
    """Of four communes of the Yvelines three have an outline; the two of Finistère lie elsewhere."""
    write(towns(*(("V", code, 400) for code in ("78001", "78002", "78003", "78004", "29001", "29002"))), "six.csv")
    write(outlines("78001", "78002", "78003"), "three.geojson")
    done = run("map", "six.csv", "--shapes", "three.geojson")
    assert done.code == 0
    assert (
        "Of 6 places: 1 unit without a shape; 2 communes elsewhere, where no shapes are. --unmatched lists" in done.err
    )
    said = " ".join(re.findall(r"<text [^>]*>([^<]*)<", done.out))
    assert "Without an outline, and not on the map: 1 commune (400 registered voters)." in said
    assert "Elsewhere, and not on the map: 2 communes of these results." in said
    listed = rows(run("map", "six.csv", "--shapes", "three.geojson", "--unmatched", "--format", "csv").out)
    assert [row["code"] for row in listed] == ["78004", "29001", "29002"]


def test_a_place_in_three_contests_without_a_shape_is_one_place(run, write):
    """78004 has 400 voters in one contest, 300 in another, 200 in the third: 900 in all."""
    divided = [("A", "78004", 400), ("B", "78004", 300), ("C", "78004", 200)]
    write(towns(*(("A", f"7800{n}", 100) for n in (1, 2, 3)), *divided), "divided.csv")
    write(outlines("78001", "78002", "78003"), "three.geojson")
    done = run("map", "divided.csv", "--shapes", "three.geojson")
    assert "Of 4 places: 1 unit without a shape." in done.err
    assert "not on the map: 1 commune (900 registered voters)." in done.out
    listed = rows(run("map", "divided.csv", "--shapes", "three.geojson", "--unmatched", "--format", "csv").out)
    assert [(row["code"], row["registered"], row["registered_origin"]) for row in listed] == [
        ("78004", "900", "computed")
    ]


def test_one_place_is_no_places(run, write):
    write(towns(("A", "78001", 100)), "one.csv")
    write(outlines("78001", "78002"), "two.geojson")
    assert "Of 1 place: 1 shape without a unit." in run("map", "one.csv", "--shapes", "two.geojson").err
