"""Everything that can be lost while a component works, each lost in the middle of a job."""

import os
import signal

import pytest

from benchmarks.nodes import NODES
from tests.flink.contents import made_by
from tests.flink.running_cluster import processes, wait_for
from tests.flink.test_ingest_and_transform import client, ends_well, said

pytestmark = pytest.mark.exhaustive


@pytest.mark.parametrize("node", NODES)
def test_a_task_manager_is_killed(node, cluster, home, tmp_path):
    with client(node, cluster, home, tmp_path / "out") as process:
        cluster.wait_for_work()
        cluster.kill_task_manager(cluster.network.hosts[0])
        ends_well(process, cluster, node, home, tmp_path / "out")


@pytest.mark.parametrize("node", ["StatisticsGen", "Evaluator"])
def test_a_worker_is_killed_in_a_bundle(node, cluster, home, tmp_path):
    with client(node, cluster, home, tmp_path / "out") as process:
        cluster.wait_for_work()
        os.kill(next(iter(cluster.workers())), signal.SIGKILL)
        ends_well(process, cluster, node, home, tmp_path / "out")


def test_a_worker_is_killed_before_it_connects(cluster, home, tmp_path):
    logs_before = sum(len(cluster.pool_log(host)) for host in cluster.network.hosts)
    with client("StatisticsGen", cluster, home, tmp_path / "out") as process:
        wait_for(lambda: bool(cluster.workers()), "a worker starts", 60)
        os.kill(next(iter(cluster.workers())), signal.SIGKILL)
        ends_well(process, cluster, "StatisticsGen", home, tmp_path / "out")
    logs = "".join(cluster.pool_log(host) for host in cluster.network.hosts)
    assert "ended before it was connected (start 1)" in logs
    assert len(logs) > logs_before


def test_workers_that_freeze_are_not_waited_for(cluster, home, tmp_path):
    """Nothing is closed and nothing is said: only that nothing moves any more tells it."""
    with client("StatisticsGen", cluster, home, tmp_path / "out", stall_minutes=0.4) as process:
        cluster.wait_for_work()
        for worker in cluster.workers():
            os.kill(worker, signal.SIGSTOP)
        ends_well(process, cluster, "StatisticsGen", home, tmp_path / "out")
    assert "attempt 1 of 3 failed: nothing has moved for 24 s" in said(tmp_path / "out")
    assert "trying again" in said(tmp_path / "out")


def test_the_client_is_killed(cluster, home, tmp_path):
    """Its job ends with it, and so does its job server; the next client finds a free cluster."""
    out = tmp_path / "out"
    with client("DrawingExampleGen", cluster, home, out) as killed:
        cluster.wait_for_work()
        children = [pid for pid, parent in processes().items() if parent == killed.pid]
        killed.kill()
        killed.wait()
    wait_for(lambda: not cluster.running_jobs(), "the job is cancelled", 60)
    wait_for(lambda: not set(children) & set(processes()), "guardian and job server have ended", 60)
    again = tmp_path / "again"
    with client("DrawingExampleGen", cluster, home, again) as process:
        ends_well(process, cluster, "DrawingExampleGen", home, again)


def test_the_client_is_interrupted(cluster, home, tmp_path):
    with client("Transform", cluster, home, tmp_path / "out") as process:
        cluster.wait_for_work()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) != 0
        # Not only asked for: over when the command ends.
        assert cluster.running_jobs() == []


def test_the_job_manager_is_killed(cluster, home, tmp_path):
    """It comes back without its jobs: the component is done again."""
    out = tmp_path / "out"
    with client("StatisticsGen", cluster, home, out) as process:
        cluster.wait_for_work()
        os.kill(cluster.pids("jobmanager")["jobmanager"], signal.SIGKILL)
        ends_well(process, cluster, "StatisticsGen", home, out)
    assert "StatisticsGen: attempt 1 of 3 failed: " in said(out)
    assert "StatisticsGen: trying again" in said(out)


def test_a_step_that_always_fails_ends_with_a_sentence(cluster, home, tmp_path):
    """Bounded: the cluster's attempts, times ours."""
    damaged = tmp_path / "made"
    damaged.mkdir()
    for path in home.iterdir():
        (damaged / path.name).symlink_to(path)
    (damaged / "examples").unlink()
    shard = damaged / "examples" / "Split-train" / "data-00000-of-00001.tfrecord.gz"
    for split in ("train", "eval", "test"):
        (damaged / "examples" / f"Split-{split}").mkdir(parents=True)
        (shard.parents[1] / f"Split-{split}" / shard.name).write_bytes(b"no gzip")
    with client("StatisticsGen", cluster, damaged, tmp_path / "out") as process:
        assert process.wait(timeout=600) != 0
    assert "StatisticsGen failed on Flink 3 times, the last time: " in said(tmp_path / "out")
    assert cluster.running_jobs() == []


def test_what_was_made_is_not_always_equal(home):
    """The comparisons above can fail."""
    assert made_by("Transform", home) != made_by("DrawingExampleGen", home)
