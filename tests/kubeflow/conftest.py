"""The golden pipeline, compiled once."""

import pytest

from pipeline.kubeflow.documents import Documents
from tests.kubeflow.golden_pipeline import compile_golden


@pytest.fixture(scope="session")
def golden() -> Documents:
    """With every setting that there is; not to be changed."""
    return compile_golden()
