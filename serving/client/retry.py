"""When a request is sent again: only if the server is UNAVAILABLE, and after a wait that grows.

UNAVAILABLE says that nobody took the request: no connection, a lost one, a server that drains, or TensorFlow Serving's
full batching queue, which the model server itself never retries. A prediction changes nothing on the server, so that
asking twice is safe. Every other status would be the same the second time.

gRPC retries by itself (gRFC A6); only REST needs `delays`, which are gRPC's own.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

_JITTER = 0.2  # gRPC's own, of each wait up and down
_MOST_GRPC_ATTEMPTS = 5  # what gRPC cuts maxAttempts to


@dataclass(frozen=True)
class RetryPolicy:
    """Exponential backoff with jitter.

    Attributes:
        max_attempts: Tries of a request, the first among them: 1 (no retry) to 5.
        initial_backoff_seconds: About the first wait.
        max_backoff_seconds: About the longest wait.
        backoff_multiplier: How much longer each wait is than the one before.
    """

    max_attempts: int = 5
    initial_backoff_seconds: float = 0.1
    max_backoff_seconds: float = 1.0
    backoff_multiplier: float = 2.0

    def __post_init__(self) -> None:
        """Checks the values.

        Raises:
            ValueError: gRPC would not take them.
        """
        if not 1 <= self.max_attempts <= _MOST_GRPC_ATTEMPTS:
            raise ValueError(f"max_attempts must be 1 to {_MOST_GRPC_ATTEMPTS}, not {self.max_attempts}")
        if min(self.initial_backoff_seconds, self.max_backoff_seconds, self.backoff_multiplier) <= 0:
            raise ValueError("waits and their multiplier must be above zero")

    def grpc_service_config(self, service: str, method: str) -> str:
        """Returns the JSON of a gRPC service config that retries this method in this way."""
        config: dict[str, object] = {"name": [{"service": service, "method": method}]}
        if self.max_attempts > 1:  # gRPC refuses a policy of one attempt
            config["retryPolicy"] = {
                "maxAttempts": self.max_attempts,
                "initialBackoff": f"{self.initial_backoff_seconds:.3f}s",
                "maxBackoff": f"{self.max_backoff_seconds:.3f}s",
                "backoffMultiplier": self.backoff_multiplier,
                "retryableStatusCodes": ["UNAVAILABLE"],
            }
        return json.dumps({"methodConfig": [config]})

    def delays(self, source: random.Random) -> Iterator[float]:
        """Yields the wait before each further try, in seconds.

        Args:
            source: Where the jitter comes from.
        """
        backoff = self.initial_backoff_seconds
        for _ in range(self.max_attempts - 1):
            yield min(backoff, self.max_backoff_seconds) * source.uniform(1 - _JITTER, 1 + _JITTER)
            backoff *= self.backoff_multiplier
