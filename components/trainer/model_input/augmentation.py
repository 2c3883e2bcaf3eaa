"""Strokes, not pixels, are varied: a turned line stays as thin and as smooth as a drawn one.

All randomness comes from a seed that is handed in, so that a training that goes on after a kill sees the drawings it
would have seen.
"""

import math

import tensorflow as tf

from components.trainer.model_input.centring import CENTRE
from components.trainer.training_config import Augmentation
from components.transform.drawing_parser import Points

# Of the two waves that bend a drawing, in drawing units; each varies by a quarter.
_WAVE_LENGTHS = (160.0, 320.0)


def augment(points: Points, seed: tf.Tensor, augmentation: Augmentation) -> Points:
    """Varies each drawing in its own way: fewer strokes, bent, mirrored, stretched, leaning, turned and moved.

    Args:
        points: P points of N drawings, best centred: a mirror image lies on the other side of the canvas.
        seed: integers `[2]`; equal seeds give equal drawings.
        augmentation: how far.

    Returns:
        The points, `x` and `y` now float32 and perhaps outside 0..255; dropped strokes are gone.
    """
    drop_seed, bend_seed, move_seed = tf.unstack(tf.random.split(seed, 3), num=3)
    if augmentation.drop_stroke > 0:
        points = _drop_strokes(points, drop_seed, augmentation.drop_stroke)
    x, y = tf.cast(points.x, tf.float32) - CENTRE, tf.cast(points.y, tf.float32) - CENTRE
    if augmentation.bend > 0:
        x, y = _bend(x, y, points, bend_seed, augmentation.bend)
    x, y = _move(x, y, points, move_seed, augmentation)
    return points._replace(x=x + CENTRE, y=y + CENTRE)


def _drop_strokes(points: Points, seed: tf.Tensor, probability: float) -> Points:
    """Leaves strokes out that are short, so that nearly always what is left is still the thing that was drawn."""
    count = tf.reduce_max(tf.concat([points.stroke, [-1]], axis=0)) + 1
    ones = tf.ones_like(points.stroke)
    # The number of a stroke that a malformed drawing left unused has no drawing; 0 will do, since it has no point.
    drawing = tf.maximum(tf.math.unsorted_segment_max(points.drawing, points.stroke, count), 0)
    size = tf.math.unsorted_segment_sum(ones, points.stroke, count)
    points_of_drawing = tf.math.unsorted_segment_sum(ones, points.drawing, tf.size(points.valid))
    is_small = 3 * size < tf.gather(points_of_drawing, drawing)
    dropped = is_small & (tf.random.stateless_uniform([count], seed) < probability)
    kept = tf.where(~tf.gather(dropped, points.stroke))[:, 0]
    x, y, stroke, of_drawing = (tf.gather(field, kept) for field in points[:4])
    return Points(x, y, stroke, of_drawing, points.valid)


def _bend(x: tf.Tensor, y: tf.Tensor, points: Points, seed: tf.Tensor, most: float) -> tuple[tf.Tensor, tf.Tensor]:
    """Lays two long waves over each drawing, which run in any direction and move its points in any direction."""
    count = tf.size(points.valid)
    for length, wave_seed in zip(_WAVE_LENGTHS, tf.unstack(tf.random.split(seed, 2), num=2), strict=True):
        uniform = tf.gather(tf.random.stateless_uniform([6, count], wave_seed), points.drawing, axis=1)
        stretch, direction, phase_x, phase_y, high_x, high_y = tf.unstack(uniform)
        turns = (x * tf.cos(2 * math.pi * direction) + y * tf.sin(2 * math.pi * direction)) / (
            length * (0.75 + stretch / 2)
        )
        # Half the length bends twice as sharply, so it gets half the height.
        most_of_wave = most * length / _WAVE_LENGTHS[-1]
        x, y = (
            values + most_of_wave * high * tf.sin(2 * math.pi * (turns + phase))
            for values, high, phase in ((x, high_x, phase_x), (y, high_y, phase_y))
        )
    return x, y


def _move(
    x: tf.Tensor, y: tf.Tensor, points: Points, seed: tf.Tensor, augmentation: Augmentation
) -> tuple[tf.Tensor, tf.Tensor]:
    """Moves every point of a drawing by one affine map about the centre."""
    uniform = tf.random.stateless_uniform([7, tf.size(points.valid)], seed)
    turn, wide, high, lean, right, down, flip = tf.unstack(tf.gather(uniform, points.drawing, axis=1))
    x = tf.where(flip < augmentation.flip, -x, x)
    x += augmentation.shear * (2 * lean - 1) * y
    # What grows may leave the canvas, so a drawing shrinks further than it grows.
    x, y = (values * (1 - augmentation.scale + 1.5 * augmentation.scale * at) for values, at in ((x, wide), (y, high)))
    angle = (2 * turn - 1) * (augmentation.rotation * math.pi / 180)
    sine, cosine = tf.sin(angle), tf.cos(angle)
    return (
        cosine * x - sine * y + augmentation.shift * (2 * right - 1),
        sine * x + cosine * y + augmentation.shift * (2 * down - 1),
    )
