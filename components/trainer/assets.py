"""The files that the Trainer puts beside the graph of a SavedModel; whoever looks for one need not load TensorFlow."""

import json
import os
import pathlib
from collections.abc import Mapping, Sequence

LABELS_FILE = "assets.extra/labels.txt"
WORD_COUNTS_FILE = "assets.extra/word_counts.json"
NETWORK_FILE = "assets.extra/network.keras"
MODEL_CARD_FILE = "assets.extra/model_card.json"


def labels_to_text(labels: Sequence[str]) -> str:
    """Writes labels, a line each."""
    return "".join(f"{label}\n" for label in labels)


def labels_from_text(text: str) -> list[str]:
    """Undoes `labels_to_text`."""
    # Not splitlines, which takes more than the line feed for an end of line.
    return text.split("\n")[:-1]


def write_word_counts(directory: str | os.PathLike[str], counts: Mapping[str, int]) -> None:
    """Writes how many drawings of each word a model learned from.

    Args:
        directory: the SavedModel.
        counts: label -> drawings of the train split.
    """
    path = pathlib.Path(directory, WORD_COUNTS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dict(counts), indent=1, ensure_ascii=False), encoding="utf-8")


def read_word_counts(directory: str | os.PathLike[str]) -> dict[str, int]:
    """Reads what `write_word_counts` wrote.

    Args:
        directory: a SavedModel.

    Returns:
        Label -> drawings of the train split; {} for a model that has none, as those of older releases.
    """
    path = pathlib.Path(directory, WORD_COUNTS_FILE)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
