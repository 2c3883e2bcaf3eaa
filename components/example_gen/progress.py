"""Tells a person how far a long run is: a line now and then, none where the work is short."""

import logging
import time

_SECONDS_BETWEEN_LINES = 5.0
_logger = logging.getLogger("quickdraw")


class Progress:
    """Counts what one worker has done and logs it from time to time."""

    def __init__(self, what: str) -> None:
        """Takes what is counted, for the line: "rows read"."""
        self._what = what
        self._done = 0
        self._started = self._told = time.monotonic()

    def add(self, count: int) -> None:
        """Counts more, and says so if the last line is some seconds old."""
        self._done += count
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            _logger.info(
                "%s %s, %s a second", f"{self._done:,}", self._what, f"{self._done / (now - self._started):,.0f}"
            )
