"""Runs the graph's nodes on this machine with TFX's BeamDagRunner; their Beam jobs run where a `BeamRunner` says."""

import contextlib
import dataclasses
import pathlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import apache_beam as beam
from tfx.orchestration import metadata
from tfx.orchestration.beam import beam_dag_runner
from tfx.orchestration.portable import beam_executor_operator, data_types, launcher

from components.artifact_folders import empty, remove_leftovers
from components.data_gate.statistics_registry import newest_version_of_other_data
from components.pusher.push import read_runs
from pipeline.beam_runner import BeamRunner
from pipeline.config import PIPELINE_NAME, PipelineConfig
from pipeline.fingerprint import data_key, file_fingerprint, run_key
from pipeline.pipeline import create_pipeline
from pipeline.run_metadata import pushed_versions, read_node_run
from pipeline.warm_start_source import resolve_warm_start


class NodeListener(Protocol):
    """Whoever wants to know how far a run is."""

    def started(self, node_id: str) -> None:
        """A node starts."""

    def finished(self, node_id: str, state: str, seconds: float) -> None:
        """A node ended; `state` is "ran" or "cached"."""


@dataclasses.dataclass
class _Run:
    """The run of this process.

    Attributes:
        listener: told of every node.
        beam_runner: where the nodes' Beam jobs run.
        failure: the exception of the node that failed. Beam hands on only its text, and the exit code needs its type.
    """

    listener: NodeListener
    beam_runner: BeamRunner
    failure: BaseException | None = None


# Beam pickles its DoFns, so a node can reach the run it belongs to only through the module.
_current_run: _Run | None = None


class _NodeOperator(beam_executor_operator.BeamExecutorOperator):
    """Lets a node's executor make its Beam pipelines where the run's are.

    Not by the node's own Beam arguments: these are part of TFX's cache key, and where a node ran changes nothing of
    what it made. For a node that has any TFX packs a copy of itself besides, which costs seconds.
    """

    def run_executor(
        self,
        execution_info: data_types.ExecutionInfo,
        make_beam_pipeline_fn: Callable[[], beam.Pipeline] | None = None,
    ) -> Any:  # noqa: ANN401 - a proto of TFX's
        assert _current_run is not None, "nodes run inside run_pipeline"
        node, runner = execution_info.pipeline_node, _current_run.beam_runner
        assert node is not None, "the launcher says which node it is"

        def work(make_pipeline: Callable[[], beam.Pipeline]) -> Any:  # noqa: ANN401
            # Here the executors know best themselves how their pipelines run.
            made = super(_NodeOperator, self).run_executor(execution_info, None if runner.is_local else make_pipeline)
            remove_leftovers(folders)
            return made

        folders = [artifact.uri for artifacts in execution_info.output_dict.values() for artifact in artifacts]
        return runner.run(node.node_info.id, work, lambda: empty(folders))


class _ReportingNode(beam_dag_runner.PipelineNodeAsDoFn):
    """A node that tells when it starts, when it ends and what went wrong."""

    def _run_node(self) -> None:
        assert _current_run is not None, "nodes run inside run_pipeline"
        _current_run.listener.started(self._node_id)
        started = time.monotonic()
        try:
            self._launch()
        except BaseException as error:
            _current_run.failure = error
            raise
        metadata_path = self._mlmd_connection_config.sqlite.filename_uri
        node_run = read_node_run(metadata_path, PIPELINE_NAME, self._node_id)
        assert node_run is not None, f"{self._node_id} has run, so ML Metadata knows it"
        _current_run.listener.finished(self._node_id, node_run.state, time.monotonic() - started)

    def _launch(self) -> None:
        """As TFX's own, with our operator."""
        launcher.Launcher(
            pipeline_node=self._pipeline_node,
            mlmd_connection=metadata.Metadata(self._mlmd_connection_config),
            pipeline_info=self._pipeline_info,
            pipeline_runtime_spec=self._pipeline_runtime_spec,
            executor_spec=self._executor_spec,
            platform_config=self._extract_platform_config(self._deployment_config, self._node_id),
            custom_driver_spec=self._custom_driver_spec,
            custom_executor_operators=dict.fromkeys(_NodeOperator.SUPPORTED_EXECUTOR_SPEC_TYPE, _NodeOperator),
        ).launch()


class _ReportingRunner(beam_dag_runner.BeamDagRunner):
    """TFX's local runner with nodes that report."""

    _PIPELINE_NODE_DO_FN_CLS = _ReportingNode


def resolve(config: PipelineConfig) -> PipelineConfig:
    """Adds what only the place of the run knows: which run this is, and what its model and its data are compared with.

    The baseline is the newest version that another run pushed. So the model of this very run is never compared with
    itself, and a second, identical run finds the same baseline, and its result in the cache. With the statistics it is
    the same.

    Args:
        config: with its `data_fingerprint`.

    Returns:
        The same, with `run_key`, `baseline_version`, `data_key`, `previous_statistics`, `lost_versions` and the file of
        the warm start.

    Raises:
        UsageError: there is no model to begin from.
    """
    key = run_key(config)
    runs = read_runs(config.registry)
    others = [version for version, run in runs.items() if run.get("run_key", "") != key]
    data = data_key(config)
    start = str(resolve_warm_start(config.warm_start, config.registry, key)) if config.warm_start else ""
    lost = set(pushed_versions(config.metadata_path, key)) - set(runs)
    return dataclasses.replace(
        config,
        run_key=key,
        baseline_version=max(others, default=0),
        data_key=data,
        previous_statistics=newest_version_of_other_data(pathlib.Path(config.statistics_registry), data),
        lost_versions=",".join(map(str, sorted(lost))),
        warm_start_file=start,
        warm_start_fingerprint=file_fingerprint(start) if start else "",
    )


def run_pipeline(config: PipelineConfig, listener: NodeListener, runner: BeamRunner) -> None:
    """Runs every node that is not cached, in this process.

    Args:
        config: of `resolve`.
        listener: told of every node.
        runner: where the nodes' Beam jobs run.

    Raises:
        QuickdrawError: a node refused its input; the sentence and exit code are the node's own.
        Exception: whatever else a node raised.
    """
    global _current_run  # noqa: PLW0603 - see above
    pathlib.Path(config.workspace).mkdir(parents=True, exist_ok=True)
    _current_run = this_run = _Run(listener, runner)
    try:
        with _hidden_arguments():
            _ReportingRunner().run(create_pipeline(config))
    except Exception:
        if this_run.failure is not None:
            raise this_run.failure from None
        raise
    finally:
        _current_run = None


@contextlib.contextmanager
def _hidden_arguments() -> Iterator[None]:
    """Keeps Beam from reading this command's own arguments as pipeline options."""
    arguments = sys.argv
    sys.argv = arguments[:1]
    try:
        yield
    finally:
        sys.argv = arguments
