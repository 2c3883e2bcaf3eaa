"""Runs the pipeline on this machine with TFX's BeamDagRunner; the only place that knows of TFX's runners."""

import contextlib
import dataclasses
import pathlib
import sys
import time
from collections.abc import Iterator
from typing import Protocol

from tfx.orchestration.beam import beam_dag_runner

from components.data_gate.statistics_registry import newest_version_of_other_data
from components.pusher.push import read_runs
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
        failure: the exception of the node that failed. Beam hands on only its text, and the exit code needs its type.
    """

    listener: NodeListener
    failure: BaseException | None = None


# Beam pickles its DoFns, so a node can reach the run it belongs to only through the module.
_current_run: _Run | None = None


class _ReportingNode(beam_dag_runner.PipelineNodeAsDoFn):
    """A node that tells when it starts, when it ends and what went wrong."""

    def _run_node(self) -> None:
        assert _current_run is not None, "nodes run inside run_pipeline"
        _current_run.listener.started(self._node_id)
        started = time.monotonic()
        try:
            super()._run_node()
        except BaseException as error:
            _current_run.failure = error
            raise
        metadata_path = self._mlmd_connection_config.sqlite.filename_uri
        node_run = read_node_run(metadata_path, PIPELINE_NAME, self._node_id)
        assert node_run is not None, f"{self._node_id} has run, so ML Metadata knows it"
        _current_run.listener.finished(self._node_id, node_run.state, time.monotonic() - started)


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


def run_pipeline(config: PipelineConfig, listener: NodeListener) -> None:
    """Runs every node that is not cached, in this process.

    Args:
        config: of `resolve`.
        listener: told of every node.

    Raises:
        QuickdrawError: a node refused its input; the sentence and exit code are the node's own.
        Exception: whatever else a node raised.
    """
    global _current_run  # noqa: PLW0603 - see above
    pathlib.Path(config.workspace).mkdir(parents=True, exist_ok=True)
    _current_run = this_run = _Run(listener)
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
