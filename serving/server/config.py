"""What `quickdraw serve` can be told, and whether it can be done; needs no TensorFlow, so a mistake is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from components.errors import UsageError
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError
from serving.server.listening import check_port
from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.model_config import ModelSource, read_model_config
from serving.server.models.version_labels import assign_labels
from serving.server.models.versions import scan
from serving.server.rest_api.rest_settings import RestSettings
from serving.server.runtime_threads import RuntimeThreads
from serving.server.tls import TlsConfig

GRPC_OPTION = "--port"
REST_OPTION = "--rest-api-port"


@dataclass(frozen=True)
class ServerConfig:
    """What to serve, and where.

    Attributes:
        base_path: The folder of version folders; not looked at where there is a model config file.
        model_name: The name that requests ask for; not looked at where there is a model config file.
        host: Where to listen; loopback unless told otherwise.
        port: gRPC port, 0 for any free one.
        rest_api_port: REST port, 0 for any free one.
        grpc_socket_path: A Unix socket to listen on for gRPC too.
        model_config_file: Text format `ModelServerConfig`: several models, version policies, labels.
        config_poll_seconds: Time between two readings of that file, 0 to read it once.
        poll_seconds: Time between two looks at the base paths, 1 s as TensorFlow Serving; 0 to look once.
        retries: How often a version that does not load is tried again.
        allow_labels_for_unavailable: Whether a new label may point to a version that is not loaded.
        enable_warmup: Whether versions answer their warm-up requests before a client's.
        warmup_iterations: How often they do.
        threads: How many requests are computed at once, None for one a core.
        runtime_threads: How many of them TensorFlow computes one request with.
        batching: How requests that wait at the same time are put together; None to run each by itself.
        tls: What the gRPC port is secured with; None to leave it open.
        grpc_channel_arguments: Options of the gRPC server by name.
        enable_health: Whether there is a gRPC health service.
        rest: Time-out, CORS and metrics of the REST API.
        grace_seconds: How long a stopping server waits for the requests in flight.
        web: Whether the REST port also has the page to draw on.
    """

    base_path: Path = Path()
    model_name: str = "quickdraw"
    host: str = "127.0.0.1"
    port: int = 8500
    rest_api_port: int = 8501
    grpc_socket_path: Path | None = None
    model_config_file: Path | None = None
    config_poll_seconds: float = 0.0
    poll_seconds: float = 1.0
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    allow_labels_for_unavailable: bool = False
    enable_warmup: bool = True
    warmup_iterations: int = 1
    threads: int | None = None
    runtime_threads: RuntimeThreads = field(default_factory=RuntimeThreads)
    batching: BatchingParameters | None = None
    tls: TlsConfig | None = None
    grpc_channel_arguments: Mapping[str, int | str] = field(default_factory=dict)
    enable_health: bool = True
    rest: RestSettings = field(default_factory=RestSettings)
    grace_seconds: float = 10.0
    web: bool = False

    def models(self) -> list[ModelSource]:
        """Returns the models to begin with.

        Raises:
            UsageError: The model config file cannot be used.
        """
        if self.model_config_file is None:
            return [ModelSource(self.model_name, self.base_path.absolute())]
        try:
            return read_model_config(self.model_config_file) or []
        except ServingError as error:
            raise UsageError(f"{self.model_config_file}: {error.message}.") from error


def check_config(config: ServerConfig) -> None:
    """Checks that there is something to serve and that both ports can be had.

    Raises:
        UsageError: What cannot be used, and the option that changes it.
    """
    models = config.models()
    for model in models:
        _check_base_path(config, model)
    _check_labels(config, models)
    check_port(config.host, config.port, GRPC_OPTION)
    check_port(config.host, config.rest_api_port, REST_OPTION)
    if config.port == config.rest_api_port != 0:
        raise UsageError(f"Port {config.port} cannot be both: choose another one with {GRPC_OPTION} or {REST_OPTION}.")


def _check_base_path(config: ServerConfig, model: ModelSource) -> None:
    if config.model_config_file is None:
        base_path = config.base_path
        advice = "call `quickdraw run` first, or name the folder of versions with --model-base-path."
    else:
        base_path = model.base_path
        advice = f"correct the base_path of {model.name} in {config.model_config_file}."
    try:
        versions = scan(base_path)
    except OSError as error:
        raise UsageError(f"Cannot read the model folder {base_path} ({error.strerror}): {advice}") from error
    if not versions:
        raise UsageError(f"No model version in {base_path}: {advice}")


def _check_labels(config: ServerConfig, models: list[ModelSource]) -> None:
    """Nothing is loaded when the file is first read, so every label in it needs the flag, as in TensorFlow Serving."""
    try:
        assign_labels(models, {}, lambda name, version: False, config.allow_labels_for_unavailable)
    except ServingError as error:
        raise UsageError(
            f"{config.model_config_file}: {error.message}: no version is before the server has started, so add "
            "--allow-version-labels-for-unavailable-models."
        ) from error
