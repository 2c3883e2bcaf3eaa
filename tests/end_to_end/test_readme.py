"""Every command of the README, in order, in an empty folder."""

import os
import pathlib
import re
import subprocess
import sys

from components.pusher.registry import list_versions
from tests.conftest import REPOSITORY
from tests.end_to_end.servers import start_server, stop_server

_BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)


def readme_blocks() -> list[str]:
    return _BLOCK.findall((REPOSITORY / "README.md").read_text())


def test_every_command_of_the_readme(tmp_path: pathlib.Path) -> None:
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    outputs = []
    server = None
    try:
        for block in readme_blocks():
            if block.startswith("quickdraw serve"):
                if server is not None:
                    stop_server(server)
                server = start_server(block, tmp_path, environment)
                continue
            script = ["bash", "-euo", "pipefail", "-c", block]
            done = subprocess.run(script, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
            outputs.append(done.stdout)
    finally:
        if server is not None:
            stop_server(server)
    assert len(list_versions(tmp_path / "workspace" / "models" / "quickdraw")) == 1
    assert '"predictions"' in outputs[-1]
    assert ", draw at http://127.0.0.1:8501/" in (tmp_path / "server.log").read_text()


def test_the_readmes_two_commands_are_what_ci_runs() -> None:
    ci = (REPOSITORY / ".ci" / "run").read_text()
    assert re.findall(r"^    (make \w+)$", (REPOSITORY / "README.md").read_text(), re.MULTILINE) == [
        "make demo",
        "make test",
    ]
    assert re.findall(r"^(make \w+)$", ci, re.MULTILINE) == ["make demo", "make test"]


def test_make_help_lists_every_target() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert [line.split()[0] for line in listed.splitlines()] == targets
