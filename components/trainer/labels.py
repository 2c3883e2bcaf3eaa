"""The labels of a model: the words of the transformed examples, in alphabetical order."""

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
