import pytest

from components.errors import UsageError
from components.evaluator.thresholds import Thresholds


@pytest.mark.parametrize("field", ["min_accuracy", "min_map_at_3", "max_accuracy_drop"])
def test_refuses_a_threshold_outside_0_to_1(field: str) -> None:
    with pytest.raises(UsageError, match=rf"the threshold {field} must be in 0\.\.1, not 80"):
        Thresholds(**{field: 80})
