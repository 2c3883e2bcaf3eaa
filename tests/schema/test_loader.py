"""The curated schema."""

from pathlib import Path

import tensorflow as tf
from tensorflow_transform.tf_metadata import schema_utils

from components.example_gen.example_writer import FEATURES
from schema.loader import load_schema, schema_path


def test_names_the_features_that_the_ingest_writes():
    assert Path(schema_path()).is_file()
    assert sorted(feature.name for feature in load_schema().feature) == sorted(FEATURES)


def test_every_feature_is_parsed_as_exactly_one_value():
    spec = schema_utils.schema_as_feature_spec(load_schema()).feature_spec
    assert all(feature.presence.min_fraction == 1 for feature in load_schema().feature)
    assert spec == {
        name: tf.io.FixedLenFeature([1], tf.int64 if name in ("strokes", "points") else tf.string) for name in FEATURES
    }


def test_strokes_and_points_are_bounded_and_words_are_not():
    features = {feature.name: feature for feature in load_schema().feature}
    assert (features["strokes"].int_domain.min, features["strokes"].int_domain.max) == (1, 1000)
    assert (features["points"].int_domain.min, features["points"].int_domain.max) == (1, 10_000)
    assert features["word"].WhichOneof("domain_info") is None
