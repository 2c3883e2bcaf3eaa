"""The registry: a folder with one SavedModel a version, as TF Serving reads it."""

import pathlib

from components.errors import UsageError
from components.version_folders import list_numbered, newest_numbered

MODEL_FILE = "saved_model.pb"


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


def list_versions(registry: pathlib.Path) -> list[int]:
    """Lists the versions that TF Serving would see.

    Args:
        registry: the folder of versions; may be missing.

    Returns:
        Positive integers that name a folder with a `saved_model.pb`, ascending.
    """
    return list_numbered(registry, MODEL_FILE)


def newest_version(registry: pathlib.Path) -> int:
    """The version that serves.

    Args:
        registry: the folder of versions; may be missing.

    Returns:
        The highest version, 0 if there is none.
    """
    return newest_numbered(registry, MODEL_FILE)


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
