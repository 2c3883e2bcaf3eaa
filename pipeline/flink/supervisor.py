"""Keeps the processes of a cluster alive, and ends them with itself: `python -m pipeline.flink.supervisor FOLDER`.

A child that ends is started again, as a container's or systemd's would be. Nothing is left behind: it ends its children
when it is told to end, and the kernel does if it is killed.
"""

import collections
import json
import logging
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from components.file_lock import held
from pipeline.flink import layout
from pipeline.flink.layout import Member, members
from pipeline.flink.processes import ends_with_parent

_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_TO_END = 15.0
# A member that ends so often within so many seconds cannot run at all.
_MOST_STARTS, _WITHIN_SECONDS = 8, 60.0

_logger = logging.getLogger("quickdraw.supervisor")


class Supervisor:
    """The members of a cluster on this host, as children of this process."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Takes the cluster's folder, with its settings."""
        self._folder = folder
        self._members = members(layout.read_settings(folder), folder)
        self._children: dict[str, subprocess.Popen] = {}
        self._starts: dict[str, collections.deque[float]] = {
            member.name: collections.deque(maxlen=_MOST_STARTS) for member in self._members
        }
        self.ended = threading.Event()

    def run(self) -> int:
        """Starts everything and watches it until `ended` is set.

        Returns:
            0; 1 if a member does not stay alive.
        """
        try:
            for member in self._members:
                self._start(member)
            while not self.ended.wait(_SECONDS_BETWEEN_LOOKS):
                if not self._replace_dead():
                    return 1
            return 0
        finally:
            self._end_all()

    def _replace_dead(self) -> bool:
        for member in self._members:
            code = self._children[member.name].poll()
            if code is None:
                continue
            starts = self._starts[member.name]
            if len(starts) == _MOST_STARTS and time.monotonic() - starts[0] < _WITHIN_SECONDS:
                _logger.error("%s does not stay alive (exit code %d); its log: %s", member.name, code, member.log)
                return False
            _logger.warning("%s ended with %d; started again", member.name, code)
            self._start(member)
        return True

    def _start(self, member: Member) -> None:
        self._starts[member.name].append(time.monotonic())
        with member.log.open("ab") as log:
            self._children[member.name] = subprocess.Popen(
                member.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=ends_with_parent(),  # noqa: PLW1509 - one system call, no lock
            )
        pids = {name: child.pid for name, child in self._children.items()}
        layout.write_text(layout.pids_file(self._folder), json.dumps(pids))

    def _end_all(self) -> None:
        for child in self._children.values():
            child.terminate()
        deadline = time.monotonic() + _SECONDS_TO_END
        for child in self._children.values():
            try:
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def main() -> int:
    """Runs the cluster of a folder."""
    folder = pathlib.Path(sys.argv[1])
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    supervisor = Supervisor(folder)

    def end(_number: int, _frame: FrameType | None) -> None:
        supervisor.ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with held(layout.lock_file(folder)):
        layout.write_text(layout.supervisor_file(folder), str(os.getpid()))
        return supervisor.run()


if __name__ == "__main__":
    sys.exit(main())
