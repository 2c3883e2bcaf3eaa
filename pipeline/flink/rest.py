"""The part of Flink's REST that a run asks, with types.

https://nightlies.apache.org/flink/flink-docs-release-1.16/docs/ops/rest_api/
"""

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from components.errors import QuickdrawError

T = TypeVar("T")

_SECONDS = 10
_MOST_TEXT = 500
# Beyond these nothing happens to a job any more.
TERMINAL_STATES = frozenset({"FINISHED", "FAILED", "CANCELED"})


class ClusterUnreachableError(QuickdrawError):
    """Flink's REST does not answer, or not as Flink does."""


class Job(NamedTuple):
    """A job of the cluster.

    Attributes:
        job_id: Flink's.
        name: as the client gave it.
        state: such as RUNNING, RESTARTING, FINISHED.
    """

    job_id: str
    name: str
    state: str

    @property
    def is_over(self) -> bool:
        """Whether nothing happens to it any more."""
        return self.state in TERMINAL_STATES


class Vertex(NamedTuple):
    """A step of a job.

    Attributes:
        vertex_id: Flink's.
        name: of the Beam transforms in it.
        state: such as RUNNING, FINISHED.
        read_records: by all of its tasks, of this attempt of theirs.
        write_records: the same.
        read_bytes: the same.
        write_bytes: the same.
    """

    vertex_id: str
    name: str
    state: str
    read_records: int
    write_records: int
    read_bytes: int
    write_bytes: int


class TaskManager(NamedTuple):
    """A TaskManager that the JobManager knows.

    Attributes:
        resource_id: its name.
        slots: how many tasks it runs at a time.
        free_slots: how many more it could run now.
    """

    resource_id: str
    slots: int
    free_slots: int


class Failure(NamedTuple):
    """A failure of a task, which may run again.

    Attributes:
        task: its name; "" if the whole job failed.
        reason: the line of the stack trace that says most.
        is_python: whether a step of ours raised, and no machine or connection was lost.
    """

    task: str
    reason: str
    is_python: bool


class FlinkRest:
    """A JobManager's REST."""

    def __init__(self, master: str) -> None:
        """Takes HOST:PORT."""
        self.master = master

    def jobs(self) -> list[Job]:
        """Lists running and recent jobs.

        Raises:
            ClusterUnreachableError: no answer.
        """
        return self._get(
            "/jobs/overview", lambda found: [Job(job["jid"], job["name"], job["state"]) for job in found["jobs"]]
        )

    def vertices(self, job_id: str) -> list[Vertex]:
        """Lists the steps of a job.

        Raises:
            ClusterUnreachableError: no answer, or no such job.
        """
        return self._get(f"/jobs/{job_id}", lambda found: [_vertex(vertex) for vertex in found["vertices"]])

    def hosts(self, job_id: str, vertex_id: str) -> set[str]:
        """Names the TaskManagers that worked at a step, by `resource_id`.

        Raises:
            ClusterUnreachableError: no answer, or no such step.
        """
        return self._get(
            f"/jobs/{job_id}/vertices/{vertex_id}",
            lambda found: {task["taskmanager-id"] for task in found["subtasks"] if task["taskmanager-id"]},
        )

    def task_managers(self) -> list[TaskManager]:
        """Lists the TaskManagers.

        Raises:
            ClusterUnreachableError: no answer.
        """
        return self._get(
            "/taskmanagers",
            lambda found: [
                TaskManager(each["id"], each["slotsNumber"], each["freeSlots"]) for each in found["taskmanagers"]
            ],
        )

    def failures(self, job_id: str) -> list[Failure]:
        """Lists why tasks of a job failed, the latest first, and not more than twenty.

        Raises:
            ClusterUnreachableError: no answer, or no such job.
        """
        return self._get(
            f"/jobs/{job_id}/exceptions?maxExceptions=20",
            lambda found: [_failure(entry) for entry in found["exceptionHistory"]["entries"]],
        )

    def cancel(self, job_id: str) -> None:
        """Asks for a job's end; one that is over stays as it is.

        Raises:
            ClusterUnreachableError: no answer, or no such job.
        """
        self._ask("PATCH", f"/jobs/{job_id}?mode=cancel")

    def page(self, job_id: str = "") -> str:
        """The address of Flink's page, of one job or of the cluster."""
        return f"http://{self.master}/#/job/running/{job_id}/overview" if job_id else f"http://{self.master}"

    def _get(self, path: str, read: Callable[[Any], T]) -> T:
        answer = self._ask("GET", path)
        try:
            return read(answer)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ClusterUnreachableError(
                f"Flink at {self.master} does not answer {path}: what answers there is no Flink."
            ) from error

    def _ask(self, method: str, path: str) -> Any:  # noqa: ANN401 - JSON
        request = urllib.request.Request(f"http://{self.master}{path}", method=method)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                return json.loads(answer.read() or b"{}")
        # An answer that is no HTTP, or cut off, is no OSError.
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise ClusterUnreachableError(
                f"Flink at {self.master} does not answer {path}: {_reason(error)}."
            ) from error


def _vertex(found: Any) -> Vertex:  # noqa: ANN401 - JSON
    names = ("read-records", "write-records", "read-bytes", "write-bytes")
    counts = (int(found["metrics"].get(name) or 0) for name in names)
    return Vertex(found["id"], found["name"], found["status"], *counts)


def _failure(found: Any) -> Failure:  # noqa: ANN401
    reason, is_python = _read_trace(found["stacktrace"])
    return Failure(found.get("taskName") or "", reason, is_python)


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    return str(getattr(error, "reason", None) or error).rstrip(".")


def _read_trace(trace: str) -> tuple[str, bool]:
    """Of a Python stack trace the last line of its error, else of a Java one the innermost cause."""
    _, is_python, python = trace.partition("Traceback (most recent call last):")
    if is_python:
        # The Java frames that handed it on follow behind.
        lines = [line for line in python.split("\n\tat ")[0].splitlines() if line and not line[0].isspace()]
        errors = [line for line in lines if re.match(r"[\w.]+(:|$)", line)]
        return (errors or lines or [""])[-1][:_MOST_TEXT], True
    causes = [line for line in trace.splitlines() if line and not line[0].isspace()]
    return (causes or [""])[-1].removeprefix("Caused by: ")[:_MOST_TEXT], False
