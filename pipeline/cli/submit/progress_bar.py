"""How far the answers are: a bar in place on a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable

_WIDTH = 30
_SECONDS_BETWEEN_LINES = 10.0
_CLEAR = "\r\x1b[K"


class ProgressBar:
    """Draws on standard error; counts what it is told."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Takes the clock."""
        self._now = now
        self._in_place = sys.stderr.isatty()
        self._rows = self._before = 0
        self._started = self._told = now()

    def say(self, sentence: str) -> None:
        """Prints a sentence on a line of its own."""
        self.clear()
        print(sentence, file=sys.stderr, flush=True)

    def started(self, rows: int, done: int) -> None:
        """Begins to count; `done` of the rows were answered by an earlier run."""
        if done:
            self.say(f"{done:,} of {rows:,} drawings are answered already; going on.")
        self._rows, self._before = rows, done
        self._started = self._told = self._now()

    def progress(self, done: int) -> None:
        """Shows that `done` rows are answered."""
        now = self._now()
        if self._in_place:
            print(f"{_CLEAR}{self._bar(done)} {self._line(done, now)}", end="", file=sys.stderr, flush=True)
        elif now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            print(self._line(done, now), file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Takes the bar away."""
        if self._in_place:
            print(_CLEAR, end="", file=sys.stderr, flush=True)

    def _bar(self, done: int) -> str:
        filled = _WIDTH * done // self._rows
        return f"[{'#' * filled}{'-' * (_WIDTH - filled)}]"

    def _line(self, done: int, now: float) -> str:
        line = f"{done:,} of {self._rows:,} drawings"
        rate = (done - self._before) / (now - self._started) if now > self._started else 0.0
        if not rate:
            return line
        seconds = round((self._rows - done) / rate)
        return f"{line}, {rate:,.0f} a second, {seconds // 60}:{seconds % 60:02d} left"
