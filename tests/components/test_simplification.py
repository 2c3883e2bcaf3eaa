"""Raw drawings become what the data set would have of them."""

import csv
import itertools
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import InvalidDrawingError, Stroke, parse_drawing
from components.simplification import MAX_LENGTH, simplify_if_raw, simplify_strokes, simplify_text
from tests.components.simplification_vectors import VECTORS


def strokes_of(coordinates):
    """Drawings of such coordinates."""
    points = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12)
    return st.lists(
        points.map(lambda stroke: [list(axis) for axis in zip(*stroke, strict=True)]), min_size=1, max_size=4
    )


RAW = strokes_of(st.floats(-1e6, 1e6) | st.integers(-(10**6), 10**6))
SIMPLIFIED = strokes_of(st.integers(0, 255))


def as_text(strokes):
    return json.dumps(strokes)


def spiral(turns=2, points=60):
    """A raw stroke of our own, with the pixel fractions of a real one."""
    angles = np.linspace(0, turns * 2 * np.pi, points)
    radius = 20 + 10 * angles
    return [np.round(300 + radius * np.cos(angles), 1).tolist(), np.round(200 + radius * np.sin(angles), 1).tolist()]


@pytest.mark.parametrize(("raw", "simplified"), VECTORS.values(), ids=VECTORS)
def test_by_hand(raw, simplified):
    assert simplify_strokes(raw) == [Stroke(*stroke) for stroke in simplified]


def test_a_curve_keeps_its_shape_in_fewer_points():
    (simplified,) = simplify_strokes([spiral(points=600)])
    (before,) = simplify_strokes([spiral(points=60)])
    assert len(simplified.xs) < 60
    assert simplified.xs[0] == before.xs[0]
    assert (min(simplified.xs), min(simplified.ys)) == (0, 0)
    assert max(*simplified.xs, *simplified.ys) == 255


def test_times_are_not_looked_at():
    assert simplify_strokes([[[0, 10], [0, 4], [3, None]]]) == [Stroke([0, 255], [0, 102])]


@pytest.mark.parametrize("stroke", [[[7], [9]], [[7, 7, 7], [9, 9, 9]], [[1e300], [-1e300]]])
def test_a_tap_is_two_equal_points(stroke):
    assert simplify_strokes([stroke]) == [Stroke([0, 0], [0, 0])]


@given(RAW)
def test_the_result_is_a_drawing_of_as_many_strokes_with_their_ends(raw):
    simplified = simplify_strokes(raw)
    assert parse_drawing(as_text(simplified)) == simplified
    assert len(simplified) == len(raw)
    low = np.hstack([np.array(stroke, float) for stroke in raw]).min(axis=1)
    extent = max((np.array(stroke, float).T - low).max() for stroke in raw) or 1.0
    for before, after in zip(raw, simplified, strict=True):
        ends = (np.array(before, float).T[[0, -1]] - low) / extent * 255
        assert np.abs(ends - np.array(after).T[[0, -1]]).max() <= 0.5 + 1e-9


@given(strokes_of(st.integers(-1000, 1000)), st.integers(-(10**6), 10**6), st.integers(-20, 20))
def test_moving_and_scaling_the_input_changes_nothing(raw, shift, power):
    changed = [[[(value + shift) * 2.0**power for value in axis] for axis in stroke] for stroke in raw]
    assert simplify_strokes(changed) == simplify_strokes(raw)


@given(SIMPLIFIED)
def test_the_simplified_form_is_left_alone(strokes):
    assert simplify_if_raw(strokes) == [Stroke(*stroke) for stroke in strokes]
    assert simplify_text(as_text(strokes)) == json.dumps(strokes, separators=(",", ":"))


def test_a_second_time_may_drop_a_corner_or_move_it_by_a_pixel():
    (once,) = simplify_strokes([spiral()])
    (twice,) = simplify_strokes([once])
    assert 0.8 * len(once.xs) <= len(twice.xs) <= len(once.xs)
    moves = np.abs(np.array(twice)[:, :, None] - np.array(once)[:, None, :]).max(axis=0)
    assert moves.min(axis=1).max() <= 1


@pytest.mark.parametrize(
    "drawing", ["[[[0, 9], [0, 9], [5, 6]]]", "[[[0.0, 9], [0, 9]]]", "[[[0, 256], [0, 256]]]", "[[[-1, 9], [1, 11]]]"]
)
def test_what_is_raw(drawing):
    assert simplify_text(drawing) == "[[[0,255],[0,255]]]"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("7", "not a list of strokes"),
        ('"[[[1],[2]]]"', "not a list of strokes"),
        ("[]", "no strokes"),
        ("[7]", "a stroke is not two or three lists"),
        ("[[]]", "a stroke is not two or three lists"),
        ("[[[1]]]", "a stroke is not two or three lists"),
        ("[[[1],[2],[3],[4]]]", "a stroke is not two or three lists"),
        ('[["1","2"]]', "a stroke is not two or three lists"),
        ("[[[1,2],[3]]]", "x, y and time lists differ in length"),
        ("[[[1.5,2],[3,4],[5]]]", "x, y and time lists differ in length"),
        ("[[[],[],[]]]", "a stroke without points"),
        ("[[[true],[2]]]", "not a number"),
        ("[[[1.5],[null]]]", "not a number"),
        ('[[["1"],[2]]]', "not a number"),
        ("[[[1.5,2],[NaN,3]]]", "not a finite number"),
        ("[[[1.5,2],[3,-1e999]]]", "not a finite number"),
        ("[[[1e308,-1e308],[3,4]]]", "not a finite number"),
        (f"[[[1,1{'0' * 400}],[3,4]]]", "not a finite number"),
        (as_text([[[0, 255.5] * 1000, [0] * 2000]]), f"longer than {MAX_LENGTH} pixels"),
    ],
)
def test_reason(text, reason):
    with pytest.raises(InvalidDrawingError) as error:
        simplify_text(text)
    assert error.value.reason == reason


@given(st.text(alphabet='[]{}0123456789,. -"eE\n') | strokes_of(st.floats() | st.booleans()).map(as_text))
def test_any_text_is_a_drawing_or_has_a_reason(text):
    try:
        simplified = simplify_text(text)
    except InvalidDrawingError as error:
        assert error.reason
    else:
        parse_drawing(simplified)


def real_drawings(folder, every_file, rows):
    """Some drawings of the data set."""
    for path in sorted((folder / "train_simplified").glob("*.csv"))[::every_file]:
        with path.open(newline="") as stream:
            yield from (json.loads(row["drawing"]) for row in itertools.islice(csv.DictReader(stream), rows))


def as_drawn(strokes):
    """What a pen may have sent that drew these strokes: a point every 4 of its own pixels, with times."""
    raw = []
    for xs, ys in strokes:
        points = (np.array(xs) + 1j * np.array(ys)) * 3 + (200 + 100j)
        way = np.concatenate([[0], np.cumsum(np.abs(np.diff(points)))])
        samples = np.union1d(np.arange(0, way[-1], 4), way)
        drawn = np.interp(samples, way, points)
        raw.append([drawn.real.tolist(), drawn.imag.tolist(), samples.tolist()])
    return raw


def furthest(points, line):
    """How far any point is from a polyline; both are arrays [2, P]."""
    points, line = points[0] + 1j * points[1], line[0] + 1j * line[1]
    starts, pieces = line[:-1], np.diff(line)
    lengths = np.where(pieces == 0, 1, np.abs(pieces) ** 2)
    along = np.clip(((points[:, None] - starts) * np.conj(pieces)).real / lengths, 0, 1)
    return np.abs(points[:, None] - starts - along * pieces).min(axis=1).max()


def assert_is_as_the_data_is(drawings):
    """Each drawing: valid, a stroke has two points or more. All but a few: at the top left, and 255 at the far side.

    The few are those whose outermost point was a spur, which has no distance from the line through both ends.
    """
    aligned = filling = 0
    for strokes in drawings:
        assert parse_drawing(as_text(strokes)) == [Stroke(*stroke) for stroke in strokes]
        assert min(len(stroke[0]) for stroke in strokes) >= 2
        points = np.hstack([np.array(stroke) for stroke in strokes])
        aligned += points.min(axis=1).max() <= 2
        filling += points.max() >= 252
    assert aligned > 0.98 * len(drawings)
    assert filling > 0.98 * len(drawings)


def assert_gives_the_data_back(drawings):
    """Drawn with a pen and simplified again, a drawing has its strokes and their shape."""
    again = [simplify_strokes(as_drawn(strokes)) for strokes in drawings]
    assert_is_as_the_data_is(again)
    distances, points = [], np.zeros(2)
    for before, after in zip(drawings, again, strict=True):
        # Where the outermost point was dropped the first time, the second scales anew: both are compared at 255.
        corner = np.hstack([np.array(stroke) for stroke in before]).min(axis=1, keepdims=True)
        moved = [np.array(stroke) - corner for stroke in before]
        scale = 255 / max(1, *(stroke.max() for stroke in moved))
        pairs = [(stroke * scale, np.array(other)) for stroke, other in zip(moved, after, strict=True)]
        distances.append(max(max(furthest(one, other), furthest(other, one)) for one, other in pairs))
        points += [sum(one.shape[1] for one, _ in pairs), sum(other.shape[1] for _, other in pairs)]
    # Epsilon and the rounding of both.
    assert np.quantile(distances, 0.98) <= 2 + 2 * np.sqrt(0.5)
    assert 0.9 < points[1] / points[0] <= 1.0


@pytest.mark.real_data
def test_invariants_of_real_drawings(real_data_dir):
    drawings = list(real_drawings(real_data_dir, every_file=29, rows=30))
    assert len(drawings) == 360
    assert_is_as_the_data_is(drawings)
    assert_gives_the_data_back(drawings)


@pytest.mark.exhaustive
@pytest.mark.real_data
def test_invariants_of_every_real_drawing(real_data_dir):
    drawings = list(real_drawings(real_data_dir, every_file=1, rows=1_000_000))
    assert len(drawings) > 100_000
    assert_is_as_the_data_is(drawings)
    assert_gives_the_data_back(drawings)
