import math

import pytest

from components.trainer.finite_loss import NonFiniteLossError, check_finite


def test_says_which_loss_and_what_to_do() -> None:
    with pytest.raises(NonFiniteLossError) as stopped:
        check_finite({"loss": 0.5, "val_loss": math.nan}, epoch=3)

    assert str(stopped.value) == (
        "training stopped in epoch 3: val_loss became nan, as it does when steps are too large; the state after the "
        "epoch before it is kept. Try a smaller --learning-rate."
    )
    assert stopped.value.exit_code == 1


@pytest.mark.parametrize("name", ["loss", "val_loss", "clean_loss"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_every_loss_counts(name: str, value: float) -> None:
    with pytest.raises(NonFiniteLossError, match=f"{name} became {value}"):
        check_finite({"accuracy": 0.5, name: value}, epoch=1)


@pytest.mark.parametrize("values", [{}, {"loss": 0.0, "val_loss": 1e38}, {"loss": 1.0, "accuracy": math.nan}])
def test_numbers_pass_and_only_losses_are_looked_at(values: dict[str, float]) -> None:
    check_finite(values, epoch=1)
