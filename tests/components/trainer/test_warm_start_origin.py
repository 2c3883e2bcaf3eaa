import dataclasses
import pathlib

import pytest

from components.errors import UsageError
from components.trainer.model_card import write_model_card
from components.trainer.training_config import TrainingConfig
from components.trainer.warm_start_origin import check_input_form, name_of_source

CONFIG = TrainingConfig(image_style="antialiased", inverted=True)


@pytest.fixture
def network(tmp_path: pathlib.Path) -> pathlib.Path:
    model = tmp_path / "1764490500"
    write_model_card(model, {"training": CONFIG.to_dict()})
    return model / "assets.extra" / "network.keras"


def test_the_same_form_may_go_on_with_another_schedule(network: pathlib.Path) -> None:
    check_input_form(str(network), dataclasses.replace(CONFIG, epochs=3, optimizer="sgd", label_smoothing=0.1))


def test_a_network_that_saw_something_else_is_refused(network: pathlib.Path) -> None:
    with pytest.raises(
        UsageError, match="version 1764490500 was trained with inverted True, this run trains with False"
    ):
        check_input_form(str(network), dataclasses.replace(CONFIG, inverted=False))


def test_a_file_from_elsewhere_tells_nothing(tmp_path: pathlib.Path) -> None:
    check_input_form(str(tmp_path / "folder" / "foreign.keras"), CONFIG)


def test_sources_have_names_without_this_machines_folders(network: pathlib.Path) -> None:
    assert name_of_source(str(network)) == "version 1764490500"
    assert name_of_source("/somewhere/else/mine.keras") == "mine.keras"
