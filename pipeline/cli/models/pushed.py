"""What every verb of `quickdraw models` needs: the versions of a workspace, and what the Pusher wrote beside each."""

import pathlib
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from components.errors import UsageError
from components.evaluator.metric_names import METRIC_NAMES
from components.pusher.registry import list_versions, registry_of, version_path
from components.trainer.assets import LABELS_FILE
from components.urls import is_url

Workspace = Annotated[pathlib.Path, typer.Option(help="Folder of everything a run makes.")]
RegistryFolder = Annotated[
    str, typer.Option("--registry", help="Folder of the pushed versions; default: WORKSPACE/models/quickdraw.")
]
DEFAULT_WORKSPACE = pathlib.Path("workspace")
METRICS = {metric: METRIC_NAMES[metric] for metric in ("accuracy", "map_at_3")}


def registry_folder(workspace: pathlib.Path, registry: str) -> pathlib.Path:
    """The folder of the pushed versions.

    Args:
        workspace: the workspace.
        registry: what the user named in its place, "" for nothing.

    Returns:
        The folder, which may be missing.

    Raises:
        UsageError: it is an object store.
    """
    if is_url(registry):
        raise UsageError(f"{registry} is an object store; these verbs work on a folder, so use the store's own tools.")
    return pathlib.Path(registry) if registry else registry_of(workspace)


def pushed_folders(registry: pathlib.Path) -> list[pathlib.Path]:
    """The folders of the pushed versions, the newest first.

    Args:
        registry: the folder of versions.

    Returns:
        At least one folder; the first one serves.

    Raises:
        UsageError: nothing has been pushed.
    """
    versions = list_versions(registry)
    if not versions:
        raise UsageError(f"nothing has been pushed to {registry}; `quickdraw run --data DIR` trains and pushes.")
    return [version_path(registry, version) for version in reversed(versions)]


def count_words(folder: pathlib.Path) -> str:
    """How many words a pushed model knows, "-" if nothing tells."""
    path = folder / LABELS_FILE
    return str(path.read_bytes().count(b"\n")) if path.is_file() else "-"


def pushed_at(run: Mapping[str, Any]) -> str:
    """When a version was pushed, from its `run.json`; "-" for an older release's."""
    return run["pushed_at"][:19].replace("T", " ") if "pushed_at" in run else "-"


def state(run: Mapping[str, Any], serving: bool, pinned: bool) -> str:
    """What there is to say of a version, for example "serving, rollback of 1764490500".

    Args:
        run: its `run.json`.
        serving: whether it is the newest.
        pinned: whether nothing prunes it.

    Returns:
        Words, separated by commas; "" if there is nothing.
    """
    words = {
        "serving": serving,
        "pinned": pinned,
        f"rollback of {run.get('rollback_of')}": "rollback_of" in run,
    }
    return ", ".join(word for word, applies in words.items() if applies)
