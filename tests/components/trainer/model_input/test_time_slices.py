import tensorflow as tf

from components.trainer.model_input.time_slices import slice_by_time
from components.transform.drawing_parser import parse


def test_equal_parts_of_ink() -> None:
    # Four segments of 10: the first two are one half, the last two the other. The last point begins no segment.
    points = slice_by_time(parse(tf.constant(["[[[0,10,20,30,40],[0,0,0,0,0]]]"])), slices=2)
    assert points.drawing.numpy().tolist() == [0, 0, 1, 1, 1]
    assert points.valid.numpy().tolist() == [True, True]


def test_the_way_between_strokes_is_no_ink() -> None:
    points = slice_by_time(parse(tf.constant(["[[[0,10],[0,0]],[[200,210],[0,0]]]"])), slices=2)
    assert points.drawing.numpy().tolist() == [0, 1, 1, 1]


def test_drawings_do_not_touch_each_other() -> None:
    one, other = "[[[0,100,200],[0,0,0]]]", "[[[5,5],[0,9]]]"
    together = slice_by_time(parse(tf.constant([one, "bad", other])), slices=3).drawing.numpy().tolist()
    assert together == [*slice_by_time(parse(tf.constant([one])), slices=3).drawing.numpy(), 7, 8]


def test_a_drawing_of_one_point_has_no_ink_to_share() -> None:
    assert slice_by_time(parse(tf.constant(["[[[3],[4]]]"])), slices=3).drawing.numpy().tolist() == [0]
