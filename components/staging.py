"""What is in the making, or on its way out, beside a folder's versions. Names that are no numbers: no reader sees them.

.lock             held while names change, never for long; it stays
.staging-<uuid>/  a version in the making, and `owner.lock` that its maker holds; of a dead one, who stages next
                  removes it
.removed-<uuid>   a version that was taken away in one step; whoever finds it deletes it
"""

import contextlib
import logging
import pathlib
import shutil
import types
import uuid
from collections.abc import Callable, Iterator

from components.disk import sync_to_disk
from components.file_lock import held, is_held

_STAGING_PREFIX = ".staging-"
_REMOVED_PREFIX = ".removed-"
_OWNER_FILE = "owner.lock"
_LOCK_FILE = ".lock"

_logger = logging.getLogger("quickdraw")


@contextlib.contextmanager
def locked(folder: pathlib.Path) -> Iterator[None]:
    """Holds a folder of versions: while the body runs, no other process publishes, removes or begins to stage.

    Args:
        folder: the folder of versions.
    """
    with held(folder / _LOCK_FILE):
        yield


@contextlib.contextmanager
def staged(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Gives the path of a version in the making, and removes what is still there at the end.

    Removes also what makers left that were killed.

    Args:
        folder: the folder of versions, made if missing.

    Yields:
        A path below `folder`, on the same file system, where nothing is yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sync_to_disk(folder.parent)
    mine = folder / f"{_STAGING_PREFIX}{uuid.uuid4().hex}"
    with contextlib.ExitStack() as stack:
        # Nobody looks for abandoned ones between the making of this one and its lock.
        with locked(folder):
            _withdraw_abandoned(folder)
            mine.mkdir()
            stack.enter_context(held(mine / _OWNER_FILE))
        stack.callback(_discard, mine)
        delete_withdrawn(folder)
        yield mine / "version"


def withdraw(path: pathlib.Path) -> None:
    """Takes a version, or what is staged, away in one step; `delete_withdrawn` deletes it.

    Args:
        path: in a folder of versions that the caller has `locked`.
    """
    path.rename(path.with_name(f"{_REMOVED_PREFIX}{uuid.uuid4().hex}"))


def delete_withdrawn(folder: pathlib.Path) -> None:
    """Deletes what was withdrawn, by this process or by one that was killed.

    Args:
        folder: the folder of versions.
    """
    for path in folder.glob(f"{_REMOVED_PREFIX}*"):
        _delete(path)


def _discard(mine: pathlib.Path) -> None:
    # In one step too: half deleted and without its lock it would look as if its maker had been killed.
    with locked(mine.parent):
        withdraw(mine)
    delete_withdrawn(mine.parent)


def _withdraw_abandoned(folder: pathlib.Path) -> None:
    for path in folder.glob(f"{_STAGING_PREFIX}*"):
        if not is_held(path / _OWNER_FILE):
            _logger.warning("removed %s, left by a push that was killed", path)
            withdraw(path)


def _delete(path: pathlib.Path) -> None:
    if path.is_symlink():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, onerror=_unless_gone)


def _unless_gone(
    _function: Callable[..., object], _path: str, info: tuple[type, BaseException, types.TracebackType]
) -> None:
    """Another process may delete the same folder at the same time."""
    if not isinstance(info[1], FileNotFoundError):
        raise info[1]
