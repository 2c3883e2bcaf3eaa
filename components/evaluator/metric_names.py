"""How metrics are called where people read them, and which way is better.

Imports nothing, so that a command can print them at once.
"""

METRIC_NAMES = {
    "accuracy": "accuracy",
    "top_3_accuracy": "top-3 accuracy",
    "map_at_3": "MAP@3",
    "loss": "loss",
    "ece": "calibration error",
}
LOWER_IS_BETTER = frozenset({"loss", "ece"})
