"""Runs one Beam graph, in this process or wherever the Beam arguments say."""

import logging
from collections.abc import Callable, Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions

from components.errors import QuickdrawError, UsageError

_THREADS = 2

_logger = logging.getLogger(__name__)


def run_beam_job(add_steps: Callable[[beam.Pipeline], None], beam_args: Sequence[str] = ()) -> None:
    """Runs a graph to its end.

    Args:
        add_steps: adds the graph to a pipeline.
        beam_args: Beam's own, such as `--runner=FlinkRunner`; none for two threads of this process.

    Raises:
        UsageError: Beam cannot use the arguments.
        QuickdrawError: with arguments, the runner cannot be reached or the job failed there; the log has the rest.
        Exception: without, whatever a step raised.
    """
    try:
        pipeline = beam.Pipeline(options=_options(beam_args))
    except ValueError as error:
        raise UsageError(f"--beam-args {' '.join(beam_args)}: {error}") from error
    add_steps(pipeline)
    try:
        pipeline.run().wait_until_finish()
    # Each runner has errors of its own kind, for what a user can cause as for what nobody foresaw.
    except Exception as error:
        if not beam_args:
            raise
        _logger.error("the Beam job failed", exc_info=error)
        reason = (str(error).strip() or type(error).__name__).splitlines()[-1]
        raise QuickdrawError(f"the Beam job failed with --beam-args {' '.join(beam_args)}: {reason}") from error


def _options(beam_args: Sequence[str]) -> PipelineOptions:
    # Given a list Beam leaves this command's own arguments alone.
    options = PipelineOptions(list(beam_args))
    if not beam_args:
        local = options.view_as(DirectOptions)
        local.direct_running_mode = "multi_threading"
        local.direct_num_workers = _THREADS
    return options
