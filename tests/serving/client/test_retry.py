import json
import random

import pytest

from serving.client.retry import RetryPolicy


def test_grpcs_service_config():
    assert json.loads(RetryPolicy().grpc_service_config("a.Service", "Method")) == {
        "methodConfig": [
            {
                "name": [{"service": "a.Service", "method": "Method"}],
                "retryPolicy": {
                    "maxAttempts": 5,
                    "initialBackoff": "0.100s",
                    "maxBackoff": "1.000s",
                    "backoffMultiplier": 2.0,
                    "retryableStatusCodes": ["UNAVAILABLE"],
                },
            }
        ]
    }
    assert "retryPolicy" not in RetryPolicy(max_attempts=1).grpc_service_config("a.Service", "Method")


def test_waits_double_up_to_the_longest_and_differ_by_a_fifth():
    policy = RetryPolicy(initial_backoff_seconds=1, max_backoff_seconds=3)
    waits = [list(policy.delays(random.Random(seed))) for seed in range(1000)]
    for position, middle in enumerate([1, 2, 3, 3]):
        column = [row[position] for row in waits]
        assert min(column) == pytest.approx(0.8 * middle, rel=0.01)
        assert max(column) == pytest.approx(1.2 * middle, rel=0.01)
    assert list(RetryPolicy(max_attempts=1).delays(random.Random(0))) == []


@pytest.mark.parametrize(
    "values",
    [{"max_attempts": 0}, {"max_attempts": 6}, {"initial_backoff_seconds": 0}, {"backoff_multiplier": -1}],
)
def test_values_that_grpc_would_not_take(values):
    with pytest.raises(ValueError, match="must be"):
        RetryPolicy(**values)
