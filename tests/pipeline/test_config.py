import pathlib
from typing import Any

import pytest

from components.errors import UsageError
from components.evaluator.thresholds import Thresholds
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS
from components.trainer.training_config import TrainingConfig
from pipeline.config import PipelineConfig


def make(**values: Any) -> PipelineConfig:
    defaults = {"data_dir": "csvs", "workspace": "work", "training": TrainingConfig(), "thresholds": Thresholds()}
    return PipelineConfig(**{**defaults, **values})


def test_a_workspace_has_the_designs_layout() -> None:
    config = make()
    assert pathlib.PurePath(config.registry) == pathlib.PurePath("work/models/quickdraw")
    assert make(registry_url="gs://bucket/models").registry == "gs://bucket/models"
    assert config.metadata_path == "work/metadata.sqlite"
    assert config.artifacts_dir == "work/artifacts"
    assert config.quarantine_dir == "work/quarantine"
    assert config.report_path == "work/report.html"
    assert config.statistics_registry == "work/statistics"


def test_split_fractions_are_a_whole() -> None:
    assert DEFAULT_SPLIT_FRACTIONS == {"train": 0.8, "eval": 0.1, "test": 0.1}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"per_word": 0}, "--per-word must be at least 1, not 0"),
        ({"num_words": 1}, "--num-words must be at least 2, not 1"),
        ({"words": ("ant", "sun"), "num_words": 2}, "--words and --num-words exclude each other"),
        ({"max_bad_fraction": 1.5}, "--max-bad-fraction must be in 0..1, not 1.5"),
        ({"keep": 3, "registry_url": "gs://bucket"}, "--keep: gs://bucket is an object store"),
        ({"keep": 0}, "--keep must be at least 1, not 0: the newest version serves"),
    ],
)
def test_refuses_what_cannot_be(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        make(**values)
