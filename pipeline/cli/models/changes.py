"""`quickdraw models rollback|pin|unpin|prune`: what serves, and what stays."""

from typing import Annotated

import typer

from components.pusher import pins
from components.pusher.prune import prune as prune_registry
from components.pusher.registry import newest_version
from components.pusher.rollback import rollback as roll_back
from pipeline.cli.logs import say, set_up_logs
from pipeline.cli.models.pushed import DEFAULT_WORKSPACE, RegistryFolder, Workspace, pushed_folders, registry_folder

_Version = Annotated[int, typer.Argument(help="One that `quickdraw models list` names.")]


def rollback(version: _Version, workspace: Workspace = DEFAULT_WORKSPACE, registry: RegistryFolder = "") -> None:
    """Serve an older version again, as a new version that is a verified copy of it."""
    set_up_logs(verbose=False)
    folder = registry_folder(workspace, registry)
    copy = roll_back(folder, version)
    serving = newest_version(folder)
    if copy == serving:
        say(f"version {copy}, a copy of {version}, serves now.")
    else:
        say(f"version {copy}, a copy of {version}, was made, but version {serving}, pushed meanwhile, serves.")


def pin(version: _Version, workspace: Workspace = DEFAULT_WORKSPACE, registry: RegistryFolder = "") -> None:
    """Keep a version whatever is pruned, until it is unpinned."""
    set_up_logs(verbose=False)
    pins.pin(registry_folder(workspace, registry), version)
    say(f"version {version} is pinned.")


def unpin(version: _Version, workspace: Workspace = DEFAULT_WORKSPACE, registry: RegistryFolder = "") -> None:
    """Let a version be pruned again."""
    set_up_logs(verbose=False)
    pins.unpin(registry_folder(workspace, registry), version)
    say(f"version {version} is no longer pinned.")


def prune(
    keep: Annotated[int, typer.Option(help="How many of the newest versions stay.")],
    workspace: Workspace = DEFAULT_WORKSPACE,
    registry: RegistryFolder = "",
) -> None:
    """Remove the oldest versions; never the newest, which serves, nor a pinned one."""
    folder = registry_folder(workspace, registry)
    pushed_folders(folder)
    pruning = prune_registry(folder, keep)
    removed = ", ".join(map(str, pruning.removed))
    say(f"removed {removed}." if removed else "nothing to remove.")
    for version, reason in pruning.spared.items():
        say(f"kept {version}: {reason}.")
