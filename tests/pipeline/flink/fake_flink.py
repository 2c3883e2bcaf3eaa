"""A JobManager's REST on loopback that answers as Flink 1.16 does, for jobs that a test makes up."""

import contextlib
import http.server
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


def vertex(vertex_id: str = "v1", state: str = "RUNNING", written: int = 0) -> dict:
    """A step of a job."""
    metrics = {
        "read-bytes": 0,
        "read-bytes-complete": True,
        "write-bytes": 0,
        "write-bytes-complete": True,
        "read-records": 0,
        "read-records-complete": True,
        "write-records": written,
        "write-records-complete": True,
    }
    return {"id": vertex_id, "name": f"[1]{vertex_id}", "parallelism": 1, "status": state, "metrics": metrics}


def task_manager(name: str = "tm1", slots: int = 2, free: int = 2) -> dict:
    """A TaskManager as `/taskmanagers` lists it."""
    return {"id": name, "path": f"akka.tcp://flink@127.0.0.1:1/{name}", "slotsNumber": slots, "freeSlots": free}


@dataclass
class FakeFlink:
    """What the server answers now, and what it was told.

    Attributes:
        master: HOST:PORT.
        jobs: id -> (name, state).
        vertices: job's id -> its steps.
        failures: job's id -> (task's name, stack trace) of each, the latest first.
        task_managers: that are registered.
        subtasks: of every step.
        cancelled: ids of the jobs that were to be cancelled, oldest first.
        is_stubborn: a job that is cancelled goes on.
        raw: path -> (HTTP status, body), instead of what is above.
        is_down: every request is answered by 503, as by a JobManager that is starting.
    """

    master: str = ""
    jobs: dict[str, tuple[str, str]] = field(default_factory=dict)
    vertices: dict[str, list[dict]] = field(default_factory=dict)
    failures: dict[str, list[tuple[str | None, str]]] = field(default_factory=dict)
    task_managers: list[dict] = field(default_factory=lambda: [task_manager()])
    subtasks: list[dict] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    is_stubborn: bool = False
    raw: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    is_down: bool = False

    def answer(self, method: str, path: str) -> tuple[int, bytes]:
        """HTTP status and body."""
        if self.is_down:
            return 503, b'{"errors":["Service temporarily unavailable due to an ongoing leader election."]}'
        if path in self.raw:
            return self.raw[path]
        status, body = self._patch(path) if method == "PATCH" else self._get(path)
        return status, json.dumps(body).encode()

    def _get(self, path: str) -> tuple[int, dict]:
        if path == "/taskmanagers":
            return 200, {"taskmanagers": self.task_managers}
        if path == "/jobs/overview":
            return 200, {
                "jobs": [{"jid": key, "name": name, "state": state} for key, (name, state) in self.jobs.items()]
            }
        found = re.fullmatch(r"/jobs/(\w+)(/exceptions\?maxExceptions=20|/vertices/\w+)?", path)
        if not found or found[1] not in self.jobs:
            return 404, {"errors": ["Not found."]}
        if found[2] is None:
            return 200, {"jid": found[1], "vertices": self.vertices.get(found[1], [])}
        if found[2].startswith("/exceptions"):
            history = self.failures.get(found[1], [])
            entries = [{"taskName": task, "stacktrace": trace, "timestamp": 1} for task, trace in history]
            return 200, {"exceptionHistory": {"entries": entries, "truncated": False}}
        return 200, {"subtasks": self.subtasks}

    def _patch(self, path: str) -> tuple[int, dict]:
        found = re.fullmatch(r"/jobs/(\w+)\?mode=cancel", path)
        if not found or found[1] not in self.jobs:
            return 404, {"errors": ["Job could not be found."]}
        self.cancelled.append(found[1])
        if not self.is_stubborn:
            self.jobs[found[1]] = (self.jobs[found[1]][0], "CANCELED")
        return 202, {}


@contextlib.contextmanager
def running_flink() -> Iterator[FakeFlink]:
    """A cluster with one TaskManager of two slots, and no jobs."""
    flink = FakeFlink()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = flink.answer(self.command, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PATCH = do_GET

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        flink.master = f"127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield flink
        finally:
            server.shutdown()
            thread.join()
