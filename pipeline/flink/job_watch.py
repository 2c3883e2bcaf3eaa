"""Looks at the jobs of an attempt while it runs: tells how far they are, and ends what stands still."""

import collections
import dataclasses
import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType

from pipeline.flink.rest import ClusterUnreachableError, FlinkRest, Job, Vertex

_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_BETWEEN_LINES = 5.0
# How long a client may take to notice that its job is over or gone, before its connection is cut.
_SECONDS_TO_NOTICE = 30.0

# Between a failure and its next attempt a job is in one of these.
_FAILING_STATES = frozenset({"FAILING", "RESTARTING"})
_MOST_EQUAL_FAILURES = 4

_logger = logging.getLogger("quickdraw")


@dataclasses.dataclass(frozen=True)
class Look:
    """What one look at the cluster showed; two that are equal show no progress.

    Attributes:
        jobs: of the attempt.
        vertices: of those that run.
    """

    jobs: tuple[Job, ...]
    vertices: tuple[Vertex, ...]


class JobWatch:
    """A context manager that watches while its body runs."""

    def __init__(self, cluster: FlinkRest, prefix: str, stall_seconds: float, cut_off: Callable[[], None]) -> None:
        """Describes what to watch.

        Args:
            cluster: where the jobs run.
            prefix: of the jobs' names.
            stall_seconds: how long nothing may change.
            cut_off: ends the client's connection, where it does not notice by itself that its job has ended.
        """
        self._cluster = cluster
        self._prefix = prefix
        self._stall_seconds = stall_seconds
        self._cut_off = cut_off
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._announced: set[str] = set()
        self._seen: set[str] = set()
        self._running: set[str] = set()
        self._told = 0.0
        self.trouble = ""
        self.failure = ""

    def __enter__(self) -> "JobWatch":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        if error is not None:
            self._keep_failure()

    def _watch(self) -> None:
        last: Look | None = None
        changed = time.monotonic()
        while not self._done.wait(_SECONDS_BETWEEN_LOOKS):
            look = self._look()
            now = time.monotonic()
            if look is not None and look != last:
                last, changed = look, now
                self._tell(look, now)
            if self._is_lost(look):
                self._end(f"the cluster has lost the job; {self._cluster.page()} does not list it any more", ())
                return
            if look is not None and (hopeless := self._hopeless(look)):
                self._end(hopeless, tuple(job for job in look.jobs if not job.is_over))
                return
            if now - changed > self._stall_seconds:
                running = () if look is None else tuple(job for job in look.jobs if not job.is_over)
                self._end(f"nothing has moved for {self._stall_seconds:.0f} s", running)
                return

    def _look(self) -> Look | None:
        """None if the cluster does not answer, as a JobManager that is starting again."""
        try:
            jobs = tuple(job for job in self._cluster.jobs() if job.name.startswith(self._prefix))
            running = [job for job in jobs if not job.is_over]
            vertices = tuple(vertex for job in running for vertex in self._cluster.vertices(job.job_id))
        except ClusterUnreachableError:
            return None
        self._seen.update(job.job_id for job in jobs)
        return Look(jobs, vertices)

    def _is_lost(self, look: Look | None) -> bool:
        """A JobManager that started again knows of no job; one that is over may be forgotten."""
        if look is None:
            return False
        missing = self._running - {job.job_id for job in look.jobs}
        self._running = {job.job_id for job in look.jobs if not job.is_over}
        return bool(missing)

    def _hopeless(self, look: Look) -> str:
        """The error of a task that fails again and again in Python, "" if there is none: it is no matter of machines.

        Flink itself would go through all of its attempts, of which it needs many for lost machines.
        """
        restarting = [job for job in look.jobs if job.state in _FAILING_STATES]
        try:
            failures = [failure for job in restarting for failure in self._cluster.failures(job.job_id)]
        except ClusterUnreachableError:
            return ""
        counts = collections.Counter(failure for failure in failures if failure.is_python)
        return next((failure.reason for failure, count in counts.items() if count >= _MOST_EQUAL_FAILURES), "")

    def _end(self, trouble: str, running: tuple[Job, ...]) -> None:
        self.trouble = trouble
        for job in running:
            try:
                self._cluster.cancel(job.job_id)
            except ClusterUnreachableError as error:
                _logger.info("%s", error)
        if not self._done.wait(_SECONDS_TO_NOTICE):
            self._cut_off()

    def _tell(self, look: Look, now: float) -> None:
        for job in look.jobs:
            if job.job_id not in self._announced:
                self._announced.add(job.job_id)
                _logger.info("on Flink: %s", self._cluster.page(job.job_id))
        if look.vertices and now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            finished = sum(vertex.state == "FINISHED" for vertex in look.vertices)
            records = sum(vertex.write_records for vertex in look.vertices)
            _logger.info("%d of %d vertices done, %s records handed on", finished, len(look.vertices), f"{records:,}")

    def _keep_failure(self) -> None:
        try:
            failed = [job for job in self._cluster.jobs() if job.job_id in self._seen and job.state == "FAILED"]
            reasons = [failure.reason for job in failed for failure in self._cluster.failures(job.job_id)]
            self.failure = reasons[0] if reasons else ""
        except ClusterUnreachableError:
            self.failure = ""
