"""A registry on an object store: the same push, with a weaker promise.

No store can rename a folder in one step, so a version grows before the eyes of its readers. Its `saved_model.pb`,
without which TF Serving loads nothing, comes last, when everything else is there and of the right size. What remains
weaker than in a folder: a server that looks in between finds a number without a model, fails to load it, goes on
serving the version before, and tries again a minute later; and what a killed push left stays there, without a model.
"""

import json
import logging
import pathlib
import time
from typing import TYPE_CHECKING, Any

from components.errors import QuickdrawError, UsageError
from components.pusher.version_files import MODEL_FILE, RUN_FILE
from components.version_folders import next_version, numbers_among

if TYPE_CHECKING:
    import fsspec

_logger = logging.getLogger("quickdraw")


class UploadError(QuickdrawError):
    """The store does not hold what was sent to it."""


def list_versions(url: str) -> list[int]:
    """Lists the whole versions.

    Args:
        url: of the registry; nothing need be there yet.

    Returns:
        Positive integers below which a `saved_model.pb` lies, ascending.

    Raises:
        UsageError: the store cannot be reached, or a package for it is missing.
    """
    store, root = _open(url)
    try:
        return sorted(n for n in _numbers(store, root) if n > 0 and store.isfile(f"{root}/{n}/{MODEL_FILE}"))
    except OSError as error:
        raise UsageError(f"the registry {url} cannot be listed: {error}.") from error


def read_run(url: str, version: int) -> dict[str, Any]:
    """Reads what the Pusher wrote beside a model, see `components.pusher.push.read_run`."""
    store, root = _open(url)
    path = f"{root}/{version}/{RUN_FILE}"
    return json.loads(store.cat_file(path)) if store.isfile(path) else {}


def download(url: str, version: int, target: pathlib.Path) -> None:
    """Copies a version out of the store.

    Args:
        url: of the registry.
        version: the one to copy.
        target: folder, made; without a model in it if the version is gone.
    """
    store, root = _open(url)
    target.mkdir(parents=True)
    for path in store.find(f"{root}/{version}"):
        local = target / path.removeprefix(f"{root}/{version}/")
        local.parent.mkdir(parents=True, exist_ok=True)
        store.get_file(path, str(local))


def upload(model: pathlib.Path, url: str) -> int:
    """Uploads a model as the registry's newest version, its `saved_model.pb` last.

    Args:
        model: a checked SavedModel with the Pusher's `run.json`.
        url: of the registry.

    Returns:
        The new version.

    Raises:
        UploadError: a file is not of the size that was sent; the version has no `saved_model.pb`, so nothing serves it.
    """
    store, root = _open(url)
    _logger.info("%s is an object store, which cannot rename a folder: data first, %s last", url, MODEL_FILE)
    version = _claim(store, root, (model / RUN_FILE).read_bytes())
    files = [path for path in sorted(model.rglob("*")) if path.is_file()]
    # False sorts before True: the graph comes when all else is there.
    for path in sorted(files, key=lambda path: path == model / MODEL_FILE):
        _send(store, path, f"{root}/{version}/{path.relative_to(model).as_posix()}")
    return version


def _claim(store: "fsspec.AbstractFileSystem", root: str, run: bytes) -> int:
    """Takes the next version: of two that write the same first file, the store refuses one."""
    version = next_version(_numbers(store, root), time.time())
    while True:
        try:
            store.makedirs(f"{root}/{version}/{pathlib.PurePosixPath(RUN_FILE).parent}", exist_ok=True)
            store.pipe_file(f"{root}/{version}/{RUN_FILE}", run, mode="create")
        except FileExistsError:
            version += 1
        else:
            return version


def _send(store: "fsspec.AbstractFileSystem", path: pathlib.Path, remote: str) -> None:
    store.put_file(str(path), remote)
    sent, there = path.stat().st_size, store.info(remote)["size"]
    if sent != there:
        store.rm_file(remote)
        raise UploadError(f"{remote} has {there} bytes after {sent} were sent; nothing was pushed.")


def _numbers(store: "fsspec.AbstractFileSystem", root: str) -> set[int]:
    """The numbers among the names below the registry, whole versions or not."""
    # Another process may have pushed since this one listed.
    store.invalidate_cache()
    paths = store.ls(root, detail=False) if store.exists(root) else []
    return numbers_among(path.rstrip("/").rpartition("/")[2] for path in paths)


def _open(url: str) -> tuple["fsspec.AbstractFileSystem", str]:
    # A registry that is a folder does without.
    import fsspec

    try:
        store, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"the registry {url} cannot be opened: {error}.") from error
    return store, root.rstrip("/")
