"""Runs work whose Beam jobs are on Flink, until it is done once: bounded, announced, cleaned up after."""

import contextlib
import dataclasses
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions

from components.errors import QuickdrawError
from pipeline.flink.guardian import Guardian, cancel_jobs
from pipeline.flink.job_server import JobServer
from pipeline.flink.job_watch import JobWatch
from pipeline.flink.rest import ClusterUnreachableError, FlinkRest

T = TypeVar("T")
MakePipeline = Callable[[], beam.Pipeline]

_logger = logging.getLogger("quickdraw")


@dataclasses.dataclass(frozen=True)
class Limits:
    """What an attempt may take.

    Attributes:
        attempts: of one component's work.
        stall_seconds: how long no vertex may finish and no record move before a job is cancelled.
        seconds_to_come_back: that a cluster may take to answer again, and to have a slot, before the next attempt.
    """

    attempts: int = 3
    stall_seconds: float = 600.0
    seconds_to_come_back: float = 180.0


class FlinkAttempts:
    """A command's use of a cluster, as a context manager.

    Within its body no job of this command outlives it: a process of its own cancels them, however the command ends.
    """

    is_local = False

    def __init__(self, master: str, beam_args: Sequence[str], limits: Limits | None = None) -> None:
        """Describes the cluster.

        Args:
            master: HOST:PORT of the JobManager's REST.
            beam_args: Beam's arguments, without those of the job server and the job's name.
            limits: of each work.
        """
        self._cluster = FlinkRest(master)
        self._beam_args = tuple(beam_args)
        self._limits = limits or Limits()
        self._prefix = f"quickdraw-{uuid.uuid4().hex[:8]}"
        self._job_server = JobServer(master)
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> "FlinkAttempts":
        self._stack.callback(self._job_server.stop)
        self._stack.enter_context(Guardian(self._cluster.master, self._prefix))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def run(self, name: str, work: Callable[[MakePipeline], T], clean_up: Callable[[], None]) -> T:
        """Does work, and again from its beginning if the cluster fails it.

        A component is done again as a whole. Flink itself computes lost pieces anew, which most of the time is enough;
        where not, as with TFT, whose workers keep a graph of the first time, nothing of a failed attempt is used.

        Args:
            name: of what is done, for people and for the jobs' names.
            work: gets a function that makes Beam pipelines; runs them to their ends.
            clean_up: removes what a failed attempt wrote.

        Returns:
            Whatever `work` does.

        Raises:
            QuickdrawError: the work's own, at once; or every attempt failed.
        """
        for attempt in range(1, self._limits.attempts + 1):
            prefix = f"{self._prefix}-{name.lower()}-{attempt}-"
            watch = JobWatch(self._cluster, prefix, self._limits.stall_seconds, self._job_server.stop)
            try:
                with watch:
                    return work(lambda prefix=prefix: self._make_pipeline(prefix))  # type: ignore[misc]
            except QuickdrawError:
                raise
            # Beam raises what it likes for a job that failed, was cancelled, or whose connection is gone.
            except Exception as error:
                reason = watch.trouble or watch.failure or _first_line(error)
                _logger.debug("attempt %d of %s failed", attempt, name, exc_info=error)
                if attempt == self._limits.attempts:
                    raise QuickdrawError(f"{name} failed on Flink {attempt} times, the last time: {reason}") from error
            _logger.info("%s: attempt %d of %d failed: %s", name, attempt, self._limits.attempts, reason)
            self._recover(prefix)
            clean_up()
            _logger.info("%s: trying again", name)
        raise AssertionError("at least one attempt is made")

    def _make_pipeline(self, prefix: str) -> beam.Pipeline:
        arguments = [
            "--runner=PortableRunner",
            f"--job_endpoint={self._job_server.endpoint()}",
            f"--job_name={prefix}{uuid.uuid4().hex[:4]}",
            *self._beam_args,
        ]
        return beam.Pipeline(options=PipelineOptions(arguments))

    def _recover(self, prefix: str) -> None:
        """Waits until nothing of the attempt runs, and the cluster can take the next one."""
        self._job_server.stop()
        cancel_jobs(self._cluster, prefix, self._limits.seconds_to_come_back)
        deadline = time.monotonic() + self._limits.seconds_to_come_back
        while not self._has_slot():
            if time.monotonic() > deadline:
                raise QuickdrawError(f"Flink at {self._cluster.master} has no free slot; see {self._cluster.page()}.")
            time.sleep(0.5)

    def _has_slot(self) -> bool:
        try:
            return any(each.free_slots for each in self._cluster.task_managers())
        except ClusterUnreachableError:
            return False


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:500]
