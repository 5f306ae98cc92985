"""Turnout against share: where dots lie and how large they are, who is drawn, who is named, and what is left out."""

import re

import numpy as np
import pytest

from primaire.analysis.results import results
from primaire.arrangement import arrange
from primaire.charts import draw
from primaire.charts.inks import ACCENT
from primaire.charts.scatter import DOTTED_UP_TO, SIZED_UP_TO, radii
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from tests.drawn import assert_readable, placed, texts, tree, words
from tests.made_votes import NASTY, votes


def stations(folder, held, *, number=1, **same):
    """Read stations: each its name, registered voters, voters, and the votes of One; the other valid votes are Two's."""
    rows = [
        {
            **same,
            "round": number,
            "unit": unit,
            "registered": registered,
            "voters": voters,
            "valid": voters,
            "candidate": name,
            "votes": count,
        }
        for unit, registered, voters, one in held
        for name, count in (("One", one), ("Two", None if one is None else voters - one))
    ]
    return votes(folder, [{**row, "votes": "" if row["votes"] is None else row["votes"]} for row in rows])


def plane(returns, style=None, candidates=("One",), **options):
    table = results(returns, by=options.pop("by", "unit"), **options)
    return draw(arrange(table, candidates=candidates), style, "turnout")


FOUR = [("A", 100, 50, 10), ("B", 400, 300, 150), ("C", 100, 100, 80), ("D", 100, 50, 40)]
"""Turnout 50, 75, 100, 50 %; shares of One 20, 50, 80, 80 %."""


def dots(picture):
    return {mark.said.split(":")[0]: mark for mark in placed(picture) if mark.kind == "path"}


def radius(mark):
    found = re.search(r"A([\d.]+),", mark.element.get("d", ""))
    assert found is not None
    return float(found[1])


def test_dots_lie_at_turnout_and_share(tmp_path):
    found = dots(plane(stations(tmp_path, FOUR)))
    a, b, c, d = (found[name] for name in "ABCD")
    assert a.x == d.x
    assert c.y == d.y
    assert b.x - a.x == pytest.approx((c.x - a.x) / 2, abs=0.1)
    assert a.y - b.y == pytest.approx((a.y - c.y) / 2, abs=0.1)
    assert a.y > c.y
    assert found["B"].said == "B: turnout 75.0%, One 50.0%"


def test_stations_are_called_by_their_commune_and_number(tmp_path):
    """A, B and D have but their code; C has a name."""
    communes = {"A": "Brest", "B": "Brest", "C": "Bohars", "D": "Bohars"}
    codes = {"Brest": "29019", "Bohars": "29011"}
    names = {"A": "29019_0040", "B": "29019_0041", "C": "Town hall", "D": "29011_0002"}
    rows = [
        {
            "unit": names[unit],
            "level": "station",
            "commune": communes[unit],
            "commune_code": codes[communes[unit]],
            "station_code": "0001" if unit == "C" else names[unit].partition("_")[2],
            "registered": registered,
            "voters": voters,
            "valid": voters,
            "candidate": name,
            "votes": count,
        }
        for unit, registered, voters, one in FOUR
        for name, count in (("One", one), ("Two", voters - one))
    ]
    returns = votes(tmp_path, rows)
    picture = plane(returns)
    assert set(dots(picture)) == {"Brest, 40", "Brest, 41", "Town hall", "Bohars, 2"}
    assert {"Brest, 40", "Bohars, 2"} <= {box.text for box in texts(picture)}
    assert "Bohars, 2: turnout 50.0%, One 80.0%." in picture.description
    assert set(results(returns, by="unit").frame["unit"]) == set(names.values())  # machines read codes


def test_areas_are_as_registered_voters(tmp_path):
    found = dots(plane(stations(tmp_path, FOUR)))
    # 400 registered voters against 100: an area four times as large, twice the radius.
    assert radius(found["B"]) / radius(found["A"]) == pytest.approx(2, rel=1e-2)
    assert radius(found["C"]) == radius(found["A"])


def test_radii_have_bounds():
    assert radii(np.array([1.0, 1e6]), 40_000) == pytest.approx([1.5, 14.0])
    assert radii(np.array([5.0, np.nan]), 40_000) is None
    assert radii(np.zeros(3), 40_000) is None
    assert radii(np.ones(SIZED_UP_TO + 1), 40_000) is None


def test_lines_show_all_together(tmp_path):
    # 500 of 700 registered voted, 71.4 %; 280 of the 500 for One, 56.0 %.
    picture = plane(stations(tmp_path, FOUR))
    said = {box.text for box in texts(picture)}
    assert {"71.4%", "56.0%"} <= said
    assert "All together: turnout 71.4%, share 56.0%." in picture.description


def test_few_are_all_named(tmp_path):
    assert {"A", "B", "C", "D"} <= {box.text for box in texts(plane(stations(tmp_path, FOUR)))}


def cloud(size, share):
    """Stations of 1,000 registered voters with turnouts from 40 to 79 %, and the share of One that a turnout gives."""
    return [(f"Station {at}", 1000, 400 + at * 39 % 400, share(400 + at * 39 % 400)) for at in range(size)]


def test_of_many_the_outlying_are_named(tmp_path):
    held = [*cloud(60, lambda voters: voters // 2), ("Far away", 1000, 50, 50)]
    picture = plane(stations(tmp_path, held))
    named = [box.text for box in texts(picture) if box.text.startswith(("Station", "Far"))]
    assert named == ["Far away"]
    assert "Far away: turnout 5.0%, One 100.0%." in picture.description


@pytest.mark.parametrize("spread", [0, 5])
def test_a_share_like_no_other_is_named_among_many_who_stayed_at_home(tmp_path, spread):
    # Ordinary: 60 to 64 % came, and One has about 50 %. Eight are far from that by turnout, one by share.
    ordinary = [(f"Station {at}", 1000, 600 + at, (600 + at) // 2 + at % 5 * spread) for at in range(40)]
    home = [(f"Home {at}", 1000, 100 + 20 * at, 50 + 10 * at) for at in range(8)]
    picture = plane(stations(tmp_path, [*ordinary, *home, ("Village", 1000, 620, 600)]))
    named = [box.text for box in texts(picture) if box.text.startswith(("Home", "Village", "Station"))]
    assert "Village" in named
    assert "Home 0" in named


@pytest.mark.parametrize(
    ("share", "title", "r"),
    [
        (lambda voters: voters * voters // 1000, "Where turnout is higher, One has a higher share", "1.00"),
        (lambda voters: voters - voters * voters // 1000, "Where turnout is higher, One has a lower share", "−1.00"),
        (lambda voters: voters // 2 + voters % 2, "One: no clear relation between turnout and share", ""),
    ],
)
def test_what_goes_together_is_told(tmp_path, share, title, r):
    # Votes of One rise or fall as the square of turnout: their share as turnout itself.
    picture = plane(stations(tmp_path, cloud(60, share)))
    assert picture.title == title
    assert f"Correlation of turnout and share: {r}" in words(picture)
    assert "what goes together in places need not do so in people" in words(picture)


def test_of_few_nothing_is_told(tmp_path):
    picture = plane(stations(tmp_path, FOUR))
    assert picture.title == "One: turnout and share, unit by unit"
    assert "Correlation" not in words(picture)


def test_who_is_left_out_is_counted(tmp_path):
    held = [*FOUR, ("No roll", "", 50, 10), ("No votes", 100, 50, None), ("Nobody came", 100, 0, 0)]
    picture = plane(stations(tmp_path, held))
    assert set(dots(picture)) == {"A", "B", "C", "D"}
    assert "4 units, each a dot; its area: registered voters. 3 units without turnout or share are not drawn." in words(
        picture
    )


def test_who_leads_in_the_last_round_is_drawn(tmp_path):
    rows = [
        {"round": number, "unit": unit, "registered": 100, "voters": 60, "valid": 60, "candidate": name, "votes": count}
        for number, people in ((1, {"One": 30, "Two": 20, "Three": 10}), (2, {"One": 25, "Two": 35}))
        for unit in ("A", "B")
        for name, count in people.items()
    ]
    picture = draw(results(votes(tmp_path, rows), by="unit"), None, "turnout")
    assert {mark.said.split(",")[1].split()[0] for mark in placed(picture)} == {"Two"}


def test_who_leads_there_is_drawn_where_the_other_does_not_stand(tmp_path):
    rows = [
        {"round": number, "unit": unit, "registered": 100, "voters": 60, "valid": 60, "candidate": name, "votes": count}
        for number, people in ((1, {"One": 30, "Two": 30}), (2, {"New": 60}))
        for unit in ("A", "B")
        for name, count in people.items()
    ]
    picture = draw(results(votes(tmp_path, rows), by="unit"), None, "turnout")
    assert {mark.said.split(",")[1].split()[0] for mark in placed(picture)} == {"One", "New"}


def test_what_is_not_final_is_said(tmp_path):
    picture = plane(stations(tmp_path, FOUR, status="provisional"))
    assert "Not all of the units are final: provisional." in words(picture)


def test_one_unit_is_no_plane(tmp_path):
    with pytest.raises(NotHeldError, match="one unit only"):
        plane(stations(tmp_path, FOUR[:1]))


def test_without_turnout_there_is_no_plane(tmp_path):
    with pytest.raises(NotHeldError, match="both a turnout and a share"):
        plane(stations(tmp_path, [("A", "", 50, 10), ("B", "", 50, 20)]))


def test_too_many_contests(tmp_path):
    rows = [
        {"contest": f"Ville {place}", "unit": unit, "registered": 9, "voters": 5, "candidate": "One", "votes": 5}
        for place in range(7)
        for unit in "AB"
    ]
    with pytest.raises(NotHeldError, match="7 tables"):
        plane(votes(tmp_path, rows))


def test_too_many_dots_become_squares(tmp_path):
    size = DOTTED_UP_TO + 1
    picture = plane(stations(tmp_path, cloud(size, lambda voters: voters // 2)))
    assert dots(picture) == {}
    (squares,) = (rows for rows in picture.spec["datasets"].values() if "units" in rows[0])
    assert sum(row["units"] for row in squares) == size
    most = max(row["units"] for row in squares)
    assert f"the more of them lie there, up to {most}." in words(picture)
    assert len(picture.svg()) < 400_000
    assert_readable(picture)


def test_dots_of_many_have_one_size(tmp_path):
    picture = plane(stations(tmp_path, cloud(SIZED_UP_TO + 1, lambda voters: voters // 2)))
    assert len({radius(mark) for mark in placed(picture)}) == 1
    assert "its area" not in words(picture)


@pytest.fixture(params=["same", "nasty", "two", "cloud", "empty share"])
def awkward(request, tmp_path):
    """Stations that are hard to draw."""
    return stations(
        tmp_path,
        {
            "same": [(f"Station {at}", 100, 50, 25) for at in range(15)],
            "nasty": [(name, 100 + at, 60 + at, 10 * at) for at, name in enumerate(NASTY)],
            "two": [("A", 10, 10, 10), ("B", 1_000_000, 1, 0)],
            "cloud": cloud(300, lambda voters: voters // 3),
            "empty share": [("A", 100, 50, 0), ("B", 100, 60, 0)],
        }[request.param],
    )


@pytest.mark.parametrize(("width", "theme"), [(280, "light"), (320, "dark"), (600, "light"), (1200, "dark")])
def test_everything_can_be_read(awkward, width, theme):
    picture = plane(awkward, Style(Language("fr"), theme, width=width))
    assert_readable(picture)
    marks = placed(picture)
    assert marks
    assert all(0 <= mark.x <= width and 0 <= mark.y <= picture.height for mark in marks)


def test_labels_cover_no_dot(tmp_path):
    picture = plane(stations(tmp_path, [(f"Station {at}", 500, 250 + at * 7, at * 11) for at in range(18)]))
    for box in texts(picture):
        if not box.text.startswith("Station"):
            continue
        for mark in placed(picture):
            over = box.left < mark.x < box.right and box.top < mark.y < box.bottom
            assert not over, f"{box} lies on {mark.said}"


def test_names_are_data(tmp_path):
    picture = plane(stations(tmp_path, [(name, 100, 50 + at, 10 + at) for at, name in enumerate(NASTY)]))
    assert not [element for element in tree(picture).iter() if element.tag.endswith("script")]


def test_it_is_drawn_in_every_format(tmp_path):
    picture = plane(stations(tmp_path, FOUR), Style(theme="auto"))
    assert ACCENT.on("auto") in str(picture.spec)
    assert picture.write("png").startswith(b"\x89PNG")
    assert picture.write("pdf").startswith(b"%PDF")
