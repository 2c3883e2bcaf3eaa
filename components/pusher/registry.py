"""The registry: a folder with one SavedModel a version, as TF Serving reads it; or a URL of one on an object store."""

import os
import pathlib

from components.errors import UsageError
from components.pusher import object_store
from components.pusher.version_files import MODEL_FILE
from components.urls import is_url
from components.version_folders import list_numbered

Registry = str | os.PathLike[str]


def registry_of(workspace: pathlib.Path) -> pathlib.Path:
    """Where a workspace keeps its pushed versions."""
    return workspace / "models" / "quickdraw"


def version_path(registry: pathlib.Path, version: int) -> pathlib.Path:
    """Where a version lies.

    Args:
        registry: the folder of versions.
        version: positive integer.

    Returns:
        The version's folder, whether it is there or not.
    """
    return registry / str(version)


def list_versions(registry: Registry) -> list[int]:
    """Lists the versions that TF Serving would see.

    Args:
        registry: the folder of versions, or its URL; may be missing.

    Returns:
        Positive integers that name a folder with a `saved_model.pb`, ascending.
    """
    if is_url(registry):
        return object_store.list_versions(os.fspath(registry))
    return list_numbered(pathlib.Path(registry), MODEL_FILE)


def newest_version(registry: Registry) -> int:
    """The version that serves.

    Args:
        registry: the folder of versions, or its URL; may be missing.

    Returns:
        The highest version, 0 if there is none.
    """
    return max(list_versions(registry), default=0)


def require_version(registry: pathlib.Path, version: int) -> int:
    """Makes sure that a version is there.

    Args:
        registry: the folder of versions; may be missing.
        version: the one asked for.

    Returns:
        The version that serves.

    Raises:
        UsageError: it is not there.
    """
    versions = list_versions(registry)
    if version not in versions:
        there = f"there are {', '.join(map(str, versions))}" if versions else "nothing has been pushed yet"
        raise UsageError(f"{registry} has no version {version}; {there}.")
    return versions[-1]
