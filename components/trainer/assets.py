"""The files that the Trainer puts beside the graph of a SavedModel; whoever looks for one need not load TensorFlow."""

from collections.abc import Sequence

LABELS_FILE = "assets.extra/labels.txt"
NETWORK_FILE = "assets.extra/network.keras"
MODEL_CARD_FILE = "assets.extra/model_card.json"


def labels_to_text(labels: Sequence[str]) -> str:
    """Writes labels, a line each."""
    return "".join(f"{label}\n" for label in labels)


def labels_from_text(text: str) -> list[str]:
    """Undoes `labels_to_text`."""
    # Not splitlines, which takes more than the line feed for an end of line.
    return text.split("\n")[:-1]
