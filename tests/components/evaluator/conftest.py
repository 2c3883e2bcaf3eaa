"""The artifacts of an evaluation, small and real."""

import json
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import pytest
import tensorflow as tf
from google.protobuf import json_format
from tfx.types import standard_artifacts

from components.baseline.executor import BASELINE_VERSION_PROPERTY
from components.evaluator.eval_config import make_eval_config
from components.evaluator.executor import Executor
from components.evaluator.thresholds import Thresholds
from schema.loader import schema_path
from tests.components.doodles import LABELS, LINE, SQUARE, example, write_records

# Three drawings of two shapes, so a model without mercy for the shape gets at most two right.
RECORDS = [example(LINE, "line"), example(SQUARE, "square"), example(SQUARE, "line")]


def artifact(kind: Any, folder: pathlib.Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    value = kind()
    value.uri = str(folder)
    return value


@pytest.fixture
def evaluate(tmp_path: pathlib.Path, saved_model: pathlib.Path) -> Callable[..., dict[str, Any]]:
    """Runs the executor; returns the verdict, and whether the blessing was given."""

    def run(
        thresholds: Thresholds, baseline_version: int = 0, baseline_labels: list[str] | None = None
    ) -> dict[str, Any]:
        examples = artifact(standard_artifacts.Examples, tmp_path / "examples")
        examples.split_names = '["test"]'
        write_records(tmp_path / "examples" / "Split-test" / "data-00000-of-00001.gz", RECORDS)
        schema = artifact(standard_artifacts.Schema, tmp_path / "schema")
        shutil.copy(schema_path(), tmp_path / "schema" / "schema.pbtxt")
        model = artifact(standard_artifacts.Model, tmp_path / "model")
        shutil.copytree(saved_model, tmp_path / "model" / "Format-Serving")
        baseline = artifact(standard_artifacts.Model, tmp_path / "baseline")
        baseline.set_int_custom_property(BASELINE_VERSION_PROPERTY, baseline_version)
        if baseline_version:
            served = tmp_path / "baseline" / "Format-Serving"
            shutil.copytree(saved_model, served)
            (served / "assets.extra" / "labels.txt").write_text("".join(f"{x}\n" for x in baseline_labels or LABELS))
        outputs = {
            "evaluation": [artifact(standard_artifacts.ModelEvaluation, tmp_path / "evaluation")],
            "blessing": [artifact(standard_artifacts.ModelBlessing, tmp_path / "blessing")],
        }
        Executor(Executor.Context(beam_pipeline_args=[], tmp_dir=str(tmp_path), unique_id="1")).Do(
            {"examples": [examples], "schema": [schema], "model": [model], "baseline_model": [baseline]},
            outputs,
            {
                "eval_config": json_format.MessageToJson(
                    make_eval_config(thresholds), preserving_proto_field_name=True
                ),
                "example_splits": '["test"]',
                "code_fingerprint": "",
            },
        )
        verdict = json.loads((tmp_path / "evaluation" / "verdict.json").read_text())
        assert tf.io.gfile.exists(str(tmp_path / "blessing" / "BLESSED")) == verdict["blessed"]
        return verdict

    return run
