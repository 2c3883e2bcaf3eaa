"""`quickdraw models show VERSION --lineage`: from a served version back to the data, a section a node."""

import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from components.errors import UsageError
from components.pusher.push import read_run
from components.trainer.assets import NETWORK_FILE
from pipeline.cli.aligned_text import section
from pipeline.cli.models.pushed import pushed_at

if TYPE_CHECKING:
    from pipeline.lineage import Step

_METADATA_FILE = "metadata.sqlite"
# Parameters that say what a node worked on; the rest of them only steer it.
_TOLD = {
    "run_key": "run",
    "thresholds": "thresholds",
    "version": "version",
    "image_style": "style",
    "image_size": "size",
    "data_key": "data",
    "policy": "policy",
    "schema_file": "from",
    "schema_fingerprint": "fingerprint",
    "data_dir": "from",
    "data_fingerprint": "fingerprint",
    "words": "words",
    "num_words": "first words",
    "per_word": "per word",
    "code_fingerprint": "code",
}


def lineage(folder: pathlib.Path, workspace: pathlib.Path) -> Iterator[str]:
    """Tells where a pushed version came from, by ML Metadata.

    Args:
        folder: the version's folder.
        workspace: whose runs are asked.

    Yields:
        A section for the version, then one for each execution it rests on, the Pusher's first.

    Raises:
        UsageError: no run of the workspace pushed it.
    """
    # ML Metadata's client takes seconds to load.
    from pipeline.lineage import read_lineage

    run = read_run(folder)
    first = run.get("first_version", int(folder.name))
    steps = read_lineage(str(workspace / _METADATA_FILE), first, run.get("run_key", ""))
    if not steps:
        raise UsageError(
            f"version {folder.name} was not pushed by a run of this workspace: {workspace / _METADATA_FILE} does not "
            "know it."
        )
    yield section(f"version {folder.name}", _version(folder, run))
    for step in steps:
        title = f"{step.node}, execution {step.execution}, {step.finished:%Y-%m-%d %H:%M:%S} UTC"
        yield section(title, {**_parameters(step), **_outputs(step)})


def _version(folder: pathlib.Path, run: Mapping[str, Any]) -> dict[str, str]:
    values = {"pushed (UTC)": pushed_at(run), "in": str(folder)}
    if "rollback_of" in run:
        values["rollback of"] = f"{run['rollback_of']}, when {run['rolled_back_from']} served"
        values["first pushed as"] = f"{run['first_version']}, by the Pusher below"
    return values


def _parameters(step: "Step") -> dict[str, Any]:
    values = {name: _said(step.properties[key]) for key, name in _TOLD.items() if step.properties.get(key)}
    if step.node == "Baseline" and not step.properties["version"]:
        values["version"] = "none, nothing was serving"
    if step.node == "Trainer":
        values |= _training(step.properties["custom_config"])
    return values


def _said(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Without the thresholds that bound nothing."""
    return {name: part for name, part in value.items() if part is not None} if isinstance(value, Mapping) else value


def _training(custom_config: Mapping[str, Any]) -> dict[str, Any]:
    card = custom_config["card"]
    network = custom_config["warm_start"]
    return {
        "preset": card["preset"],
        "training": pathlib.Path(custom_config["state_dir"]).name,
        "examples": card["data"]["examples_key"],
        "warm start": _warm_start(pathlib.Path(network)) if network else "none, fresh weights",
        "code": card["code"],
    }


def _warm_start(network: pathlib.Path) -> str:
    version = str(network).removesuffix(NETWORK_FILE)
    where = _and_whether_it_is_there(network)
    # The only folders with a number for a name that keep a network there are pushed versions.
    return f"version {pathlib.Path(version).name}, {where}" if pathlib.Path(version).name.isdigit() else where


def _outputs(step: "Step") -> dict[str, str]:
    return {f"-> {key}": _and_whether_it_is_there(path) for key, path in sorted(step.outputs.items())}


def _and_whether_it_is_there(path: pathlib.Path) -> str:
    return str(path) if path.exists() else f"{path} (gone)"
