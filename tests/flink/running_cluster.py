"""A Flink cluster over the hosts of a network, started and ended by `quickdraw flink`, and what tests do to it."""

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from pipeline.flink.cluster import status
from pipeline.flink.rest import FlinkRest, Job
from tests.flink.hosts import Host, Network

QUICKDRAW = (sys.executable, "-m", "pipeline.cli.main")


class RunningCluster:
    """One folder for this machine, with the JobManager, and one for each host."""

    def __init__(self, network: Network, folder: pathlib.Path) -> None:
        self.network = network
        self.master = f"{network.address}:8081"
        self.rest = FlinkRest(self.master)
        self._folder = folder

    def up(self) -> None:
        self._flink((), "up", "jobmanager", "--address", self.network.address, "--task-managers", "0")
        for host in self.network.hosts:
            where = ("--address", host.address, "--join", self.network.address)
            self._flink(host.prefix, "up", host.name, *where, "--task-managers", str(host.task_managers))

    def down(self) -> None:
        for host in self.network.hosts:
            self._flink(host.prefix, "down", host.name)
        self._flink((), "down", "jobmanager")

    def pids(self, home: str) -> dict[str, int]:
        """name -> pid of the members of a host, or of "jobmanager"."""
        return status(self._folder / home).pids

    def kill_task_manager(self, host: Host) -> None:
        """By SIGKILL, one of the host's."""
        os.kill(self.pids(host.name)["taskmanager-1"], signal.SIGKILL)

    def workers(self) -> dict[int, str]:
        """pid -> name of the host, of every Python worker that lives."""
        pools = {self.pids(host.name)["workers"]: host.name for host in self.network.hosts}
        return {pid: pools[parent] for pid, parent in processes().items() if parent in pools}

    def pool_log(self, host: Host) -> str:
        return (self._folder / host.name / "workers" / "output.log").read_text()

    def running_jobs(self) -> list[Job]:
        return [job for job in self.rest.jobs() if not job.is_over]

    def hosts_of(self, prefix: str) -> set[str]:
        """Names of the TaskManagers that worked at jobs whose names begin so."""
        jobs = [job for job in self.rest.jobs() if job.name.startswith(prefix)]
        vertices = [(job.job_id, vertex.vertex_id) for job in jobs for vertex in self.rest.vertices(job.job_id)]
        return {host for job_id, vertex_id in vertices for host in self.rest.hosts(job_id, vertex_id)}

    def wait_until_whole(self) -> None:
        """Until every TaskManager is registered and free."""
        wanted = sum(host.task_managers for host in self.network.hosts)

        def is_whole() -> bool:
            there = self.rest.task_managers()
            return len(there) == wanted and all(each.free_slots == each.slots for each in there)

        wait_for(is_whole, "the cluster is whole", 90)

    def wait_for_work(self) -> Job:
        """Until a job is in the middle: some of its vertices done, one at work, a worker on each host."""
        found: list[Job] = []

        def is_in_the_middle() -> bool:
            for job in self.running_jobs():
                states = [vertex.state for vertex in self.rest.vertices(job.job_id)]
                everywhere = set(self.workers().values()) == {host.name for host in self.network.hosts}
                if "FINISHED" in states and "RUNNING" in states and everywhere:
                    found.append(job)
                    return True
            return False

        wait_for(is_in_the_middle, "a job is in the middle", 90)
        return found[0]

    def _flink(self, prefix: tuple[str, ...], verb: str, home: str, *options: str) -> None:
        command = [*prefix, *QUICKDRAW, "flink", verb, "--dir", str(self._folder / home), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@contextlib.contextmanager
def running_cluster(network: Network, folder: pathlib.Path) -> Iterator[RunningCluster]:
    """A cluster that is up, and down at the end."""
    cluster = RunningCluster(network, folder)
    cluster.up()
    try:
        yield cluster
    finally:
        cluster.down()


def processes() -> dict[int, int]:
    """pid -> pid of the parent, of every process of this machine."""
    found = {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        # It may have ended meanwhile. The name, in brackets, may hold anything.
        with contextlib.suppress(OSError):
            found[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    return found


def wait_for(condition: Callable[[], bool], what: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
