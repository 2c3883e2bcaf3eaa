"""From a version folder to a model that is loaded, warm and ready to answer."""

import time
from dataclasses import dataclass, field

import grpc

from serving.server.errors import ServingError, status_code
from serving.server.models.loaded_model import LoadedModel, load_model
from serving.server.models.versions import Version
from serving.server.models.warmup import has_warmup_requests, warm_up
from serving.server.monitoring.load_metrics import LoadMetrics


@dataclass(frozen=True)
class ModelLoader:
    """How versions are loaded.

    Attributes:
        enable_warmup: Whether a version answers its stored warm-up requests before it answers a client's.
        warmup_iterations: How often it answers them.
        metrics: What is told of loads.
    """

    enable_warmup: bool = True
    warmup_iterations: int = 1
    metrics: LoadMetrics = field(default_factory=LoadMetrics)

    def load(self, version: Version) -> LoadedModel:
        """Loads and warms a version; takes seconds, so call it from a worker thread.

        Raises:
            ServingError: Whatever a damaged, incomplete or unfit folder makes the loader raise, with its canonical code
                where it has one.
        """
        try:
            model = self._load(version)
            self._warm_up(model, version)
        except ServingError:
            raise
        except Exception as error:  # TensorFlow's loader has no error of its own, see `load_model`
            number = getattr(error, "error_code", None)
            code = status_code(number) if isinstance(number, int) else grpc.StatusCode.UNKNOWN
            raise ServingError(code, str(error) or type(error).__name__) from error
        return model

    def _load(self, version: Version) -> LoadedModel:
        started, succeeded = time.perf_counter(), False
        try:
            missing = version.missing_file()
            if missing:
                raise ServingError(grpc.StatusCode.NOT_FOUND, f"{version.path} has no {missing}")
            model = load_model(version)
            succeeded = True
        finally:
            self.metrics.loaded(version.path, succeeded, time.perf_counter() - started)
        return model

    def _warm_up(self, model: LoadedModel, version: Version) -> None:
        if not self.enable_warmup or not has_warmup_requests(version):
            return
        started = time.perf_counter()
        for _ in range(self.warmup_iterations):
            warm_up(model, version)
        self.metrics.warmed(version.path, time.perf_counter() - started)
