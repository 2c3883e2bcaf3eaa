"""A run on this machine: checked options -> configuration -> nodes -> outcome."""

import dataclasses
import json
import os
import pathlib
import shutil
from typing import Any

from components.errors import UsageError
from components.example_gen.file_selection import data_fingerprint, select_files
from pipeline.beam_runner import NodeListener, resolve, run_pipeline
from pipeline.config import PipelineConfig
from pipeline.pipeline import PIPELINE_NAME
from pipeline.presets import get_preset
from pipeline.run_metadata import read_node_run


@dataclasses.dataclass(frozen=True)
class RunOptions:
    """What a user says about a run; None leaves the choice to the preset. See `PipelineConfig` for the rest."""

    data: pathlib.Path
    workspace: pathlib.Path
    preset: str = "demo"
    words: tuple[str, ...] = ()
    num_words: int | None = None
    per_word: int | None = None
    epochs: int | None = None
    min_accuracy: float | None = None
    max_bad_fraction: float = 0.01
    cache: bool = True


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Attributes:
        rows: counts of the ingest: read, kept, filtered, capped, duplicate, quarantined.
        verdict: of `components.evaluator.verdict`.
        push: {"pushed", "version", "path", "sentence"}.
    """

    rows: dict[str, int]
    verdict: dict[str, Any]
    push: dict[str, Any]

    @property
    def blessed(self) -> bool:
        """Whether the model may be served."""
        return self.verdict["blessed"]


def make_config(options: RunOptions) -> PipelineConfig:
    """Checks everything that can be checked before the first node, and writes nothing.

    Args:
        options: what the user said.

    Returns:
        A configuration ready to run.

    Raises:
        UsageError: an option, the data folder or the workspace cannot be used.
    """
    preset = get_preset(options.preset)
    _check_writable(options.workspace)
    training, thresholds = preset.training, preset.thresholds
    if options.epochs is not None:
        training = dataclasses.replace(training, epochs=options.epochs)
    if options.min_accuracy is not None:
        thresholds = dataclasses.replace(thresholds, min_accuracy=options.min_accuracy)
    config = PipelineConfig(
        # ML Metadata keeps these paths, and a later run may start in another folder.
        data_dir=str(options.data.resolve()),
        workspace=str(options.workspace.resolve()),
        training=training,
        thresholds=thresholds,
        words=options.words,
        num_words=options.num_words,
        per_word=preset.per_word if options.per_word is None else options.per_word,
        max_bad_fraction=options.max_bad_fraction,
        enable_cache=options.cache,
    )
    files = select_files(config.data_dir, config.words or None, config.num_words)
    return resolve(dataclasses.replace(config, data_fingerprint=data_fingerprint(files)))


def run(config: PipelineConfig, on_node: NodeListener) -> Outcome:
    """Runs the pipeline and collects what came of it, from this run's nodes or from the cached ones.

    Args:
        config: of `make_config`.
        on_node: told of every node that starts or ends.

    Returns:
        The outcome; the report lies at `config.report_path`.

    Raises:
        QuickdrawError: a node refused its input.
    """
    run_pipeline(config, on_node)
    # A copy after every run, cached or not, so that the workspace's report is always the newest run's.
    _copy_report(config)
    return Outcome(
        rows=_read(config, "DrawingExampleGen", "summary", "summary.json"),
        verdict=_read(config, "Evaluator", "evaluation", "verdict.json"),
        push=_read(config, "Pusher", "pushed_model", "push.json"),
    )


def _output(config: PipelineConfig, node_id: str, key: str) -> pathlib.Path:
    node_run = read_node_run(config.metadata_path, PIPELINE_NAME, node_id)
    assert node_run is not None, f"{node_id} is part of every finished run"
    return pathlib.Path(node_run.outputs[key])


def _read(config: PipelineConfig, node_id: str, key: str, file: str) -> dict[str, Any]:
    return json.loads((_output(config, node_id, key) / file).read_text(encoding="utf-8"))


def _copy_report(config: PipelineConfig) -> None:
    target = pathlib.Path(config.report_path)
    unfinished = target.with_suffix(".tmp")
    shutil.copyfile(_output(config, "Report", "report") / "report.html", unfinished)
    unfinished.replace(target)


def _check_writable(workspace: pathlib.Path) -> None:
    existing = workspace.resolve()
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise UsageError(f"the workspace {workspace} cannot be written to; choose another folder with --workspace.")
