"""A small real model, exported once for all component tests."""

import pathlib

import keras
import pytest

from components.trainer.export import export_model
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from tests.components.doodles import LABELS


@pytest.fixture(scope="session")
def saved_model(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """An untrained network with fixed weights, exported as the Trainer exports."""
    keras.utils.set_random_seed(3)
    directory = tmp_path_factory.mktemp("model") / "Format-Serving"
    config = TrainingConfig()
    export_model(build_network(config, len(LABELS)), LABELS, config, str(directory))
    return directory
