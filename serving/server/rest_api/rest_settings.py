"""What can be set of the REST API, under the names of TensorFlow Serving's flags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RestSettings:
    """Settings with TensorFlow Serving's defaults.

    Attributes:
        enable_cors_support: Let the scripts of every web page read the answers (`--rest_api_enable_cors_support`).
        timeout_in_ms: How long a body may take to arrive, and then a request to be computed
            (`--rest_api_timeout_in_ms`; TensorFlow Serving waits for bodies without limit).
        prometheus_path: Where the metrics are, or None for nowhere (`--monitoring_config_file`).
        idle_seconds: How long a connection may be without a whole request head, or its client without reading on
            (evhttp_server.cc of TensorFlow Serving sets no limit).
        room_for_bodies_bytes: How much memory the large bodies of all requests may take together.
    """

    enable_cors_support: bool = False
    timeout_in_ms: int = 30_000
    prometheus_path: str | None = None
    idle_seconds: float = 60.0
    room_for_bodies_bytes: int = 2**30
