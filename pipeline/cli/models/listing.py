"""`quickdraw models list`: a line a version."""

import pathlib

from components.pusher.pins import pinned_versions
from components.pusher.push import read_run
from components.trainer.model_card import read_model_card
from pipeline.cli.aligned_text import table
from pipeline.cli.logs import say
from pipeline.cli.models.pushed import (
    DEFAULT_WORKSPACE,
    METRICS,
    RegistryFolder,
    Workspace,
    count_words,
    pushed_at,
    pushed_folders,
    registry_folder,
    state,
)

_HEADER = ("version", "preset", "words", "accuracy", "MAP@3", "pushed (UTC)", "run", "")


def list_models(workspace: Workspace = DEFAULT_WORKSPACE, registry: RegistryFolder = "") -> None:
    """Print a line for each pushed version, the served one first."""
    folders = pushed_folders(registry_folder(workspace, registry))
    pinned = pinned_versions(folders[0].parent)
    rows = [_row(folder, serving=folder == folders[0], pinned=int(folder.name) in pinned) for folder in folders]
    say(table([_HEADER, *rows]))
    without_card = [folder.name for folder in folders if not read_model_card(folder)]
    if without_card:
        say(f"\nno model card, as of an older release: {', '.join(without_card)}")


def _row(folder: pathlib.Path, serving: bool, pinned: bool) -> tuple[str, ...]:
    run = read_run(folder)
    metrics = run.get("metrics", {})
    return (
        folder.name,
        read_model_card(folder).get("preset", "-"),
        count_words(folder),
        *(f"{metrics[name]:.3f}" if name in metrics else "-" for name in METRICS),
        pushed_at(run),
        run.get("run_key") or "-",
        state(run, serving, pinned),
    )
