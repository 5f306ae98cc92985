"""The terminal: what gives way where it is narrow, bars, colour, and consoles that know few characters."""

import io
import re

import numpy as np
import pytest
from rich.cells import cell_len

from primaire.messages import msg
from primaire.render.terminal import print_table, text
from primaire.table import Column, Section, Spread

NAME = Column("candidate", "Candidate", "text")
VOTES = Column("votes", "Votes", "count")
SHARE = Column("share", "Share of valid votes", "share")
OF_VOTERS = Column("of_voters", "Share of voters", "share")
POINTS = Column("points", "Points", "points")
VOTERS = Column("voters", "Voters", "count", place="foot")
TURNOUT = Column("turnout", "of registered", "share", place="foot", beside="voters")


@pytest.fixture
def primary(make):
    return make(
        (NAME, ["Benoît Hamon", "Jean-Luc Bennahmias", "Sylvia Pinel"]),
        (VOTES, [1000, 250, 1]),
        (SHARE, [79.936, 19.984, 0.0799]),
        (OF_VOTERS, [78.125, 19.531, 0.078]),
        (VOTERS, [1280] * 3),
        (TURNOUT, [51.2] * 3),
        title=msg("Left primary 2017"),
        notes=(msg("The voters are those who came."),),
        bar="share",
    )


def test_in_a_file_nothing_is_folded_or_cut(primary, english):
    # 20 cells of bar for the largest share; 19.984/79.936 is a quarter, 5 cells; 0.0799 is 0.16 eighths: the thinnest.
    assert text(primary, english).splitlines() == [
        "Left primary 2017",
        "",
        "Candidate            Votes  Share of valid votes  Share of voters",
        "───────────────────────────────────────────────────────────────────────────────────────",
        "Benoît Hamon         1,000                79.94%           78.13%  ████████████████████",
        "Jean-Luc Bennahmias    250                19.98%           19.53%  █████",
        "Sylvia Pinel             1                 0.08%            0.08%  ▏",
        "",
        "Voters  1,280  51.20%  of registered",
        "",
        "The voters are those who came.",
    ]


def test_on_a_terminal_headings_fold_to_make_room_for_the_bar(primary, english):
    # Names keep their 19 characters and the bar needs 10: that leaves 9 each for the shares, where headings fold to 8.
    # 19 + 5 + 8 + 8 and four gaps of 2 are 48, and 12 of 60 are left for the bar.
    assert text(primary, english, width=60).splitlines()[2:9] == [
        "                            Share of",
        "                               valid  Share of",
        "Candidate            Votes     votes    voters",
        "────────────────────────────────────────────────────────────",
        "Benoît Hamon         1,000    79.94%    78.13%  ████████████",
        "Jean-Luc Bennahmias    250    19.98%    19.53%  ███",
        "Sylvia Pinel             1     0.08%     0.08%  ▏",
    ]


def test_the_bar_goes_before_any_column(primary, english):
    shown = text(primary, english, width=46)
    assert "█" not in shown
    assert "do not fit" not in shown
    assert "78.13%" in shown


def test_then_columns_go_from_the_right_and_that_is_said(primary, english):
    shown = text(primary, english, width=30)
    assert "79.94%" in shown
    assert "78.13%" not in shown
    sentence = " ".join(shown.split())
    assert (
        "1 column does not fit in 30 characters: Share of voters. A wider terminal or --format plain shows it."
        in sentence
    )
    sentence = " ".join(text(primary, english, width=18).split())
    assert "3 columns do not fit in 18 characters: Votes, Share of valid votes and Share of voters. " in sentence


@pytest.mark.parametrize("width", [24, 30, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(primary, english, french, width):
    for language in (english, french):
        assert max(map(cell_len, text(primary, language, width=width).splitlines())) <= width


@pytest.mark.parametrize("width", range(12, 120))
def test_numbers_are_whole_or_not_shown_at_all(primary, french, width):
    shown = text(primary, french, width=width)
    rows = shown[shown.index("─") : shown.index("Voters")]
    numbers = set(re.findall(r"\d[\d\u202f,]*(?:\xa0%)?", rows))
    assert numbers <= {"1\u202f000", "250", "1", "79,94\xa0%", "19,98\xa0%", "0,08\xa0%", "78,13\xa0%", "19,53\xa0%"}
    assert "…" not in shown


def test_a_terminal_too_narrow_for_a_name_still_shows_the_names(primary, english):
    assert "Benoît Hamon\nJean-Luc\n  Bennahmias\nSylvia Pinel\n" in text(primary, english, width=5)


def test_the_foot_is_stacked_where_it_is_too_narrow(primary, english):
    lines = text(primary, english, width=24).splitlines()
    assert "Voters          1,280" in lines
    assert "of registered  51.20%" in lines


def test_a_name_folds_with_an_indent(primary, english):
    lines = text(primary, english, width=30).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("Jean-Luc"))
    assert lines[at + 1] == "  Bennahmias"


def test_sections_with_the_same_columns_are_laid_out_alike_and_their_bars_compare(make, english):
    table = make(
        (NAME, ["Benoît Hamon", "Ex"]),
        (SHARE, [80, 40]),
        sections=(Section(msg("One"), 0, 1), Section(msg("Two"), 1, 2)),
        bar="share",
    )
    assert text(table, english).splitlines() == [
        "One",
        "",
        "Candidate     Share of valid votes",
        "────────────────────────────────────────────────────────",
        "Benoît Hamon                80.00%  ████████████████████",
        "",
        "",
        "Two",
        "",
        "Candidate     Share of valid votes",
        "────────────────────────────────────────────────────────",
        "Ex                          40.00%  ██████████",
    ]


def test_a_missing_share_and_a_zero_have_no_bar(make, english):
    table = make((NAME, ["a", "b", "c"]), (SHARE, [None, 0, 50]), bar="share")
    ends = [line.split()[-1] for line in text(table, english).splitlines()[-3:]]
    assert ends == ["–", "0.00%", "█" * 20]


def test_points_stand_left_and_right_of_zero(make, english):
    table = make((NAME, ["up", "down", "left", "same"]), (POINTS, [7.5, -2.5, None, 0]), bar="points")
    # 20 characters: the zero line, and 19 for 10 points, 5 of them on the left. 1.87 to the point fit on both sides: 14 and 4.5.
    assert text(table, english).splitlines()[2:] == [
        "Candidate  Points",
        "───────────────────────────────────────",
        "up          +7.50       │██████████████",
        "down        −2.50  ▐████│",
        "left            –",
        "same         0.00       │",
    ]


@pytest.mark.parametrize("values", [[None, None], [0, 0]])
def test_no_room_is_left_where_no_bar_would_be_drawn(make, english, values):
    with_bar, without = (make((NAME, ["a", "b"]), (POINTS, values), bar=bar) for bar in ("points", None))
    assert text(with_bar, english) == text(without, english)


@pytest.fixture
def spread(make):
    """Two sections; in the first, twelve units."""
    shapes = np.array([[0, 4, 8, 0], [12, 0, 0, 0], [0, 0, 0, 0]])
    return make(
        (NAME, ["Benoît Hamon", "Jean-Luc Bennahmias", "Ex"]),
        (SHARE, [80, 20, 100]),
        sections=(Section(msg("One"), 0, 2), Section(msg("Two"), 2, 3)),
        bar="share",
        spread=Spread("share", shapes, 70),
    )


def test_sparklines_stand_below_the_ends_of_their_classes(spread, english):
    # 20 characters of bar for 100%: 16 for 80, 4 for 20. The fullest class has the full height, half of it half.
    assert text(spread, english).splitlines() == [
        "One",
        "",
        "Candidate            Share of valid votes                        0 70%",
        "──────────────────────────────────────────────────────────────────────",
        "Benoît Hamon                       80.00%  ████████████████       ▄█",
        "Jean-Luc Bennahmias                20.00%  ████                  █",
        "",
        "",
        "Two",
        "",
        "Candidate            Share of valid votes",
        "──────────────────────────────────────────────────────────────────────",
        "Ex                                100.00%  ████████████████████",
        "",
        "▁▃█▂ how the units are spread over Share of valid votes, in 4 classes from 0 to 70%",
    ]


@pytest.mark.parametrize("width", range(20, 100))
def test_sparklines_go_first_then_bars_and_no_figure_for_either(spread, english, width):
    shown = text(spread, english, width=width)
    rows = shown[shown.index("─") : shown.index("Two")]
    spark, bar = "▄" in rows, "██" in rows
    assert ("in 4 classes" in " ".join(shown.split())) == spark
    assert max(map(cell_len, shown.splitlines())) <= width
    # 19 for a name, 7 for "100.00%", whose heading folds at each word; then 10 of bar, 5 of "0 70%", and the gaps of 2.
    assert bar == (width >= 19 + 2 + 7 + 2 + 10)
    assert spark == (width >= 19 + 2 + 7 + 2 + 10 + 2 + 5)


def test_a_table_of_figures_alone_has_no_grid(make, english):
    assert text(make((VOTERS, [1280])), english) == "Test\n\nVoters  1,280\n"


def test_markup_in_names_is_shown_as_it_is(make, english):
    table = make((NAME, ["[red]bold[/red]", ":smile:"]))
    stream = io.StringIO()
    print_table(table, english, stream=stream, width=80, colour=True)
    assert "[red]bold[/red]" in stream.getvalue()
    assert ":smile:" in stream.getvalue()


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"TERM": "dumb", "COLUMNS": "7"}])
def test_colour_is_the_callers_choice_and_changes_no_character(primary, english, monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    plain, coloured = io.StringIO(), io.StringIO()
    print_table(primary, english, stream=plain, width=80, colour=False)
    print_table(primary, english, stream=coloured, width=80, colour=True)
    assert "\x1b" not in plain.getvalue()
    assert "\x1b[1mLeft primary 2017\x1b[0m" in coloured.getvalue()
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured.getvalue()) == plain.getvalue() == text(primary, english, width=80)


def test_a_stream_gets_what_it_can_encode(primary, english):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    print_table(primary, english, stream=stream, width=80, colour=False)
    stream.flush()
    shown = raw.getvalue().decode("ascii")
    assert "Benoit Hamon" in shown
    assert "####" in shown
    assert "----" in shown
    assert "?" not in shown
