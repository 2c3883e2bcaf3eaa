"""The models of an evaluation, and which words they can be compared on."""

import dataclasses
import pathlib
from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from components.trainer.export import read_exported_labels

SIGNATURE = "serving_default"
_ONE_DRAWING = "[[[0,255],[0,255]]]"


@dataclasses.dataclass(frozen=True)
class JudgedModel:
    """A SavedModel that answers raw drawings, as it will be served: rasterizer included.

    Attributes:
        directory: the SavedModel.
        labels: its words in the order of the class ids.
    """

    directory: str
    labels: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class SharedWords:
    """The words that two models both know.

    Attributes:
        words: in the candidate's order.
        candidate_ids: int64 `[W]`, their classes in the candidate.
        baseline_ids: int64 `[W]`, their classes in the baseline.
    """

    words: tuple[str, ...]
    candidate_ids: np.ndarray
    baseline_ids: np.ndarray


def read_judged_model(directory: str) -> JudgedModel:
    """Reads what a model answers with.

    Args:
        directory: a SavedModel that this project exported.

    Raises:
        OSError: it has no labels.
    """
    return JudgedModel(directory, tuple(read_exported_labels(directory)))


def why_unusable(directory: pathlib.Path) -> str:
    """Tries whether a pushed model can still answer.

    Args:
        directory: a SavedModel, perhaps half deleted, perhaps of another project.

    Returns:
        "" if it answers a drawing with a probability a label; else what is wrong, as the rest of a sentence.
    """
    try:
        labels = read_exported_labels(str(directory))
        signature = tf.saved_model.load(str(directory)).signatures[SIGNATURE]
        shape = signature(drawing=tf.constant([_ONE_DRAWING]))["probabilities"].shape
    # Whatever TensorFlow raises for a broken file, and it raises many kinds, the model does not serve.
    except Exception as error:
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        return f"it does not load ({first_line})"
    if tuple(shape) != (1, len(labels)):
        return f"it answers {tuple(shape)[-1]} probabilities for {len(labels)} labels"
    return ""


def shared_words(candidate: Sequence[str], baseline: Sequence[str]) -> SharedWords:
    """Finds the words that both models know.

    Args:
        candidate: the candidate's labels.
        baseline: the baseline's labels.
    """
    baseline_ids = {word: number for number, word in enumerate(baseline)}
    pairs = [(number, baseline_ids[word]) for number, word in enumerate(candidate) if word in baseline_ids]
    ids = np.array(pairs, np.int64).reshape(-1, 2)
    return SharedWords(tuple(candidate[number] for number in ids[:, 0]), ids[:, 0], ids[:, 1])
