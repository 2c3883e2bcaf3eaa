"""Transformed examples small enough to check by eye."""

import pathlib

import tensorflow as tf

from components.transform.drawing_parser import parse
from components.transform.packed_image import pack
from components.transform.packed_strokes import pack_strokes
from components.transform.rasterizer import rasterize
from tests.components.doodles import write_records


def transformed_example(drawing: str, word: str) -> bytes:
    """One example with both features that Transform can make of a drawing."""
    text = tf.constant([drawing])
    features = {
        "image": pack(rasterize(text)).numpy()[0],
        "packed_strokes": pack_strokes(parse(text)).numpy()[0],
        "word": word.encode(),
    }
    values = {name: tf.train.Feature(bytes_list=tf.train.BytesList(value=[value])) for name, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=values)).SerializeToString()


def write_transformed(folder: pathlib.Path, rows: int) -> list[str]:
    """Writes two shards of lines at different heights and squares of different sizes, half of each."""
    lines = [f"[[[0,255],[{8 + 4 * i},{8 + 4 * i}]]]" for i in range(rows // 2)]
    squares = [f"[[[0,{s},{s},0,0],[0,0,{s},{s},0]]]" for s in range(100, 100 + 5 * (rows // 2), 5)]
    examples = [transformed_example(x, "line") for x in lines] + [transformed_example(x, "square") for x in squares]
    write_records(folder / "a.gz", examples[::2])
    write_records(folder / "b.gz", examples[1::2])
    return [str(folder / "a.gz"), str(folder / "b.gz")]
