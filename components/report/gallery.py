"""The drawings that the page shows of the data: the first rows of the test split, and the first ones of some words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import tensorflow as tf

from components.examples import list_shards
from components.report.sketch import Sketch, sketch_of
from components.report.unreadable_input import UnreadableInputError, naming

_T = TypeVar("_T", bytes, int)
_PER_WORD = 8
_FIRST_ROWS = 5
_SHOWN_TEXT = 48
# A split's rows lie in the order of a hash, so this many hold eight of each word even with hundreds of words.
_MOST_ROWS_READ = 20_000


@dataclass(frozen=True)
class Row:
    """One example.

    Attributes:
        country: the code, "" if unknown.
        drawing: the beginning of its text.
        key_id: of the drawing.
        strokes: how many.
        points: how many.
        word: the label.
    """

    country: str
    drawing: str
    key_id: str
    strokes: int
    points: int
    word: str


@dataclass(frozen=True)
class Gallery:
    """Some drawings of a split.

    Attributes:
        rows: The first five.
        doodles: The first eight of each word, fewer where there are fewer.
    """

    rows: list[Row]
    doodles: dict[str, list[Sketch]]


def read_gallery(split_uri: str, words: Sequence[str]) -> Gallery:
    """Reads the first rows, and up to eight drawings of each word.

    Args:
        split_uri: a folder of gzipped TFRecords of `tf.Example` as DrawingExampleGen writes them.
        words: the labels to show.

    Raises:
        UnreadableInputError: the folder has no records, or a record is not such an example.
    """
    gallery = Gallery([], {word: [] for word in words})
    missing = _PER_WORD * len(words)
    with naming(split_uri):
        for features in _examples(split_uri):
            if len(gallery.rows) < _FIRST_ROWS:
                gallery.rows.append(_row(features))
            doodles = gallery.doodles.get(_text(features, "word"))
            if doodles is not None and len(doodles) < _PER_WORD:
                doodles.append(sketch_of(_text(features, "drawing")))
                missing -= 1
            if not missing and len(gallery.rows) == _FIRST_ROWS:
                break
    return gallery


def _examples(split_uri: str) -> Iterator["tf.train.Features.FeatureEntry"]:
    """Yields the features of each record."""
    paths = list_shards(split_uri)
    if not paths:
        raise UnreadableInputError(f"{split_uri} holds no examples.")
    records = tf.data.TFRecordDataset(paths, compression_type="GZIP").take(_MOST_ROWS_READ)
    for record in records.as_numpy_iterator():
        yield tf.train.Example.FromString(record).features.feature


def _row(features: "tf.train.Features.FeatureEntry") -> Row:
    drawing = _text(features, "drawing")
    return Row(
        country=_text(features, "countrycode"),
        drawing=drawing if len(drawing) <= _SHOWN_TEXT else f"{drawing[:_SHOWN_TEXT]}…",
        key_id=_text(features, "key_id"),
        strokes=_number(features, "strokes"),
        points=_number(features, "points"),
        word=_text(features, "word"),
    )


def _text(features: "tf.train.Features.FeatureEntry", name: str) -> str:
    return _only(features[name].bytes_list.value, name).decode("utf-8")


def _number(features: "tf.train.Features.FeatureEntry", name: str) -> int:
    return _only(features[name].int64_list.value, name)


def _only(values: Sequence[_T], name: str) -> _T:
    if len(values) != 1:
        raise KeyError(name)
    return values[0]
