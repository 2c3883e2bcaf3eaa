"""What is counted and timed of batches, under TensorFlow Serving's names.

Names, labels and buckets are those of batching_session.cc and batching_util.h at 2.16.1.
"""

from collections.abc import Iterable, Sequence

from serving.server.monitoring.metric_types import Counter, Histogram, exponential_bounds

_PREFIX = ":tensorflow:serving:batching_session:"
_QUEUING_BOUNDS = exponential_bounds(100, 1.2, 52)  # microseconds; the last one is about a second
_SIZE_BOUNDS = exponential_bounds(1, 2, 14)


class BatchingMetrics:
    """The metrics of the batches of one server; may be used from any thread."""

    def __init__(self) -> None:
        self._queuing_latency = Histogram(f"{_PREFIX}queuing_latency", ("thread_pool_name",), _QUEUING_BOUNDS)
        self._wrapped_run_count = Counter(f"{_PREFIX}wrapped_run_count", ())
        self._padding_size = Histogram(f"{_PREFIX}padding_size", ("execution_batch_size",), _SIZE_BOUNDS)
        self._input_batch_size = Histogram(f"{_PREFIX}input_batch_size", (), _SIZE_BOUNDS)
        self._processed_batch_size = Histogram(f"{_PREFIX}processed_batch_size", (), _SIZE_BOUNDS)

    def submitted(self, rows: int) -> None:
        """Records a request of so many rows."""
        self._input_batch_size.observe(rows)

    def dequeued(self, seconds: Iterable[float], thread_pool_name: str) -> None:
        """Records how long each of a batch's tasks has waited."""
        for each in seconds:
            self._queuing_latency.observe(each * 1e6, thread_pool_name)

    def run(self, rows: int, padded_rows: int) -> None:
        """Records a call of the model.

        Args:
            rows: Those of requests.
            padded_rows: These and the padding.
        """
        self._wrapped_run_count.add(1)
        self._padding_size.observe(padded_rows - rows, str(padded_rows))
        self._processed_batch_size.observe(padded_rows)

    def metrics(self) -> Sequence[Counter | Histogram]:
        """Returns all of them."""
        return (
            *(self._queuing_latency, self._wrapped_run_count, self._padding_size),
            *(self._input_batch_size, self._processed_batch_size),
        )
