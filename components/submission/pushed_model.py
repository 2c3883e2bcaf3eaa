"""The version that answers: out of a folder of versions, or copied here from an object store."""

import hashlib
import pathlib
import shutil

from components.errors import UsageError
from components.pusher import object_store
from components.pusher.registry import list_versions, version_path
from components.urls import is_url


def choose_version(registry: str, version: int | None) -> int:
    """Finds the version that a user means.

    Args:
        registry: the folder of pushed versions, or its URL; may be missing.
        version: the one asked for; None for the newest, which serves.

    Raises:
        UsageError: nothing has been pushed, or not this version.
    """
    versions = list_versions(registry)
    if not versions:
        raise UsageError(f"nothing has been pushed to {registry}; `quickdraw run --data DIR` trains and pushes.")
    if version is not None and version not in versions:
        raise UsageError(f"{registry} has no version {version}; there are {', '.join(map(str, versions))}.")
    return versions[-1] if version is None else version


def fetch_model(registry: str, version: int, folder: pathlib.Path) -> pathlib.Path:
    """Gives the folder of a pushed version on this machine.

    Args:
        registry: the folder of pushed versions, or its URL.
        version: of `choose_version`.
        folder: where a copy goes, if it has to come from an object store.
    """
    if not is_url(registry):
        return version_path(pathlib.Path(registry), version).resolve()
    copy = folder / "model"
    # A killed run may have left half of one.
    shutil.rmtree(copy, ignore_errors=True)
    object_store.download(registry, version, copy)
    return copy.resolve()


def digest_of_model(model: pathlib.Path) -> str:
    """Hashes all files of a model, SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(path for path in model.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(model)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
