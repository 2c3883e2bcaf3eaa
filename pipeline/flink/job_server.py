"""Beam's job server for Flink, as a child of this process: takes Beam's graphs, and hands Flink's to the cluster."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from components.errors import QuickdrawError
from pipeline.flink.jvm import job_server_command, write_log4j
from pipeline.flink.processes import free_port

_SECONDS_TO_START = 60.0


class JobServer:
    """One process, started when it is first needed, and again after it was stopped or died."""

    def __init__(self, master: str) -> None:
        """Takes HOST:PORT of the JobManager's REST."""
        self._master = master
        self._process: subprocess.Popen | None = None
        self._folder = pathlib.Path()
        self._port = 0

    def endpoint(self) -> str:
        """Returns HOST:PORT for Beam's `--job_endpoint`; starts the process if it does not run.

        Raises:
            QuickdrawError: it does not start.
        """
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._start()
        return f"localhost:{self._port}"

    def stop(self) -> None:
        """Ends the process; jobs on the cluster go on."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="quickdraw-job-server-"))
        write_log4j(self._folder)
        self._port = free_port()
        command = job_server_command(self._folder, self._master, (self._port, free_port()))
        with (self._folder / "output.log").open("wb") as log:
            # Its end of the pipe closes with this process, see JobServer.java.
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + _SECONDS_TO_START
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = " ".join((self._folder / "output.log").read_text(errors="replace").split())[-500:]
                self.stop()
                raise QuickdrawError(f"Beam's job server does not start: {said or 'it says nothing'}")
            time.sleep(0.1)

    def _listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self._port)) == 0
