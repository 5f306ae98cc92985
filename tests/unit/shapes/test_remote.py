"""What lies so far from the others that with it nothing of them would be seen."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from primaire.shapes.drawing import drawing
from primaire.shapes.projection import FAR_AWAY, parts_of
from primaire.shapes.remote import remote

TOWN = [(2 + x / 100, 48 + y / 100, 0.01) for x in range(4) for y in range(5)]
"""Twenty squares of a hundredth of a degree: west, south and size. The farthest corner is 0.03 degrees from the middle."""

SEA = (0.0, 0.0, 0.01)
"""Where programs put what has no place."""


def boxes(squares):
    return np.array([[x, y, x + size, y + size] for x, y, size in squares])


def shapes(squares):
    return np.array([shapely.MultiPolygon([shapely.box(*box)]) for box in boxes(squares)], dtype="object")


@pytest.mark.parametrize(
    ("squares", "far"),
    [
        (TOWN, 0),
        ([*TOWN, SEA], 1),
        ([*TOWN, SEA, (0.5, 0.5, 0.01)], 2),
        ([*TOWN, (2.2, 48, 0.01)], 0),  # 0.18 degrees x cos 48 = 0.12: four times as far
        ([*TOWN, (2.9, 48, 0.01)], 1),  # 0.88 degrees x cos 48 = 0.59: twenty times
        ([*TOWN, (2.04, 47, 2.0)], 0),  # the country around it, which begins beside it
        ([TOWN[0], SEA], 0),  # of two, neither is far from the other more than that from it
        ([TOWN[0], TOWN[1], SEA], 1),
        ([*TOWN[:10], *((x - 2, y - 48, size) for x, y, size in TOWN[:10])], 0),  # two halves
        ([], 0),
    ],
)
def test_what_is_far_from_nine_in_ten_is_remote(squares, far):
    found = remote(boxes(squares).reshape(-1, 4))
    assert found.tolist() == [False] * (len(squares) - far) + [True] * far


def test_both_sides_of_the_date_line_are_near_each_other():
    """Fiji lies at 177 to 180 degrees east, and its last islands at 178 to 180 west."""
    east = [(177 + at / 10, -18.0, 0.1) for at in range(25)]
    assert not remote(boxes([*east, (-179.9, -18.0, 0.1)])).any()


def test_what_is_remote_stands_in_a_frame_of_its_own_and_is_told():
    squares = [*TOWN, SEA]
    main, frame = parts_of(shapes(squares))
    assert (main.name, frame.name) == (None, FAR_AWAY)
    assert (len(main.rows), frame.rows.tolist()) == (20, [20])
    canvas = drawing(shapes(squares), 400)
    # The town is as high as a map 400 wide may be, 1.25 x 400, as if the other were not there.
    assert shapely.total_bounds(canvas.shapes[:20])[[1, 3]] == pytest.approx([0, 500], abs=1)
    assert [one.name for one in canvas.frames] == [FAR_AWAY]
    assert [str(remark) for remark in canvas.remarks] == [
        "1 place lies far away from all others, by its outline, and has a frame of its own."
    ]


def test_territories_overseas_have_frames_of_their_names_all_the_same():
    reunion = (55.5, -21.0, 0.01)
    assert [part.name for part in parts_of(shapes([*TOWN, SEA, reunion]))] == [None, "Réunion", FAR_AWAY]
