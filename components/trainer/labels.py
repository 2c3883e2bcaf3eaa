"""The labels of a model: the words of the transformed examples, in alphabetical order."""

from collections.abc import Sequence

import tensorflow_transform as tft

from components.transform.preprocessing import WORDS_VOCABULARY


def read_labels(transform_output: tft.TFTransformOutput) -> list[str]:
    """Reads the vocabulary that Transform collected.

    Args:
        transform_output: Transform's result.

    Returns:
        The words, sorted as the notebook's LabelEncoder does, so that class ids do not depend on word counts.
    """
    return sorted(word.decode() for word in transform_output.vocabulary_by_name(WORDS_VOCABULARY))


def labels_to_text(labels: Sequence[str]) -> str:
    """Writes labels, a line each."""
    return "".join(f"{label}\n" for label in labels)


def labels_from_text(text: str) -> list[str]:
    """Undoes `labels_to_text`."""
    # Not splitlines, which takes more than the line feed for an end of line.
    return text.split("\n")[:-1]
