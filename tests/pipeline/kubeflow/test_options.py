import pathlib
from typing import Any

import pytest

from components.errors import UsageError
from pipeline.kubeflow.options import CompileOptions, make_config

IMAGE = "quickdraw:1.0@sha256:" + "0f" * 32


def make(**values: Any) -> CompileOptions:
    return CompileOptions(**{"image": IMAGE, "data": "s3://b/csv", "registry": "s3://b/models/", **values})


def test_what_the_user_leaves_open_is_the_presets() -> None:
    config = make_config(make(preset="notebook"))
    assert (config.training.epochs, config.per_word, config.thresholds.min_accuracy) == (200, 500, 0.25)
    chosen = make_config(make(preset="notebook", epochs=3, per_word=9, min_accuracy=0.5, learning_rate=0.1))
    assert (chosen.training.epochs, chosen.per_word, chosen.thresholds.min_accuracy) == (3, 9, 0.5)
    assert chosen.training.learning_rate == 0.1


def test_nothing_of_this_machine_is_in_it() -> None:
    config = make_config(make())
    assert config.in_pods
    assert (config.registry, config.training_dir, config.quarantine_dir, config.statistics_registry) == (
        "s3://b/models",
        "",
        "",
        "",
    )
    assert (config.data_fingerprint, config.run_key, config.data_key) == ("", "", "")


def test_a_workspace_is_a_folder_of_the_pods() -> None:
    config = make_config(make(registry="", workspace="/mnt/quickdraw"))
    assert config.registry == "/mnt/quickdraw/models/quickdraw"
    assert config.training_dir == "/mnt/quickdraw/training"
    assert config.statistics_registry == "/mnt/quickdraw/statistics"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"image": "quickdraw:latest"}, "--image: 'quickdraw:latest' has the tag latest and no digest"),
        ({"registry": ""}, "name where to push with --registry, or a workspace in the settings."),
        ({"preset": "huge"}, "there is no preset 'huge'"),
        ({"epochs": 0}, "training needs a epochs above zero, not 0."),
        ({"keep": 3}, "--keep: s3://b/models is an object store"),
        ({"words": ("cat", "dog"), "num_words": 2}, "--words and --num-words exclude each other"),
        ({"schema": pathlib.Path("/none.pbtxt")}, "the schema /none.pbtxt cannot be read"),
        ({"thresholds": pathlib.Path("/none.json")}, "the thresholds /none.json cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        make_config(make(**values))
    assert str(error.value).startswith(sentence)
