"""Seats as a hemicycle: places, order, ties, the majority, and what happens to many and to few."""

import math
import re
from collections import Counter
from itertools import pairwise

import pytest

from primaire.analysis.seats import seats
from primaire.charts import draw
from primaire.charts.colours import bench
from primaire.charts.hemicycle import hemicycle
from primaire.charts.inks import PALETTE, PAPER
from primaire.charts.seats import MOST_SEATS
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from primaire.sources import load
from tests.drawn import assert_readable, texts, tree

LONG = "Liste d’union de la gauche écologiste citoyenne et solidaire pour une ville à vivre"
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def table(tmp_path):
    def read(rows, header="candidate,votes", **options):
        path = tmp_path / "town.csv"
        lines = ['"' + row.replace('"', '""').replace(",", '","') + '"' for row in (header, *rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return seats(load(path), **({"method": "dhondt"} | options))

    return read


def dots(picture):
    """Every dot: what it says, its middle and its fill, in the order in which they are drawn."""
    found = []
    for element in tree(picture).iter(f"{_SVG}path"):
        said = element.find(f"{_SVG}title")
        if said is not None:
            moved = re.fullmatch(r"translate\(([\d.]+),([\d.]+)\)", element.get("transform", ""))
            assert moved is not None
            found.append((said.text, float(moved[1]), float(moved[2]), element.get("fill")))
    return found


def words(picture):
    return " ".join(box.text for box in texts(picture))


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7, 8, 11, 29, 59, 101, 163, 348, 577, 1000, MOST_SEATS])
def test_seats_stand_in_half_circles_and_none_touches_another(number):
    plan = hemicycle(number)
    assert len(plan.seats) == number
    radii = Counter(round(math.hypot(x, y), 6) for x, y in plan.seats)
    assert max(radii) == 1
    assert all(y >= -1e-9 for _, y in plan.seats)
    assert all(math.dist(one, other) >= plan.spacing - 1e-9 for one, other in pairwise(sorted(plan.seats)))
    # A longer row has no fewer seats, and each of them as much room as in any other row, give or take a pair of seats.
    if len(radii) > 1:
        sizes = [radii[radius] for radius in sorted(radii)]
        assert sizes == sorted(sizes)
        assert all(abs(size - number * radius / sum(radii)) <= 2 for radius, size in radii.items())


@pytest.mark.parametrize("number", [9, 59, 577])
def test_no_two_seats_are_nearer_than_said(number):
    plan = hemicycle(number)
    nearest = min(math.dist(one, other) for place, one in enumerate(plan.seats) for other in plan.seats[:place])
    assert nearest >= 0.9 * plan.spacing  # across rows, where they are not side by side
    assert plan.spacing > 0.8 / math.sqrt(number)  # and dots are not needlessly small


def test_seats_go_from_left_to_right_by_angle():
    angles = [math.atan2(y, x) for x, y in hemicycle(59).seats]
    assert all(one >= other - 1e-9 for one, other in pairwise(angles))
    assert hemicycle(59).seats[0] == pytest.approx((-1, 0))
    assert hemicycle(59).seats[-1] == pytest.approx((1, 0))


def test_each_list_has_as_many_dots_as_seats(table):
    # D'Hondt, 7 seats: 50 25 16.7 12.5 | 30 15 | 20 are the highest averages.
    picture = draw(table(["One,50", "Two,30", "Three,20"], seats=7))
    found = dots(picture)
    assert Counter(said.split(":")[0] for said, *_ in found) == {"One": 4, "Two": 2, "Three": 1}
    assert [x for _, x, *_ in found] == sorted(x for _, x, *_ in found)
    assert len({fill for *_, fill in found}) == 3
    assert "7 seats, a majority is 4" in words(picture)


@pytest.mark.parametrize("number", [3, 10, 11, 58, 59, 577])
def test_half_of_the_seats_are_on_either_side_of_the_line(number):
    across = [x for x, _ in hemicycle(number).seats]
    left, right = sum(x < -1e-9 for x in across), sum(x > 1e-9 for x in across)
    assert left == right == number // 2


def test_a_seat_that_a_tie_leaves_open_is_hollow_and_said(table):
    picture = draw(table(["One,50", "Two,50", "Three,20"], seats=3))
    fills = Counter((said.split(":")[0], fill) for said, _, _, fill in dots(picture))
    assert fills == {
        ("One", PALETTE[0].light): 1,
        ("Two", PALETTE[1].light): 1,
        ("left open by a tie", PAPER.light): 1,
    }
    said = [box.text for box in texts(picture)]
    assert said.count("1–2") == 2
    assert "left open by a tie" in said
    assert picture.title.startswith("A tie leaves open")


def test_lists_without_a_seat_are_named(table):
    assert "Without a seat: Three (0.8%)." in words(draw(table(["One,60", "Two,58", "Three,1"], seats=3)))


def test_known_nuances_sit_from_left_to_right(table):
    rows = ["Right,501,LR", "Left,307,LFI", "Green,403,ECO"]
    picture = draw(table(rows, "candidate,votes,label", seats=12))
    order = list(dict.fromkeys(said.split(":")[0] for said, *_ in dots(picture)))
    assert order == ["Left", "Green", "Right"]
    assert "from left to right" in words(picture)
    # Where one is not known, lists stay in the order of their votes.
    other = draw(table([*rows, "Who,202,"], "candidate,votes,label", seats=12))
    assert [*dict.fromkeys(said.split(":")[0] for said, *_ in dots(other))] == ["Right", "Green", "Left", "Who"]
    assert "from left to right" not in words(other)


def test_benches_go_from_left_to_right():
    # As the chamber of 2022 sat: LFI and the communists, socialists, ecologists, the majority, LR, RN.
    known = [bench("Somebody", label) for label in ("EXG", "FI", "SOC", "ECO", "ENS", "LR", "RN", "REC")]
    assert all(one is not None and other is not None and one < other for one, other in pairwise(known))
    assert bench("Somebody") is None
    assert bench("Somebody", "LR") == bench("Les Républicains")


def test_neighbours_of_one_party_are_told_apart(table):
    picture = draw(table(["One,50,SOC", "Two,40,SOC"], "candidate,votes,label", seats=9))
    assert len({fill for *_, fill in dots(picture)}) == 2


def test_names_stand_in_a_list_where_there_is_no_room_beside(table):
    rows = [f"Candidate number {n},{n * n}" for n in range(1, 41)]
    picture = draw(table(rows, seats=101, method="sainte-lague"))
    said = [box.text for box in texts(picture)]
    assert {"seats", "% of valid", "% of seats"} <= set(said)
    assert "seats" not in [box.text for box in texts(draw(table(["One,50", "Two,30"], seats=9)))]


def test_the_text_alternative_has_the_figures(table):
    picture = draw(table(["One,50", "Two,30", "Three,1"], seats=8), Style(Language("fr")))
    assert "One" in picture.title
    assert "5" in picture.title
    assert re.search(r"One\s: 5 sièges, 61,7\s%", picture.description.replace("\u202f", " "))
    assert "Three (1,2\xa0%)" in picture.description.replace("\u202f", "\xa0")


@pytest.mark.parametrize(("width", "theme"), [(280, "light"), (320, "auto"), (600, "light"), (1200, "auto")])
@pytest.mark.parametrize(
    ("rows", "number"),
    [
        pytest.param(["One,60"], 1, id="one"),
        pytest.param(["One,60", "Two,60"], 2, id="two"),
        pytest.param(["One,60", "Two,60"], 1, id="only one, open"),
        pytest.param(["One,50", "Two,30", "Three,20", "Four,9", "Five,8"], 29, id="town"),
        pytest.param(["One,50", "Two,30", "Three,20", "Four,9"], 1000, id="a thousand"),
        pytest.param([f"Candidate number {n},{n * n}" for n in range(1, 41)], 101, id="forty"),
        pytest.param([f"{LONG} {n},{n}" for n in range(1, 5)], 35, id="long names"),
        pytest.param(["X" * 80 + ",5", "Y,3"], 19, id="one long word"),
        pytest.param(["<script>alert(1)</script>,5", "</style>]]>,3", '"onload="x,2'], 11, id="markup"),
        pytest.param(["One,1000", "Two,9", "Three,9", "Four,9", "Five,9"], 111, id="many small ones"),
    ],
)
def test_few_and_many_and_long_names_can_be_read(table, rows, number, width, theme):
    picture = draw(table(rows, seats=number), Style(theme=theme, width=width))
    assert_readable(picture)
    for _, x, y, _ in dots(picture):
        assert 0 < x < picture.width
        assert 0 < y < picture.height


def test_no_name_is_cut(table):
    for width in (320, 600):
        said = words(draw(table([f"{LONG},60", "Two,30"], seats=9), Style(width=width))).replace(" ", "")
        assert LONG.replace(" ", "") in said


def test_letters_and_seats_are_apart(table):
    picture = draw(table(["One,50", "Two,30", "Three,20", "Four,12", "Five,12"], seats=59))
    size = 13.0  # pixels of a dot, and some
    for _, x, y, _ in dots(picture):
        for box in texts(picture):
            gap = math.hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))
            assert gap > size / 2, (box, x, y)


def test_too_many_seats_are_refused(table):
    with pytest.raises(NotHeldError, match="2,001 seats, each a dot, would show nothing"):
        draw(table(["One,60", "Two,30"], seats=MOST_SEATS + 1))


def test_contests_are_panels_and_a_round_without_seats_says_why(table):
    rows = [f"{town},{name},{votes}" for town in ("A", "B") for name, votes in (("One", 50), ("Two", 30))]
    picture = draw(table(rows, "contest,candidate,votes", seats=9))
    assert len(dots(picture)) == 18
    assert_readable(picture)
    rows = ["A,One,50", "A,Two,30", "B,Three,60", "B,Two,20"]
    found = dots(draw(table(rows, "contest,candidate,votes", seats=4)))
    assert {said.split(":")[0]: fill for said, _, _, fill in found} == {
        "One": PALETTE[0].light,
        "Two": PALETTE[1].light,
        "Three": PALETTE[0].light,
    }
    rows = [
        f"{n},Municipales 2020,{name},{votes}"
        for n in (1, 2)
        for name, votes in (("One", 45), ("Two", 40), ("Three", 15))
    ]
    held = draw(table(rows, "round,election,candidate,votes", seats=9, method=None, assume_whole=True))
    assert len(dots(held)) == 9
    # 5 seats for the first; of 4 by D'Hondt, 45 40 22.5 20 | 15 are the highest averages: 2 each.
    assert held.title == "One gets 7 of the 9 seats: more than half"
    assert "Municipales 2020, round 1: No list has more than half of valid" in words(held)


@pytest.mark.parametrize(
    ("name", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{")]
)
def test_every_format_is_written(table, name, start):
    assert draw(table(["One,60", "Two,30"], seats=9)).write(name).startswith(start)
