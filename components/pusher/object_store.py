"""A registry on an object store: the same push, with a weaker promise.

No store can rename a folder in one step, so a version grows before the eyes of its readers. Its `saved_model.pb`,
without which TF Serving loads nothing, comes last, when everything else is there and of the right size. What remains
weaker than in a folder: a server that looks in between finds a number without a model, fails to load it, goes on
serving the version before, and tries again a minute later; and what a killed push left stays there, without a model.
That two pushes at once take different versions, the store must help with: see `_claim`.
"""

import json
import logging
import pathlib
import re
import time
from typing import TYPE_CHECKING, Any

from components.errors import QuickdrawError, UsageError
from components.pusher.version_files import MODEL_FILE, RUN_FILE
from components.store_errors import one_sentence
from components.version_folders import next_version, numbers_among

if TYPE_CHECKING:
    import fsspec

_logger = logging.getLogger("quickdraw")


class UploadError(QuickdrawError):
    """The store does not hold what was sent to it."""


def list_versions(url: str) -> list[int]:
    """Lists the whole versions.

    Args:
        url: of the registry; its bucket is there, the rest need not be.

    Returns:
        Positive integers below which a `saved_model.pb` lies, ascending.

    Raises:
        UsageError: the store refuses, cannot be reached or has no such bucket, or a package for it is missing.
    """
    store, root = _open(url)
    with one_sentence(f"the registry {url} cannot be listed"):
        return sorted(n for n in _numbers(store, root) if n > 0 and store.isfile(f"{root}/{n}/{MODEL_FILE}"))


def read_run(url: str, version: int) -> dict[str, Any]:
    """Reads what the Pusher wrote beside a model, see `components.pusher.push.read_run`.

    Raises:
        UsageError: the store refuses or cannot be reached.
    """
    store, root = _open(url)
    with one_sentence(f"version {version} of the registry {url} cannot be read"):
        try:
            return json.loads(store.cat_file(f"{root}/{version}/{RUN_FILE}"))
        except FileNotFoundError:
            return {}


def download(url: str, version: int, target: pathlib.Path) -> None:
    """Copies a version out of the store.

    Args:
        url: of the registry.
        version: the one to copy.
        target: folder, made; without a model in it if the version is gone.

    Raises:
        UsageError: the store refuses or cannot be reached.
    """
    store, root = _open(url)
    target.mkdir(parents=True)
    with one_sentence(f"version {version} of the registry {url} cannot be copied"):
        for path in store.find(f"{root}/{version}"):
            # The consoles of S3 and GCS mark a folder with an empty object of this name.
            if path.endswith("/"):
                continue
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
        UsageError: the store refuses, cannot be reached or has no such bucket.
    """
    store, root = _open(url)
    _logger.info("%s is an object store, which cannot rename a folder: data first, %s last", url, MODEL_FILE)
    with one_sentence(f"the push to {url} failed"):
        version = _claim(store, root, (model / RUN_FILE).read_bytes())
        files = [path for path in sorted(model.rglob("*")) if path.is_file()]
        # False sorts before True: the graph comes when all else is there.
        for path in sorted(files, key=lambda path: path == model / MODEL_FILE):
            _send(store, path, f"{root}/{version}/{path.relative_to(model).as_posix()}")
    return version


def _claim(store: "fsspec.AbstractFileSystem", root: str, run: bytes) -> int:
    """Takes the next version: of two that create the same first file, the store refuses one.

    S3 (`If-None-Match: *`) and GCS (`ifGenerationMatch=0`) do. Some that speak S3 pass over the condition, so it is
    tried once more on what is certainly there.
    """
    version = next_version(_numbers(store, root), time.time())
    while not _create(store, f"{root}/{version}/{RUN_FILE}", run):
        version += 1
    if _create(store, f"{root}/{version}/{RUN_FILE}", run):
        _logger.warning("this store lets two pushes take the same version: never push to it from two places at once")
    return version


def _create(store: "fsspec.AbstractFileSystem", path: str, content: bytes) -> bool:
    """Writes a file that was not there; False if it was."""
    try:
        store.pipe_file(path, content, mode="create")
    except FileExistsError:
        return False
    except OSError as error:
        # Amazon's S3 may answer the second of two at the same moment with a conflict; others that speak S3 call what is
        # there by words that s3fs does not know. A number passed over costs nothing.
        if "ConditionalRequestConflict" in str(error) or store.isfile(path):
            return False
        raise
    return True


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
    try:
        paths = store.ls(root, detail=False)
    except FileNotFoundError:
        _require_bucket(store, root.lstrip("/").partition("/")[0])
        return set()
    return numbers_among(path.rstrip("/").rpartition("/")[2] for path in paths)


def _require_bucket(store: "fsspec.AbstractFileSystem", bucket: str) -> None:
    """A missing bucket is a typing error, found before the training rather than after; no push creates one."""
    try:
        store.ls(bucket, detail=False)
    except FileNotFoundError as error:
        raise UsageError(f"there is no bucket {bucket}; create it, or name another with --registry.") from error
    except OSError as error:
        # Whoever may list the registry and nothing above it is refused here: the bucket is there.
        _logger.debug("the bucket %s: %s", bucket, error)


def _open(url: str) -> tuple["fsspec.AbstractFileSystem", str]:
    # A registry that is a folder does without.
    import fsspec

    if re.search("://[^/]*:[^/]*@", url):
        raise UsageError("a registry's URL is written beside every run, so it must not hold a password.")
    with one_sentence(f"the registry {url} cannot be opened"):
        store, root = fsspec.core.url_to_fs(url)
    if not root.strip("/"):
        raise UsageError(f"the registry {url} names no bucket.")
    return store, root.rstrip("/")
