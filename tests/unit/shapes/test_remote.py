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


SEVERAL = [(at / 100, 0.0, 0.01) for at in range(19)]
"""More of them, side by side: more than one in ten."""

SCATTERED = [
    (x, y, 0.01) for x, y in ((0, 0), (-100, 40), (140, -30), (30, 60), (80, 10), (-60, -40), (100, 65), (5, -50))
]
"""Farther from each other than could be seen in one frame."""


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
        ([*TOWN, (2.2, 48, 0.01)], 0),  # 0.18 degrees x cos 48 = 0.12: six times as far as half of the town, 0.02
        ([*TOWN, (2.9, 48, 0.01)], 1),  # 0.88 degrees x cos 48 = 0.59: thirty times
        *(([*TOWN[:near], *SEVERAL[:far]], far) for near, far in ((8, 2), (4, 2), (12, 3), (18, 3), (5, 4), (20, 19))),
        ([*TOWN, (2.04, 47, 2.0)], 0),  # the country around it, which begins beside it
        ([TOWN[0], SEA], 0),  # of two, neither is far from the other more than that from it
        ([TOWN[0], TOWN[1], SEA], 1),
        ([*TOWN[:10], *((x - 2, y - 48, size) for x, y, size in TOWN[:10])], 0),  # two halves
        ([], 0),
    ],
)
def test_what_is_far_from_half_of_all_is_remote(squares, far):
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


def test_what_is_remote_in_two_places_stands_in_two_frames():
    squares = [*TOWN, *SEVERAL[:2], *SCATTERED[1:3]]
    main, *frames = parts_of(shapes(squares))
    assert (len(main.rows), [part.rows.tolist() for part in frames]) == (20, [[20, 21], [22], [23]])
    canvas = drawing(shapes(squares), 400)
    # Frames are 1.2 x 72 wide, with 5 on either side of the shape: two squares at the equator share 76.4; one alone is
    # 5 less high than the frame, 81.4, and narrower by the cosine of its latitude, 40 and 30 (the flattening adds 0.7% at
    # most, e'^2).
    widths = [right - left for left, _, right, _ in shapely.bounds(canvas.shapes[20:])]
    assert widths == pytest.approx([38.2, 38.2, 62.4, 70.5], rel=0.007)
    assert [str(remark) for remark in canvas.remarks] == [
        "4 places lie far away from all others, by their outlines, and are framed apart."
    ]


def test_a_few_frames_are_enough_and_what_is_in_none_is_told():
    canvas = drawing(shapes([*TOWN, *SCATTERED]), 600)
    assert [one.name for one in canvas.frames] == [FAR_AWAY] * 6
    assert [shape is None for shape in canvas.shapes] == [False] * 26 + [True] * 2
    assert [str(remark) for remark in canvas.remarks] == [
        "6 places lie far away from all others, by their outlines, and are framed apart.",
        "2 more places lie far away, by their outlines, scattered, and are not shown.",
    ]


def test_far_islands_of_a_realm_are_all_framed():
    """Polling stations of French Polynesia, most of them on Tahiti: Marquesas, Gambier, Tubuai and Rapa are 5 to 15 degrees away."""
    tahiti = [(-149.6 + x / 20, -17.8 + y / 20, 1 / 20) for x in range(8) for y in range(6)]
    far = [
        (-140.1, -8.9),
        (-140.0, -9.4),
        (-139.0, -9.7),
        (-135.0, -23.1),
        (-149.5, -24.4),
        (-147.7, -24.9),
        (-144.3, -27.6),
    ]
    parts = parts_of(shapes([*tahiti, *((x, y, 0.2) for x, y in far)]))
    assert [len(part.rows) for part in parts] == [48, 3, 2, 1, 1]


@pytest.mark.parametrize(
    ("near", "islands"),
    [
        # Half of Portugal's 278 municipalities lie within 1.5 degrees of their middle; the Azores begin 13 degrees away.
        ([(-9 + x / 5, 37 + y / 5, 0.2) for x in range(10) for y in range(25)], [(-25.5, 37.7, 0.3)] * 19),
        # Mainland France with Corsica, whose departements lie 6 degrees from the middle.
        ([(-1 + x, 43 + y, 1.0) for x in range(8) for y in range(8)], [(8.6, 41.4, 1.0), (8.9, 42.2, 1.0)]),
        # A commune of 4 km with an island 20 km off: Hyères and the Île du Levant.
        ([(6.10 + x / 80, 43.10 + y / 80, 1 / 80) for x in range(4) for y in range(4)], [(6.43, 43.02, 0.05)]),
    ],
)
def test_islands_of_the_realm_stay_on_the_map(near, islands):
    assert not remote(boxes([*near, *islands])).any()


def test_territories_overseas_have_frames_of_their_names_all_the_same():
    reunion = (55.5, -21.0, 0.01)
    assert [part.name for part in parts_of(shapes([*TOWN, SEA, reunion]))] == [None, "Réunion", FAR_AWAY]
