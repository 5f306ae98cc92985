"""Swing as arrows: from where to where, which way, in which words, and what happens to who stood once or is not known."""

import re

import pytest

from primaire.analysis.swing import swing
from primaire.arrangement import arrange
from primaire.charts import draw
from primaire.charts.inks import ACCENT, PAPER
from primaire.charts.lettering import width
from primaire.charts.sheet import BODY
from primaire.sources import load
from tests.drawn import assert_readable, placed, rules, texts, words
from tests.made_votes import rounds, votes


def drawn(returns):
    return draw(swing(returns))


def arrows(picture):
    """Where the shaft of each arrow begins and how far it goes, by the name it begins with."""
    return {
        mark.said.split(":")[0]: (mark.x, float(mark.element.get("x2", "0")))
        for mark in placed(picture)
        if mark.kind == "line"
    }


def test_arrows_go_from_before_to_after(tmp_path):
    # Of 100: 60, 30, 10; then of 200: 100, 40, 60. In per cent 60 to 50, 30 to 20, 10 to 30.
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 100, "Two": 40, "Three": 60}))
    found = arrows(picture)
    (one, back), (two, _), (three, forth) = found["One"], found["Two"], found["Three"]
    point = (one - three) / 50
    assert two == pytest.approx(three + 20 * point, abs=0.1)
    assert back < 0 < forth
    # The head covers the last pixels, the same at all arrows.
    assert forth - -back == pytest.approx(10 * point, abs=0.1)


def test_heads_point_where_shares_go(tmp_path):
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 40, "Two": 60}))
    tips = {}
    for mark in placed(picture):
        shape = mark.element.get("d", "")
        if mark.kind == "path" and "A" not in shape:  # dots are arcs
            across = [float(number) for number in re.findall(r"[ML](-?[\d.]+),", shape)]
            tips[mark.said.split(":")[0]] = across[0]
    assert tips["One"] < 0 < tips["Two"]


def test_shares_and_points_are_written(tmp_path):
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}))
    lines: dict[float, list[str]] = {}
    for box in sorted(texts(picture), key=lambda box: box.left):
        lines.setdefault(round(box.top), []).append(box.text)
    assert ["One", "45.0%", "60.0%", "−15.0"] in lines.values()
    assert ["Two", "40.0%", "55.0%", "+15.0"] in lines.values()
    assert "One: from 60.0% to 45.0% (−15.0 points)." in picture.description


def test_the_swing_is_the_title(tmp_path):
    # Two leads: it gains 15 points, One loses 15; their mean is 15. Of the two alone the same: Steed 15. Pedersen 15.
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}))
    assert picture.title == "From One to Two: a swing of 15.0 points"
    said = (
        "Butler swing: +15.0 points of valid votes. Steed swing: +15.0 points of the votes for the two. "
        "Pedersen volatility: 15.0 (0 to 100)."
    )
    assert said in words(picture)
    assert said in picture.description


def test_the_title_takes_nothing_from_who_gained(tmp_path):
    # Of 100: One 40 to 45, Two 30 to 55, from Three who left: both gained, and the swing of 10 is a difference.
    picture = drawn(rounds(tmp_path, {"One": 40, "Two": 30, "Three": 30}, {"One": 45, "Two": 55}))
    assert picture.title == "Two gains more than One: +25.0 against +5.0 points"


def test_the_title_gives_nothing_to_who_lost(tmp_path):
    # Of 100: One 60 to 42, Two 40 to 38, to Three who is new and stays behind them.
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 42, "Two": 38, "Three": 20}))
    assert picture.title == "Two loses less than One: −2.0 against −18.0 points"


def test_nothing_short_before_a_share_looks_like_a_minus(tmp_path):
    """A line leads from zero to what is written before an arrow, and is as long as four hyphens, or there is none."""
    found = []
    for first in range(1, 60, 3):
        picture = drawn(rounds(tmp_path, {"One": first, "Two": 100 - first}, {"One": first + 30, "Two": 70 - first}))
        found += [right - left for left, top, right, bottom in rules(picture) if top == bottom]
    assert len(found) > 20
    assert min(found) >= 4 * width("-", BODY)


def test_no_line_runs_through_what_is_written(tmp_path):
    # The smaller a share before, the further to the left it is written: at some, across zero.
    pieces = set()
    for least in range(10, 90, 8):
        before = {"One": 600, "Two": 398 - least, "Three": least, "Four": 2}
        picture = drawn(rounds(tmp_path, before, {"One": 550, "Two": 398 - least, "Three": least + 50, "Four": 2}))
        upright = [(left, top, bottom) for left, top, right, bottom in rules(picture) if left == right]
        pieces.add(len(upright))
        for box in texts(picture):
            crossed = [x for x, top, bottom in upright if top < box.bottom and box.top < bottom]
            assert not any(box.left < x < box.right for x in crossed), box.text
    assert pieces == {1, 2}


def test_without_a_swing_the_title_says_which_vote(tmp_path):
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Three": 55}))
    assert picture.title == "Mairie, from round 1 to round 2"
    assert "Butler" not in words(picture)


def test_who_left_or_is_new_is_a_dot_with_words(tmp_path):
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 30, "Gone": 10}, {"One": 45, "Two": 50, "Fresh": 5}))
    assert "10.0%, no longer standing" in words(picture)
    assert "5.0%, new" in words(picture)
    fills = {mark.said: mark.element.get("fill") for mark in placed(picture) if mark.kind == "path"}
    assert fills["Gone: 10.0%, no longer standing."] == PAPER.light
    assert fills["Fresh: 5.0%, new."] == ACCENT.light
    # What is drawn is not said again below.
    assert "candidate is no longer standing" not in words(picture)
    assert "Votes of those who left: 10 (10.0% of valid votes before)." in words(picture)


def test_a_vote_without_candidates_is_named(tmp_path):
    rows = [
        {"round": number, "contest": place, "unit": place, "candidate": name, "voters": 9, "votes": 5 if name else ""}
        for number, place, name in ((1, "A", "One"), (2, "A", "One"), (1, "B", "One"), (2, "B", ""))
    ]
    picture = drawn(votes(tmp_path, rows))
    assert "1 result names no candidates" in words(picture)
    assert "Mairie, round 2, B." in words(picture)
    assert "no longer standing" not in words(picture)


def test_what_is_not_known_is_said(tmp_path):
    picture = drawn(rounds(tmp_path, {"Known": 60, "Unknown": None}, {"Known": None, "Unknown": None}))
    assert "100.0% before, not published after" in words(picture)  # 60 of the 60 votes that are known to be valid
    assert "not published before, not published after" in words(picture)
    assert not any(mark.said.startswith("Unknown") for mark in placed(picture))
    assert_readable(picture)


def test_reconstructed_figures_keep_their_mark():
    # psconflans.fr: Hamon 35.07 to 57.95 %, Valls 35.68 to 42.05 %: 22.88 and 6.37, and (22.88 - 6.37) / 2 = 8.25.
    picture = drawn(load("conflans"))
    assert picture.title == "Benoît Hamon gains more than Manuel Valls: +22.9† against +6.4† points"
    assert "Butler swing: +8.3† points" in words(picture)
    assert "† reconstructed: worked out from the published percentages" in words(picture)


def test_nothing_changed(tmp_path):
    picture = drawn(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 30, "Two": 20}))
    assert arrows(picture) == {}
    assert len(placed(picture)) == 2
    assert_readable(picture)


def test_rows_can_be_chosen_and_sorted(tmp_path):
    table = swing(rounds(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 50, "Two": 30, "Three": 20}))
    picture = draw(arrange(table, sort="points", top=2))
    heights = {mark.said.split(":")[0]: mark.y for mark in placed(picture)}
    assert sorted(heights, key=heights.__getitem__) == ["Three", "Two"]


@pytest.mark.parametrize(
    ("before", "noted"),
    [
        # Of 10,000, then 85 of them, 0.85 %, which is written 0.9:
        (104, True),  # 1.04 %, written 1.0; the difference, −0.19, is written −0.2
        (105, False),  # 1.05 %, written 1.1; −0.2; and of Two 98.95 and 99.15 %, written 99.0 and 99.2
    ],
)
def test_it_is_said_where_points_are_not_what_the_shares_as_written_give(tmp_path, before, noted):
    picture = drawn(rounds(tmp_path, {"One": before, "Two": 10_000 - before}, {"One": 85, "Two": 9915}))
    assert ("Points are worked out before rounding" in words(picture)) is noted
