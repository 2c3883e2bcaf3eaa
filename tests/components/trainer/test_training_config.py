import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import UsageError
from components.trainer.training_config import Augmentation, TrainingConfig

EVERY_FIELD_CHANGED = TrainingConfig(
    network="sketch",
    optimizer="rmsprop",
    learning_rate=2e-5,
    schedule="cosine",
    warmup_epochs=0.5,
    weight_decay=0.05,
    label_smoothing=0.1,
    batch_size=500,
    epochs=200,
    patience=100,
    seed=7,
    mixed_precision=True,
    augmentation=Augmentation(rotation=15, scale=0.2, shear=0.1, shift=8, flip=0.5, drop_stroke=0.125, bend=4),
    image_style="antialiased",
    image_size=64,
    inverted=True,
    centred=True,
    time_slices=3,
    sequence_length=96,
    test_time_flip=True,
)


@pytest.mark.parametrize("config", [TrainingConfig(), EVERY_FIELD_CHANGED])
def test_survives_the_trip_through_custom_config(config: TrainingConfig) -> None:
    assert TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_no_field_of_the_other_example_is_a_default() -> None:
    defaults = TrainingConfig().to_dict()
    assert [name for name, value in EVERY_FIELD_CHANGED.to_dict().items() if value == defaults[name]] == []


shares = st.floats(0, 1)
augmentations = st.builds(
    Augmentation,
    rotation=st.floats(0, 360),
    scale=shares,
    shear=st.floats(0, 9),
    shift=st.floats(0, 256),
    flip=shares,
    drop_stroke=shares,
    bend=st.floats(0, 256),
)
configs = st.builds(
    TrainingConfig,
    learning_rate=st.floats(1e-9, 1e9),
    augmentation=st.none() | augmentations,
    image_style=st.just("antialiased"),
)


@given(configs)
def test_floats_survive_json_too(config: TrainingConfig) -> None:
    assert TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_a_dict_with_an_impossible_value_is_refused() -> None:
    with pytest.raises(UsageError, match="augmentation needs a flip of at most one, not 2"):
        TrainingConfig.from_dict(TrainingConfig().to_dict() | {"augmentation": {"flip": 2}})


@pytest.mark.parametrize("field", ["batch_size", "epochs", "patience", "learning_rate"])
@pytest.mark.parametrize("value", [0, -1])
def test_refuses_what_is_not_above_zero(field: str, value: int) -> None:
    with pytest.raises(UsageError, match=f"training needs a {field} above zero, not {value}"):
        TrainingConfig(**{field: value})


@pytest.mark.parametrize("field", ["warmup_epochs", "weight_decay", "label_smoothing"])
def test_refuses_what_is_below_zero(field: str) -> None:
    with pytest.raises(UsageError, match=f"training needs a {field} of at least zero, not -0.1"):
        TrainingConfig(**{field: -0.1})


def test_refuses_an_unknown_schedule() -> None:
    with pytest.raises(UsageError, match=r"there is no schedule 'linear'; the schedules are: constant, cosine\."):
        TrainingConfig(schedule="linear")


@pytest.mark.parametrize("name", ["rotation", "scale", "shear", "shift", "flip", "drop_stroke", "bend"])
def test_refuses_to_vary_by_less_than_nothing(name: str) -> None:
    with pytest.raises(UsageError, match=f"augmentation needs a {name} of at least zero, not -1"):
        Augmentation(**{name: -1})


@pytest.mark.parametrize("name", ["scale", "flip", "drop_stroke"])
def test_refuses_to_vary_by_more_than_all(name: str) -> None:
    Augmentation(**{name: 1})
    with pytest.raises(UsageError, match=rf"augmentation needs a {name} of at most one, not 1\.5"):
        Augmentation(**{name: 1.5})


@pytest.mark.parametrize("moved", [{"centred": True}, {"augmentation": Augmentation()}])
def test_refuses_to_move_drawings_by_parts_of_a_unit_in_style_notebook(moved: dict[str, Any]) -> None:
    TrainingConfig(**moved, image_style="antialiased")
    with pytest.raises(UsageError, match="style notebook draws whole coordinates only; vary or centre drawings in"):
        TrainingConfig(**moved, image_style="notebook")


def test_refuses_to_mirror_what_is_not_centred() -> None:
    with pytest.raises(UsageError, match="only centred drawings can be mirrored; test_time_flip needs centred"):
        TrainingConfig(test_time_flip=True)


@pytest.mark.parametrize(
    ("values", "feature"),
    [
        ({}, "image"),
        ({"inverted": True, "network": "small_residual"}, "image"),
        ({"augmentation": Augmentation()}, "packed_strokes"),
        ({"centred": True}, "packed_strokes"),
        ({"time_slices": 2}, "packed_strokes"),
        ({"sequence_length": 96}, "packed_strokes"),
    ],
)
def test_transform_makes_strokes_only_where_the_image_would_not_do(values: dict[str, Any], feature: str) -> None:
    assert TrainingConfig(image_style="antialiased", **values).transformed_feature == feature
