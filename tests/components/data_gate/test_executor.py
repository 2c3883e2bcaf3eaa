"""DataGate behind the real ExampleValidator."""

import json
from pathlib import Path

import pandas as pd
import pytest
import tensorflow_data_validation as tfdv
from tfx.components.example_validator import executor as example_validator
from tfx.types import artifact_utils, standard_artifacts
from tfx.utils import io_utils

from components.data_gate.artifacts import DataApproval
from components.data_gate.executor import Executor
from components.errors import DataRefusedError
from schema.loader import schema_path

GOOD = {"drawing": "[[[1],[2]]]", "word": "cat", "key_id": "1", "countrycode": "", "strokes": 1, "points": 1}


def validate(folder: Path, splits: dict[str, list[dict]]):
    """Computes the statistics of rows and lets ExampleValidator write what it thinks of them."""
    statistics, schema, anomalies = (
        standard_artifacts.ExampleStatistics(),
        standard_artifacts.Schema(),
        standard_artifacts.ExampleAnomalies(),
    )
    statistics.uri, schema.uri, anomalies.uri = (str(folder / name) for name in ("statistics", "schema", "anomalies"))
    statistics.split_names = artifact_utils.encode_split_names(list(splits))
    io_utils.copy_file(schema_path(), f"{schema.uri}/schema.pbtxt")
    for split, rows in splits.items():
        write_statistics(Path(artifact_utils.get_split_uri([statistics], split)), rows)
    inputs = {"statistics": [statistics], "schema": [schema]}
    example_validator.Executor().Do(inputs, {"anomalies": [anomalies]}, {"exclude_splits": "[]"})
    return statistics, anomalies


def write_statistics(folder: Path, rows: list[dict]) -> None:
    """Writes the statistics of rows where StatisticsGen would."""
    folder.mkdir(parents=True)
    if rows:
        statistics = tfdv.generate_statistics_from_dataframe(pd.DataFrame(rows), n_jobs=1)
    else:
        statistics = tfdv.generate_statistics_from_dataframe(pd.DataFrame([GOOD]), n_jobs=1)
        statistics.datasets[0].num_examples = 0
    (folder / "FeatureStats.pb").write_bytes(statistics.SerializeToString())


def gate(folder: Path, splits: dict[str, list[dict]]) -> dict:
    """Runs both components and returns the approval."""
    statistics, anomalies = validate(folder, splits)
    approval = DataApproval()
    approval.uri = str(folder / "approval")
    Executor().Do({"statistics": [statistics], "anomalies": [anomalies]}, {"approval": [approval]}, {})
    return json.loads((folder / "approval" / "approval.json").read_text())


def test_good_data_is_approved(tmp_path):
    splits = {"train": [GOOD, {**GOOD, "key_id": "2"}], "eval": [GOOD]}
    assert gate(tmp_path, splits) == {"splits": {"train": 2, "eval": 1}, "anomalies": 0}


def without(feature):
    return {name: value for name, value in GOOD.items() if name != feature}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({**GOOD, "strokes": 1001}, "split eval, feature strokes: .*1001"),
        ({**GOOD, "points": 0}, "split eval, feature points: .*0"),
        ({**GOOD, "strokes": "many"}, "split eval, feature strokes: .*INT.*BYTES|split eval, feature strokes: .*type"),
        (without("word"), "split eval, feature word: Column dropped"),
        ({**GOOD, "colour": "red"}, "split eval, feature colour: New column"),
    ],
)
def test_a_poisoned_split_is_refused_in_words(tmp_path, row, sentence):
    with pytest.raises(DataRefusedError, match=sentence) as refusal:
        gate(tmp_path, {"train": [GOOD], "eval": [row]})
    assert str(refusal.value).startswith("the data gate refused the data, nothing was trained: split eval, ")
    assert "widen schema/schema.pbtxt" in str(refusal.value)
    assert not (tmp_path / "approval").exists()


def test_a_split_without_examples_is_refused(tmp_path):
    with pytest.raises(DataRefusedError, match="split test has no example"):
        gate(tmp_path, {"train": [GOOD], "test": []})
