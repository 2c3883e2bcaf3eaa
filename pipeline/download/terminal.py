"""The progress bar of a download, on standard error: words, bytes, rows, rate, time left."""

import time
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.download.word_file import WordFile


class TerminalListener:
    """Shows how far a download is; a context manager. Without a terminal it tells of finished words, and of waits.

    The bar's unit is a file's share: how many bytes of a file are needed for so many rows is not known before.
    """

    def __init__(self) -> None:
        """Prepares the bar."""
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._progress = Progress(
            TextColumn("{task.fields[words]}"),
            BarColumn(),
            TextColumn("{task.fields[read]}"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._bar = self._progress.add_task("", words="", read="")
        self._files: Sequence[WordFile] = ()
        self._bytes_before = 0
        self._started = time.monotonic()

    def __enter__(self) -> "TerminalListener":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def on_start(self, files: Sequence[WordFile]) -> None:
        """Counts from here: what earlier calls have read tells nothing about the rate."""
        self._files = files
        self._bytes_before = _bytes_of(files)
        # Anew, or the time left would take the earlier calls' work for that of a second.
        self._progress.remove_task(self._bar)
        self._bar = self._progress.add_task("", total=len(files), words="", read="")
        self._show()

    def on_progress(self, file: WordFile) -> None:
        """Moves the bar."""
        self._show()
        if file.is_finished and file.position is not None:
            malformed = f", {file.position.malformed:,} malformed lines set aside" if file.position.malformed else ""
            self._console.print(f"{file.word}: {file.position.rows:,} rows{malformed}", markup=False)

    def on_wait(self, file: WordFile, seconds: float, reason: str) -> None:
        """Says why nothing happens."""
        self._console.print(f"{file.word}: {reason}; asking again in {seconds:.0f} s", markup=False)

    def _show(self) -> None:
        rows = sum(file.position.rows for file in self._files if file.position)
        read = max(0, _bytes_of(self._files) - self._bytes_before)
        rate = read / max(1e-3, time.monotonic() - self._started)
        self._progress.update(
            self._bar,
            completed=sum(map(_share, self._files)),
            words=f"{sum(file.is_finished for file in self._files)} of {len(self._files)} words",
            read=f"{rows:,} rows, {decimal(read)}, {decimal(int(rate))}/s",
        )


def _bytes_of(files: Sequence[WordFile]) -> int:
    return sum(file.position.offset for file in files if file.position)


def _share(file: WordFile) -> float:
    """Returns how much of a file is there, 0 to 1."""
    if file.position is None:
        return 0.0
    read = file.position.offset / max(1, file.position.source.size)
    return max(read, file.position.rows / file.per_word if file.per_word else 0.0)
