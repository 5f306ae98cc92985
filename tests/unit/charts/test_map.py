"""Maps as they are drawn: colours, holes, legend and letters."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from primaire.analysis.places import places
from primaire.charts.inks import PAPER
from primaire.charts.map import map_of
from primaire.charts.sheet import MARGIN
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from primaire.shapes.joining import join
from primaire.shapes.placing import placed, within
from primaire.shapes.reading import read_shapes
from primaire.sources import load
from tests.drawn import absent, texts
from tests.unit.shapes.conftest import collection, feature, square

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from primaire.charts.picture import Picture

HEAD = "election,round,date,contest,level,unit,departement_code,commune_code,commune,registered,voters,valid,candidate,label,votes\n"


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Picture]:
    """Draw made-up communes, one square each in a row of ten, given the votes of each candidate in each commune."""

    def drawn(
        votes: list[dict[str, Any]],
        style: Style | None = None,
        extra: int = 0,
        labels: dict[str, str] | None = None,
        valid: Mapping[int, object] | None = None,
        contests: str = "",
        **options: Any,
    ) -> Picture:
        rows = []
        for at, people in enumerate(votes):
            cast = sum(each for each in people.values() if each is not None)
            told = (valid or {}).get(at, cast)
            rows += [
                f'Town 2027,1,2027-03-14,{contests[at] if contests else "T"},commune,C{at},78,78{at:03d},"Commune {at}",{cast + 50},{cast + 10},{told},"{who}",{(labels or {}).get(who, "")},{"" if each is None else each}'
                for who, each in people.items()
            ]
        (tmp_path / "r.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        squares = [
            feature(square(2 + at % 10 * 0.01, 48 + at // 10 * 0.01, 0.01), insee=f"78{at:03d}")
            for at in range(len(votes) + extra)
        ]
        import json

        (tmp_path / "s.geojson").write_text(json.dumps(collection(*squares)), encoding="utf-8")
        returns = load(tmp_path / "r.csv")
        joined = join(read_shapes(tmp_path / "s.geojson"), returns)
        table = places(within(joined, returns)[0], by=joined.level, **options)
        where = placed(joined, [key if isinstance(key, str) else None for key in table.frame["key"]])
        return map_of(table, joined, where, style or Style())

    return drawn


def drawn_places(picture: Picture) -> list[dict[str, Any]]:
    """The places that are drawn one by one, in the order of their colours."""
    return [row for data in picture.spec["datasets"].values() for row in data if "said" in row]


def fills(picture: Picture) -> list[str]:
    """The colour of each place, in the order of the colours."""
    return [row["colour"] for row in drawn_places(picture)]


def words(picture: Picture) -> str:
    return " ".join(re.findall(r"<text [^>]*>([^<]*)<", picture.svg()))


def test_each_place_tells_its_figure(draw):
    picture = draw([{"A": 20, "B": 80}, {"A": 30, "B": 70}], show="share", candidate="A")
    assert "<title>Commune 0: 20.0%</title>" in picture.svg()
    assert "<title>Commune 1: 30.0%</title>" in picture.svg()
    assert picture.title == "A: 25.00% of valid votes in 2 communes"  # 50 of 200


def test_a_place_without_figures_is_hatched_and_not_zero(draw):
    zero, gone = {"A": 0, "B": 100}, {"A": None, "B": None}
    picture = draw([zero, {"A": 30, "B": 70}, gone], extra=1, valid={2: ""}, show="share", candidate="A")
    assert "no figures here (2)" in words(picture)
    assert "<title>Commune 2: no figures here</title>" in picture.svg()
    colour = {row["said"]: row["colour"] for data in picture.spec["datasets"].values() for row in data if "said" in row}
    assert colour["Commune 0: 0.0%"] != colour["Commune 2: no figures here"] == colour["78003: no figures here"]
    lines = [
        row
        for data in picture.spec["datasets"].values()
        for row in data
        if row.get("geometry", {}).get("type") == "MultiLineString"
    ]
    assert len(lines) == 1


@pytest.mark.parametrize("width", [280, 320, 600])
def test_numbers_of_places_say_of_what(draw, width):
    shares = [3, 5, 8, 12, 13, 15, 21, 22, 28, 34, 35, 41, 44, 47, 52, 58, 61, 70]
    picture = draw([{"A": a, "B": 100 - a} for a in shares], Style(width=width), show="share", candidate="A")
    assert "communes" in [box.text for box in texts(picture)]


def test_places_of_the_results_that_lie_elsewhere_are_counted(tmp_path, draw):
    draw([{"A": 20, "B": 80}, {"A": 30, "B": 70}])
    returns = load(tmp_path / "r.csv")
    joined = join(read_shapes(tmp_path / "s.geojson"), returns)
    table = places(returns, by="commune")
    picture = map_of(table, joined, placed(joined, table.frame["key"].tolist(), 34), Style())
    assert "Elsewhere, and not on the map: 34 communes of these results." in words(picture)


def test_the_classes_of_the_legend_count_their_places(draw):
    """Below each count stands a colour, below that two bounds: whoever counts the shares between finds the same."""
    shares = [3, 5, 8, 12, 13, 15, 21, 22, 28, 34, 35, 41, 44, 47, 52, 58, 61, 70]
    boxes = texts(draw([{"A": a, "B": 100 - a} for a in shares], show="share", candidate="A"))
    said = next(at for at, box in enumerate(boxes) if box.text == "communes")
    counts = [int(box.text) for box in boxes[:said] if box.text.isdecimal() and abs(box.top - boxes[said].top) < 1]
    below = [box for box in boxes if re.fullmatch(r"[\d.]+%", box.text) and 0 < box.top - boxes[said].top < 50]
    bounds = [float(box.text.rstrip("%")) for box in sorted(below, key=lambda box: box.left)]
    # The least and the greatest share stand at the ends.
    inner = [bound for bound in bounds if bound not in {3.0, 70.0}]
    edges = [0.0, *inner, 100.0]
    assert len(counts) == len(inner) + 1 >= 4
    assert counts == [sum(low <= share < high for share in shares) for low, high in pairwise(edges)]


def test_winners_are_named_with_their_number_of_places(draw):
    picture = draw([{"Anne": 60, "Bob": 40}, {"Anne": 52, "Bob": 48}, {"Anne": 10, "Bob": 90}, {"Anne": 50, "Bob": 50}])
    said = words(picture)
    assert "Anne (2)" in said
    assert "Bob (1)" in said
    assert "level at the top (1)" in said
    assert len(set(fills(picture))) == 4  # 20 points and 4 points of lead are two shades of one colour


@pytest.mark.parametrize(("contests", "named"), [("ABB", "UG: Anne (1) "), ("AAA", "Anne (1) ")])
def test_labels_of_the_title_are_in_the_legend(draw, contests, named):
    """In several contests labels come first in the most places, and one who stands in each contest has it."""
    votes = [{"Anne": 60, "Bob": 40}, {"Dora": 60, "Carl": 40}, {"Dora": 60, "Carl": 40}]
    labels = {"Anne": "UG", "Bob": "RN", "Carl": "RN", "Dora": "DVC"}
    picture = draw(votes, labels=labels, contests=contests)
    said = words(picture)
    assert named in said
    assert (picture.title == "DVC comes first in 2 of 3 communes") is (contests == "ABB")
    assert ("DVC: Dora (2)" in said) is (contests == "ABB")


def test_parties_of_one_colour_are_told_apart_where_the_title_tells_parties(draw):
    """PS and SOC are one party, and of one colour, by two labels."""
    votes = [{"Anne": 60, "Zoe": 40}, {"Anne": 60, "Zoe": 40}, {"Dora": 60, "Zoe": 40}]
    picture = draw(votes, labels={"Anne": "PS", "Dora": "SOC", "Zoe": "RN"}, contests="AAB")
    assert picture.title == "PS comes first in 2 of 3 communes"
    assert "PS: Anne; SOC: Dora (3)" in words(picture)


def test_the_many_who_won_little_are_put_together(draw):
    picture = draw([{f"Who {at}": 60, f"Who {at + 1}": 40} for at in range(20)])
    assert "others (14)" in words(picture)  # of 20, six are named: the palette has no more colours


def test_others_and_those_level_at_the_top_are_not_alike(draw):
    """Eight winners and a tie: six have a colour each, two share the grey of others, and the tie is blank."""
    votes = [{f"Who {at}": 60, "Nobody": 40} for at in range(8)]
    picture = draw([*votes, {"Who 0": 50, "Who 1": 50}])
    colour = {row["said"].partition(":")[0]: row["colour"] for row in drawn_places(picture)}
    named, others, blank = ({colour[f"Commune {at}"] for at in places} for places in (range(6), (6, 7), (8,)))
    assert (len(named), len(others)) == (6, 1)
    assert not named & others
    assert blank == {PAPER.light}
    assert blank.isdisjoint(named | others)
    assert "others (2)" in words(picture)
    assert "level at the top (1)" in words(picture)


def test_the_only_one_without_a_colour_is_named(draw):
    said = words(draw([{f"Who {at}": 60, "Nobody": 40} for at in range(7)]))
    assert "Who 6 (1)" in said
    assert "others" not in said


def test_parties_with_a_colour_of_their_own_are_named_beside_the_palette(draw):
    """Nine winners whose labels are known by as many colours."""
    labels = ["EXG", "FI", "COM", "SOC", "ECO", "REM", "UDI", "LR", "RN"]
    picture = draw(
        [{f"Who {label}": 60, "Nobody": 40} for label in labels], labels={f"Who {label}": label for label in labels}
    )
    said = words(picture)
    assert [label for label in labels if f"{label} (1)" not in said] == []
    assert "others" not in said
    assert len(set(fills(picture))) == 9


def test_people_of_one_party_stand_behind_its_name_as_the_language_sets_it(draw):
    who = {"Anne": "RN", "Bob": "RN", "Cid": "LR"}
    votes = [{name: 60, "Nobody": 40} for name in who]
    assert "RN: Anne, Bob (2)" in words(draw(votes, labels=who))
    french = draw(votes, Style(Language("fr")), labels=who)
    assert "RN\xa0: Anne, Bob (2)" in words(french)
    assert {place["said"].partition("Commune")[2][:4] for place in drawn_places(french)} == {
        " 0\xa0:",
        " 1\xa0:",
        " 2\xa0:",
    }


def test_the_legend_counts_who_is_drawn(draw):
    """In the second commune it is said that no vote is valid: Anne is first, nobody knows by how much."""
    picture = draw([{"Anne": 60, "Bob": 40}, {"Anne": 30, "Bob": 20}], valid={1: 0})
    said = words(picture)
    assert "Anne (1)" in said
    assert "lead not known (1)" in said


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "</style>", 'a "b" & c', "<![CDATA[", "x" * 80, "\u202egnp"]
)
def test_names_from_data_are_shown_and_not_obeyed(draw, name):
    picture = draw([{name.replace('"', '""'): 60, "Bob": 40}, {"Bob": 1}])
    for drawn in (picture.svg(), picture.write("html").decode()):
        assert "<script" not in drawn
        assert drawn.count("</style>") <= 1
    assert picture.write("png")[:4] == b"\x89PNG"
    assert absent([name.replace("\u202e", "")], picture) == []  # a sign that turns the line around is not a letter
    told = ET.fromstring(picture.svg()).iter("{http://www.w3.org/2000/svg}title")  # noqa: S314  our own output
    assert any(name.replace("\u202e", "") in (title.text or "").replace("\ufffd", "") for title in told)


@pytest.mark.parametrize("width", [280, 320, 600, 1200])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("options", [{}, {"show": "turnout"}, {"show": "share", "candidate": "Anne"}])
def test_all_letters_are_inside_the_picture(draw, width, language, options):
    votes = [
        {f"Anne-Sophie de la Très-Longue Rivière {at % 9}": 60 + at, "Anne": 90, "Bob": 40 + 3 * at} for at in range(30)
    ]
    options = {**options, **({"candidate": "Anne"} if "candidate" in options else {})}
    picture = draw(votes, Style(Language(language), width=width), **options)
    placed_at = re.findall(
        r'<text text-anchor="(\w+)" transform="translate\(([\d.-]+),[\d.-]+\)"[^>]*textLength="([\d.]+)"', picture.svg()
    )
    assert len(placed_at) > 5
    for anchor, x, length in placed_at:
        left = float(x) - {"start": 0, "middle": 0.5, "end": 1}[anchor] * float(length)
        assert left >= MARGIN - 1
        assert left + float(length) <= width - MARGIN + 1


def test_a_few_places_bear_their_names_and_figures(draw):
    said = words(draw([{"A": 20, "B": 80}, {"A": 30, "B": 70}], show="turnout"))
    assert "Commune 0 " in said
    assert "73.3%" in said  # 110 of 150


def test_of_more_than_three_thousand_places_those_of_one_colour_are_one_area(draw, monkeypatch):
    monkeypatch.setattr("primaire.charts.map.EACH", 5)
    each = draw([{"A": a, "B": 100 - a} for a in (20, 30, 40, 50, 60)], show="share", candidate="A")
    together = draw([{"A": a, "B": 100 - a} for a in (20, 30, 40, 50, 60, 65)], show="share", candidate="A")
    assert len(fills(each)) == 5
    assert fills(together) == []
    areas = [
        row
        for data in together.spec["datasets"].values()
        for row in data
        if row.get("type") == "Feature" and row["colour"]
    ]
    assert len({row["colour"] for row in areas}) == len(areas) == 2


def test_shapes_that_have_no_unit_make_no_map(tmp_path, draw):
    from dataclasses import replace

    draw([{"A": 20, "B": 80}])
    returns = load(tmp_path / "r.csv")
    joined = join(read_shapes(tmp_path / "s.geojson"), returns)
    table = places(returns, by="commune")
    with pytest.raises(NotHeldError, match="--unmatched"):
        map_of(table, replace(joined, keys=["99999"]), placed(replace(joined, keys=["99999"]), ["78000"]), Style())


def test_the_source_and_the_day_are_in_the_footer(draw):
    said = words(draw([{"A": 20, "B": 80}], show="turnout"))
    assert "r.csv" in said
    assert "Outlines: s.geojson" in said
    assert "14 March 2027" in said


def test_what_a_map_says_is_in_its_description(draw):
    picture = draw([{"A": a, "B": 100 - a} for a in (10, 20, 30, 40, 50, 60)], show="share", candidate="A")
    assert "Most: Commune 5: 60.0%, Commune 4: 50.0%" in picture.description
    assert "Least: " in picture.description
    assert f"<desc>{picture.description}</desc>" in picture.svg()
