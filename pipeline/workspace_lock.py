"""One run at a time in a workspace: two would write the same metadata, quarantine and report."""

import contextlib
import fcntl
import pathlib
from collections.abc import Iterator

from components.errors import UsageError

_LOCK_FILE = ".lock"


@contextlib.contextmanager
def locked(workspace: str) -> Iterator[None]:
    """Holds the workspace while the body runs; the system lets go of it even if this process is killed.

    Args:
        workspace: the folder; made if it is missing.

    Raises:
        UsageError: another run holds it.
    """
    folder = pathlib.Path(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK_FILE).open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"another run is at work in {workspace}; wait for it, or choose another folder with --workspace."
            ) from error
        yield
