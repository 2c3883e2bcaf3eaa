import pytest

from tests.pipeline.download.quickdraw_bucket import running_bucket


@pytest.fixture
def bucket():
    """A bucket on loopback, empty and well-behaved."""
    with running_bucket() as bucket:
        yield bucket
