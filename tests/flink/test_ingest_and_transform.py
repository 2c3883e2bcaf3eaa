"""The short form, as `.ci/run` runs it: a cluster, two components on both of its hosts, and one of them lost."""

import contextlib
import subprocess
import sys

import pytest

from tests.flink.contents import leftovers, made_by
from tests.flink.running_cluster import wait_for

pytestmark = pytest.mark.exhaustive


@contextlib.contextmanager
def client(node, cluster, home, out, stall_minutes=5.0):
    """A running client; its lines are in `.output` at the end."""
    log = out.with_suffix(".log")
    command = [sys.executable, "-m", "tests.flink.client", node, home, out, cluster.master, str(stall_minutes)]
    cluster.wait_until_whole()
    with log.open("w") as stream, subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT) as process:
        try:
            yield process
        finally:
            process.kill()


def said(out):
    return out.with_suffix(".log").read_text()


def ends_well(process, cluster, node, home, out):
    """It ends with what a run at home made, and with nothing on the cluster or beside its outputs."""
    assert process.wait(timeout=300) == 0, said(out)
    assert made_by(node, out) == made_by(node, home)
    assert leftovers(out) == []
    assert cluster.running_jobs() == []


@pytest.mark.parametrize("node", ["DrawingExampleGen", "Transform"])
def test_both_hosts_make_what_is_made_at_home(node, cluster, home, tmp_path):
    before = {job.job_id for job in cluster.rest.jobs()}
    with client(node, cluster, home, tmp_path / "out") as process:
        ends_well(process, cluster, node, home, tmp_path / "out")
    jobs = [job for job in cluster.rest.jobs() if job.job_id not in before]
    assert {job.state for job in jobs} == {"FINISHED"}
    worked = set().union(*(cluster.hosts_of(job.name) for job in jobs))
    assert worked == {each.resource_id for each in cluster.rest.task_managers()}
    assert "on Flink: http://" in said(tmp_path / "out")
    assert "vertices done" in said(tmp_path / "out")


def test_a_lost_task_manager_loses_nothing(cluster, home, tmp_path):
    with client("Transform", cluster, home, tmp_path / "out") as process:
        cluster.wait_for_work()
        cluster.kill_task_manager(cluster.network.hosts[-1])
        ends_well(process, cluster, "Transform", home, tmp_path / "out")
    wait_for(lambda: len(cluster.rest.task_managers()) == 2, "the lost one is started again", 60)
