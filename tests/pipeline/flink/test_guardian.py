import os
import signal
import subprocess
import sys
import threading

import pytest

from components.errors import QuickdrawError
from pipeline.flink.guardian import Guardian, cancel_jobs
from pipeline.flink.rest import ClusterUnreachableError, FlinkRest
from tests.pipeline.flink.waiting import wait_for

JOBS = {
    "a1": ("quickdraw-7-transform-1-a", "RUNNING"),
    "a2": ("quickdraw-7-transform-1-b", "RESTARTING"),
    "a3": ("quickdraw-7-transform-1-c", "FINISHED"),
    "b1": ("quickdraw-8-transform-1-a", "RUNNING"),
}
COMMAND = """
import sys, time
from pipeline.flink.guardian import Guardian
with Guardian(sys.argv[1], "quickdraw-7-"):
    print("guarded", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def busy(flink):
    """A cluster with jobs of two commands."""
    flink.jobs.update(JOBS)
    return flink


def test_the_jobs_of_one_command_are_cancelled_and_no_other(busy):
    cancel_jobs(FlinkRest(busy.master), "quickdraw-7-")
    assert busy.cancelled == ["a1", "a2"]
    assert busy.jobs == JOBS | {name: (JOBS[name][0], "CANCELED") for name in ("a1", "a2")}


def test_what_does_not_end_is_named(busy):
    busy.is_stubborn = True
    with pytest.raises(QuickdrawError) as error:
        cancel_jobs(FlinkRest(busy.master), "quickdraw-8-", seconds=0.1)
    page = f"http://{busy.master}"
    assert str(error.value) == f"jobs are left on Flink at {busy.master}; cancel them on {page}."


def test_a_cluster_that_is_away_for_a_while(busy):
    busy.is_down = True
    back = threading.Timer(0.3, lambda: setattr(busy, "is_down", False))
    back.start()
    cancel_jobs(FlinkRest(busy.master), "quickdraw-8-", seconds=30)
    back.join()
    assert busy.cancelled == ["b1"]


def test_a_cluster_that_is_gone(busy):
    busy.is_down = True
    with pytest.raises(ClusterUnreachableError, match="HTTP 503"):
        cancel_jobs(FlinkRest(busy.master), "quickdraw-8-", seconds=0.1)


def test_nothing_is_cancelled_while_the_body_runs(busy):
    with Guardian(busy.master, "quickdraw-7-"):
        assert busy.cancelled == []
    assert busy.cancelled == ["a1", "a2"]


def test_a_command_that_is_killed_leaves_no_jobs(busy):
    with subprocess.Popen([sys.executable, "-c", COMMAND, busy.master], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout.readline() == "guarded\n"
        command.send_signal(signal.SIGKILL)
        wait_for(lambda: busy.cancelled == ["a1", "a2"])


def test_ctrl_c_at_the_command_is_not_meant_for_the_guardian(busy):
    """A terminal sends it to the whole group, and a second one would cut the cleaning up short."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, busy.master],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as command:
        assert command.stdout.readline() == "guarded\n"
        os.killpg(command.pid, signal.SIGINT)
        wait_for(lambda: busy.cancelled == ["a1", "a2"])
