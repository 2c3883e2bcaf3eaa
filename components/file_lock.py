"""Locks between processes; the system lets go of one even if its holder is killed."""

import contextlib
import fcntl
import pathlib
from collections.abc import Iterator


@contextlib.contextmanager
def held(path: pathlib.Path) -> Iterator[None]:
    """Waits for a lock, and holds it while the body runs.

    Args:
        path: the lock's file, made if missing; its content means nothing.
    """
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def is_held(path: pathlib.Path) -> bool:
    """Whether a process that lives holds a lock.

    Args:
        path: the lock's file; a missing one is held by nobody.
    """
    try:
        with path.open("r+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
