"""`quickdraw models`: what has been pushed, and where a version came from."""

import pathlib
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from components.errors import UsageError
from components.pusher.push import read_run
from components.pusher.registry import list_versions, registry_of, version_path
from components.trainer.assets import LABELS_FILE, NETWORK_FILE
from components.trainer.model_card import read_model_card
from pipeline.cli.aligned_text import section, table
from pipeline.cli.logs import say, set_up_logs
from pipeline.warm_start_source import LATEST

models = typer.Typer(
    help="List the pushed models, or show where one came from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Workspace = Annotated[pathlib.Path, typer.Option(help="Folder of everything a run makes.")]
_DEFAULT_WORKSPACE = pathlib.Path("workspace")
_HEADER = ("version", "preset", "words", "accuracy", "MAP@3", "pushed (UTC)", "")
_METRICS = {"accuracy": "accuracy", "map_at_3": "MAP@3"}


@models.command(name="list")
def list_models(workspace: _Workspace = _DEFAULT_WORKSPACE) -> None:
    """Print a line for each pushed version, the served one first."""
    folders = _pushed(workspace)
    say(table([_HEADER, *(_row(folder, serving=folder == folders[0]) for folder in folders)]))
    without_card = [folder.name for folder in folders if not read_model_card(folder)]
    if without_card:
        say(f"\nno model card, as of an older release: {', '.join(without_card)}")


@models.command()
def show(
    version: Annotated[str, typer.Argument(help=f"One that `quickdraw models list` names, or {LATEST}.")],
    workspace: _Workspace = _DEFAULT_WORKSPACE,
) -> None:
    """Print a version's network, training, data, metrics and commit."""
    folders = _pushed(workspace)
    names = [folder.name for folder in folders]
    if version not in (LATEST, *names):
        raise UsageError(
            f"there is no version {version} in {folders[0].parent}; give {LATEST} or one of {', '.join(names)}."
        )
    folder = folders[0 if version == LATEST else names.index(version)]
    say("\n\n".join(_details(folder, serving=folder == folders[0])))


def _pushed(workspace: pathlib.Path) -> list[pathlib.Path]:
    """The folders of the pushed versions, the newest first."""
    registry = registry_of(workspace)
    versions = list_versions(registry)
    if not versions:
        raise UsageError(f"nothing has been pushed to {registry}; `quickdraw run --data DIR` trains and pushes.")
    return [version_path(registry, version) for version in reversed(versions)]


def _row(folder: pathlib.Path, serving: bool) -> tuple[str, ...]:
    run = read_run(folder)
    metrics = run.get("metrics", {})
    return (
        folder.name,
        read_model_card(folder).get("preset", "-"),
        _count_words(folder),
        *(f"{metrics[name]:.3f}" if name in metrics else "-" for name in _METRICS),
        _pushed_at(run),
        "serving" if serving else "",
    )


def _details(folder: pathlib.Path, serving: bool) -> Iterator[str]:
    run, card = read_run(folder), read_model_card(folder)
    yield section(
        f"version {folder.name}" + (", serving" if serving else ""),
        {"words": _count_words(folder), "pushed (UTC)": _pushed_at(run), "run": run.get("run_key"), "in": str(folder)},
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
    metrics = {title: f"{run['metrics'][name]:.4f}" for name, title in _METRICS.items()}
    checks = [f"  {'pass' if check['passed'] else 'FAIL'}: {check['sentence']}" for check in run["checks"]]
    return "\n".join([section(f"on {run['examples']:,} test drawings", metrics), *checks])


def _count_words(folder: pathlib.Path) -> str:
    path = folder / LABELS_FILE
    return str(path.read_bytes().count(b"\n")) if path.is_file() else "-"


def _pushed_at(run: dict[str, Any]) -> str:
    return run["pushed_at"][:19].replace("T", " ") if "pushed_at" in run else "-"
