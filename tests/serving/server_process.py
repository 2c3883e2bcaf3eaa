"""`quickdraw serve` in a process of its own, looked at from outside through /proc."""

import re
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

_READY = re.compile(r"serving .* on grpc (\S+:\d+) and rest http://(\S+:\d+)\n")


class ServerProcess:
    """A running server, the addresses `host:port` of its two ports, and the file with what it says."""

    def __init__(self, process, ports, log):
        self.process = process
        self.addresses = dict(zip(("grpc", "rest"), ports, strict=True))
        self.log = log

    def memory(self):
        """Resident bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def open_files(self):
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def limit_of_open_files(self, soft=None):
        """The soft and the hard limit; sets the soft one first, where it is given."""
        limits = resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE)
        if soft is None:
            return limits
        return resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (soft, limits[1]))


@contextmanager
def server_process(base_path, log):
    """Starts a server under the usual soft limit of 1,024 open files; it must end well when told to."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, limits[1]))
    command = [sys.executable, "-m", "pipeline.cli.main", "serve", "--model-base-path", base_path]
    try:
        with log.open("w") as errors:
            process = subprocess.Popen(
                [*command, "--port=0", "--rest-api-port=0"], stdout=subprocess.PIPE, stderr=errors, text=True
            )
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    try:
        ready = _READY.fullmatch(process.stdout.readline())
        assert ready, log.read_text()
        yield ServerProcess(process, ready.groups(), log)
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()
