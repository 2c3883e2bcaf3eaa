"""Tells a person how far a long run is: a line now and then, none where the work is short."""

import functools
import logging
import threading
import time

_SECONDS_BETWEEN_LINES = 5.0
_logger = logging.getLogger("quickdraw")


class Progress:
    """Counts what the threads of one process have done and logs it from time to time."""

    def __init__(self, what: str) -> None:
        """Takes what is counted, for the line: "rows read"."""
        self._what = what
        self._lock = threading.Lock()
        self._done = 0
        self._started = self._told = time.monotonic()

    def add(self, count: int) -> None:
        """Counts more, and says so if the last line is some seconds old."""
        with self._lock:
            self._done += count
            now = time.monotonic()
            if now - self._told >= _SECONDS_BETWEEN_LINES:
                self._told = now
                rate = self._done / (now - self._started)
                _logger.info("%s %s, %s a second", f"{self._done:,}", self._what, f"{rate:,.0f}")


@functools.cache
def shared_progress(run: str, what: str) -> Progress:
    """Returns the Progress that all threads of a run share.

    Args:
        run: whatever no other run of this process has, such as its folder.
        what: what is counted.
    """
    return Progress(what)
