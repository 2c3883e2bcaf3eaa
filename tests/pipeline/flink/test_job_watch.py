import itertools
import threading
import time

import pytest

from pipeline.flink import job_watch
from pipeline.flink.job_watch import JobWatch
from pipeline.flink.rest import FlinkRest
from tests.pipeline.flink.fake_flink import vertex
from tests.pipeline.flink.waiting import wait_for

PREFIX = "quickdraw-7-"
PYTHON = "RuntimeException: Traceback (most recent call last):\nValueError: row 7 is malformed\n\tat a.B(C.java:1)"
JAVA = "java.lang.Exception: Connection refused"


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch):
    monkeypatch.setattr(job_watch, "_SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(job_watch, "_SECONDS_BETWEEN_LINES", 0.0)
    monkeypatch.setattr(job_watch, "_SECONDS_TO_NOTICE", 0.05)


@pytest.fixture
def busy(flink):
    """A cluster with a job of ours, one step of two done, and somebody else's."""
    flink.jobs.update({"a1": (f"{PREFIX}a", "RUNNING"), "b1": ("other", "RUNNING")})
    flink.vertices["a1"] = [vertex("v1", "FINISHED", 1200), vertex("v2", "RUNNING", 34)]
    return flink


class Watched:
    """A client that does nothing until its connection is cut."""

    def __init__(self, flink, stall_seconds=60.0):
        self.cut = threading.Event()
        self.watch = JobWatch(FlinkRest(flink.master), PREFIX, stall_seconds, self.cut.set)

    def until_cut(self):
        with self.watch:
            assert self.cut.wait(30)
        return self.watch.trouble


def test_the_page_is_named_once_and_how_far_it_is_is_told(busy, caplog):
    caplog.set_level("INFO", "quickdraw")
    with Watched(busy).watch:
        wait_for(lambda: "1 of 2 vertices done, 1,234 records handed on" in caplog.text)
        time.sleep(0.1)
    assert caplog.text.count(f"on Flink: http://{busy.master}/#/job/running/a1/overview") == 1
    assert "b1" not in caplog.text


def test_a_job_that_stands_still_is_cancelled_and_the_client_is_cut_off(busy):
    assert Watched(busy, stall_seconds=0.2).until_cut() == "nothing has moved for 0 s"
    assert busy.cancelled == ["a1"]


def test_a_client_that_notices_by_itself_is_not_cut_off(busy, monkeypatch):
    monkeypatch.setattr(job_watch, "_SECONDS_TO_NOTICE", 30.0)
    watched = Watched(busy, stall_seconds=0.1)
    with watched.watch:
        wait_for(lambda: busy.cancelled)
    assert not watched.cut.is_set()


def test_a_job_whose_records_move_does_not_stand_still(busy):
    watched = Watched(busy, stall_seconds=0.5)
    written = itertools.count(35)
    with watched.watch:
        for _ in range(20):
            busy.vertices["a1"][1]["metrics"]["write-records"] = next(written)
            time.sleep(0.05)
        assert not watched.cut.is_set()
    assert (watched.watch.trouble, busy.cancelled) == ("", [])


def test_a_cluster_that_does_not_answer_for_too_long_stands_still(busy):
    busy.is_down = True
    assert Watched(busy, stall_seconds=0.2).until_cut() == "nothing has moved for 0 s"


def test_a_job_manager_that_started_again_has_lost_the_job(busy, caplog):
    caplog.set_level("INFO", "quickdraw")
    watched = Watched(busy)
    with watched.watch:
        wait_for(lambda: "on Flink" in caplog.text)
        busy.is_down = True
        time.sleep(0.1)
        # While it starts nobody knows whether the job is lost.
        assert not watched.cut.is_set()
        busy.jobs.clear()
        busy.is_down = False
        assert watched.cut.wait(30)
    assert watched.watch.trouble == f"the cluster has lost the job; http://{busy.master} does not list it any more"


def test_a_job_that_was_over_may_be_forgotten(busy, caplog):
    caplog.set_level("INFO", "quickdraw")
    busy.jobs["a1"] = (f"{PREFIX}a", "FINISHED")
    watched = Watched(busy)
    with watched.watch:
        wait_for(lambda: "on Flink" in caplog.text)
        del busy.jobs["a1"]
        time.sleep(0.1)
        assert not watched.cut.is_set()


def test_a_step_that_fails_the_same_way_again_and_again_is_given_up(busy):
    busy.jobs["a1"] = (f"{PREFIX}a", "RESTARTING")
    busy.failures["a1"] = [("[1]Check (1/1)", PYTHON)] * 4
    assert Watched(busy).until_cut() == "ValueError: row 7 is malformed"
    assert busy.cancelled == ["a1"]


@pytest.mark.parametrize(
    ("state", "failures"),
    [
        ("RESTARTING", [("[1]Check", PYTHON)] * 3),
        ("RESTARTING", [("[1]Check", JAVA)] * 9),
        ("RESTARTING", [(f"[{step}]Check", PYTHON) for step in range(9)]),
        ("RUNNING", [("[1]Check", PYTHON)] * 9),
    ],
    ids=["not often", "machines", "different steps", "it runs again"],
)
def test_what_flink_may_recover_from_is_left_to_flink(busy, state, failures):
    busy.jobs["a1"] = (f"{PREFIX}a", state)
    busy.failures["a1"] = failures
    watched = Watched(busy)
    with watched.watch:
        time.sleep(0.3)
        assert not watched.cut.is_set()
    assert watched.watch.trouble == ""


def test_why_the_job_failed_is_kept_for_the_one_who_asks(busy):
    watched = Watched(busy)

    def fail():
        with watched.watch:
            wait_for(lambda: watched.watch._seen)
            busy.jobs["a1"] = (f"{PREFIX}a", "FAILED")
            busy.failures["a1"] = [("[1]Check", PYTHON), ("[1]Check", JAVA)]
            raise RuntimeError("the pipeline failed")

    with pytest.raises(RuntimeError):
        fail()
    assert watched.watch.failure == "ValueError: row 7 is malformed"
