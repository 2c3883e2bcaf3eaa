"""Which versions could not be loaded, and when each is worth another attempt."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from serving.server.errors import ServingError
from serving.server.models.versions import Files, Version


@dataclass(frozen=True)
class RetryPolicy:
    """How often a version whose files do not change is tried again, with TensorFlow Serving's defaults.

    Attributes:
        most_retries: Attempts after the first one.
        interval_seconds: Time between two attempts.
    """

    most_retries: int = 5
    interval_seconds: float = 60.0


@dataclass(frozen=True)
class _Failure:
    files: Files
    attempts: int
    seconds: float
    error: ServingError


class FailedLoads:
    """The failures of one model's versions; used by one thread at a time.

    A version is tried again when its files have changed, at once and with all its retries, so that a copy in progress
    heals by itself; and otherwise after the interval, until the retries are used up, for what passes by itself, such
    as a full memory. Between attempts nobody waits. TensorFlow Serving sleeps between them, never looks at the files
    and gives a version up for good.
    """

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._failures: dict[Version, _Failure] = {}

    def forget_all_but(self, versions: Collection[Version]) -> dict[Version, ServingError]:
        """Forgets versions that are no longer wanted: one that comes back starts anew.

        Returns:
            The error of each forgotten version that would have been tried again.
        """
        forgotten = {version: failure for version, failure in self._failures.items() if version not in versions}
        for version in forgotten:
            del self._failures[version]
        return {version: failure.error for version, failure in forgotten.items() if not self._is_given_up(failure)}

    def is_due(self, version: Version, files: Files) -> bool:
        """Returns whether the version, with these files, is to be tried now."""
        failure = self._failures.get(version)
        if failure is None or failure.files != files:
            return True
        waited = time.monotonic() - failure.seconds
        return not self._is_given_up(failure) and waited >= self._policy.interval_seconds

    def add(self, version: Version, files: Files, error: ServingError) -> bool:
        """Notes that an attempt failed; returns whether another one follows though the files stay as they are."""
        before = self._failures.get(version)
        attempts = before.attempts if before and before.files == files else 0
        # Without its traceback, whose frames would keep the models in their variables in memory.
        kept_error = ServingError(error.code, error.message)
        failure = _Failure(files, attempts + 1, time.monotonic(), kept_error)
        self._failures[version] = failure
        return not self._is_given_up(failure)

    def final_errors(self) -> dict[int, ServingError]:
        """Returns the error of every failed version by number; none at all while one of them will be tried again."""
        if not all(map(self._is_given_up, self._failures.values())):
            return {}
        return {version.number: failure.error for version, failure in self._failures.items()}

    def _is_given_up(self, failure: _Failure) -> bool:
        return failure.attempts > self._policy.most_retries
