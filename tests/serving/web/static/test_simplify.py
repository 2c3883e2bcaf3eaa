"""The page's own simplification, run in the browser, against the Python one that the data are compared with."""

import numpy as np
import pytest

from components.simplification import simplify_strokes
from serving.server.config import ServerConfig
from tests.components.simplification_vectors import VECTORS
from tests.serving.running_server import running_server
from tests.serving.tiny_model import write_model


@pytest.fixture(scope="module")
def simplify(browser, tmp_path_factory):
    """The function of simplify.js, for a list of drawings."""
    base_path = tmp_path_factory.mktemp("models")
    write_model(base_path / "1", 1)
    with running_server(ServerConfig(base_path, web=True)) as server:
        page = browser.new_page()
        page.goto(server.rest_url)
        yield lambda drawings: page.evaluate(
            "async (drawings) => drawings.map((await import('/simplify.js')).simplify)", drawings
        )


def as_lists(strokes):
    return [[list(axis) for axis in stroke] for stroke in strokes]


@pytest.mark.parametrize(("raw", "simplified"), VECTORS.values(), ids=VECTORS)
def test_by_hand(simplify, raw, simplified):
    assert simplify([raw]) == [simplified]


def hand(rng):
    """Up to five strokes of a hand that turns slowly, in fractions of a pixel, anywhere."""
    strokes = []
    for _ in range(rng.integers(1, 6)):
        points = int(rng.integers(1, 120))
        heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.3, points))
        x, y = rng.uniform(-500, 500, (2, 1)) + np.cumsum(
            rng.uniform(0, 15, points) * [np.cos(heading), np.sin(heading)], 1
        )
        strokes.append([np.round(x, 2).tolist(), np.round(y, 2).tolist()])
    return strokes


def test_agrees_with_python_point_for_point(simplify):
    rng = np.random.default_rng(8)
    raw = [hand(rng) for _ in range(300)]
    expected = [as_lists(simplify_strokes(strokes)) for strokes in raw]
    assert simplify(raw) == expected
    assert sum(len(stroke[0]) for drawing in expected for stroke in drawing) > 5000


def test_a_stroke_of_a_hundred_thousand_points(simplify):
    turns = np.linspace(0, 200, 100_000)
    raw = [[(turns * np.cos(turns)).tolist(), (turns * np.sin(turns)).tolist()]]
    assert simplify([raw]) == [as_lists(simplify_strokes(raw))]
