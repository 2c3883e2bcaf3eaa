"""The ink of the picture, against the rasterizer that a model's picture comes from."""

import json

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from components.drawing import parse_drawing
from components.transform.rasterizer import rasterize
from pipeline.explore.ink import SIZE, count_ink


def _count(*texts):
    return count_ink([parse_drawing(text) for text in texts]).tolist()


@pytest.mark.parametrize(
    ("text", "ink"),
    [
        # Every eighth pixel is looked at, from the fourth on: a line of width 5 along the edge is not met by any.
        ("[[[0, 255], [0, 0]]]", 0),
        ("[[[0, 255], [4, 4]]]", 32),
        ("[[[4, 4], [0, 255]]]", 32),
        ("[[[0, 255], [0, 255]]]", 32),
        ("[[[4], [4]]]", 0),
        ("[[[4, 4], [4, 4]]]", 1),
        ("[[[0, 255], [4, 4]], [[0, 255], [4, 4]], [[4, 4], [0, 255]]]", 63),
    ],
)
def test_ink_that_can_be_checked_by_eye(text, ink):
    assert _count(text) == [ink]


def test_many_drawings_are_counted_each_by_itself():
    assert _count(*["[[[4], [4]]]", "[[[0, 255], [4, 4]]]"] * 700) == [0, 32] * 700
    assert _count() == []


_AXES = st.integers(1, 6).flatmap(
    lambda points: st.tuples(*[st.lists(st.integers(0, 255), min_size=points, max_size=points)] * 2)
)


@given(st.lists(st.lists(_AXES, min_size=1, max_size=3), min_size=30, max_size=30))
@settings(max_examples=15, deadline=None)
def test_equals_the_rasterizer(drawings):
    texts = [json.dumps(drawing) for drawing in drawings]
    pictures = rasterize(tf.constant(texts), "notebook", SIZE).numpy()
    assert _count(*texts) == np.count_nonzero(pictures == 0, axis=(1, 2)).tolist()
