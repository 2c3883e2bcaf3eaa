import pytest

from tests.pipeline.flink.fake_flink import running_flink
from tests.pipeline.flink.fake_java import LISTENS, install


@pytest.fixture
def flink():
    """A JobManager's REST on loopback."""
    with running_flink() as flink:
        yield flink


@pytest.fixture
def java(tmp_path, monkeypatch):
    """A java that behaves like Beam's job server, whatever it is told to run."""
    return install(tmp_path, LISTENS, monkeypatch)
