"""The entrypoint around TFX's own code, on inputs as the driver writes them."""

import json
import os
import pathlib
import subprocess
import sys
from typing import Any

import pytest
import tfx

from pipeline.kubeflow.entrypoint import run_node
from pipeline.kubeflow.local_twins import ROOT_VARIABLE, LocalTwins
from tests.pipeline.kubeflow.executor_inputs import (
    INPUTS_SPEC,
    NEW_OUTPUT_FILE,
    OLD_OUTPUT_FILE,
    ROOT,
    make_executor_input,
    put_model,
)


def arguments(task: dict[str, Any], executor: str = "tests.pipeline.kubeflow.odd_executor.Executor") -> list[str]:
    """What the launcher starts."""
    spec = {**INPUTS_SPEC, "parameters": {"times": {"parameterType": "NUMBER_INTEGER"}}}
    return [
        "--executor_class_path",
        executor,
        "--json_serialized_invocation_args",
        json.dumps(task),
        "--json_serialized_inputs_spec_args",
        json.dumps(spec),
    ]


def test_the_one_private_name_is_of_the_tfx_it_was_written_for() -> None:
    assert tfx.__version__ == "1.16.0", "look whether _run_executor still does what pipeline.kubeflow.entrypoint needs"


@pytest.mark.parametrize(
    ("scheme", "folder", "output_file"),
    [("minio", "minio", NEW_OUTPUT_FILE), ("s3", "s3", NEW_OUTPUT_FILE), ("gs", "gcs", OLD_OUTPUT_FILE)],
)
def test_a_node_runs(tmp_path: pathlib.Path, scheme: str, folder: str, output_file: str) -> None:
    put_model(tmp_path, folder)
    task = make_executor_input(scheme, output_file, metadata={"words": {"list": ["ant"]}})
    # Go writes an integer as a number, and TFX's spec says which it is.
    task["inputs"]["parameterValues"]["times"] = 1
    run_node(arguments(task), LocalTwins(str(tmp_path)))
    assert (tmp_path / folder / ROOT / "Task/uuid/blessing/BLESSED").read_text() == "a model"
    outcome = json.loads((tmp_path / output_file.lstrip("/")).read_text())
    assert list(outcome["artifacts"]) == ["blessing"]
    (blessing,) = outcome["artifacts"]["blessing"]["artifacts"]
    assert (blessing["name"], blessing["uri"]) == ("blessing", f"{scheme}://{ROOT}/Task/uuid/blessing")
    version = blessing["metadata"].pop("tfx_version")
    assert version == tfx.__version__
    assert blessing["metadata"] == {
        "blessed": 1.0,
        "current_model": f"{scheme}://{ROOT}/Trainer/1/model",
        "current_model_id": "16",
        "words": ["ant"],
    }


def entrypoint(root: pathlib.Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.kubeflow.entrypoint", *command],
        env={**os.environ, ROOT_VARIABLE: str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_input_is_one_sentence(tmp_path: pathlib.Path) -> None:
    done = entrypoint(tmp_path, arguments(make_executor_input()))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("quickdraw: the input model is gone")
    assert done.stderr.count("\n") == 1


def test_what_the_executor_refuses_is_the_last_line(tmp_path: pathlib.Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "termination-log").touch()
    task = {
        "inputs": {"parameterValues": {"data_dir": "/nowhere", "words": "", "num_words": 0, "times": 1}},
        "outputs": {
            "artifacts": {
                key: {
                    "artifacts": [
                        {"name": key, "type": {"schemaTitle": kind}, "uri": f"s3://{ROOT}/Task/uuid/{key}"},
                    ]
                }
                for key, kind in (("examples", "tfx.Examples"), ("summary", "components.IngestSummary"))
            },
            "outputFile": NEW_OUTPUT_FILE,
        },
    }
    done = entrypoint(tmp_path, arguments(task, "components.example_gen.executor.Executor"))
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.startswith("quickdraw: /nowhere is not a folder")
    assert (tmp_path / "dev" / "termination-log").read_text() == last
    assert "Traceback" not in done.stderr
