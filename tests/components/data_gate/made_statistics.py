"""Real statistics of tiny data, judged by the real ExampleValidator and the real gate."""

import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2
from tfx import types
from tfx.components.example_validator import executor as example_validator
from tfx.types import artifact_utils, standard_artifacts
from tfx.utils import io_utils

from components.data_gate.artifacts import DataApproval
from components.data_gate.component import DataGate
from components.data_gate.executor import Executor
from components.data_gate.policy import GatePolicy
from components.data_origin import write_origin
from components.statistics_gen.combine import CombineStatistics
from schema.loader import load_schema

Row = dict[str, Any]
Splits = Mapping[str, Sequence[Row]]

WORDS = ("ant", "bee", "cat")


def gate_schema() -> schema_pb2.Schema:
    """The packaged schema with thresholds that a reader of a test has before his eyes."""
    schema = load_schema()
    for feature in schema.feature:
        if feature.name == "countrycode":
            feature.string_domain.value[:] = ["", "US", "DE", "FR"]
            feature.distribution_constraints.min_domain_mass = 0.9
        for comparator in (feature.skew_comparator, feature.drift_comparator):
            if feature.name == "word":
                comparator.infinity_norm.threshold = 0.01
            elif feature.name in ("strokes", "points"):
                comparator.jensen_shannon_divergence.threshold = 0.02
        if feature.name not in ("word", "strokes", "points"):
            feature.ClearField("skew_comparator")
            feature.ClearField("drift_comparator")
    return schema


def make_rows(count: int, seed: int, words: Sequence[str] = WORDS) -> list[Row]:
    """Clean rows: words in equal shares, strokes and points spread as those of real drawings are."""
    rng = np.random.default_rng(seed)
    strokes = 1 + rng.poisson(3, count)
    points = 2 * strokes + rng.lognormal(3.2, 0.5, count).astype(int)
    return [
        {
            "drawing": "[[[1,2],[3,4]]]",
            "word": str(rng.choice(list(words))),
            "key_id": str(index),
            "countrycode": ("US", "DE", "FR")[index % 3],
            "strokes": int(strokes[index]),
            "points": int(points[index]),
        }
        for index in range(count)
    ]


def make_splits(train: int = 1_200, held_out: int = 150, seed: int = 0) -> dict[str, list[Row]]:
    """Three clean splits, about as large as those of `make demo`."""
    sizes = {"train": train, "eval": held_out, "test": held_out}
    return {split: make_rows(size, 10 * seed + number) for number, (split, size) in enumerate(sizes.items())}


def statistics_of(rows: Sequence[Row]) -> statistics_pb2.DatasetFeatureStatisticsList:
    """What StatisticsGen computes of rows; a value that is None is missing."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: pa.array([_as_list(row.get(name)) for row in rows]) for name in names}
    combine = CombineStatistics(load_schema())
    combine.setup()
    batches = [pa.RecordBatch.from_pydict(columns)] if rows else []
    accumulator = combine.create_accumulator()
    for batch in batches:
        accumulator = combine.add_input(accumulator, batch)
    return combine.extract_output(accumulator)


def _as_list(value: str | int | None) -> list[bytes | int] | None:
    """A feature's values as tfx_bsl decodes them."""
    if value is None:
        return None
    return [value.encode() if isinstance(value, str) else value]


def write_statistics(folder: pathlib.Path, splits: Splits) -> standard_artifacts.ExampleStatistics:
    """Writes the statistics of splits where StatisticsGen would."""
    artifact = standard_artifacts.ExampleStatistics()
    artifact.uri = str(folder)
    artifact.split_names = artifact_utils.encode_split_names(list(splits))
    for split, rows in splits.items():
        path = pathlib.Path(artifact_utils.get_split_uri([artifact], split))
        path.mkdir(parents=True)
        (path / "FeatureStats.pb").write_bytes(statistics_of(rows).SerializeToString())
    return artifact


def run_gate(
    folder: pathlib.Path,
    splits: Splits,
    policy: GatePolicy | None = None,
    registry: pathlib.Path | str | None = None,
    data_key: str = "this data",
    previous_version: int = -1,
    origin: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Runs ExampleValidator and DataGate.

    Returns:
        What is in `approval.json`.

    Raises:
        DataRefusedError: as the gate does.
    """
    statistics = write_statistics(folder / "statistics", splits)
    write_origin(statistics, origin or {})
    schema, anomalies, approval = standard_artifacts.Schema(), standard_artifacts.ExampleAnomalies(), DataApproval()
    for name, artifact in (("schema", schema), ("anomalies", anomalies), ("approval", approval)):
        artifact.uri = str(folder / name)
    io_utils.write_string_file(f"{schema.uri}/schema.pbtxt", text_format.MessageToString(gate_schema()))
    inputs: dict[str, list[types.Artifact]] = {"statistics": [statistics], "schema": [schema]}
    example_validator.Executor().Do(inputs, {"anomalies": [anomalies]}, {"exclude_splits": "[]"})
    node = DataGate(
        types.Channel(type=standard_artifacts.ExampleStatistics),
        types.Channel(type=standard_artifacts.ExampleAnomalies),
        types.Channel(type=standard_artifacts.Schema),
        registry=str(folder / "registry" if registry is None else registry),
        policy=policy,
        data_key=data_key,
        previous_version=previous_version,
    )
    Executor().Do({**inputs, "anomalies": [anomalies]}, {"approval": [approval]}, node.exec_properties)
    return json.loads((folder / "approval" / "approval.json").read_text())
