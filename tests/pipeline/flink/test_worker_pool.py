import signal
import socket
import subprocess
import sys

import pytest
from apache_beam.portability.api import beam_fn_api_pb2 as fn_api

from pipeline.flink.worker_pool import WorkerPool, end_process, serve
from tests.pipeline.flink.waiting import is_alive, wait_for

WORKS = "print('connected', flush=True); import time; time.sleep(600)"
ENDS_AFTER_IT_CONNECTED = "print('connected')"
DIES = "raise SystemExit(7)"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('connected', flush=True); time.sleep(600)"


def start(program):
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", program], stdout=subprocess.PIPE, text=True)


class Spawner:
    """Starts the programs one after the other, the last one again and again."""

    def __init__(self, *programs):
        self.programs = programs
        self.asked = []
        self.processes = []

    def __call__(self, control, worker_id):
        self.asked.append((control, worker_id))
        self.processes.append(start(self.programs[min(len(self.processes), len(self.programs) - 1)]))
        return self.processes[-1]


def request_of(worker_id="1-2"):
    request = fn_api.StartWorkerRequest(worker_id=worker_id)
    request.control_endpoint.url = "localhost:7001"
    return request


def have_ended(spawner, count):
    return len(spawner.processes) == count and all(process.poll() is not None for process in spawner.processes)


def test_a_task_manager_gets_a_worker_and_ends_it():
    spawner = Spawner(WORKS)
    pool = WorkerPool(spawner)
    assert pool.StartWorker(request_of(), None) == fn_api.StartWorkerResponse()
    assert spawner.asked == [("localhost:7001", "1-2")]
    (process,) = spawner.processes
    assert is_alive(process.pid)
    assert pool.StopWorker(fn_api.StopWorkerRequest(worker_id="1-2"), None) == fn_api.StopWorkerResponse()
    assert process.poll() == -signal.SIGTERM


def test_a_worker_that_nobody_started_is_no_matter():
    pool = WorkerPool(Spawner())
    assert pool.StopWorker(fn_api.StopWorkerRequest(worker_id="9"), None) == fn_api.StopWorkerResponse()


def test_one_that_dies_before_it_is_connected_is_started_again():
    spawner = Spawner(DIES, DIES, WORKS)
    pool = WorkerPool(spawner)
    pool.StartWorker(request_of(), None)
    try:
        wait_for(lambda: len(spawner.processes) == 3)
        assert spawner.asked == [("localhost:7001", "1-2")] * 3
        assert is_alive(spawner.processes[-1].pid)
    finally:
        pool.stop_all()
    assert have_ended(spawner, 3)


def test_one_that_was_connected_is_the_task_managers_matter():
    spawner = Spawner(ENDS_AFTER_IT_CONNECTED)
    pool = WorkerPool(spawner)
    pool.StartWorker(request_of(), None)
    wait_for(lambda: not pool._workers)
    assert have_ended(spawner, 1)


def test_one_that_cannot_work_at_all_is_given_up(caplog):
    spawner = Spawner(DIES)
    pool = WorkerPool(spawner)
    pool.StartWorker(request_of(), None)
    wait_for(lambda: not pool._workers)
    assert have_ended(spawner, 5)
    assert "worker 1-2: ended before it was connected (start 5)" in caplog.text


def test_all_of_them_end_with_the_pool():
    spawner = Spawner(WORKS)
    pool = WorkerPool(spawner)
    for worker_id in ("1", "2", "3"):
        pool.StartWorker(request_of(worker_id), None)
    pool.stop_all()
    assert have_ended(spawner, 3)


def test_one_that_does_not_listen_is_ended_by_force():
    with start(STUBBORN) as process:
        process.stdout.readline()
        end_process(process, seconds=0.1)
        assert process.poll() == -signal.SIGKILL


def test_a_port_is_listened_on_once_and_on_the_loopback_alone():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server, _ = serve(port)
    try:
        with socket.create_connection(("127.0.0.1", port)):
            pass
        with socket.socket() as other:
            # An address of this machine that is not the pool's.
            assert other.connect_ex(("127.0.0.2", port)) != 0
        with pytest.raises(RuntimeError, match=str(port)):
            serve(port)
    finally:
        server.stop(0)
