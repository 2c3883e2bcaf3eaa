import hashlib
import json
import pathlib
from typing import Any

import pytest
from google.protobuf import json_format
from kfp.pipeline_spec import pipeline_spec_pb2

from pipeline.kubeflow.executor_input import TaskFiles
from pipeline.kubeflow.executor_output import publish

URIS = {"/minio/b/model": "minio://b/model", "/minio/b/blessing": "minio://b/blessing"}


def published(tmp_path: pathlib.Path, metadata: dict[str, Any], uri: str = "/minio/b/blessing") -> dict[str, Any]:
    """What becomes of an outcome with one artifact."""
    path = tmp_path / "output_metadata.json"
    artifact = {"name": "blessing", "uri": uri, "metadata": metadata}
    path.write_text(json.dumps({"artifacts": {"blessing": {"artifacts": [artifact]}}}))
    publish(TaskFiles(URIS, ("16", "blessing"), path))
    json_format.Parse(path.read_text(), pipeline_spec_pb2.ExecutorOutput())
    return json.loads(path.read_text())["artifacts"]["blessing"]["artifacts"][0]


def test_the_artifact_has_its_uri_again(tmp_path: pathlib.Path) -> None:
    assert published(tmp_path, {})["uri"] == "minio://b/blessing"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("/minio/b/model", "minio://b/model"),
        ("/minio/b/model/Format-Serving", "minio://b/model/Format-Serving"),
        ("/minio/b/model_run", "/minio/b/model_run"),
        ("see /minio/b/model", "see /minio/b/model"),
        (1.0, 1.0),
        (True, True),
        (["ant", None], ["ant", None]),
        ({"a": 1.0}, {"a": 1.0}),
    ],
)
def test_metadata(tmp_path: pathlib.Path, value: Any, kept: Any) -> None:
    assert published(tmp_path, {"x": value})["metadata"] == {"x": kept}


def test_no_null_is_left_that_would_fail_the_task(tmp_path: pathlib.Path) -> None:
    assert published(tmp_path, {"nothing": None, "zero": 0.0})["metadata"] == {"zero": 0.0}


def test_tfx_numbers_of_artifacts_are_kfps_again(tmp_path: pathlib.Path) -> None:
    number = float(int(hashlib.sha256(b"16").hexdigest(), 16) % (1 << 63))
    metadata = published(tmp_path, {"current_model_id": number, "baseline_model_id": 7.0, "steps": number})["metadata"]
    assert metadata == {"current_model_id": "16", "baseline_model_id": 7.0, "steps": number}


def test_an_outcome_without_artifacts(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "output_metadata.json"
    path.write_text("{}")
    publish(TaskFiles({}, (), path))
    assert json.loads(path.read_text()) == {}
