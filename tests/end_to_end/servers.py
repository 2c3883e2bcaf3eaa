"""Starts `quickdraw serve` as the pages say."""

import pathlib
import signal
import subprocess
import time

_WAIT_SECONDS = 60


def start_server(block: str, folder: pathlib.Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Starts a command and waits until it serves; its log is `server.log` in the folder."""
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(["bash", "-c", f"exec {block}"], cwd=folder, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + _WAIT_SECONDS
    while b"serving " not in (folder / "server.log").read_bytes():
        assert server.poll() is None, (folder / "server.log").read_text()
        assert time.monotonic() < deadline, "the server did not come up"
        time.sleep(0.2)
    return server


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """Stops a server as Ctrl-C does, and expects it to end well."""
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=_WAIT_SECONDS) == 0
