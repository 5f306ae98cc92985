"""One place against another: where dots stand, which is which, in which words, and what happens to what is on one side only."""

from typing import Any

import pytest

from primaire.analysis.compare import compare
from primaire.arrangement import arrange
from primaire.charts import draw
from primaire.charts.inks import ACCENT, PAPER, QUIET
from primaire.charts.style import Style
from primaire.sources import load
from tests.drawn import assert_readable, placed, rules, texts, words
from tests.made_votes import LONG, places, votes


def drawn(folder, here, there, style=None, **named):
    return draw(compare(*places(folder, here, there, **named)), style)


def dots(picture):
    """Where the dots of each candidate stand, by name: those there, which are hollow, and those here."""
    found: dict[str, dict[str, Any]] = {}
    for mark in placed(picture):
        if mark.kind == "path":
            side = "there" if mark.element.get("fill") == PAPER.light else "here"
            found.setdefault(mark.said.split(" – ")[0], {})[side] = mark
    return found


def test_dots_stand_where_shares_are(tmp_path):
    # Of 100: 60, 30, 10; there of 200: 100, 40, 60. In per cent 60 against 50, 30 against 20, 10 against 30.
    found = dots(drawn(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 100, "Two": 40, "Three": 60}))
    point = (found["One"]["here"].x - found["One"]["there"].x) / 10
    assert point > 0
    assert found["Two"]["here"].x - found["Two"]["there"].x == pytest.approx(10 * point, abs=0.1)
    assert found["Three"]["here"].x - found["Three"]["there"].x == pytest.approx(-20 * point, abs=0.1)
    assert found["Two"]["here"].x - found["Three"]["here"].x == pytest.approx(20 * point, abs=0.1)


def test_two_panels_have_one_scale(tmp_path):
    # Round 1: 60 and 40 % against 50 and 50; round 2, with a longer name: 90 and 10 % against 50 and 50.
    def side(folder, place, *counted):
        folder.mkdir()
        rows = [
            {"round": number, "unit": place, "candidate": name, "votes": n, "valid": 100}
            for number, people in enumerate(counted, 1)
            for name, n in people.items()
        ]
        return votes(folder, rows)

    long = "Jean-Baptiste de la Tour"
    here = side(tmp_path / "here", "Ici", {"One": 60, "Two": 40}, {"One": 90, long: 10})
    there = side(tmp_path / "there", "Là", {"One": 50, "Two": 50}, {"One": 50, long: 50})
    rings = [mark.x for mark in placed(draw(compare(here, there))) if mark.element.get("fill") == PAPER.light]
    assert rings == [pytest.approx(rings[0], abs=0.01)] * 4


def test_shares_and_points_are_written(tmp_path):
    picture = drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55})
    lines: dict[float, list[str]] = {}
    for box in sorted(texts(picture), key=lambda box: box.left):
        lines.setdefault(round(box.top), []).append(box.text)
    assert ["One", "45.0%", "60.0%", "+15.0"] in lines.values()
    assert ["Two", "40.0%", "55.0%", "−15.0"] in lines.values()
    assert "One – Ici: 60.0%, Là: 45.0% (+15.0 points)." in picture.description


def test_who_is_furthest_is_the_title(tmp_path):
    # Of 100 each: One +10, Two +15, Three −25.
    picture = drawn(tmp_path, {"One": 50, "Two": 45, "Three": 5}, {"One": 40, "Two": 30, "Three": 30})
    assert picture.title == "Three has 25.0 points less in Ici than in Là"


def test_of_two_who_are_as_far_it_is_who_has_more(tmp_path):
    picture = drawn(tmp_path, {"One": 45, "Two": 55}, {"One": 60, "Two": 40})
    assert picture.title == "Two has 15.0 points more in Ici than in Là"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        # Of 100 each: two have 10 points more, two 10 less.
        ({"One": 45, "Two": 45, "Three": 5, "Four": 5}, {"One": 35, "Two": 35, "Three": 15, "Four": 15}),
        ({"One": 50, "Two": 50}, {"One": 5, "Two": 5}),
        ({"One": 50_002, "Two": 49_998}, {"One": 50, "Two": 50}),  # 0.002 points, which is written 0.0
        ({"One": 5}, {"Two": 5}),
    ],
)
def test_without_a_finding_the_title_says_which_vote(tmp_path, here, there):
    assert drawn(tmp_path, here, there).title == "Mairie, round 1"


def test_places_of_one_name_are_here_and_there(tmp_path):
    picture = drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}, names=("Ville", "Ville"))
    assert picture.title == "Mairie, round 1"
    assert "One – here: 60.0%, there: 45.0% (+15.0 points)." in picture.description
    assert {"here", "there"} <= {box.text for box in texts(picture)}


def test_places_of_one_name_in_two_spellings_are_one(tmp_path):
    picture = drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}, names=("BREST", "Brest"))
    assert picture.title == "Mairie, round 1"
    assert "One – here: 60.0%, there: 45.0% (+15.0 points)." in picture.description


def test_files_tell_places_of_one_name_apart(tmp_path):
    here, there = places(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}, names=("Ville", "Ville"))
    other = tmp_path / "later.csv"
    other.write_bytes((tmp_path / "1" / "ville.csv").read_bytes())
    said = "Ville (here: ville.csv) against Ville (there: later.csv), in % of valid votes"
    picture = draw(compare(here, load(other)))
    assert f"{said}." in picture.description
    assert said in words(picture)
    assert "ville.csv" not in draw(compare(here, there)).title


def test_the_description_says_of_each_panel_which_place_it_is(tmp_path):
    rows = [
        {"unit": place, "commune": place, "commune_code": code, "level": "commune", "candidate": name, "votes": n}
        for place, code in (("Aville", "78001"), ("Bville", "78002"))
        for name, n in (("One", 60), ("Two", 40))
    ]
    whole = votes(tmp_path, rows)
    said = draw(compare(whole, whole, by="commune")).description
    assert (
        said.index("Aville (here") < said.index("One – here") < said.index("Bville (here") < said.rindex("One – here")
    )


@pytest.mark.parametrize(
    ("here", "there", "noted"),
    [
        # Of 1,000: 9 are 0.9 %, 11 are 1.1 %: −0.2.
        ({"One": 9, "Two": 991}, {"One": 11, "Two": 989}, False),
        # Of 10,000: 0.85 % is written 0.9, 1.04 % 1.0; the difference is −0.19, written −0.2.
        ({"One": 85, "Two": 9915}, {"One": 104, "Two": 9896}, True),
        ({"One": 5}, {"Two": 5}, False),
    ],
)
def test_it_is_said_where_points_are_not_what_the_shares_as_written_give(tmp_path, here, there, noted):
    assert ("Points are worked out before rounding" in words(drawn(tmp_path, here, there))) is noted


def test_reconstructed_figures_keep_their_mark():
    # psconflans.fr: Valls 35.68 %; Haute autorité: 31.90 % in France.
    picture = draw(compare(load("conflans").select(round=1, election="primaire"), load("national")))
    assert picture.title == "Manuel Valls has 3.8† points more in Conflans-Sainte-Honorine than in France"
    assert "Manuel Valls – Conflans-Sainte-Honorine: 35.7%†, France: 31.9% (+3.8† points)." in picture.description
    assert "† reconstructed: worked out from the published percentages" in words(picture)
    assert "vote of 22 January 2017" in words(picture)


def test_approximate_figures_keep_their_mark(tmp_path):
    sides = []
    for place, shares in (("Ici", (60, 40)), ("Là", (55, 45))):
        (folder := tmp_path / place).mkdir()
        rows = [
            {"unit": place, "candidate": name, "share": share, "share_base": "valid", "approximate": "share"}
            for name, share in zip(("One", "Two"), shares, strict=True)
        ]
        sides.append(votes(folder, rows))
    picture = draw(compare(*sides))
    assert picture.title == "One has ≈5 points more in Ici than in Là"


def test_here_is_full_and_there_is_hollow(tmp_path):
    found = dots(drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}))
    for sides in found.values():
        assert sides["here"].element.get("fill") == ACCENT.light
        assert sides["there"].element.get("stroke") == QUIET.light


def test_nuances_have_the_colours_of_their_parties(tmp_path):
    rows = [{"candidate": name, "label": name, "votes": n, "valid": 100} for name, n in (("SOC", 60), ("LR", 40))]
    returns = votes(tmp_path, rows)
    found = dots(draw(compare(returns, returns, by="nuance")))
    assert found["SOC"]["here"].element.get("fill") == "#c2255c"  # as charts/parties.csv has them
    assert found["LR"]["here"].element.get("fill") == "#1f5fa8"


def test_that_contests_are_added_up_by_nuance_is_said(tmp_path):
    rows = [
        {"contest": contest, "candidate": f"{name} {contest}", "label": name, "votes": n, "valid": 100}
        for contest in ("North", "South")
        for name, n in (("SOC", 60), ("LR", 40))
    ]
    returns = votes(tmp_path, rows)
    table = compare(returns, returns, by=("nation", "nuance"), against_by="nation")
    assert "Candidates of 2 contests are added up by their nuance" in words(draw(table))


def test_full_dots_are_drawn_last(tmp_path):
    picture = drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 60, "Two": 40})
    fills = [mark.element.get("fill") for mark in placed(picture) if mark.kind == "path"]
    assert fills == [PAPER.light] * 2 + [ACCENT.light] * 2


@pytest.mark.parametrize(("here", "there"), [(60, 45), (45, 60)])
def test_the_first_marks_bear_the_names_of_the_places(tmp_path, here, there):
    people = [{"One": share, "Two": 30, "Three": 70 - share} for share in (here, there)]
    picture = drawn(tmp_path, *people, names=("Conflans", "France"))
    first = dots(picture)["One"]
    for name, side in (("Conflans", "here"), ("France", "there")):
        (box,) = (box for box in texts(picture) if box.text == name)
        assert box.left - 1 <= first[side].x <= box.right + 1
        assert box.bottom < first[side].y
    assert "Hollow" not in words(picture)


def test_long_names_of_places_are_explained_in_words(tmp_path):
    picture = drawn(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}, Style(width=320), names=(LONG, "Là"))
    assert f"Full: {LONG}. Hollow: Là." in words(picture)
    assert_readable(picture)


def test_who_is_on_one_side_only_is_one_dot_with_words(tmp_path):
    # Of 50: 30, 20, 0; there of 90: 20, 60, 10.
    picture = drawn(tmp_path, {"Both": 30, "Here": 20, "None": 0}, {"Both": 20, "There": 60, "None": 10})
    assert "Ici: 40.0%, Là: no figure" in words(picture)
    assert "Ici: no figure, Là: 66.7%" in words(picture)
    found = dots(picture)
    assert (list(found["Here"]), list(found["There"])) == (["here"], ["there"])
    assert set(found["None"]) == {"here", "there"}  # no votes are a figure
    assert not [mark for mark in placed(picture) if mark.kind == "line" and mark.said.startswith(("Here", "There"))]


def test_what_is_not_known_is_said(tmp_path):
    picture = drawn(tmp_path, {"Known": 60, "Unknown": None}, {"Known": None, "Unknown": None})
    assert "Ici: 100.0%, Là: no figure" in words(picture)  # 60 of the 60 votes that are known to be valid
    assert "Ici: no figure, Là: no figure" in words(picture)
    assert "Unknown" not in dots(picture)
    assert_readable(picture)


def test_without_candidates_there_are_no_rows(tmp_path):
    picture = drawn(tmp_path, {"": None}, {"": None})
    assert "No rows." in words(picture)
    assert placed(picture) == []
    assert_readable(picture)


def test_no_line_runs_through_the_words_of_who_is_on_one_side(tmp_path):
    here = {"Only": 50, "One": 40, "Two": 30, "Three": 2, "Four": 1}
    picture = drawn(tmp_path, here, {"One": 1, "Two": 2, "Three": 3, "Four": 4}, names=(LONG, "Là"))
    upright = [(left, top, bottom) for left, top, right, bottom in rules(picture) if left == right]
    (x,) = {left for left, _, _ in upright}
    crossing = [box for box in texts(picture) if box.left < x < box.right and box.top > upright[0][1]]
    assert any(box.text.startswith("Liste") for box in crossing)
    assert not [line for line in upright for box in crossing if line[1] < box.bottom and box.top < line[2]]


def test_what_has_no_counterpart_is_named(tmp_path):
    sides = []
    for name, contests in (("here", "AB"), ("there", "A")):
        (tmp_path / name).mkdir()
        rows = [{"contest": one, "unit": f"{name} {one}", "candidate": "One", "votes": 5} for one in contests]
        sides.append(votes(tmp_path / name, rows))
    assert "Without a counterpart: Mairie, round 1, here B." in words(draw(compare(*sides)))


def test_rows_can_be_chosen_and_sorted(tmp_path):
    here, there = places(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 50, "Two": 30, "Three": 20})
    picture = draw(arrange(compare(here, there), sort="points", top=2))
    found = dots(picture)
    assert sorted(found, key=lambda name: found[name]["here"].y) == ["One", "Two"]
