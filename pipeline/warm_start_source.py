"""`--warm-start latest|VERSION|PATH` -> the network file to begin from. Loads nothing heavy."""

import pathlib

from components.errors import UsageError
from components.pusher.push import read_run_key
from components.pusher.registry import Registry, list_versions, version_path
from components.trainer.assets import NETWORK_FILE
from components.urls import is_url

LATEST = "latest"


def resolve_warm_start(value: str, registry: Registry, own_run_key: str) -> pathlib.Path:
    """Finds the network that a user wants to begin from.

    `latest` passes over what this very run has pushed, so that the same command, given again after a kill or a push,
    finds the same start.

    Args:
        value: `latest`, a version of the registry, or the path of a `.keras` file or of a SavedModel's folder.
        registry: the folder of pushed versions, or its URL; may be missing.
        own_run_key: what defines this run.

    Returns:
        The absolute path of a `.keras` file that is there.

    Raises:
        UsageError: there is no such model, or it was pushed without its network.
    """
    if value == LATEST or is_version(value):
        return _network_of(_pushed(value, registry, own_run_key))
    path = pathlib.Path(value)
    if not path.exists():
        raise UsageError(
            f"--warm-start: there is no {path}; give {LATEST}, a version, a .keras file or a SavedModel's folder."
        )
    if path.is_dir():
        return _network_of(path)
    if path.suffix != ".keras":
        raise UsageError(f"--warm-start: {path} is no .keras file; give one, or the folder of a pushed version.")
    return path.resolve()


def is_version(value: str) -> bool:
    """Whether a value of `--warm-start` is a version, and not a path."""
    return value.isascii() and value.isdigit()


def _pushed(value: str, registry: Registry, own_run_key: str) -> pathlib.Path:
    if is_url(registry):
        raise UsageError(f"--warm-start {value}: {registry} is an object store; copy a .keras file here and name it.")
    folder = pathlib.Path(registry)
    if value == LATEST:
        return version_path(folder, _newest_of_others(folder, own_run_key))
    return _find_version(folder, int(value))


def _newest_of_others(registry: pathlib.Path, own_run_key: str) -> int:
    versions = list_versions(registry)
    others = [version for version in versions if read_run_key(version_path(registry, version)) != own_run_key]
    if not others:
        raise UsageError(
            f"--warm-start {LATEST}: no other run has pushed a model to {registry} yet; run once without it, "
            "or name a .keras file."
        )
    return max(others)


def _find_version(registry: pathlib.Path, version: int) -> pathlib.Path:
    versions = list_versions(registry)
    if version not in versions:
        there = f"there are {', '.join(map(str, versions))}" if versions else "nothing has been pushed yet"
        raise UsageError(f"--warm-start {version}: {registry} has no such version; {there}.")
    return version_path(registry, version)


def _network_of(model: pathlib.Path) -> pathlib.Path:
    network = model / NETWORK_FILE
    if not network.is_file():
        raise UsageError(
            f"--warm-start: {model} has no {NETWORK_FILE}, as models exported before networks were kept; "
            "choose a newer one, or a .keras file."
        )
    return network.resolve()
