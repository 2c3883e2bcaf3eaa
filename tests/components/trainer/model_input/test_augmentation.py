import numpy as np
import pytest
import tensorflow as tf

from components.errors import UsageError
from components.trainer.model_input.augmentation import augment
from components.trainer.training_config import Augmentation
from components.transform.drawing_parser import Points, parse

SQUARE = "[[[27,227,227,27,27],[27,27,227,227,27]]]"
MANY = 200


def vary(text: str, **properties: float) -> tuple[np.ndarray, np.ndarray]:
    """x and y of many variations of one drawing, [MANY, points] each, from the centre of the canvas."""
    points = augment(parse(tf.constant([text] * MANY)), tf.constant([1, 2]), Augmentation(**properties))
    return (points.x.numpy() - 127.5).reshape(MANY, -1), (points.y.numpy() - 127.5).reshape(MANY, -1)


def test_nothing_asked_nothing_changed() -> None:
    x, y = vary(SQUARE)
    np.testing.assert_allclose(x, np.tile([-100.5, 99.5, 99.5, -100.5, -100.5], (MANY, 1)), atol=1e-4)
    np.testing.assert_allclose(y, np.tile([-100.5, -100.5, 99.5, 99.5, -100.5], (MANY, 1)), atol=1e-4)


def test_a_turn_keeps_distances_and_stays_within_its_degrees() -> None:
    x, y = vary("[[[127,227],[127,127]]]", rotation=30)
    np.testing.assert_allclose(np.hypot(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]), 100, rtol=1e-4)
    degrees = np.degrees(np.arctan2(y[:, 1] - y[:, 0], x[:, 1] - x[:, 0]))
    assert -30 <= degrees.min() < -25
    assert 25 < degrees.max() <= 30


def test_width_and_height_change_by_themselves() -> None:
    x, y = vary(SQUARE, scale=0.2)
    widths, heights = np.ptp(x, axis=1) / 200, np.ptp(y, axis=1) / 200
    for sides in (widths, heights):
        assert 0.8 <= sides.min() < 0.82
        assert 1.08 < sides.max() <= 1.1
    assert abs(np.corrcoef(widths, heights)[0, 1]) < 0.2


def test_leans_and_moves() -> None:
    x, y = vary(SQUARE, shear=0.1)
    assert 18 < np.abs(x[:, 1] - x[:, 2]).max() <= 20
    np.testing.assert_allclose(y[:, 0], -100.5, atol=1e-4)
    x, y = vary(SQUARE, shift=12)
    for moved in (x[:, 0] + 100.5, y[:, 0] + 100.5):
        assert -12 <= moved.min() < -11
        assert 11 < moved.max() <= 12


def test_half_of_the_drawings_are_mirrored() -> None:
    x, _ = vary("[[[227],[127]]]", flip=0.5)
    assert set(x[:, 0].round(1)) == {99.5, -99.5}
    assert 70 < (x > 0).sum() < 130


def test_bending_moves_neighbours_together() -> None:
    x, y = vary("[[[100,101,255],[100,101,0]]]", bend=10)
    moved = np.stack([x - [-27.5, -26.5, 127.5], y - [-27.5, -26.5, -127.5]])
    assert 5 < np.abs(moved).max() <= 15
    assert np.abs(moved[:, :, 0] - moved[:, :, 1]).max() < 1
    assert np.abs(moved[:, :, 0] - moved[:, :, 2]).max() > 3


def test_only_small_strokes_are_dropped() -> None:
    house = "[[[0,9,18,27,36,45],[0,0,0,0,0,0]],[[0,9],[50,50]],[[0],[90]]]"
    points = augment(parse(tf.constant([house] * MANY)), tf.constant([1, 2]), Augmentation(drop_stroke=0.5))
    kept: dict[int, set[float]] = {}
    for drawing, y in zip(points.drawing.numpy(), points.y.numpy(), strict=True):
        kept.setdefault(int(drawing), set()).add(float(y))
    assert len(kept) == MANY
    assert all(0.0 in heights for heights in kept.values())
    assert 70 < sum(50.0 in heights for heights in kept.values()) < 130


def test_equal_seeds_give_equal_drawings_and_others_do_not() -> None:
    everything = Augmentation(rotation=10, scale=0.1, shear=0.1, shift=5, flip=0.5, drop_stroke=0.2, bend=5)

    def varied(seed: list[int]) -> Points:
        return augment(parse(tf.constant([SQUARE, SQUARE])), tf.constant(seed), everything)

    np.testing.assert_array_equal(varied([1, 2]).x, varied([1, 2]).x)
    assert not np.array_equal(varied([1, 2]).x, varied([1, 3]).x)
    first, second = np.split(varied([1, 2]).x.numpy(), 2)
    assert not np.array_equal(first, second)


def test_a_batch_without_points() -> None:
    points = augment(parse(tf.constant(["bad"])), tf.constant([1, 2]), Augmentation(drop_stroke=0.5, bend=5, flip=0.5))
    assert points.x.shape == (0,)


@pytest.mark.parametrize(("name", "value"), [("rotation", -1.0), ("flip", 1.5), ("scale", 2.0)])
def test_what_cannot_be_is_refused(name: str, value: float) -> None:
    with pytest.raises(UsageError, match=f"augmentation needs a {name} of at"):
        Augmentation(**{name: value})
