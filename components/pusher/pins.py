"""Versions that nothing prunes, in one small file of the registry. TF Serving passes over a name that is no number."""

import json
import pathlib

from components.errors import UsageError
from components.pusher.registry import list_versions, require_version
from components.staging import locked

_PINS_FILE = "pinned.json"


def pinned_versions(registry: pathlib.Path) -> list[int]:
    """Lists the pinned versions.

    Args:
        registry: the folder of versions; may be missing.

    Returns:
        Versions that are there, ascending.
    """
    path = registry / _PINS_FILE
    pinned = json.loads(path.read_text(encoding="utf-8"))["pinned"] if path.is_file() else []
    return sorted(set(pinned) & set(list_versions(registry)))


def pin(registry: pathlib.Path, version: int) -> None:
    """Keeps a version from being pruned, until `unpin`.

    Args:
        registry: the folder of versions.
        version: one that is there; it may be pinned already.

    Raises:
        UsageError: there is no such version.
    """
    require_version(registry, version)
    with locked(registry):
        require_version(registry, version)
        _write(registry, {*pinned_versions(registry), version})


def unpin(registry: pathlib.Path, version: int) -> None:
    """Lets a version be pruned again.

    Args:
        registry: the folder of versions.
        version: a pinned one.

    Raises:
        UsageError: there is no such version, or it is not pinned.
    """
    require_version(registry, version)
    with locked(registry):
        pinned = pinned_versions(registry)
        if version not in pinned:
            there = f"pinned are {', '.join(map(str, pinned))}" if pinned else "no version is"
            raise UsageError(f"version {version} is not pinned; {there}.")
        _write(registry, set(pinned) - {version})


def _write(registry: pathlib.Path, pinned: set[int]) -> None:
    # Loads TFX, for which whoever only reads pins need not wait.
    from components.atomic_file import write_atomically

    write_atomically(str(registry / _PINS_FILE), json.dumps({"pinned": sorted(pinned)}).encode())
