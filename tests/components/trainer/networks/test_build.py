import keras
import pytest

from components.errors import UsageError
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig


def test_keras_is_keras_3_whatever_was_imported_before() -> None:
    import tensorflow_transform  # noqa: F401 - sets TF_USE_LEGACY_KERAS

    assert keras.__version__.startswith("3.")
    assert type(build_network(TrainingConfig(), 10)).__module__.startswith("keras.")


@pytest.mark.parametrize("network", ["notebook", "small_residual", "residual", "small_sketch", "sketch"])
def test_every_network_is_fit_to_what_it_will_see(network: str) -> None:
    config = TrainingConfig(network=network, image_size=40, sequence_length=96 if network.endswith("sketch") else 0)
    built = build_network(config, 7, "mixed_bfloat16")
    assert built.output_shape == (None, 7)
    assert built.layers[-1].compute_dtype == "float32"
    assert "bfloat16" in {layer.compute_dtype for layer in built.layers}
    assert (None, 40, 40, 1) in [seen.shape for seen in built.inputs]
    assert not built.compiled


def test_unknown_network_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no network 'vgg'; the networks are: notebook, residual, sketch"):
        build_network(TrainingConfig(network="vgg"), 10)
