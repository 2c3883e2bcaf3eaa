import os
import signal
import socket
import subprocess
import sys

from pipeline.flink.processes import ends_with_parent, free_port, is_free
from tests.pipeline.flink.waiting import is_alive, wait_for

PARENT = """
import subprocess, sys, time
from pipeline.flink.processes import ends_with_parent
follow = ends_with_parent() if sys.argv[1] == "follow" else None
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], preexec_fn=follow).pid, flush=True)
time.sleep(600)
"""


def test_a_child_ends_when_its_parent_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT, "follow"], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.send_signal(signal.SIGKILL)
    wait_for(lambda: not is_alive(child))


def test_without_that_it_would_stay():
    """So the test above sees the kernel at work, and no closed pipe."""
    with subprocess.Popen([sys.executable, "-c", PARENT, "stay"], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    try:
        assert is_alive(child)
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_child_whose_parent_ended_before_it_asked_ends_too(monkeypatch):
    """The kernel tells of a parent's end once, and not of one in the past."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: 0)
        follow = ends_with_parent()
    done = subprocess.run([sys.executable, "-c", "print('lives')"], preexec_fn=follow, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


def test_a_port_is_free_until_somebody_listens():
    port = free_port()
    assert is_free("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free("127.0.0.1", port)
    assert is_free("127.0.0.1", port)


def test_an_address_of_another_host_is_not_free():
    # Of a network that is for documentation.
    assert not is_free("192.0.2.1", 8081)
