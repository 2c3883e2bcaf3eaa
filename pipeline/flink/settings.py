"""What a Flink cluster is started with: one frozen object, and Flink's configuration, each line with its reason."""

import dataclasses
import pathlib
from typing import NamedTuple

from components.errors import UsageError

# Of a TaskManager's memory, in MiB: what Flink's shell scripts would work out, which are not part of the jars.
_FRAMEWORK_HEAP = 128
_OFF_HEAP = 128
_METASPACE = 256
_OVERHEAD = 192


@dataclasses.dataclass(frozen=True)
class ClusterSettings:
    """A cluster, or one host's part of it.

    Attributes:
        address: of this host, as the others reach it; its servers listen there and nowhere else.
        join: address of the host with the JobManager; "" where this host runs it.
        rest_port: of the JobManager's REST and pages.
        rpc_port: of the JobManager, for the TaskManagers.
        worker_port: of the pool of Python workers, on every host the same, on its loopback.
        task_managers: how many on this host.
        slots: how many tasks each of them runs at a time.
        heap_mib: of each TaskManager for the tasks; the drawings' own work is done in the Python workers.
        managed_mib: of each TaskManager for sorting and hashing.
        network_mib: of each TaskManager for the shuffle.
    """

    address: str = "127.0.0.1"
    join: str = ""
    rest_port: int = 8081
    rpc_port: int = 6123
    worker_port: int = 50000
    task_managers: int = 2
    slots: int = 1
    heap_mib: int = 512
    managed_mib: int = 256
    network_mib: int = 256

    def __post_init__(self) -> None:
        if self.join and self.task_managers < 1:
            raise UsageError(f"--task-managers must be at least 1, not {self.task_managers}: a host that joins works.")
        if self.task_managers < 0:
            raise UsageError(f"--task-managers must be at least 0, not {self.task_managers}.")
        if self.slots < 1:
            raise UsageError(f"--slots must be at least 1, not {self.slots}.")

    @property
    def job_manager(self) -> str:
        """Address of the host with the JobManager."""
        return self.join or self.address

    @property
    def master(self) -> str:
        """HOST:PORT for `quickdraw run --flink-master`."""
        return f"{self.job_manager}:{self.rest_port}"

    @property
    def heap_bytes(self) -> str:
        """`-Xmx` of a TaskManager."""
        return f"{self.heap_mib + _FRAMEWORK_HEAP}m"

    @property
    def direct_bytes(self) -> str:
        """`-XX:MaxDirectMemorySize` of a TaskManager."""
        return f"{2 * _OFF_HEAP + self.network_mib}m"

    @property
    def metaspace_bytes(self) -> str:
        """`-XX:MaxMetaspaceSize` of a TaskManager."""
        return f"{_METASPACE}m"


class Line(NamedTuple):
    """A line of Flink's configuration, and why it is there."""

    key: str
    value: str | int
    reason: str


def job_manager_lines(settings: ClusterSettings, folder: pathlib.Path) -> list[Line]:
    """The JobManager's configuration.

    Args:
        settings: of the cluster.
        folder: for its temporary files.
    """
    return [
        *_common_lines(settings, folder),
        Line("jobmanager.bind-host", settings.address, "else clients are told of a BlobServer at localhost"),
        Line("rest.bind-address", settings.address, "no other interface of this host is opened"),
        Line("web.submit.enable", "false", "nobody uploads jars by the page; jobs come from Beam's job server"),
        Line("restart-strategy", "fixed-delay", "a lost TaskManager is survived"),
        Line("restart-strategy.fixed-delay.attempts", 30, "it counts once for each lost task: five are gone in 3 s"),
        Line("restart-strategy.fixed-delay.delay", "2 s", "a TaskManager that starts again takes some seconds"),
        Line("cluster.evenly-spread-out-slots", "true", "all hosts work, not the first until it is full"),
    ]


def task_manager_lines(settings: ClusterSettings, number: int, folder: pathlib.Path) -> list[Line]:
    """A TaskManager's configuration.

    Args:
        settings: of the cluster.
        number: which one of this host, from 1.
        folder: for its temporary files.
    """
    memory = "all parts are given, for without Flink's shell scripts nobody adds them up"
    return [
        *_common_lines(settings, folder),
        Line("taskmanager.host", settings.address, "where the others find this one"),
        Line("taskmanager.bind-host", settings.address, "no other interface of this host is opened"),
        Line("taskmanager.resource-id", f"{settings.address}-tm{number}", "to tell them apart, alive or lost"),
        Line("taskmanager.numberOfTaskSlots", settings.slots, "tasks at a time"),
        Line("taskmanager.cpu.cores", settings.slots, memory),
        Line("taskmanager.memory.task.heap.size", f"{settings.heap_mib}m", memory),
        Line("taskmanager.memory.task.off-heap.size", f"{_OFF_HEAP}m", memory),
        Line("taskmanager.memory.framework.heap.size", f"{_FRAMEWORK_HEAP}m", memory),
        Line("taskmanager.memory.framework.off-heap.size", f"{_OFF_HEAP}m", memory),
        Line("taskmanager.memory.managed.size", f"{settings.managed_mib}m", memory),
        Line("taskmanager.memory.jvm-metaspace.size", f"{_METASPACE}m", memory),
        Line("taskmanager.memory.jvm-overhead.min", f"{_OVERHEAD}m", memory),
        Line("taskmanager.memory.jvm-overhead.max", f"{_OVERHEAD}m", memory),
        Line("taskmanager.memory.network.min", f"{settings.network_mib}m", "Evaluator's many steps need many buffers"),
        Line("taskmanager.memory.network.max", f"{settings.network_mib}m", "Evaluator's many steps need many buffers"),
        Line("taskmanager.network.sort-shuffle.min-buffers", 64, "else 'Insufficient number of network buffers: 512'"),
    ]


def render(lines: list[Line]) -> str:
    """Writes `flink-conf.yaml`, each line under its reason."""
    return "".join(f"# {line.reason}\n{line.key}: {line.value}\n" for line in lines)


def _common_lines(settings: ClusterSettings, folder: pathlib.Path) -> list[Line]:
    return [
        Line("jobmanager.rpc.address", settings.job_manager, "where TaskManagers register"),
        Line("jobmanager.rpc.port", settings.rpc_port, "where TaskManagers register"),
        Line("rest.address", settings.job_manager, "where Beam's job server sends jobs"),
        Line("rest.port", settings.rest_port, "where Beam's job server sends jobs"),
        Line("classloader.resolve-order", "parent-first", "else 'loader constraint violation': Beam is on both paths"),
        Line("heartbeat.interval", 1000, "a lost TaskManager is seen within seconds"),
        Line("heartbeat.timeout", 15000, "a busy one is not taken for a lost one"),
        Line("akka.ask.timeout", "60 s", "hundreds of vertices deploy slowly on few cores"),
        Line("io.tmp.dirs", str(folder), "spilled data stays in the cluster's folder and goes with it"),
    ]
