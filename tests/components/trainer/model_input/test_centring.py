import numpy as np
import tensorflow as tf

from components.trainer.model_input.centring import centre, mirror
from components.transform.drawing_parser import parse


def test_the_middle_of_the_box_goes_to_the_middle_of_the_canvas() -> None:
    # Boxes 100 x 20 and 0 x 200; both shrink to 94 %.
    points = centre(parse(tf.constant(["[[[0,100,50],[0,20,10]]]", "bad", "[[[7,7],[0,200]]]"])))
    np.testing.assert_allclose(points.x, [127.5 - 47, 127.5 + 47, 127.5, 127.5, 127.5], rtol=1e-6)
    np.testing.assert_allclose(points.y, [127.5 - 9.4, 127.5 + 9.4, 127.5, 127.5 - 94, 127.5 + 94], rtol=1e-6)
    assert points.drawing.numpy().tolist() == [0, 0, 0, 2, 2]


def test_a_mirror_image_stays_in_the_middle() -> None:
    points = mirror(centre(parse(tf.constant(["[[[0,100,50],[0,20,10]]]"]))))
    np.testing.assert_allclose(points.x, [127.5 + 47, 127.5 - 47, 127.5], rtol=1e-6)
    np.testing.assert_allclose(points.y, [127.5 - 9.4, 127.5 + 9.4, 127.5], rtol=1e-6)
