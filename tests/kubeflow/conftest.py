"""What is made once: the golden pipeline, and a cluster on this machine with the demo compiled for it."""

from collections.abc import Iterator

import pytest

from pipeline.kubeflow.documents import Documents
from tests.kubeflow.emulator.cluster import Cluster
from tests.kubeflow.golden_pipeline import compile_golden
from tests.kubeflow.local_cluster import Compiled, compiled_demo, running_cluster


@pytest.fixture(scope="session")
def golden() -> Documents:
    """With every setting that there is; not to be changed."""
    return compile_golden()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def compiled() -> Iterator[Compiled]:
    with compiled_demo() as demo:
        yield demo
