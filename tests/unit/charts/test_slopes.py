"""Round against round: where dots and lines stand, who is labelled, and what happens to many, to few and to what is missing."""

import pytest

from primaire.analysis.results import results
from primaire.arrangement import arrange
from primaire.charts import draw
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from primaire.sources import load
from tests.drawn import absent, assert_readable, placed, texts, words
from tests.made_votes import LONG, rounds, votes

THREE = ({"One": 40, "Two": 35, "Three": 25}, {"One": 45, "Two": 55, "Four": 0}, {"One": 52, "Two": 48})


def slopes(returns, style=None, **options):
    return draw(results(returns, **options), style, "slopes")


def heights(picture, kind="path"):
    """How high the marks of a kind stand, by the name that they begin with."""
    found: dict[str, list[float]] = {}
    for mark in placed(picture):
        if mark.kind == kind:
            found.setdefault(mark.said.split(":")[0], []).append(mark.y)
    return found


def test_dots_are_as_high_as_shares(tmp_path):
    # 60, 30 and 10 % of 100 valid votes, then 50 and 50 % of 80.
    found = heights(slopes(rounds(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 40, "Two": 40})))
    (one, later), (two, level), (three,) = found["One"], found["Two"], found["Three"]
    assert later == level
    point = (three - one) / 50
    assert point > 0
    assert three - two == pytest.approx(20 * point, abs=0.1)
    assert later - one == pytest.approx(10 * point, abs=0.1)


def test_lines_join_the_rounds_of_who_stays(tmp_path):
    found = heights(slopes(rounds(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 40, "Two": 40})), "line")
    assert {name: len(lines) for name, lines in found.items()} == {"One": 1, "Two": 1}


def test_who_gains_most_is_the_title(tmp_path):
    # One from 60 to 50 %, Two from 30 to 50 %.
    picture = slopes(rounds(tmp_path, {"One": 60, "Two": 30, "Three": 10}, {"One": 40, "Two": 40}))
    assert picture.title == "Two gains most from round 1 to round 2: +20.0 points"
    assert picture.description.startswith(f"{picture.title}.")
    assert "Two: 30.0% (30) in round 1, 50.0% (40) in round 2." in picture.description
    assert "Three: 10.0% (10) in round 1." in picture.description


def test_nobody_gains_most_where_two_gain_alike(tmp_path):
    # Both from 20 to 40 of 80 and of 100: 25 to 40 %.
    picture = slopes(rounds(tmp_path, {"One": 20, "Two": 20, "Three": 40}, {"One": 40, "Two": 40, "Three": 20}))
    assert "gains most" not in picture.title


def test_nobody_gains_most_where_a_share_is_not_known(tmp_path):
    picture = slopes(rounds(tmp_path, {"One": 40, "Two": 30, "Three": None}, {"One": 60, "Two": 20, "Three": None}))
    assert "gains most" not in picture.title


def test_nobody_gains(tmp_path):
    assert slopes(rounds(tmp_path, {"One": 8}, {"One": 9})).title == "Nobody gains from round 1 to round 2"


def test_reconstructed_figures_keep_their_mark():
    # psconflans.fr: Hamon 35.07 %, then 842 of 1,453.
    picture = slopes(load("conflans"))
    assert picture.title == "Benoît Hamon gains most from round 1 to round 2: +22.9† points"
    assert "† reconstructed: worked out from the published percentages" in words(picture)
    assert "One round only, not drawn: Désignation législative 2017 (vote interne), round 1" in words(picture)


def test_names_and_shares_stand_at_both_ends(tmp_path):
    picture = slopes(rounds(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}))
    said = [box.text for box in texts(picture)]
    assert [said.count(text) for text in ("One", "Two", "60.0%", "40.0%", "45.0%", "55.0%")] == [2, 2, 1, 1, 1, 1]


def test_figures_of_a_round_in_between_stand_between_its_dots(tmp_path):
    picture = slopes(rounds(tmp_path, *THREE))
    (middle,) = (box for box in texts(picture) if box.text == "45.0%")
    one = sorted(mark.x for mark in placed(picture) if mark.said.startswith("One:") and mark.kind == "path")
    assert len(one) == 4
    assert one[1] < middle.left < middle.right < one[2]
    assert "Round 2 – New, not named above: Four 0.0%." in words(picture)


def test_figures_without_room_are_listed(tmp_path):
    picture = slopes(rounds(tmp_path, *THREE), Style(width=320))
    assert "Round 2 – Shares: Two 55.0%, One 45.0%, Four 0.0%." in words(picture)
    assert_readable(picture)


def test_the_base_that_leads_is_drawn(tmp_path):
    rows = [
        {"round": number, "candidate": name, "votes": count, "valid": 100, "voters": 200, "registered": 400}
        for number, people in enumerate(({"One": 60, "Two": 40}, {"One": 50, "Two": 50}), 1)
        for name, count in people.items()
    ]
    picture = slopes(votes(tmp_path, rows), base="registered")
    assert "Shares in % of registered voters." in words(picture)
    assert "15.0%" in words(picture)


def test_what_is_not_published_is_named(tmp_path):
    picture = slopes(rounds(tmp_path, {"Known": 60, "Unknown": None, "Other": 20}, {"Known": 1, "Other": None}))
    assert_readable(picture)
    assert "Unknown" in words(picture)
    assert "Round 2 – No share is published for: Other." in words(picture)
    assert not any(mark.said.startswith("Unknown") for mark in placed(picture))


def test_what_is_not_final_is_said(tmp_path):
    rows = [
        {"round": number, "candidate": "One", "votes": 5, "valid": 5, "status": status}
        for number, status in ((1, "final"), (2, "provisional"))
    ]
    assert "Round 2 – Provisional: this result may still change." in words(slopes(votes(tmp_path, rows)))


@pytest.mark.parametrize(
    "second",
    [
        [],
        [{"round": 2, "candidate": "", "registered": 100, "voters": 60}],  # ballots only
        [{"round": 2, "candidate": "One", "votes": 7}],
    ],
)
def test_one_round_is_no_slope(tmp_path, second):
    first = {"round": 1, "candidate": "Two", "votes": 40}
    table = arrange(results(votes(tmp_path, [first, *second])), candidates=["Two"])
    with pytest.raises(NotHeldError, match="No contest has candidates in two rounds"):
        draw(table, kind="slopes")


def test_contests_of_one_round_are_named_or_counted(tmp_path):
    rows = [
        {"round": number, "contest": place, "unit": place, "candidate": "One", "votes": 5, "valid": 5}
        for number, places in ((1, "ABCDE"), (2, "A"))
        for place in places
    ]
    assert "4 contests have one round only and are not drawn." in words(slopes(votes(tmp_path, rows)))
    assert "One round only, not drawn: Mairie, round 1." in words(slopes(votes(tmp_path, [*rows[:2], rows[-1]])))


@pytest.mark.parametrize(("width", "theme"), [(280, "light"), (320, "dark"), (600, "light"), (1200, "dark")])
def test_three_rounds_can_be_read(tmp_path, width, theme):
    picture = slopes(rounds(tmp_path, *THREE), Style(Language("fr"), theme, width=width))
    assert_readable(picture)
    assert absent(["One", "Two", "Three", "Four"], picture) == []


def test_a_long_name_is_never_cut(tmp_path):
    picture = slopes(rounds(tmp_path, {LONG: 60, "Two": 40}, {LONG: 45, "Two": 55}), Style(width=320))
    assert "".join(box.text for box in texts(picture)).replace(" ", "").count(LONG.replace(" ", "")) == 2


def test_candidates_can_be_chosen(tmp_path):
    table = arrange(results(rounds(tmp_path, *THREE)), candidates=["Two"])
    assert {mark.said.split(":")[0] for mark in placed(draw(table, kind="slopes"))} == {"Two"}
