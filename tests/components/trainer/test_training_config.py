import pytest

from components.errors import UsageError
from components.trainer.training_config import TrainingConfig


def test_survives_the_trip_through_custom_config() -> None:
    config = TrainingConfig(optimizer="rmsprop", learning_rate=2e-5, batch_size=500)
    assert TrainingConfig(**config.to_dict()) == config


@pytest.mark.parametrize("field", ["batch_size", "epochs", "patience", "learning_rate"])
def test_refuses_zero(field: str) -> None:
    with pytest.raises(UsageError, match=f"training needs a {field} above zero, not 0"):
        TrainingConfig(**{field: 0})
