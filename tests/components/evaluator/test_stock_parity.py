"""TFX's own Evaluator finds the same metrics, with the same configuration, on the same drawings."""

import json
import pathlib
import shutil

import numpy as np
import tensorflow_model_analysis as tfma
from google.protobuf import json_format
from tfx.components.evaluator.executor import Executor as StockExecutor
from tfx.types import standard_artifacts

from components.baseline.executor import BASELINE_VERSION_PROPERTY
from components.evaluator.eval_config import TFMA_NAMES, make_eval_config
from components.evaluator.thresholds import Thresholds
from schema.loader import schema_path
from tests.components.doodles import example, write_records
from tests.components.evaluator.answering_models import drawing, write_model
from tests.components.evaluator.conftest import artifact, judge

LABELS = ("ant", "bee", "cat", "dog", "eel")
ROWS = 60
SLICES = ((), (("word", "ant"),), (("word", "eel"),), (("countrycode", "DE"),))


def test_metrics_slices_and_baseline_agree(tmp_path: pathlib.Path) -> None:
    random = np.random.default_rng(5)
    records = [
        example(drawing(number), LABELS[number % 5], str(number), ("DE", "US")[number % 2]) for number in range(ROWS)
    ]
    examples = artifact(standard_artifacts.Examples, tmp_path / "examples")
    examples.split_names = '["test"]'
    examples.set_string_custom_property("payload_format", "FORMAT_TF_EXAMPLE")
    write_records(tmp_path / "examples" / "Split-test" / "data-00000-of-00001.gz", records)
    models = {}
    for name in ("model", "baseline_model"):
        models[name] = [artifact(standard_artifacts.Model, tmp_path / name)]
        answers = {drawing(number): random.dirichlet(np.ones(5)).tolist() for number in range(ROWS)}
        write_model(tmp_path / name / "Format-Serving", LABELS, answers)
    models["baseline_model"][0].set_int_custom_property(BASELINE_VERSION_PROPERTY, 7)
    inputs = {"examples": [examples], **models}

    judge(inputs, tmp_path, Thresholds(min_accuracy=0.0))
    run_stock(inputs, tmp_path)

    for model in ("candidate", "baseline"):
        ours = tfma.load_eval_result(str(tmp_path / "evaluation"), model_name=model)
        stock = tfma.load_eval_result(str(tmp_path / "stock"), model_name=model)
        for key in SLICES:
            found, expected = (numbers(result, key) for result in (ours, stock))
            for name in ("example_count", *list(TFMA_NAMES.values())[:-1]):
                np.testing.assert_allclose(found[name], expected[name], atol=1e-6, err_msg=f"{model} {key} {name}")


def numbers(result: tfma.EvalResult, key: tuple[tuple[str, str], ...]) -> dict[str, float]:
    values = result.get_metrics_for_slice(key)
    return {
        name: value["doubleValue"] if "doubleValue" in value else value["boundedValue"]["value"]
        for name, value in values.items()
    }


def run_stock(inputs: dict[str, list[standard_artifacts.Model]], folder: pathlib.Path) -> None:
    schema = artifact(standard_artifacts.Schema, folder / "schema")
    shutil.copy(schema_path(), folder / "schema" / "schema.pbtxt")
    outputs = {
        "evaluation": [artifact(standard_artifacts.ModelEvaluation, folder / "stock")],
        "blessing": [artifact(standard_artifacts.ModelBlessing, folder / "stock_blessing")],
    }
    config = json_format.MessageToJson(make_eval_config(has_baseline=True), preserving_proto_field_name=True)
    properties = {"eval_config": config, "example_splits": json.dumps(["test"])}
    context = StockExecutor.Context(beam_pipeline_args=[], tmp_dir=str(folder), unique_id="2")
    StockExecutor(context).Do({**inputs, "schema": [schema]}, outputs, properties)
