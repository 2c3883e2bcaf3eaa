"""Doodles small enough to check by eye, as texts, examples and files."""

import pathlib

import tensorflow as tf

LABELS = ["circle", "line", "square"]
LINE = "[[[0,255],[0,0]]]"
SQUARE = "[[[0,255,255,0,0],[0,0,255,255,0]]]"


def example(
    drawing: str, word: str, key_id: str = "1", countrycode: str = "", strokes: int = 2, points: int = 2
) -> bytes:
    """One raw example as the ingest writes it."""
    features = {"drawing": drawing, "word": word, "key_id": key_id, "countrycode": countrycode}
    values = {
        name: tf.train.Feature(bytes_list=tf.train.BytesList(value=[text.encode()])) for name, text in features.items()
    }
    for name, number in {"strokes": strokes, "points": points}.items():
        values[name] = tf.train.Feature(int64_list=tf.train.Int64List(value=[number]))
    return tf.train.Example(features=tf.train.Features(feature=values)).SerializeToString()


def write_records(path: pathlib.Path, records: list[bytes]) -> None:
    """Writes gzipped TFRecords as TFX stores examples."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tf.io.TFRecordWriter(str(path), options="GZIP") as writer:
        for record in records:
            writer.write(record)
