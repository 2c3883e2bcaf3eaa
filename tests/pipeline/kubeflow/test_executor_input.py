import pathlib

import pytest
from google.protobuf import json_format
from kfp.pipeline_spec import pipeline_spec_pb2

from pipeline.kubeflow.executor_input import MissingInputError, localize
from pipeline.kubeflow.local_twins import LocalTwins
from tests.pipeline.kubeflow.executor_inputs import (
    INPUTS_SPEC,
    MODEL_SCHEMA,
    NEW_OUTPUT_FILE,
    OLD_OUTPUT_FILE,
    ROOT,
    make_executor_input,
    put_model,
)


@pytest.mark.parametrize(("scheme", "folder"), [("gs", "gcs"), ("s3", "s3"), ("minio", "minio")])
@pytest.mark.parametrize("output_file", [OLD_OUTPUT_FILE, NEW_OUTPUT_FILE])
def test_uris_become_the_launchers_folders(tmp_path: pathlib.Path, scheme: str, folder: str, output_file: str) -> None:
    put_model(tmp_path, folder)
    task = make_executor_input(scheme, output_file)
    files = localize(task, INPUTS_SPEC, LocalTwins(str(tmp_path)))
    model, blessing = (f"{tmp_path}/{folder}/{ROOT}/{name}" for name in ("Trainer/1/model", "Task/uuid/blessing"))
    assert task["inputs"]["artifacts"]["model"]["artifacts"][0]["uri"] == model
    assert task["outputs"]["artifacts"]["blessing"]["artifacts"][0]["uri"] == blessing
    assert task["outputs"]["outputFile"] == f"{tmp_path}{output_file}" == str(files.output_file)
    assert files.uris == {
        model: f"{scheme}://{ROOT}/Trainer/1/model",
        blessing: f"{scheme}://{ROOT}/Task/uuid/blessing",
    }
    assert files.names == ("16", "blessing")
    assert pathlib.Path(blessing).is_dir()


def test_an_input_gets_its_type_and_the_log_goes(tmp_path: pathlib.Path) -> None:
    put_model(tmp_path)
    task = make_executor_input()
    localize(task, INPUTS_SPEC, LocalTwins(str(tmp_path)))
    assert task["inputs"]["artifacts"]["model"]["artifacts"][0]["type"] == {"instanceSchema": MODEL_SCHEMA}
    assert list(task["outputs"]["artifacts"]) == ["blessing"]
    json_format.ParseDict(task, pipeline_spec_pb2.ExecutorInput())


def test_an_input_that_has_a_type_keeps_it(tmp_path: pathlib.Path) -> None:
    put_model(tmp_path)
    task = make_executor_input()
    task["inputs"]["artifacts"]["model"]["artifacts"][0]["type"] = {"schemaTitle": "tfx.Model"}
    localize(task, INPUTS_SPEC, LocalTwins(str(tmp_path)))
    assert task["inputs"]["artifacts"]["model"]["artifacts"][0]["type"] == {"schemaTitle": "tfx.Model"}


def test_metadata_is_what_the_producer_wrote(tmp_path: pathlib.Path) -> None:
    put_model(tmp_path)
    recorded = {"epochs": 3.0, "name": "x", "words": {"list": ["ant", "bee"]}, "card": {"struct": {"list": 1.0}}}
    task = make_executor_input(metadata={**recorded, "two": {"list": [], "struct": {}}})
    localize(task, INPUTS_SPEC, LocalTwins(str(tmp_path)))
    assert task["inputs"]["artifacts"]["model"]["artifacts"][0]["metadata"] == {
        "epochs": 3.0,
        "name": "x",
        "words": ["ant", "bee"],
        "card": {"list": 1.0},
        "two": {"list": [], "struct": {}},
    }


def test_an_input_without_a_file_is_named(tmp_path: pathlib.Path) -> None:
    with pytest.raises(MissingInputError, match=f"the input model is gone: .* minio://{ROOT}/Trainer/1/model; run"):
        localize(make_executor_input(), INPUTS_SPEC, LocalTwins(str(tmp_path)))


def test_what_a_killed_attempt_left_is_removed(tmp_path: pathlib.Path) -> None:
    put_model(tmp_path)
    half = tmp_path / "minio" / ROOT / "Task/uuid/blessing" / "half"
    half.parent.mkdir(parents=True)
    half.touch()
    outcome = tmp_path / NEW_OUTPUT_FILE.lstrip("/")
    outcome.write_text("{}")
    localize(make_executor_input(), INPUTS_SPEC, LocalTwins(str(tmp_path)))
    assert half.parent.is_dir()
    assert not half.exists()
    assert not outcome.exists()


def test_a_task_without_artifacts(tmp_path: pathlib.Path) -> None:
    task = {"inputs": {"parameterValues": {"n": 1}}, "outputs": {"outputFile": OLD_OUTPUT_FILE}}
    files = localize(task, {}, LocalTwins(str(tmp_path)))
    assert (dict(files.uris), files.names) == ({}, ())
