"""The component's spec: what it passes on, and that two runners can compile it."""

import json

import pytest
from tfx.types import standard_artifacts

from components.errors import UsageError
from components.example_gen.artifacts import IngestSummary
from components.example_gen.component import DrawingExampleGen


def test_properties_are_text_and_numbers():
    component = DrawingExampleGen("data", "quarantine", words=["alarm clock", "cat"], per_word=500, num_words=None)
    assert component.exec_properties == {
        "data_dir": "data",
        "words": "alarm clock,cat",
        "per_word": 500,
        "num_words": 0,
        "split_fractions": '{"train": 0.8, "eval": 0.1, "test": 0.1}',
        "max_bad_fraction": 0.01,
        "quarantine_dir": "quarantine",
        "data_fingerprint": "",
        "code_fingerprint": "",
    }


def test_outputs():
    outputs = DrawingExampleGen("data", "quarantine").outputs
    assert {name: channel.type for name, channel in outputs.items()} == {
        "examples": standard_artifacts.Examples,
        "summary": IngestSummary,
    }


def test_fractions_in_any_order_are_the_same_to_the_cache():
    component = DrawingExampleGen("data", "q", split_fractions={"test": 0.2, "eval": 0.2, "train": 0.6})
    assert next(iter(json.loads(component.exec_properties["split_fractions"]).items())) == ("train", 0.6)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"per_word": 0}, "--per-word must be positive, not 0"),
        ({"per_word": -5}, "--per-word must be positive, not -5"),
        ({"num_words": 0}, "--num-words must be positive, not 0"),
        ({"split_fractions": {"train": 1.0}}, "must name train, eval, test"),
    ],
)
def test_options_without_meaning(options, sentence):
    with pytest.raises(UsageError, match=sentence):
        DrawingExampleGen("data", "quarantine", **options)
