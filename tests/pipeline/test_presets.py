import pytest

from components.errors import UsageError
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from pipeline.presets import get_preset, preset_names


def test_the_designs_presets_exist() -> None:
    assert preset_names() == ["demo", "notebook", "notebook_tuned", "ten", "full"]


def test_notebook_is_the_seeds_schedule() -> None:
    preset = get_preset("notebook")
    assert preset.training == TrainingConfig(
        network="notebook",
        optimizer="rmsprop",
        learning_rate=2e-5,
        schedule="constant",
        weight_decay=0.0,
        label_smoothing=0.0,
        batch_size=500,
        epochs=200,
        patience=100,
        mixed_precision=False,
        augmentation=None,
        image_style="notebook",
        image_size=32,
        inverted=False,
    )
    assert preset.per_word == 500


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_a_gate_that_chance_does_not_pass(name: str) -> None:
    thresholds = get_preset(name).thresholds
    assert thresholds.min_accuracy > 0.1
    assert thresholds.min_map_at_3 > thresholds.min_accuracy


def test_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no preset 'huge'; the presets are: demo, notebook"):
        get_preset("huge")


@pytest.mark.parametrize(("name", "most"), [("notebook_tuned", 121_994), ("ten", 1_000_000)])
def test_presets_for_ten_words_are_no_larger_than_they_say(name: str, most: int) -> None:
    assert build_network(get_preset(name).training, 10).count_params() <= most


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_a_network_that_sees_what_it_is_shown(name: str) -> None:
    assert build_network(get_preset(name).training, 5).output_shape == (None, 5)
