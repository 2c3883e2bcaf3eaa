import pytest

from components.errors import UsageError
from pipeline.presets import get_preset, preset_names


def test_the_designs_presets_exist() -> None:
    assert preset_names() == ["demo", "notebook", "notebook_tuned", "ten", "full"]


def test_notebook_is_the_seeds_schedule() -> None:
    training = get_preset("notebook").training
    assert (training.network, training.optimizer, training.learning_rate) == ("notebook", "rmsprop", 2e-5)
    assert (training.batch_size, training.epochs, training.patience) == (500, 200, 100)
    assert get_preset("notebook").per_word == 500


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_a_gate_that_chance_does_not_pass(name: str) -> None:
    thresholds = get_preset(name).thresholds
    assert thresholds.min_accuracy > 0.1
    assert thresholds.min_map_at_3 > thresholds.min_accuracy


def test_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no preset 'huge'; the presets are: demo, notebook"):
        get_preset("huge")
