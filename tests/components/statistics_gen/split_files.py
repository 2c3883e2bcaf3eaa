"""Examples of the ingest's kind, as files in the folders of an artifact."""

import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf
from tfx.types import artifact_utils, standard_artifacts

from tests.components.doodles import write_records

Row = Mapping[str, str | int | list[str]]


def make_row(number: int, word: str = "cat", **features: Any) -> Row:
    """A drawing of `number + 1` strokes; `features` replace or, if None, take away what it has."""
    strokes = number + 1
    row = {
        "drawing": f"[{','.join(['[[1,2],[3,4]]'] * strokes)}]",
        "word": word,
        "key_id": f"{number:016d}",
        "countrycode": "US" if number % 2 else "",
        "strokes": strokes,
        "points": 2 * strokes,
    }
    return {name: value for name, value in {**row, **features}.items() if value is not None}


def serialize(row: Row) -> bytes:
    """Makes a `tf.Example`; a list is a feature of several values."""
    example = tf.train.Example()
    for name, value in row.items():
        feature = example.features.feature[name]
        if isinstance(value, int):
            feature.int64_list.value.append(value)
        else:
            feature.bytes_list.value.extend(text.encode() for text in ([value] if isinstance(value, str) else value))
    return example.SerializeToString()


def write_examples(folder: pathlib.Path, splits: Mapping[str, Sequence[Sequence[Row]]]) -> standard_artifacts.Examples:
    """Writes split -> shards -> rows."""
    examples = standard_artifacts.Examples()
    examples.uri = str(folder)
    examples.split_names = artifact_utils.encode_split_names(list(splits))
    examples.set_string_custom_property("payload_format", "FORMAT_TF_EXAMPLE")
    for split, shards in splits.items():
        for number, rows in enumerate(shards):
            name = f"data-{number:05d}-of-{len(shards):05d}.tfrecord.gz"
            write_records(folder / f"Split-{split}" / name, [serialize(row) for row in rows])
    return examples
