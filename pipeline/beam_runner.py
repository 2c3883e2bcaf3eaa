"""Runs Beam jobs: in this process, on a Flink cluster, or wherever Beam can; the only place that knows of runners."""

import contextlib
import logging
import uuid
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions

from components.errors import QuickdrawError, UsageError
from pipeline.flink.attempts import FlinkAttempts, Limits, MakePipeline
from pipeline.runner_options import RunnerOptions, count_slots

T = TypeVar("T")

_THREADS = 2
# Workers stay for the next stage of a job. With Beam's default, 0, each stage imports TensorFlow anew: 46 s, not 7.
_WORKERS_STAY_MS = 30_000

_logger = logging.getLogger(__name__)


class BeamRunner(Protocol):
    """A place where Beam jobs run."""

    @property
    def is_local(self) -> bool:
        """Whether that is this process."""

    def run(self, name: str, work: Callable[[MakePipeline], T], clean_up: Callable[[], None]) -> T:
        """Does work, perhaps more than once.

        Args:
            name: of what is done.
            work: gets a function that makes Beam pipelines, and runs them to their ends.
            clean_up: removes what a failed attempt wrote.

        Returns:
            Whatever `work` does.

        Raises:
            QuickdrawError: the work's own; or a job failed elsewhere.
            Exception: here, whatever a step raised.
        """


@contextlib.contextmanager
def beam_runner(options: RunnerOptions) -> Iterator[BeamRunner]:
    """Opens the place that the options name.

    Args:
        options: where.

    Yields:
        The runner, for as many jobs as one likes, one at a time.

    Raises:
        UsageError: there is no such place, or it does not answer.
    """
    arguments = beam_args(options)
    if options.runner == "flink":
        limits = Limits() if options.stall_minutes is None else Limits(stall_seconds=60 * options.stall_minutes)
        with FlinkAttempts(options.flink_master, arguments, limits) as attempts:
            yield attempts
    elif arguments:
        yield _Elsewhere(arguments)
    else:
        yield _Here()


def beam_args(options: RunnerOptions) -> tuple[str, ...]:
    """Says in Beam's words where jobs run; nothing for this process.

    Args:
        options: where.

    Raises:
        UsageError: the Flink cluster does not answer how many slots it has.
    """
    own: tuple[str, ...] = ()
    if options.runner == "flink":
        own = (
            "--environment_type=EXTERNAL",
            # Of each TaskManager's own host.
            "--environment_config=localhost:50000",
            f"--environment_cache_millis={_WORKERS_STAY_MS}",
            # A stage is whole before the next one begins, so a lost TaskManager costs what it did and no more.
            "--execution_mode_for_batch=BATCH_FORCED",
            # Beam would ask pip, which this environment does not have.
            "--experiments=disable_logging_submission_environment",
            f"--parallelism={options.parallelism or count_slots(options.flink_master)}",
        )
    if options.runner == "dataflow":
        own = (
            "--runner=DataflowRunner",
            f"--project={options.project}",
            f"--region={options.region}",
            f"--temp_location={options.temp_location}",
        )
    return (*own, *options.beam_args)


class _Here:
    """Two threads of this process: the work is done in C++, without the interpreter's lock, in few elements."""

    is_local = True

    def run(self, _name: str, work: Callable[[MakePipeline], T], _clean_up: Callable[[], None]) -> T:
        return work(self._make_pipeline)

    def _make_pipeline(self) -> beam.Pipeline:
        # Given a list Beam leaves this command's own arguments alone.
        options = PipelineOptions([])
        local = options.view_as(DirectOptions)
        local.direct_running_mode = "multi_threading"
        local.direct_num_workers = _THREADS
        return beam.Pipeline(options=options)


class _Elsewhere:
    """Whatever runner Beam's arguments name; what it does about lost machines is its own."""

    is_local = False

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self._arguments = arguments

    def run(self, name: str, work: Callable[[MakePipeline], T], _clean_up: Callable[[], None]) -> T:
        try:
            return work(lambda: self._make_pipeline(name))
        except QuickdrawError:
            raise
        # Each runner has errors of its own kind, for what a user can cause as for what nobody foresaw.
        except Exception as error:
            _logger.error("%s failed", name, exc_info=error)
            reason = (str(error).strip() or type(error).__name__).splitlines()[-1]
            raise QuickdrawError(f"{name} failed with {' '.join(self._arguments)}: {reason}") from error

    def _make_pipeline(self, name: str) -> beam.Pipeline:
        try:
            job_name = f"--job_name=quickdraw-{name.lower()}-{uuid.uuid4().hex[:8]}"
            return beam.Pipeline(options=PipelineOptions([job_name, *self._arguments]))
        except ValueError as error:
            raise UsageError(f"--beam-arg {' '.join(self._arguments)}: {error}") from error
