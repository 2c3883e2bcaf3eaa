"""The bootstrap finds a Python 3.10 that runs, wherever it hides."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

SHIM = '#!/bin/sh\necho "pyenv: $0: command not found" >&2\nexit 127\n'


class Machine:
    """A PATH and a pyenv root with nothing in them but what a test puts there."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.path = folder / "bin"
        self.pyenv = folder / "pyenv"
        self.path.mkdir()
        for tool in ("bash", "dirname"):
            found = shutil.which(tool)
            assert found is not None
            (self.path / tool).symlink_to(found)

    def python(self, where: pathlib.Path, version: str) -> pathlib.Path:
        """An interpreter that runs and says `version`."""
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(f"#!/bin/sh\necho {version}\n")
        where.chmod(0o755)
        return where

    def shim(self, where: pathlib.Path) -> None:
        """A pyenv shim of a version that is not active: it is there, and fails."""
        where.write_text(SHIM)
        where.chmod(0o755)

    def bootstrap(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "PYENV_ROOT": str(self.pyenv), "HOME": "/nonexistent"}
        command = [str(self.path / "bash"), str(REPOSITORY / "requirements" / "bootstrap.sh"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def find(self) -> str:
        return self.bootstrap("--find").stdout.strip()


@pytest.fixture
def machine(tmp_path: pathlib.Path) -> Machine:
    return Machine(tmp_path)


def test_python_3_10_on_the_path(machine: Machine) -> None:
    found = machine.python(machine.path / "python3.10", "3.10")
    assert machine.find() == str(found)


def test_a_plain_python3_that_is_3_10(machine: Machine) -> None:
    found = machine.python(machine.path / "python3", "3.10")
    assert machine.find() == str(found)


def test_a_pyenv_version_behind_a_shim_that_fails(machine: Machine) -> None:
    machine.shim(machine.path / "python3.10")
    machine.python(machine.path / "python3", "3.11")
    machine.python(machine.pyenv / "versions" / "3.9.18" / "bin" / "python", "3.9")
    found = machine.python(machine.pyenv / "versions" / "3.10.13" / "bin" / "python", "3.10")
    assert machine.find() == str(found)


def test_none_at_all_leaves_it_to_uv(machine: Machine) -> None:
    machine.python(machine.path / "python3", "3.12")
    assert machine.find() == "3.10"


def test_an_unknown_option_is_one_sentence(machine: Machine) -> None:
    done = machine.bootstrap("--fast")
    assert done.returncode == 2
    assert done.stderr == "bootstrap: unknown option '--fast'; see the head of requirements/bootstrap.sh.\n"


def test_this_environment_is_python_3_10() -> None:
    assert sys.version_info[:2] == (3, 10)
    assert os.path.realpath(sys.prefix) == os.path.realpath(REPOSITORY / ".venv")


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock", "image.lock", "bootstrap.lock"])
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (REPOSITORY / "requirements" / lock).read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert str(REPOSITORY) not in text
