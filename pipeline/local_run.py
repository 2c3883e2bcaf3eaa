"""A run on this machine: configuration -> nodes -> outcome."""

import dataclasses
import json
import pathlib
import shutil
from typing import Any

from components.evaluator.verdict import VERDICT_FILE
from components.example_gen.summary import read_summary
from components.pusher.executor import PUSH_FILE
from components.report.executor import PAGE_FILE
from components.trainer.deadline import write_deadline
from pipeline.beam_runner import NodeListener, resolve, run_pipeline
from pipeline.config import PIPELINE_NAME, PipelineConfig
from pipeline.fingerprint import training_key
from pipeline.run_metadata import read_node_run
from pipeline.workspace_lock import locked


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


def run(config: PipelineConfig, on_node: NodeListener, stop_at: float | None = None) -> Outcome:
    """Runs the pipeline and collects what came of it, from this run's nodes or from the cached ones.

    Args:
        config: of `pipeline.run_options.make_config`.
        on_node: told of every node that starts or ends.
        stop_at: seconds since the epoch of the clock at which an unfinished training pauses; None for never.

    Returns:
        The outcome; the report lies at `config.report_path`.

    Raises:
        QuickdrawError: a node refused its input, or another run holds the workspace.
        TrainingPausedError: the training is not finished; the same configuration goes on with it.
    """
    with locked(config.workspace):
        return _run(resolve(config), on_node, stop_at)


def _run(config: PipelineConfig, on_node: NodeListener, stop_at: float | None) -> Outcome:
    state_dir = pathlib.Path(config.training_dir, training_key(config))
    write_deadline(str(state_dir), stop_at)
    run_pipeline(config, on_node)
    # What it led to is an artifact now, and in the cache.
    if state_dir.exists():
        shutil.rmtree(state_dir)
    # A copy after every run, cached or not, so that the workspace's report is always the newest run's.
    _copy_report(config)
    return Outcome(
        rows=read_summary(str(_output(config, "DrawingExampleGen", "summary"))),
        verdict=_read(_output(config, "Evaluator", "evaluation") / VERDICT_FILE),
        push=_read(_output(config, "Pusher", "pushed_model") / PUSH_FILE),
    )


def _output(config: PipelineConfig, node_id: str, key: str) -> pathlib.Path:
    node_run = read_node_run(config.metadata_path, PIPELINE_NAME, node_id)
    assert node_run is not None, f"{node_id} is part of every finished run"
    return pathlib.Path(node_run.outputs[key])


def _read(path: pathlib.Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _copy_report(config: PipelineConfig) -> None:
    target = pathlib.Path(config.report_path)
    unfinished = target.with_suffix(".tmp")
    shutil.copyfile(_output(config, "Report", "report") / PAGE_FILE, unfinished)
    unfinished.replace(target)
