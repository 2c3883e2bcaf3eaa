"""A cluster on this machine: an object store, what the image brings, and a claim with drawings."""

import contextlib
import dataclasses
import logging
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Iterator

import pytest

from tests.components.s3_server import CREDENTIALS, s3_with_a_bucket
from tests.conftest import REPOSITORY
from tests.end_to_end.commands import synth
from tests.kubeflow.compile_pipeline import compile_for_pods
from tests.kubeflow.emulator.cluster import Cluster
from tests.kubeflow.emulator.compiled_pipeline import CompiledPipeline
from tests.kubeflow.emulator.object_store import ObjectStore
from tests.kubeflow.emulator.pod import give_to_tasks

# Buckets.
ARTIFACTS = "mlpipeline"
MODELS = "models"


@contextlib.contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A store with a bucket for artifacts and one for models, and tasks that may use it."""
    # A line for each of thousands of requests would bury a failing test's own output.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with pytest.MonkeyPatch.context() as monkeypatch, s3_with_a_bucket(monkeypatch) as s3:
        store = ObjectStore(s3.url)
        for bucket in (ARTIFACTS, MODELS):
            store.make_bucket(bucket)
        # What the image says, and a Secret.
        yield Cluster(store, {**_image_environment(), "AWS_ENDPOINT_URL": s3.url, **CREDENTIALS})


def _image_environment() -> dict[str, str]:
    """The command `python` with all packages, and this project."""
    python = str(pathlib.Path(sys.executable).parent)
    packages = os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PATH": f"{python}:{os.defpath}", "PYTHONPATH": packages, "NO_PROXY": "127.0.0.1"}


@dataclasses.dataclass(frozen=True)
class Compiled:
    """A pipeline, and the folder of its claim.

    Attributes:
        pipeline: for the emulator.
        workspace: mounted in every pod; it outlives them.
    """

    pipeline: CompiledPipeline
    workspace: pathlib.Path


@contextlib.contextmanager
def compiled_demo() -> Iterator[Compiled]:
    """The demo on a small drawn data set, which lies on the claim; models go to the object store."""
    # pytest's own folders are closed to other users.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="claim-"))
    folder.chmod(0o755)
    try:
        synth(folder / "data", words=3, per_word=80)
        give_to_tasks(folder)
        yield Compiled(compile_for_pods(folder, f"s3://{MODELS}/quickdraw", folder / "pipeline.yaml"), folder)
    finally:
        shutil.rmtree(folder)
