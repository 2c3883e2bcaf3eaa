"""What every test may use."""

import logging
import os
import pathlib

import hypothesis
import pytest

# TensorFlow's C++ part reads this once, when it is loaded; its remarks would bury a failing test's own output.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# A machine that is busy is no fault of the code.
hypothesis.settings.register_profile("quickdraw", deadline=None)
hypothesis.settings.load_profile("quickdraw")

REPOSITORY = pathlib.Path(__file__).parents[1]
REAL_DATA = REPOSITORY.parent / "shared" / "quickdraw"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves `real_data` tests out where there is no real data; there is nothing they could test."""
    if REAL_DATA.is_dir():
        return
    missing = pytest.mark.skip(reason=f"needs the real drawings in {REAL_DATA}")
    for item in items:
        if item.get_closest_marker("real_data"):
            item.add_marker(missing)


@pytest.fixture(autouse=True)
def _logs_are_not_set_up() -> None:
    """Gives each test the logger of a new process: a command that ran in this one turned it to the terminal."""
    own = logging.getLogger("quickdraw")
    own.setLevel(logging.NOTSET)
    own.propagate, own.handlers = True, []


@pytest.fixture(scope="session")
def real_data_dir() -> pathlib.Path:
    """The folder of real drawings: `train_simplified/` and `test_simplified.csv`."""
    return REAL_DATA
