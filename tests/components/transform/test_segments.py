import tensorflow as tf

from components.transform import drawing_parser, segments


def test_consecutive_points_of_a_stroke_are_connected():
    points = drawing_parser.parse(tf.constant([b"[[[1,2,3],[4,5,6]],[[7],[8]]]", b"[[[9,9],[0,0]]]"]))

    lines = segments.segments_of(points)

    assert lines.x0.numpy().tolist() == [1, 2, 9]
    assert lines.y0.numpy().tolist() == [4, 5, 0]
    assert lines.x1.numpy().tolist() == [2, 3, 9]
    assert lines.y1.numpy().tolist() == [5, 6, 0]
    assert lines.drawing.numpy().tolist() == [0, 0, 1]


def test_single_points_have_no_segment():
    lines = segments.segments_of(drawing_parser.parse(tf.constant([b"[[[1],[4]],[[1],[4]]]"])))

    assert lines.x0.shape == (0,)
