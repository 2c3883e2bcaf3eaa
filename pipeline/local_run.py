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
from components.report.node_times import NodeTime, add_node_times
from components.trainer.deadline import write_deadline
from pipeline.beam_runner import BeamRunner, beam_runner
from pipeline.config import PIPELINE_NAME, PipelineConfig
from pipeline.dag_runner import NodeListener, resolve, run_pipeline
from pipeline.fingerprint import training_key
from pipeline.run_metadata import read_node_run
from pipeline.runner_options import HERE, RunnerOptions
from pipeline.workspace_lock import locked


class _Stopwatch:
    """Keeps what every node took, and passes it on."""

    def __init__(self, listener: NodeListener) -> None:
        self._listener = listener
        self.times: list[NodeTime] = []

    def started(self, node_id: str) -> None:
        self._listener.started(node_id)

    def finished(self, node_id: str, state: str, seconds: float) -> None:
        self.times.append(NodeTime(node_id, state, seconds))
        self._listener.finished(node_id, state, seconds)


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


def run(
    config: PipelineConfig,
    on_node: NodeListener,
    stop_at: float | None = None,
    where: RunnerOptions = HERE,
) -> Outcome:
    """Runs the pipeline and collects what came of it, from this run's nodes or from the cached ones.

    Args:
        config: of `pipeline.run_options.make_config`.
        on_node: told of every node that starts or ends.
        stop_at: seconds since the epoch of the clock at which an unfinished training pauses; None for never.
        where: the nodes' Beam jobs run.

    Returns:
        The outcome; the report lies at `config.report_path`.

    Raises:
        QuickdrawError: a node refused its input, or another run holds the workspace.
        TrainingPausedError: the training is not finished; the same configuration goes on with it.
    """
    with locked(config.workspace), beam_runner(where) as runner:
        return _run(resolve(config), on_node, stop_at, runner)


def _run(config: PipelineConfig, on_node: NodeListener, stop_at: float | None, runner: BeamRunner) -> Outcome:
    state_dir = pathlib.Path(config.training_dir, training_key(config))
    write_deadline(str(state_dir), stop_at)
    stopwatch = _Stopwatch(on_node)
    run_pipeline(config, stopwatch, runner)
    # What it led to is an artifact now, and in the cache.
    if state_dir.exists():
        shutil.rmtree(state_dir)
    _publish_report(config, stopwatch.times)
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


def _publish_report(config: PipelineConfig, times: list[NodeTime]) -> None:
    """Writes the workspace's report after every run, cached or not, so that it is always the newest run's."""
    page = (_output(config, "Report", "report") / PAGE_FILE).read_text(encoding="utf-8")
    target = pathlib.Path(config.report_path)
    unfinished = target.with_suffix(".tmp")
    unfinished.write_text(add_node_times(page, times), encoding="utf-8")
    unfinished.replace(target)
