"""Programs that are not ours and that some tests run."""

import os
import pathlib
import shutil

import pytest

TOOLS = pathlib.Path(__file__).parents[1] / ".tools"


def find_program(name, sentence, variable):
    """Returns the path of a program; without it the test does not run."""
    path = which(name)
    if path is None:
        cannot_run(sentence, variable)
    return path


def which(name):
    """Returns the path of a program in `.tools/bin` or on the PATH, or None."""
    return shutil.which(name, path=os.pathsep.join([str(TOOLS / "bin"), os.environ["PATH"]]))


def cannot_run(sentence, variable):
    """Skips the test, or fails it where the environment says that this variable is "required", as in `.ci/run`."""
    if os.environ.get(variable) == "required":
        pytest.fail(sentence)
    pytest.skip(sentence)
