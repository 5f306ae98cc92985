"""Bars and sparklines: their lengths and heights against the numbers, and what is never drawn."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from primaire.render.bars import Scale, sparkline

EIGHTHS = {"█": 8, **{part: number for number, part in enumerate("▏▎▍▌▋▊▉", start=1)}}
HALVES = {"█": 2, "▌": 1, "▐": 1}
lengths = st.integers(10, 30)
shares = st.floats(0.001, 100)
points = st.floats(-100, 100).filter(lambda value: value == 0 or abs(value) > 0.001)


def drawn(scale: Scale, value: float | None, length: int) -> str:
    return scale.bar(value, length).plain


@given(shares, shares, lengths)
def test_a_bar_is_as_long_as_its_share_to_a_sixteenth_of_a_character(one, other, length):
    value, most = sorted((one, other))
    eighths = sum(EIGHTHS[each] for each in drawn(Scale(0, most, signed=False), value, length))
    exact = 8 * length * value / most
    assert eighths == 1 if exact < 1 else abs(eighths - exact) <= 0.5 + 1e-9


@given(st.lists(points, min_size=1, max_size=8), lengths)
def test_signed_bars_share_a_zero_line_and_a_scale(values, length):
    assume(any(values))
    scale = Scale.of(values, signed=True)
    bars = [drawn(scale, value, length) for value in values]
    assert len({bar.index("│") for bar in bars}) == 1
    assert max(map(len, bars)) <= length
    halves = [sum(HALVES.get(each, 0) for each in bar) for bar in bars]
    sizes = [abs(value) for value in values]
    # All have one length to the point, which is that of the largest, known to a half of a half character.
    most = max(sizes)
    for half, size in zip(halves, sizes, strict=True):
        exact = max(halves) * size / most
        assert half == 0 if not size else half == 1 or abs(half - exact) <= 1.0 + 1e-9
    for bar, value in zip(bars, values, strict=True):
        left, right = (side.strip() for side in bar.split("│"))
        assert (bool(left), bool(right)) == (value < 0, value > 0)


@given(points.filter(bool), st.floats(0.01, 100), lengths)
def test_a_gain_is_the_mirror_of_a_loss(value, more, length):
    end = abs(value) + more
    scale = Scale(-end, end, signed=True)
    lost, gained = sorted((drawn(scale, value, 2 * length + 1), drawn(scale, -value, 2 * length + 1)), key=len)
    assert lost.strip()[::-1].replace("▐", "▌") == gained.strip()


def test_a_signed_bar_by_hand():
    # 31 characters: the line, and 30 for 15 points, two to the point; left of it are 10.
    scale = Scale.of([-5, 10, None, 0.1], signed=True)
    assert drawn(scale, -5, 31) == "█" * 10 + "│"
    assert drawn(scale, 10, 31) == " " * 10 + "│" + "█" * 20
    assert drawn(scale, -1.3, 31) == " " * 7 + "▐██│"  # 2.6 characters, so two and a half
    assert drawn(scale, 0.1, 31) == " " * 10 + "│▌"  # never too small to be seen
    assert drawn(scale, 0, 31) == " " * 10 + "│"


def test_small_differences_do_not_look_large():
    # 30 characters stand for at least 5 points: six to the point, 4.44 for 0.74, so four and a half.
    scale = Scale.of([-0.74, 0.74], signed=True)
    assert drawn(scale, -0.74, 31) == " " * 10 + "▐████│"
    assert drawn(scale, 0.74, 31) == " " * 15 + "│████▌"


@pytest.mark.parametrize(
    ("values", "line"),
    [([1.0, 20.0], 0), ([-1.0, -20.0], 20), ([0.0, 0.0], 0), ([-0.001, 90.0], 1), ([-90.0, 0.001], 19)],
)
def test_each_side_that_has_a_value_has_room_and_no_other(values, line):
    scale = Scale.of(values, signed=True)
    assert {drawn(scale, value, 21).index("│") for value in values} == {line}


@pytest.mark.parametrize("signed", [True, False])
def test_what_is_missing_has_no_bar_and_no_room_has_none_either(signed):
    scale = Scale.of([None, 3.0], signed=signed)
    assert drawn(scale, None, 20) == ""
    assert drawn(scale, 3.0, 0) == ""
    assert drawn(Scale.of([None], signed=signed), None, 20) == ""


def test_a_share_of_zero_has_no_bar():
    assert drawn(Scale.of([0.0, 50.0], signed=False), 0.0, 20) == ""


def test_a_sparkline_by_hand():
    # 16 is the full height of eight eighths: 2 is one of them, 4 two, 15 seven and a half, which rounds to eight.
    assert sparkline([0, 2, 4, 8, 15, 16, 1]) == " ▁▂▄██▁"
    assert sparkline([0, 0]) == "  "
    assert sparkline([]) == ""


@given(st.lists(st.integers(0, 70_000), min_size=1, max_size=12))
def test_a_sparkline_rises_with_its_counts_and_shows_every_unit(counts):
    shown = sparkline(counts)
    heights = [" ▁▂▃▄▅▆▇█".index(each) for each in shown]
    assert len(shown) == len(counts)
    assert [bool(height) for height in heights] == [bool(count) for count in counts]
    assert [heights[at] for at in sorted(range(len(counts)), key=counts.__getitem__)] == sorted(heights)
    assert max(heights) == (8 if any(counts) else 0)
