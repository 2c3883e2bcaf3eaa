import contextlib
import json
import socket
import threading

import pytest

from pipeline.flink.processes import free_port
from pipeline.flink.rest import ClusterUnreachableError, Failure, FlinkRest, Job, TaskManager, Vertex
from tests.pipeline.flink.fake_flink import task_manager

# Of a cluster with Flink 1.16.3, shortened.
OVERVIEW = {
    "jobs": [
        {
            "jid": "8a2d",
            "name": "quickdraw-transform-1-ab",
            "state": "RUNNING",
            "start-time": 1,
            "end-time": -1,
            "duration": 9,
            "last-modification": 5,
            "tasks": {"total": 2, "running": 1},
        },
        {"jid": "77ff", "name": "other", "state": "FINISHED", "start-time": 1, "end-time": 2, "tasks": {"total": 0}},
    ]
}
JOB = {
    "jid": "8a2d",
    "state": "RUNNING",
    "vertices": [
        {
            "id": "c0ffee",
            "name": "[3]Read",
            "parallelism": 2,
            "status": "FINISHED",
            "metrics": {
                "read-bytes": 1,
                "read-bytes-complete": True,
                "write-bytes": 2,
                "write-bytes-complete": True,
                "read-records": 3,
                "read-records-complete": True,
                "write-records": 4,
                "write-records-complete": True,
                "accumulated-idle-time": "NaN",
            },
        },
        # A step that has not begun.
        {"id": "decaf", "name": "[1]Write", "status": "CREATED", "metrics": {"read-bytes": None}},
    ],
}
JAVA_TRACE = """\
org.apache.flink.runtime.JobException: Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy
\tat org.apache.flink.runtime.executiongraph.failover.flip1.ExecutionFailureHandler.handle(Handler.java:138)
\t... 4 more
Caused by: java.lang.OutOfMemoryError: Direct buffer memory
\tat java.base/java.nio.Bits.reserveMemory(Bits.java:175)
"""
PYTHON_TRACE = """\
org.apache.flink.runtime.JobException: Recovery is suppressed
Caused by: java.lang.RuntimeException: Error received from SDK harness for 7: Traceback (most recent call last):
  File "pipeline/steps.py", line 3, in process
    check(row)
ValueError: row 7 is malformed [while running 'Check']

\tat org.apache.beam.fn.data.Client.close(Client.java:58)
\t... 9 more
"""


@pytest.fixture
def rest(flink):
    return FlinkRest(flink.master)


def put(flink, path, answer):
    flink.raw[path] = (200, json.dumps(answer).encode())


@contextlib.contextmanager
def server_of_one_answer(answer):
    """Answers one request with bytes that need not be HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_jobs(flink, rest):
    put(flink, "/jobs/overview", OVERVIEW)
    assert rest.jobs() == [Job("8a2d", "quickdraw-transform-1-ab", "RUNNING"), Job("77ff", "other", "FINISHED")]
    assert [job.is_over for job in rest.jobs()] == [False, True]


@pytest.mark.parametrize(
    ("state", "is_over"),
    [("RUNNING", False), ("RESTARTING", False), ("CANCELLING", False), ("CANCELED", True), ("FAILED", True)],
)
def test_a_job_that_is_being_cancelled_is_not_over(state, is_over):
    assert Job("1", "a", state).is_over == is_over


def test_the_steps_of_a_job_and_what_they_have_handed_on(flink, rest):
    put(flink, "/jobs/8a2d", JOB)
    assert rest.vertices("8a2d") == [
        Vertex("c0ffee", "[3]Read", "FINISHED", read_records=3, write_records=4, read_bytes=1, write_bytes=2),
        Vertex("decaf", "[1]Write", "CREATED", read_records=0, write_records=0, read_bytes=0, write_bytes=0),
    ]


def test_the_task_managers_that_worked_at_a_step(flink, rest):
    flink.jobs["8a2d"] = ("a", "RUNNING")
    # The third task waits for a slot.
    flink.subtasks = [{"taskmanager-id": "tm1"}, {"taskmanager-id": "tm2"}, {"taskmanager-id": ""}]
    assert rest.hosts("8a2d", "c0ffee") == {"tm1", "tm2"}


def test_task_managers_and_their_slots(flink, rest):
    flink.task_managers = [task_manager("tm1", 2, 0), task_manager("tm2", 1, 1)]
    assert rest.task_managers() == [TaskManager("tm1", 2, 0), TaskManager("tm2", 1, 1)]


@pytest.mark.parametrize(
    ("trace", "reason", "is_python"),
    [
        (JAVA_TRACE, "java.lang.OutOfMemoryError: Direct buffer memory", False),
        (PYTHON_TRACE, "ValueError: row 7 is malformed [while running 'Check']", True),
        ("java.lang.Exception: " + "x" * 600, "java.lang.Exception: " + "x" * 479, False),
        ("", "", False),
    ],
    ids=["java", "python", "long", "nothing"],
)
def test_why_a_task_failed(flink, rest, trace, reason, is_python):
    flink.jobs["8a2d"] = ("a", "RESTARTING")
    flink.failures["8a2d"] = [("[3]Read (1/2)", trace)]
    assert rest.failures("8a2d") == [Failure("[3]Read (1/2)", reason, is_python)]


def test_the_latest_failure_is_the_first_and_one_of_the_whole_job_has_no_task(flink, rest):
    flink.jobs["8a2d"] = ("a", "FAILED")
    flink.failures["8a2d"] = [(None, JAVA_TRACE), ("[1]Write (2/2)", PYTHON_TRACE)]
    assert [failure.task for failure in rest.failures("8a2d")] == ["", "[1]Write (2/2)"]


def test_cancel(flink, rest):
    flink.jobs["8a2d"] = ("a", "RUNNING")
    rest.cancel("8a2d")
    assert flink.cancelled == ["8a2d"]
    assert rest.jobs() == [Job("8a2d", "a", "CANCELED")]


def test_pages(rest):
    assert rest.page() == f"http://{rest.master}"
    assert rest.page("8a2d") == f"http://{rest.master}/#/job/running/8a2d/overview"


def test_nobody_listens():
    master = f"127.0.0.1:{free_port()}"
    with pytest.raises(ClusterUnreachableError) as error:
        FlinkRest(master).jobs()
    assert str(error.value) == (f"Flink at {master} does not answer /jobs/overview: [Errno 111] Connection refused.")


def test_a_job_that_is_not_there(rest):
    with pytest.raises(ClusterUnreachableError) as error:
        rest.vertices("beef")
    assert str(error.value) == f"Flink at {rest.master} does not answer /jobs/beef: HTTP 404."


@pytest.mark.parametrize(
    "body",
    [b"<html>a page</html>", b"[]", b"{}", b'{"jobs": [{"id": "8a2d"}]}', b'{"jobs": null}', b"\xff"],
)
def test_another_server_than_flink(flink, rest, body):
    flink.raw["/jobs/overview"] = (200, body)
    with pytest.raises(ClusterUnreachableError, match="does not answer /jobs/overview: "):
        rest.jobs()


@pytest.mark.parametrize(
    "answer",
    [b"\x00\x00\x06\x04\x00\x00", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"],
    ids=["no HTTP", "nothing", "cut off"],
)
def test_what_is_no_whole_answer(answer):
    with (
        server_of_one_answer(answer) as master,
        pytest.raises(ClusterUnreachableError, match=f"Flink at {master} does"),
    ):
        FlinkRest(master).jobs()
