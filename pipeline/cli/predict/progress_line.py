"""One line on standard error that tells how far a long input is, and goes when it is done."""

import sys
import time
from types import TracebackType

_SECONDS_BEFORE = 2.0
_SECONDS_BETWEEN = 0.5
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Counts drawings; a context manager that takes its line away.

    It is shown on a terminal only, and not if the answers run over the same one.
    """

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty() and not sys.stdout.isatty()
        self._drawings = 0
        self._started = self._told = time.monotonic()

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def add(self) -> None:
        """Counts a drawing, and says so now and then."""
        self._drawings += 1
        now = time.monotonic()
        if not self._is_shown or now - self._started < _SECONDS_BEFORE or now - self._told < _SECONDS_BETWEEN:
            return
        self._told = now
        rate = self._drawings / (now - self._started)
        print(f"{_CLEAR}{self._drawings:,} drawings, {rate:,.0f} a second", end="", file=sys.stderr, flush=True)

    def say(self, sentence: str) -> None:
        """Prints a sentence on standard error, on a line of its own."""
        self._clear()
        print(sentence, file=sys.stderr, flush=True)

    def _clear(self) -> None:
        if self._is_shown:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
