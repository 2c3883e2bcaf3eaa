"""`quickdraw models show`: a version's network, training, data, metrics and commit, or its lineage."""

import pathlib
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from components.errors import UsageError
from components.pusher.pins import pinned_versions
from components.pusher.push import read_run
from components.trainer.assets import NETWORK_FILE
from components.trainer.model_card import read_model_card
from pipeline.cli.aligned_text import section
from pipeline.cli.logs import say, set_up_logs
from pipeline.cli.models.lineage import lineage
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
from pipeline.warm_start_source import LATEST


def show(
    version: Annotated[str, typer.Argument(help=f"One that `quickdraw models list` names, or {LATEST}.")],
    show_lineage: Annotated[
        bool, typer.Option("--lineage", help="Print the runs and artifacts it rests on instead, by ML Metadata.")
    ] = False,
    workspace: Workspace = DEFAULT_WORKSPACE,
    registry: RegistryFolder = "",
) -> None:
    """Print a version's network, training, data, metrics and commit, or its lineage."""
    folders = pushed_folders(registry_folder(workspace, registry))
    names = [folder.name for folder in folders]
    if version not in (LATEST, *names):
        raise UsageError(
            f"there is no version {version} in {folders[0].parent}; give {LATEST} or one of {', '.join(names)}."
        )
    folder = folders[0 if version == LATEST else names.index(version)]
    if show_lineage:
        set_up_logs(verbose=False)
        say("\n\n".join(lineage(folder, workspace)))
    else:
        pinned = int(folder.name) in pinned_versions(folder.parent)
        say("\n\n".join(_details(folder, serving=folder == folders[0], pinned=pinned)))


def _details(folder: pathlib.Path, serving: bool, pinned: bool) -> Iterator[str]:
    run, card = read_run(folder), read_model_card(folder)
    yield section(
        ", ".join(filter(None, (f"version {folder.name}", state(run, serving, pinned)))),
        {"words": count_words(folder), "pushed (UTC)": pushed_at(run), "run": run.get("run_key"), "in": str(folder)},
    )
    yield _summary(folder)
    if card:
        # The summary above has told of the layers.
        plain = {name: value for name, value in card.items() if not isinstance(value, dict) and name != "layers"}
        yield section("model card", plain)
        yield from (section(name.replace("_", " "), value) for name, value in card.items() if isinstance(value, dict))
    else:
        yield "It has no model card, as of an older release: preset, training, data and commit are not known."
    yield _measured(run)


def _summary(folder: pathlib.Path) -> str:
    if not (folder / NETWORK_FILE).is_file():
        return f"It has no {NETWORK_FILE}, as of an older release: there is no network to summarize."
    set_up_logs(verbose=False)
    import tensorflow as tf

    # A training may hold the GPU's memory at this moment, and a summary needs none.
    tf.config.set_visible_devices([], "GPU")
    from components.trainer.network_file import read_network

    lines: list[str] = []
    read_network(folder / NETWORK_FILE).network.summary(print_fn=lines.append)
    return "\n".join(lines).rstrip()


def _measured(run: dict[str, Any]) -> str:
    if "metrics" not in run:
        return "Its metrics were not kept, as of an older release."
    metrics = {title: f"{run['metrics'][name]:.4f}" for name, title in METRICS.items()}
    # Of the floors, one a word, none failed: this model was pushed.
    told = [check for check in run["checks"] if not check.get("word")]
    checks = [f"  {'pass' if check['passed'] else 'FAIL'}: {check['sentence']}" for check in told]
    return "\n".join([section(f"on {run['examples']:,} test drawings", metrics), *checks])
