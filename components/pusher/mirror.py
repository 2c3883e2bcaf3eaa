"""Keeps a folder in step with a registry on an object store, for servers that read folders only.

TensorFlow Serving 2.16 has no file system for `s3://`. Beside it runs this: it brings the newest version, whole or not
at all, and the server finds it as if it had been pushed into the folder.
"""

import logging
import pathlib
import time
from collections.abc import Callable

from components.disk import sync_to_disk
from components.errors import QuickdrawError
from components.pusher import object_store
from components.pusher.prune import prune
from components.pusher.registry import list_versions, version_path
from components.pusher.version_files import MODEL_FILE
from components.staging import locked, staged

# The one that serves, and the one before, which the server may still be leaving.
_KEPT = 2

_logger = logging.getLogger("quickdraw")


def mirror(url: str, folder: pathlib.Path) -> int:
    """Copies the registry's newest version, unless it is there, and removes old ones.

    Args:
        url: of the registry.
        folder: of versions, made if missing; nobody else writes to it.

    Returns:
        The version that was copied, 0 for none.

    Raises:
        QuickdrawError: the store refuses or cannot be reached, or the version vanished meanwhile; the folder is as
            before.
    """
    newest = max(object_store.list_versions(url), default=0)
    if newest == 0 or newest in list_versions(folder):
        return 0
    with staged(folder) as staging:
        object_store.download(url, newest, staging)
        if not (staging / MODEL_FILE).is_file():
            raise QuickdrawError(f"version {newest} of {url} was removed while it was copied.")
        with locked(folder):
            staging.rename(version_path(folder, newest))
            sync_to_disk(folder)
    prune(folder, keep=_KEPT)
    _logger.info("version %d of %s is in %s", newest, url, folder)
    return newest


def keep_mirroring(url: str, folder: pathlib.Path, seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Mirrors for ever; what fails is told, and tried again the next time.

    Args:
        url: of the registry.
        folder: of versions.
        seconds: between looks.
        sleep: waits so many seconds.
    """
    while True:
        try:
            mirror(url, folder)
        except QuickdrawError as error:
            _logger.warning("%s", error)
        sleep(seconds)
