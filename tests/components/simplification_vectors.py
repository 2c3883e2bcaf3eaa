"""Raw drawings and what becomes of them, each small enough to check by hand: for Python and for its twin in JavaScript.

Strokes are `[xs, ys]`.
"""

VECTORS = {
    # Left by 100, up by 90, times 255 / 160; the corner at (63.75, 191.25) is cut by a tenth of a pixel.
    "a_check_mark_and_a_tap": (
        [[[100, 140, 260], [150, 210, 90]], [[180], [90]]],
        [[[0, 64, 255], [96, 191, 0]], [[128, 128], [0, 0]]],
    ),
    "a_tap_alone": ([[[7], [9]]], [[[0, 0], [0, 0]]]),
    "a_pen_that_stays": ([[[5, 5, 5], [5, 5, 5]]], [[[0, 0], [0, 0]]]),
    "a_straight_line_needs_its_ends": ([[[0, 0.5, 1], [0, 0, 0]]], [[[0, 255], [0, 0]]]),
    "a_closed_square_keeps_its_corners": (
        [[[0, 10, 10, 0, 0], [0, 0, 10, 10, 0]]],
        [[[0, 255, 255, 0, 0], [0, 0, 255, 255, 0]]],
    ),
    "a_half_is_even": ([[[0, 510], [0, 0]], [[125], [0]]], [[[0, 255], [0, 0]], [[62, 62], [0, 0]]]),
    "strokes_keep_their_places": (
        [[[10.5, 14.5, 14.5], [-7, -7, -3]], [[20.5], [-11]]],
        [[[0, 102, 102], [102, 102, 204]], [[255, 255], [0, 0]]],
    ),
    # A bump of two pixels, and one of a little more.
    "epsilon_is_dropped": ([[[0, 100, 255], [0, 2, 0]]], [[[0, 255], [0, 0]]]),
    "more_than_epsilon_is_kept": ([[[0, 100, 255], [0, 2.2, 0]]], [[[0, 100, 255], [0, 2, 0]]]),
    # It lies on the line through both ends, though far from the piece between them.
    "a_spur_is_lost": ([[[0, 100, 50], [0, 0, 0]], [[0], [255]]], [[[0, 50], [0, 0]], [[0, 0], [255, 255]]]),
}
