"""What `quickdraw serve` can be told, and whether it can be done; needs no TensorFlow, so a mistake is told at once."""

from dataclasses import dataclass
from pathlib import Path

from components.errors import UsageError
from serving.server.listening import check_port
from serving.server.versions import scan

GRPC_OPTION = "--port"
REST_OPTION = "--rest-api-port"


@dataclass(frozen=True)
class ServerConfig:
    """What to serve, and where.

    Attributes:
        base_path: The folder of version folders.
        model_name: The name that requests ask for.
        host: Where to listen; loopback unless told otherwise.
        port: gRPC port, 0 for any free one.
        rest_api_port: REST port, 0 for any free one.
        poll_seconds: Time between two looks at the base path, 1 s as TensorFlow Serving.
        grace_seconds: How long a stopping server waits for the requests in flight.
        web: Whether the REST port also has the page to draw on.
    """

    base_path: Path
    model_name: str = "quickdraw"
    host: str = "127.0.0.1"
    port: int = 8500
    rest_api_port: int = 8501
    poll_seconds: float = 1.0
    grace_seconds: float = 10.0
    web: bool = False


def check_config(config: ServerConfig) -> None:
    """Checks that there is something to serve and that both ports can be had.

    Raises:
        UsageError: What cannot be used, and the option that changes it.
    """
    _check_base_path(config.base_path)
    check_port(config.host, config.port, GRPC_OPTION)
    check_port(config.host, config.rest_api_port, REST_OPTION)
    if config.port == config.rest_api_port != 0:
        raise UsageError(f"Port {config.port} cannot be both: choose another one with {GRPC_OPTION} or {REST_OPTION}.")


def _check_base_path(base_path: Path) -> None:
    advice = "call `quickdraw run` first, or name the folder of versions with --model-base-path."
    try:
        versions = scan(base_path)
    except OSError as error:
        raise UsageError(f"Cannot read the model folder {base_path} ({error.strerror}): {advice}") from error
    if not versions:
        raise UsageError(f"No model version in {base_path}: {advice}")
