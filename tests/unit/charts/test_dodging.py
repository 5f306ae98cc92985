"""Labels pushed apart: none covers another, their order stays, and none is moved more than needed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.charts.dodging import spread

labels = st.lists(st.tuples(st.floats(-50, 250), st.floats(1, 30)), min_size=1, max_size=12)


def test_labels_that_have_room_stay():
    assert spread([80, 10, 40], [10, 10, 10], 0, 100) == [80, 10, 40]


def test_two_that_meet_share_the_way():
    # Both want 50 and are 20 high: 40 and 60 are as near as can be to 50, and 20 apart.
    assert spread([50, 50], [20, 20], 0, 100) == [40, 60]


def test_a_third_one_is_pushed_by_the_two():
    # Three in a row, 10 high each. For the others to stand where they are wanted, at 50, 50 and 55, the first would be at
    # 50, 40 and 35: the mean of these, 125 / 3, has the least squares.
    assert spread([50, 50, 55], [10, 10, 10], 0, 100) == pytest.approx([125 / 3, 125 / 3 + 10, 125 / 3 + 20])


def test_without_labels():
    assert spread([], [], 0, 10) == []


@given(labels, st.floats(0, 100), st.floats(100, 400))
def test_none_covers_another(held, low, high):
    wanted, sizes = (list(column) for column in zip(*held, strict=True))
    placed = spread(wanted, sizes, low, high)
    ordered = sorted(range(len(placed)), key=lambda at: (wanted[at], at))
    for one, other in pairwise(ordered):
        assert placed[other] - placed[one] >= (sizes[one] + sizes[other]) / 2 - 1e-6
    first, last = ordered[0], ordered[-1]
    assert placed[first] - sizes[first] / 2 >= low - 1e-6
    assert placed[last] + sizes[last] / 2 <= max(high, low + sum(sizes)) + 1e-6


@given(labels, st.randoms(use_true_random=False))
def test_no_other_way_is_shorter(held, chance):
    # Any other order-keeping arrangement moves labels at least as far, in squares: tried at random.
    wanted, sizes = (list(column) for column in zip(*held, strict=True))
    placed = spread(wanted, sizes, -1000, 1000)
    moved = sum((one - other) ** 2 for one, other in zip(placed, wanted, strict=True))
    ordered = sorted(range(len(placed)), key=lambda at: (wanted[at], at))
    for _ in range(5):
        tried = [placed[at] + chance.uniform(-3, 3) for at in ordered]
        for place, (one, other) in enumerate(pairwise(ordered)):
            tried[place + 1] = max(tried[place + 1], tried[place] + (sizes[one] + sizes[other]) / 2)
        cost = sum((place - wanted[at]) ** 2 for place, at in zip(tried, ordered, strict=True))
        assert cost >= moved - 1e-6
