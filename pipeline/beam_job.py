"""Runs one Beam graph, in this process or wherever the Beam arguments say."""

from collections.abc import Callable, Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions

from components.errors import UsageError

_THREADS = 2


def run_beam_job(add_steps: Callable[[beam.Pipeline], None], beam_args: Sequence[str] = ()) -> None:
    """Runs a graph to its end.

    Args:
        add_steps: adds the graph to a pipeline.
        beam_args: Beam's own, such as `--runner=FlinkRunner`; none for two threads of this process.

    Raises:
        UsageError: Beam cannot use the arguments.
        Exception: whatever a step raised; from a worker elsewhere only its text.
    """
    try:
        pipeline = beam.Pipeline(options=_options(beam_args))
    except ValueError as error:
        raise UsageError(f"--beam-args {' '.join(beam_args)}: {error}") from error
    with pipeline:
        add_steps(pipeline)


def _options(beam_args: Sequence[str]) -> PipelineOptions:
    # Given a list Beam leaves this command's own arguments alone.
    options = PipelineOptions(list(beam_args))
    if not beam_args:
        local = options.view_as(DirectOptions)
        local.direct_running_mode = "multi_threading"
        local.direct_num_workers = _THREADS
    return options
