from hypothesis import given
from hypothesis import strategies as st

from components.drawing import Stroke
from pipeline.cli.predict.braille import braille_picture

POINTS = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=8)
STROKES = st.lists(POINTS.map(lambda points: Stroke(*map(list, zip(*points, strict=True)))), min_size=1, max_size=4)
ENVELOPE = [Stroke([0, 255, 255, 0, 0], [0, 0, 160, 160, 0]), Stroke([0, 128, 255], [0, 90, 0])]


def dots_of(picture):
    """The dots `(x, y)` of a picture, by the table of Unicode: dot n of a character is bit n - 1."""
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return {
        (2 * column + x, 4 * row + y)
        for row, line in enumerate(picture.split("\n"))
        for column, character in enumerate(line)
        for bit, (x, y) in enumerate(places)
        if (ord(character) - 0x2800) >> bit & 1
    }


def test_an_envelope():
    assert braille_picture(ENVELOPE, 12).split("\n") == [
        "⡟⠫⣉⠉⠉⠉⠉⠉⠉⣉⠝⢻",
        "⡇⠀⠀⠑⠢⣀⣀⠔⠊⠀⠀⢸",
        "⡇⠀⠀⠀⠀⠀⠁⠀⠀⠀⠀⢸",
        "⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠼",
    ]


def test_a_dot():
    assert braille_picture([Stroke([0], [0])]) == "⠁"
    assert braille_picture([Stroke([0, 0], [0, 0])]) == "⠁"


@given(STROKES, st.sampled_from([4, 10, 32]))
def test_every_corner_is_a_dot_and_nothing_lies_beyond(strokes, columns):
    picture = braille_picture(strokes, columns)
    lines = picture.split("\n")
    assert len(lines) <= columns // 2
    assert all(len(line) <= columns for line in lines)
    dots = dots_of(picture)
    scale = (2 * columns - 1) / 255
    for stroke in strokes:
        assert {(round(x * scale), round(y * scale)) for x, y in zip(*stroke, strict=True)} <= dots


@given(POINTS)
def test_a_stroke_has_no_gap(points):
    dots = dots_of(braille_picture([Stroke(*map(list, zip(*points, strict=True)))]))
    reached = {next(iter(dots))}
    edge = set(reached)
    while edge:
        edge = {(x + dx, y + dy) for x, y in edge for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & dots - reached
        reached |= edge
    assert reached == dots
