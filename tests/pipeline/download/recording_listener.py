"""A listener that remembers, and a quick way to download in a test."""

import pathlib

from pipeline.download.download import DownloadOptions, download
from pipeline.download.patience import Patience
from pipeline.download.word_file import WordFile

QUICK = Patience(stall_seconds=0.4, retries=3, first_wait=0.01, longest_wait=0.02, longest_retry_after=2)


class RecordingListener:
    """Remembers the waits, as (word, seconds, reason)."""

    def __init__(self) -> None:
        self.waits: list[tuple[str, float, str]] = []
        self.finished_at_start: list[str] = []

    def on_start(self, files) -> None:
        self.finished_at_start = [file.word for file in files if file.is_finished]

    def on_progress(self, file) -> None:
        pass

    def on_wait(self, file, seconds, reason) -> None:
        self.waits.append((file.word, seconds, reason))


def fetch(
    bucket, out: pathlib.Path, words=("cat",), listener=None, **options
) -> tuple[list[WordFile], RecordingListener]:
    """Downloads from the bucket."""
    listener = listener or RecordingListener()
    given = DownloadOptions(words, out, **{"base_url": bucket.url, "patience": QUICK, **options})
    return download(given, listener), listener


def files_in(folder: pathlib.Path) -> dict[str, bytes]:
    """All files that a user sees, by path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".download" not in path.parts
    }
