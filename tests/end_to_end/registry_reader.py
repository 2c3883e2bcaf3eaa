"""Somebody who reads the newest version again and again, as a server does, and minds every flaw."""

import hashlib
import pathlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from components.pusher.push import read_run
from components.pusher.registry import newest_version, version_path


def digests(model: pathlib.Path) -> dict[str, str]:
    """SHA-256 of each of a model's files but the one that the Pusher adds."""
    files = (path for path in model.rglob("*") if path.is_file() and path.name != "run.json")
    return {str(path.relative_to(model)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Reader:
    """Reads the newest version of a registry until it is told to stop.

    Attributes:
        reads: how often it read a whole version.
        versions: which ones, in the order in which they were the newest.
        failure: what went wrong first, None if nothing did.
    """

    def __init__(self, registry: pathlib.Path, read: Callable[[pathlib.Path], None]) -> None:
        self._registry, self._read = registry, read
        self.reads = 0
        self.versions: list[int] = []
        self.failure: Exception | None = None

    @contextmanager
    def at_work(self) -> Iterator["Reader"]:
        """Reads in a thread while the body runs."""
        stop = threading.Event()
        thread = threading.Thread(target=self._loop, args=[stop])
        thread.start()
        try:
            yield self
        finally:
            stop.set()
            thread.join()

    def _loop(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                version = newest_version(self._registry)
                self._read(version_path(self._registry, version))
                self.reads += 1
                if self.versions[-1:] != [version]:
                    self.versions.append(version)
        except Exception as error:
            self.failure = error


def is_one_of(models: list[pathlib.Path]) -> Callable[[pathlib.Path], None]:
    """A way to read that accepts a version only if it is one of the models, file by file."""
    expected = {model.name: digests(model) for model in models}

    def read(version: pathlib.Path) -> None:
        assert digests(version) == expected[read_run(version)["run_key"]], f"{version} is not what was pushed"

    return read
