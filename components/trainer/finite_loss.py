"""A training whose loss is no number any more has nothing left to lose but time."""

import math
from collections.abc import Mapping

from components.errors import QuickdrawError


class NonFiniteLossError(QuickdrawError):
    """The loss became infinite or not a number."""


def check_finite(values: Mapping[str, float], epoch: int) -> None:
    """Looks at losses.

    Args:
        values: metrics by name; those that end in "loss" count.
        epoch: the epoch they belong to, from 1.

    Raises:
        NonFiniteLossError: one of them is infinite or not a number.
    """
    for name, value in values.items():
        if name.endswith("loss") and not math.isfinite(value):
            raise NonFiniteLossError(
                f"training stopped in epoch {epoch}: {name} became {value}, as it does when steps are too large; the "
                "state after the epoch before it is kept. Try a smaller --learning-rate."
            )
