import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from pipeline.download.converters import make_converters

_PARENT = """
import os, time
from pipeline.download.converters import make_converters
if __name__ == "__main__":
    executor = make_converters(True, 1)
    print(executor.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("is_raw", [False, True])
def test_work_is_done_elsewhere(is_raw):
    with make_converters(is_raw, 2) as converters:
        assert (converters.submit(os.getpid).result() != os.getpid()) == is_raw


def test_workers_leave_ctrl_c_to_their_parent():
    with make_converters(True, 1) as converters:
        assert converters.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_workers_do_not_outlive_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.kill()
    deadline = time.monotonic() + 20
    while is_alive(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text()
        return state.rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
