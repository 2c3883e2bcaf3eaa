"""What is counted and timed of loads, under TensorFlow's and TensorFlow Serving's names.

Names, labels and buckets are those of tensorflow/cc/saved_model/loader.cc and saved_model_warmup_util.cc at 2.16.1. Its
`load_latency_by_stage` is not here: `tf.saved_model.load` does not tell its stages.
"""

from collections.abc import Sequence
from pathlib import Path

from serving.server.monitoring.metric_types import Counter, Histogram, exponential_bounds

_PREFIX = ":tensorflow:cc:saved_model:"
_WARMUP_BOUNDS = exponential_bounds(10, 1.8, 33)  # microseconds; the last one is about 20 minutes


class LoadMetrics:
    """The metrics of the loads of one server; may be used from any thread."""

    def __init__(self) -> None:
        self._load_attempt_count = Counter(f"{_PREFIX}load_attempt_count", ("model_path", "status"))
        self._load_latency = Counter(f"{_PREFIX}load_latency", ("model_path",))
        self._warmup_latency = Histogram(
            ":tensorflow:serving:model_warmup_latency", ("model_path", "status"), _WARMUP_BOUNDS
        )

    def loaded(self, path: Path, succeeded: bool, seconds: float) -> None:
        """Records an attempt to load a version folder, whatever came of it."""
        self._load_attempt_count.add(1, str(path), "success" if succeeded else "fail")
        self._load_latency.add(round(seconds * 1e6), str(path))

    def warmed(self, path: Path, seconds: float) -> None:
        """Records that a version has answered its warm-up requests."""
        self._warmup_latency.observe(seconds * 1e6, str(path), "OK")

    def metrics(self) -> Sequence[Counter | Histogram]:
        """Returns all of them."""
        return (self._load_attempt_count, self._load_latency, self._warmup_latency)
