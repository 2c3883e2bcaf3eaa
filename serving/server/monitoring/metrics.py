"""What the server counts and times, under TensorFlow Serving's names (servables/tensorflow/util.cc at 2.16.1)."""

import grpc

from serving.server.batching.metrics import BatchingMetrics
from serving.server.monitoring.load_metrics import LoadMetrics
from serving.server.monitoring.metric_types import Counter, Histogram, exponential_bounds

_PREFIX = ":tensorflow:serving:"
_LATENCY_BOUNDS = exponential_bounds(10, 1.8, 33)  # microseconds; the last one is about 20 minutes
# What TensorFlow Serving calls the runtime of every SavedModel, TensorFlow 2's too.
_RUNTIME = "TF1"
_COUNT_BOUNDS = exponential_bounds(1, 2, 15)


class ServingMetrics:
    """The metrics of one server.

    `request_count` covers Predict, Classify and Regress over gRPC and every REST call; only what was answered with
    success is timed; examples are counted for MultiInference alone. All this is as in TensorFlow Serving.

    Attributes:
        batching: The metrics of batches.
        loads: The metrics of loads.
    """

    def __init__(self) -> None:
        self.batching = BatchingMetrics()
        self.loads = LoadMetrics()
        self._request_count = Counter(f"{_PREFIX}request_count", ("model_name", "status"))
        self._request_latency = Histogram(
            f"{_PREFIX}request_latency", ("model_name", "API", "entrypoint"), _LATENCY_BOUNDS
        )
        self._runtime_latency = Histogram(
            f"{_PREFIX}runtime_latency", ("model_name", "API", "runtime"), _LATENCY_BOUNDS
        )
        self._example_counts = Histogram(f"{_PREFIX}request_example_counts", ("model",), _COUNT_BOUNDS)
        self._example_count_total = Counter(f"{_PREFIX}request_example_count_total", ("model",))

    def answered(self, model_name: str, api: str, entrypoint: str, seconds: float) -> None:
        """Records a request that was answered.

        Args:
            model_name: As the request spelled it.
            api: `Predict` over gRPC, `predict` over REST, and so on.
            entrypoint: `GRPC` or `REST`.
            seconds: From the request's arrival to its answer.
        """
        self._request_count.add(1, model_name, "OK")
        self._request_latency.observe(seconds * 1e6, model_name, api, entrypoint)

    def refused(self, model_name: str, code: grpc.StatusCode) -> None:
        """Records a request that was answered with an error."""
        self._request_count.add(1, model_name, code.name)

    def ran(self, model_name: str, api: str, seconds: float) -> None:
        """Records how long the session took for a request, the wait in its queue included.

        Args:
            model_name: As the request spelled it.
            api: `Predict`, `Classify` or `Regress`, over REST too.
            seconds: From the request's submission to the model's outputs.
        """
        self._runtime_latency.observe(seconds * 1e6, model_name, api, _RUNTIME)

    def examples(self, model_name: str, number: int) -> None:
        """Records how many examples a request had."""
        self._example_counts.observe(number, model_name)
        self._example_count_total.add(number, model_name)

    def page(self) -> str:
        """Returns all metrics, sorted by name, in Prometheus's text format."""
        metrics = [
            *(self._request_count, self._example_count_total, self._example_counts),
            *(self._request_latency, self._runtime_latency),
            *self.batching.metrics(),
            *self.loads.metrics(),
        ]
        metrics.sort(key=lambda metric: metric.name)
        return "\n".join(line for metric in metrics for line in metric.lines()) + "\n"
