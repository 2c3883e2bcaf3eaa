"""From a version folder to a model that is loaded, warm and ready to answer."""

from dataclasses import dataclass

import grpc

from serving.server.errors import ServingError, status_code
from serving.server.loaded_model import LoadedModel, load_model
from serving.server.versions import Version
from serving.server.warmup import warm_up


@dataclass(frozen=True)
class ModelLoader:
    """How versions are loaded.

    Attributes:
        enable_warmup: Whether a version answers its stored warm-up requests before it answers a client's.
        warmup_iterations: How often it answers them.
    """

    enable_warmup: bool = True
    warmup_iterations: int = 1

    def load(self, version: Version) -> LoadedModel:
        """Loads and warms a version; takes seconds, so call it from a worker thread.

        Raises:
            ServingError: Whatever a damaged, incomplete or unfit folder makes the loader raise, with its canonical code
                where it has one.
        """
        try:
            return self._load(version)
        except ServingError:
            raise
        except Exception as error:  # TensorFlow's loader has no error of its own, see `load_model`
            number = getattr(error, "error_code", None)
            code = status_code(number) if isinstance(number, int) else grpc.StatusCode.UNKNOWN
            raise ServingError(code, str(error) or type(error).__name__) from error

    def _load(self, version: Version) -> LoadedModel:
        missing = version.missing_file()
        if missing:
            raise ServingError(grpc.StatusCode.NOT_FOUND, f"{version.path} has no {missing}")
        model = load_model(version)
        if self.enable_warmup:
            for _ in range(self.warmup_iterations):
                warm_up(model, version)
        return model
