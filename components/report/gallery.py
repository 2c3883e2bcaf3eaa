"""The doodles that the page shows: the first ones of some words in the test split."""

from collections.abc import Iterable, Iterator, Sequence

import tensorflow as tf
from tfx.dsl.io import fileio

from components.drawing import Stroke, parse_drawing
from components.report.unreadable_input import UnreadableInputError, naming

# The drawings of one word; each is a list of strokes.
Doodles = list[list[Stroke]]

_PER_WORD = 8
_MOST_WORDS = 10
# A split's rows lie in the order of a hash, so this many hold eight of each word even with hundreds of words.
_MOST_ROWS_READ = 20_000


def choose_words(words: Iterable[str]) -> list[str]:
    """Returns all words in alphabetical order, or ten of them at equal distances if there are more."""
    ordered = sorted(words, key=lambda word: (word.casefold(), word))
    if len(ordered) <= _MOST_WORDS:
        return ordered
    return [ordered[position * len(ordered) // _MOST_WORDS] for position in range(_MOST_WORDS)]


def read_gallery(split_uri: str, words: Sequence[str]) -> dict[str, Doodles]:
    """Reads up to eight drawings of each word.

    Args:
        split_uri: a folder of gzipped TFRecords of `tf.Example` with the bytes features `word` and `drawing`.
        words: the labels to show.

    Returns:
        The drawings by word, in the order of `words`; fewer than eight where the split has fewer.

    Raises:
        UnreadableInputError: the folder has no records, or a record is not such an example.
    """
    gallery: dict[str, Doodles] = {word: [] for word in words}
    missing = _PER_WORD * len(words)
    with naming(split_uri):
        for word, text in _rows(split_uri):
            if word in gallery and len(gallery[word]) < _PER_WORD:
                gallery[word].append(parse_drawing(text))
                missing -= 1
            if not missing:
                break
    return gallery


def _rows(split_uri: str) -> Iterator[tuple[str, str]]:
    """Yields the word and the drawing's text of each record."""
    paths = sorted(fileio.glob(f"{split_uri}/*.gz"))
    if not paths:
        raise UnreadableInputError(f"{split_uri} holds no examples.")
    records = tf.data.TFRecordDataset(paths, compression_type="GZIP").take(_MOST_ROWS_READ)
    for record in records.as_numpy_iterator():
        feature = tf.train.Example.FromString(record).features.feature
        yield _text(feature, "word"), _text(feature, "drawing")


def _text(feature: "tf.train.Features.FeatureEntry", name: str) -> str:
    values = feature[name].bytes_list.value
    if len(values) != 1:
        raise KeyError(name)
    return values[0].decode("utf-8")
