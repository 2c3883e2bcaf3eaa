"""Every row of docs/from-notebook-to-production.md has a command, and it works."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY
from tests.docs.commands import unknown_options
from tests.end_to_end.servers import start_server, stop_server
from tests.pipeline.download.quickdraw_bucket import line, running_bucket

TEXT = (REPOSITORY / "docs/from-notebook-to-production.md").read_text()
ROWS = [row for row in re.findall(r"^\| (.*) \|$", TEXT, flags=re.MULTILINE) if not row.endswith("command")]
COMMANDS = [row.split(" | ")[-1].strip("`") for row in ROWS]
# Pushed, or not good enough: both are what `run` is there for.
JUDGED = {0, 3}


def test_every_cell_of_the_notebook_has_a_row() -> None:
    cells = {cell for row in ROWS for cell in re.findall(r"^[\d, ]+", row)}
    assert {int(number) for cell in cells for number in re.findall(r"\d+", cell)} == {0, 1, 2, 3, 4, 5, 6, 17, 21, 23}


@pytest.mark.parametrize("command", sorted({each for each in COMMANDS if each.startswith("quickdraw ")}))
def test_a_command_and_its_options_exist(command: str) -> None:
    assert not unknown_options(command)


def test_no_row_is_without_a_command() -> None:
    assert [each for each in COMMANDS if not re.match(r"(quickdraw|python) ", each)] == []


@pytest.mark.exhaustive
def test_every_command_works_in_this_order(tmp_path: pathlib.Path) -> None:
    (first,) = re.findall(r"^```bash\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # `python -m benchmarks...` is for a clone.
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}
    with running_bucket() as bucket:
        for word in ("cat", "dog"):
            bucket.put(word, b"".join(line(word, key_id) for key_id in range(1, 10)))
        for command in [first.strip(), *COMMANDS]:
            if command.startswith("quickdraw serve"):
                stop_server(start_server(command, tmp_path, environment))
                continue
            asked = f"{command} --base-url {bucket.url}" if " download " in command else command
            done = subprocess.run(
                asked, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            allowed = JUDGED if command.startswith("quickdraw run") else {0}
            assert done.returncode in allowed, f"{command}\n{done.stdout}\n{done.stderr}"
    assert (tmp_path / "submission.csv").read_text().startswith("key_id,word\n")
