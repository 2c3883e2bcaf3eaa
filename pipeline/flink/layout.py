"""What lies where in a cluster's folder, and which processes make a cluster.

settings.json      what it was started with
.lock              held by the supervisor as long as it lives
supervisor.pid     of that process
pids.json          name -> pid of the members
MEMBER/            Flink's configuration, java.log, temporary files
MEMBER/output.log  what the process printed
"""

import dataclasses
import json
import pathlib
import sys
from typing import NamedTuple

from pipeline.flink.jvm import job_manager_command, task_manager_command, write_log4j
from pipeline.flink.settings import ClusterSettings, Line, job_manager_lines, render, task_manager_lines

SUPERVISOR_LOG = "supervisor.log"
_SETTINGS = "settings.json"


class Member(NamedTuple):
    """A process of a cluster.

    Attributes:
        name: "jobmanager", "taskmanager-1", "workers".
        command: that starts it.
        log: where its output goes.
    """

    name: str
    command: list[str]
    log: pathlib.Path


def lock_file(folder: pathlib.Path) -> pathlib.Path:
    """Held while the cluster runs."""
    return folder / ".lock"


def supervisor_file(folder: pathlib.Path) -> pathlib.Path:
    """With the supervisor's pid, which is its own only while it holds the lock."""
    return folder / "supervisor.pid"


def pids_file(folder: pathlib.Path) -> pathlib.Path:
    """With the members' pids."""
    return folder / "pids.json"


def write_text(path: pathlib.Path, text: str) -> None:
    """Writes a file that another process may read at any time."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def is_clusters(folder: pathlib.Path) -> bool:
    """Whether a folder is a cluster's, running or not, or empty."""
    return folder.is_dir() and ((folder / _SETTINGS).is_file() or not any(folder.iterdir()))


def write_settings(folder: pathlib.Path, settings: ClusterSettings) -> None:
    """Keeps what a cluster is started with."""
    write_text(folder / _SETTINGS, json.dumps(dataclasses.asdict(settings), indent=1))


def read_settings(folder: pathlib.Path) -> ClusterSettings:
    """Reads what a cluster was started with."""
    return ClusterSettings(**json.loads((folder / _SETTINGS).read_text(encoding="utf-8")))


def members(settings: ClusterSettings, folder: pathlib.Path) -> list[Member]:
    """Writes every member's configuration, and says how to start it.

    Args:
        settings: of this host's part of the cluster.
        folder: the cluster's.
    """
    listed = []
    if not settings.join:
        home = _home(folder, "jobmanager")
        _configure(home, job_manager_lines(settings, home / "tmp"))
        listed.append(Member("jobmanager", job_manager_command(home), home / "output.log"))
    for number in range(1, settings.task_managers + 1):
        home = _home(folder, f"taskmanager-{number}")
        _configure(home, task_manager_lines(settings, number, home / "tmp"))
        listed.append(Member(home.name, task_manager_command(settings, home), home / "output.log"))
    if not settings.task_managers:
        return listed
    home = _home(folder, "workers")
    command = [sys.executable, "-m", "pipeline.flink.worker_pool", "--port", str(settings.worker_port)]
    return [*listed, Member("workers", command, home / "output.log")]


def _home(folder: pathlib.Path, name: str) -> pathlib.Path:
    home = folder / name
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return home


def _configure(home: pathlib.Path, lines: list[Line]) -> None:
    (home / "flink-conf.yaml").write_text(render(lines), encoding="utf-8")
    write_log4j(home)
