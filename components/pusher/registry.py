"""The registry: a folder with one SavedModel a version, as TF Serving reads it."""

import pathlib


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
    if not registry.is_dir():
        return []
    names = (path.name for path in registry.iterdir() if (path / "saved_model.pb").is_file())
    return sorted(int(name) for name in names if name.isascii() and name.isdigit() and int(name) > 0)


def newest_version(registry: pathlib.Path) -> int:
    """The version that serves.

    Args:
        registry: the folder of versions; may be missing.

    Returns:
        The highest version, 0 if there is none.
    """
    return max(list_versions(registry), default=0)


def next_version(registry: pathlib.Path, now: float) -> int:
    """The version a new push gets: the time in seconds as TFX does, and always above every version there.

    Args:
        registry: the folder of versions; may be missing.
        now: seconds since the epoch.

    Returns:
        A version that grows even if the clock went back.
    """
    return max(int(now), newest_version(registry) + 1)
