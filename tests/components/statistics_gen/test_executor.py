"""Our StatisticsGen beside TFX's own on the same examples, and ExampleValidator behind it."""

import pathlib
import shutil
from typing import Any

import pytest
from tensorflow_metadata.proto.v0 import anomalies_pb2, statistics_pb2
from tfx.components.example_validator import executor as example_validator
from tfx.components.statistics_gen import executor as tfx_statistics_gen
from tfx.components.statistics_gen import stats_artifact_utils
from tfx.types import artifact_utils, standard_artifacts

from components.data_origin import read_origin, write_origin
from components.statistics_gen.executor import Executor
from schema.loader import schema_path
from tests.components.statistics_gen.split_files import Row, make_row, write_examples

WORDS = ("cat", "dog", "ant")
SPLITS = {
    "train": [[make_row(n, WORDS[n % 3]) for n in range(8)], [make_row(n, "cat") for n in range(8, 10)]],
    "eval": [[make_row(n, WORDS[n % 2]) for n in range(4)]],
}


def schema_artifact(folder: pathlib.Path) -> standard_artifacts.Schema:
    schema = standard_artifacts.Schema()
    schema.uri = str(folder)
    folder.mkdir(parents=True)
    shutil.copy(schema_path(), folder / "schema.pbtxt")
    return schema


def compute(
    kind: Any, splits: dict[str, list[list[Row]]], folder: pathlib.Path
) -> standard_artifacts.ExampleStatistics:
    """Runs an executor as the launcher would."""
    statistics = standard_artifacts.ExampleStatistics()
    statistics.uri = str(folder / "statistics")
    examples = write_examples(folder / "examples", splits)
    write_origin(examples, {"examples_key": "k"})
    inputs = {"examples": [examples], "schema": [schema_artifact(folder / "schema")]}
    executor = kind(kind.Context(beam_pipeline_args=[], tmp_dir=str(folder / "tmp"), unique_id="1"))
    executor.Do(inputs, {"statistics": [statistics]}, {"exclude_splits": "[]"} if kind is not Executor else {})
    return statistics


def anomalies(statistics: standard_artifacts.ExampleStatistics, folder: pathlib.Path) -> dict[str, dict[str, str]]:
    """Split -> feature -> what ExampleValidator has against it."""
    found = standard_artifacts.ExampleAnomalies()
    found.uri = str(folder / "anomalies")
    inputs = {"statistics": [statistics], "schema": [schema_artifact(folder / "validated")]}
    example_validator.Executor().Do(inputs, {"anomalies": [found]}, {"exclude_splits": "[]"})
    paths = {split: f"{artifact_utils.get_split_uri([found], split)}/SchemaDiff.pb" for split in found.splits}
    protos = {s: anomalies_pb2.Anomalies.FromString(pathlib.Path(path).read_bytes()) for s, path in paths.items()}
    return {s: {name: info.short_description for name, info in a.anomaly_info.items()} for s, a in protos.items()}


def dataset_of(artifact: standard_artifacts.ExampleStatistics, split: str) -> statistics_pb2.DatasetFeatureStatistics:
    (dataset,) = stats_artifact_utils.load_statistics(artifact, split).proto().datasets
    return dataset


def comparable(artifact: standard_artifacts.ExampleStatistics, split: str) -> dict[str, Any]:
    """All but the distinct values of features that are not categorical, and the finer histograms."""
    dataset = dataset_of(artifact, split)
    return {"num_examples": dataset.num_examples} | {f.path.step[0]: _comparable_feature(f) for f in dataset.features}


def _comparable_feature(feature: statistics_pb2.FeatureNameStatistics) -> statistics_pb2.FeatureNameStatistics:
    if feature.HasField("num_stats"):
        feature.num_stats.ClearField("histograms")
    if feature.path.step[0] in ("drawing", "key_id"):
        for counts in ("unique", "top_values", "rank_histogram"):
            feature.string_stats.ClearField(counts)
    return feature


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> standard_artifacts.ExampleStatistics:
    return compute(Executor, SPLITS, tmp_path_factory.mktemp("ours"))


def test_the_statistics_are_those_of_tfxs_own(ours: Any, tmp_path: pathlib.Path) -> None:
    stock = compute(tfx_statistics_gen.Executor, SPLITS, tmp_path)
    assert (ours.split_names, ours.span) == (stock.split_names, stock.span)
    for split in SPLITS:
        assert comparable(ours, split) == comparable(stock, split)


def test_whose_statistics_they_are_is_handed_on(ours: Any) -> None:
    assert read_origin(ours) == {"examples_key": "k"}


def test_the_numbers_are_right(ours: Any) -> None:
    features = {feature.path.step[0]: feature for feature in dataset_of(ours, "train").features}
    strokes = features["strokes"].num_stats
    assert (strokes.min, strokes.max, strokes.mean) == (1, 10, 5.5)
    words = features["word"].string_stats.rank_histogram.buckets
    assert {bucket.label: bucket.sample_count for bucket in words} == {"cat": 5, "dog": 3, "ant": 2}


def test_the_validator_has_nothing_against_them(ours: Any, tmp_path: pathlib.Path) -> None:
    assert anomalies(ours, tmp_path) == {"train": {}, "eval": {}}


@pytest.mark.parametrize(
    ("feature", "value", "anomaly"),
    [
        ("drawing", None, "Column dropped"),
        ("key_id", ["1", "2"], "Feature shape dropped"),
        ("key_id", 1, "Unexpected data type"),
        ("colour", "red", "New column"),
    ],
)
def test_what_is_wrong_with_uncounted_features_is_seen(
    tmp_path: pathlib.Path, feature: str, value: Any, anomaly: str
) -> None:
    rows = [make_row(n, WORDS[n % 2], **{feature: value}) for n in range(4)]
    statistics = compute(Executor, {"train": [rows]}, tmp_path)
    assert anomalies(statistics, tmp_path) == {"train": {feature: anomaly}}


def test_a_split_without_examples_has_statistics_that_say_so(tmp_path: pathlib.Path) -> None:
    statistics = compute(Executor, {"train": SPLITS["train"], "eval": [[]]}, tmp_path)
    assert (dataset_of(statistics, "train").num_examples, dataset_of(statistics, "eval").num_examples) == (10, 0)


def test_a_split_without_files_is_a_broken_artifact(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match=r"split eval of .* has no file"):
        compute(Executor, {"train": SPLITS["train"], "eval": []}, tmp_path)
