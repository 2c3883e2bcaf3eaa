"""Tells how far the workers are, whichever runner they belong to: by the parts that have appeared."""

import pathlib
import threading
from collections.abc import Callable, Mapping
from types import TracebackType

from components.submission.parts import list_parts

_SECONDS_BETWEEN_LOOKS = 0.5


class PartsWatcher:
    """A context manager that looks for new parts now and then while its body runs."""

    def __init__(self, folder: pathlib.Path, rows: Mapping[int, int], tell: Callable[[int], None]) -> None:
        """Describes what to look for.

        Args:
            folder: of the parts.
            rows: number of a shard -> its rows.
            tell: is called with the rows of all parts that are there.
        """
        self._folder = folder
        self._rows = rows
        self._tell = tell
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PartsWatcher":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_SECONDS_BETWEEN_LOOKS):
            self._tell(sum(self._rows[number] for number in list_parts(self._folder)))
