"""What the curated schema lets pass and what it does not, judged by TFDV."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
import tensorflow as tf
import tensorflow_data_validation as tfdv
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2
from tensorflow_transform.tf_metadata import schema_utils
from tfx_bsl.tfxio import tf_example_record

from components.example_gen.example_writer import FEATURES
from schema.loader import load_schema

NUM_ROWS = 40
GOOD: Mapping[str, list[Any]] = {
    "drawing": ["[[[1],[2]]]"] * NUM_ROWS,
    "word": ["cat", "dog"] * (NUM_ROWS // 2),
    "key_id": [str(number) for number in range(NUM_ROWS)],
    "countrycode": ["", "US", "ZZ", "DE"] * (NUM_ROWS // 4),
    "strokes": [1, 2, 3, 4] * (NUM_ROWS // 4),
    "points": [10, 20, 30, 40] * (NUM_ROWS // 4),
}


@pytest.fixture(scope="module")
def schema() -> schema_pb2.Schema:
    return load_schema()


def statistics(schema: schema_pb2.Schema, **columns: list[Any] | None) -> statistics_pb2.DatasetFeatureStatisticsList:
    """The statistics of the good rows with some columns replaced or, where None, left out."""
    rows = {name: values for name, values in {**GOOD, **columns}.items() if values is not None}
    return tfdv.generate_statistics_from_dataframe(pd.DataFrame(rows), tfdv.StatsOptions(schema=schema), n_jobs=1)


def anomalies(schema: schema_pb2.Schema, environment: str | None = None, **columns: list[Any] | None) -> dict[str, str]:
    """Feature -> what TFDV has against it."""
    found = tfdv.validate_statistics(statistics(schema, **columns), schema, environment)
    assert not found.HasField("dataset_anomaly_info")
    return {name: info.short_description for name, info in found.anomaly_info.items()}


def with_first(values: list[Any], count: int, other: Any) -> list[Any]:
    """Replaces the first `count` values."""
    return [other] * count + values[count:]


def test_names_the_features_that_the_ingest_writes(schema):
    assert sorted(feature.name for feature in schema.feature) == sorted(FEATURES)


def test_every_feature_is_parsed_as_exactly_one_value(schema):
    expected = {
        name: tf.io.FixedLenFeature([1], tf.int64 if name in ("strokes", "points") else tf.string) for name in FEATURES
    }
    assert schema_utils.schema_as_feature_spec(schema).feature_spec == expected
    tensors = tf_example_record.TFExampleBeamRecord("test", schema=schema).TensorAdapter().TypeSpecs()
    assert tensors == {name: tf.TensorSpec([None, 1], spec.dtype) for name, spec in expected.items()}


def test_good_rows_pass_in_training_and_without_an_environment(schema):
    assert anomalies(schema) == {}
    assert anomalies(schema, "TRAINING") == {}


def test_rows_without_a_word_pass_where_they_are_to_be_predicted(schema):
    assert anomalies(schema, "SERVING", word=None) == {}
    assert anomalies(schema, "TRAINING", word=None) == {"word": "Column dropped"}
    assert anomalies(schema, "SERVING") == {"word": "Column missing in environment"}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_that_some_rows_lack_is_refused(schema, feature):
    lacking = with_first([value.encode() if isinstance(value, str) else value for value in GOOD[feature]], 1, None)
    column = pd.Series(lacking, dtype="Int64" if feature in ("strokes", "points") else object)
    assert feature in anomalies(schema, **{feature: column})


@pytest.mark.parametrize(
    ("columns", "anomaly"),
    [
        ({"word": ["cat"] * NUM_ROWS}, {"word": "Low number of unique values"}),
        ({"strokes": with_first(GOOD["strokes"], 1, 0)}, {"strokes": "Out-of-range values"}),
        ({"strokes": with_first(GOOD["strokes"], 1, 1001)}, {"strokes": "Out-of-range values"}),
        ({"strokes": with_first(GOOD["strokes"], 1, 1000)}, {}),
        ({"points": with_first(GOOD["points"], 1, 0)}, {"points": "Out-of-range values"}),
        ({"points": with_first(GOOD["points"], 1, 10_001)}, {"points": "Out-of-range values"}),
        ({"points": with_first(GOOD["points"], 1, 10_000)}, {}),
        ({"points": ["many"] * NUM_ROWS}, {"points": "Multiple errors"}),
        ({"countrycode": with_first(GOOD["countrycode"], 2, "XX")}, {}),
        ({"countrycode": with_first(GOOD["countrycode"], 3, "XX")}, {"countrycode": "Unexpected string values"}),
        ({"countrycode": ["USA", "DEU"] * (NUM_ROWS // 2)}, {"countrycode": "Unexpected string values"}),
        ({"colour": ["red"] * NUM_ROWS}, {"colour": "New column"}),
    ],
)
def test_each_bound_holds(schema, columns, anomaly):
    assert anomalies(schema, **columns) == anomaly


@pytest.mark.parametrize("words", [1_000, 1_001])
def test_there_are_at_most_a_thousand_words(schema, words):
    counted = statistics(schema)
    (word,) = (feature for feature in counted.datasets[0].features if feature.path.step[0] == "word")
    word.string_stats.unique = words
    expected = {} if words == 1_000 else {"word": "High number of unique values"}
    found = tfdv.validate_statistics(counted, schema).anomaly_info
    assert {name: info.short_description for name, info in found.items()} == expected


def test_countries_are_those_of_iso_3166_and_two_for_unknown(schema):
    (domain,) = (feature.string_domain for feature in schema.feature if feature.name == "countrycode")
    codes = list(domain.value)
    assert codes[:2] == ["", "ZZ"]
    # ISO 3166-1 has 249 officially assigned codes.
    assert len(set(codes[2:])) == len(codes[2:]) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes[2:])
    assert codes[2:] == sorted(codes[2:])
    assert not {"AN", "EU", "UK", "XK"} & set(codes)


@pytest.mark.parametrize("kind", ["skew", "drift"])
@pytest.mark.parametrize(
    ("feature", "other"),
    [
        ("word", ["cat"] * 30 + ["dog"] * 10),
        ("strokes", [1] * NUM_ROWS),
        ("points", [40] * NUM_ROWS),
    ],
)
def test_words_strokes_and_points_are_compared(schema, kind, feature, other):
    reference = {f"{'serving' if kind == 'skew' else 'previous'}_statistics": statistics(schema)}
    found = tfdv.validate_statistics(statistics(schema, **{feature: other}), schema, **reference)
    assert set(found.anomaly_info) == {feature}
    assert tfdv.validate_statistics(statistics(schema), schema, **reference).anomaly_info == {}
