"""A registry on S3 as the pipeline uses it: the options, the baseline of a run, and the node that copies it."""

import dataclasses
import pathlib
from collections.abc import Iterator

import pytest
from s3fs import S3FileSystem
from tfx.types import standard_artifacts

from components.baseline.component import baseline_version
from components.baseline.executor import Executor
from components.pusher.push import publish
from pipeline.config import PipelineConfig
from pipeline.dag_runner import resolve
from tests.components.s3_server import BUCKET, S3, s3_with_a_bucket
from tests.end_to_end.commands import quickdraw
from tests.pipeline.test_config import make

URL = f"s3://{BUCKET}/models/quickdraw"
HEADER = "countrycode,drawing,key_id,recognized,timestamp,word\n"


@pytest.fixture(autouse=True)
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    with s3_with_a_bucket(monkeypatch) as server:
        yield server


@pytest.fixture
def config(tmp_path: pathlib.Path) -> PipelineConfig:
    return make(workspace=str(tmp_path / "workspace"), data_fingerprint="1", registry_url=URL)


def push(tmp_path: pathlib.Path, run_key: str) -> int:
    model = tmp_path / run_key
    (model / "variables").mkdir(parents=True)
    for name in ("saved_model.pb", "variables/variables.index"):
        (model / name).write_text(f"{name} of {run_key}")
    return publish(model, URL, {"run_key": run_key}, check=lambda _: None)


def copied_baseline(config: PipelineConfig, folder: pathlib.Path) -> tuple[int, str]:
    """What the node Baseline makes of a resolved run: the version, and the content of its graph."""
    model = standard_artifacts.Model()
    model.uri = str(folder)
    folder.mkdir()
    Executor().Do({}, {"model": [model]}, {"registry": config.registry, "version": config.baseline_version})
    graph = folder / "Format-Serving" / "saved_model.pb"
    return baseline_version(model), graph.read_text() if graph.exists() else ""


def test_a_run_is_compared_with_what_another_has_pushed(config: PipelineConfig, tmp_path: pathlib.Path) -> None:
    first = resolve(config)
    assert copied_baseline(first, tmp_path / "none") == (0, "")

    other = push(tmp_path, "another")
    own = push(tmp_path, first.run_key)
    assert copied_baseline(resolve(config), tmp_path / "of_the_same_run") == (other, "saved_model.pb of another")
    next_run = resolve(dataclasses.replace(config, data_fingerprint="2"))
    assert copied_baseline(next_run, tmp_path / "of_the_next_run") == (own, f"saved_model.pb of {first.run_key}")


def test_a_bucket_that_is_not_there_ends_the_command_before_it_begins(tmp_path: pathlib.Path) -> None:
    for word in ("ant", "bee"):
        (tmp_path / f"{word}.csv").write_text(HEADER)
    workspace = tmp_path / "workspace"
    done = quickdraw("run", "--data", tmp_path, "--workspace", workspace, "--registry", "s3://doddles/models")
    assert (done.returncode, done.stderr) == (
        2,
        "quickdraw: there is no bucket doddles; create it, or name another with --registry.\n",
    )
    assert not workspace.exists()
    assert S3FileSystem().ls("") == [BUCKET]
