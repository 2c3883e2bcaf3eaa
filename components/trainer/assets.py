"""The files that the Trainer puts beside the graph of a SavedModel; whoever looks for one need not load TensorFlow."""

LABELS_FILE = "assets.extra/labels.txt"
NETWORK_FILE = "assets.extra/network.keras"
MODEL_CARD_FILE = "assets.extra/model_card.json"
