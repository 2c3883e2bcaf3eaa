"""Removes the oldest versions, and never one that somebody may need."""

import dataclasses
import itertools
import pathlib
import time
from collections.abc import Iterator, Mapping

from components.disk import sync_to_disk
from components.errors import UsageError
from components.pusher.pins import pinned_versions
from components.pusher.registry import list_versions, version_path
from components.staging import delete_withdrawn, locked, withdraw

# TF Serving looks once a second, and then takes its time to load and warm what it found.
_SECONDS_TO_LOAD = 60.0
_LOADING = "it was replaced a moment ago, and a server may still be loading it"


@dataclasses.dataclass(frozen=True)
class Pruning:
    """What a pruning did.

    Attributes:
        removed: the versions that are gone, ascending.
        spared: the versions beyond those to keep that stayed, ascending, and why each did.
    """

    removed: tuple[int, ...]
    spared: Mapping[int, str]


def prune(registry: pathlib.Path, keep: int, baseline: int = 0, seconds_to_load: float = _SECONDS_TO_LOAD) -> Pruning:
    """Removes the oldest versions beyond the `keep` newest.

    Spared are the pinned ones, the baseline, and what was replaced so lately that a server may still be loading it.

    Args:
        registry: the folder of versions; may be missing.
        keep: how many of the newest stay, at least 1: the newest serves.
        baseline: the version that a run was compared with, 0 for none.
        seconds_to_load: for how long after it was replaced a version is spared.

    Returns:
        What was removed, and what was not.

    Raises:
        UsageError: `keep` is below 1.
    """
    if keep < 1:
        raise UsageError(f"--keep must be at least 1, not {keep}: the newest version serves.")
    if not registry.is_dir():
        return Pruning((), {})
    with locked(registry):
        versions = list_versions(registry)
        pinned = pinned_versions(registry)
        reasons = dict.fromkeys(_replaced_lately(registry, versions, seconds_to_load), _LOADING)
        reasons |= {baseline: "the newest was compared with it"} | dict.fromkeys(pinned, "it is pinned")
        spared = {version: reasons[version] for version in versions[:-keep] if version in reasons}
        removed = tuple(version for version in versions[:-keep] if version not in spared)
        for version in removed:
            withdraw(version_path(registry, version))
        sync_to_disk(registry)
    delete_withdrawn(registry)
    return Pruning(removed, spared)


def _replaced_lately(registry: pathlib.Path, versions: list[int], seconds: float) -> Iterator[int]:
    for version, successor in itertools.pairwise(versions):
        # `publish_staged` sets the folder's time.
        if time.time() - version_path(registry, successor).stat().st_mtime < seconds:
            yield version
