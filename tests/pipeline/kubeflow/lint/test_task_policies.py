from typing import Any

import pytest

from pipeline.kubeflow.lint import task_policies
from tests.pipeline.kubeflow.edited import TASKS, TRAINER, findings


@pytest.mark.parametrize("node", ["Baseline", "DataGate", "Pusher"])
def test_nodes_with_a_registry_are_never_cached(node: str) -> None:
    (found,) = findings(task_policies.check, ((*TASKS, node, "cachingOptions"), {"enableCache": True}))
    assert found.startswith(f"{node}: cachingOptions: it looks into a registry")


def test_the_ingest_may_be_cached_by_whoever_names_versions_of_the_data() -> None:
    cached = ((*TASKS, "DrawingExampleGen", "cachingOptions"), {"enableCache": True})
    assert findings(task_policies.check, cached) == []


def test_a_key_that_the_client_refuses() -> None:
    (found,) = findings(task_policies.check, ((*TRAINER, "cachingOptions", "cacheKey"), "mine"))
    assert found == "Trainer: cachingOptions.cacheKey: kfp 2.5.0, which submits here, refuses it."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maxRetryCount", 0),
        ("maxRetryCount", -1),
        ("backoffFactor", 0.5),
        ("backoffDuration", "0s"),
        ("backoffMaxDuration", "-3s"),
    ],
)
def test_retries_that_make_no_sense(field: str, value: Any) -> None:
    (found,) = findings(task_policies.check, ((*TRAINER, "retryPolicy", field), value))
    assert found.startswith(f"Trainer: retryPolicy.{field}: ")


def test_a_policy_with_a_count_alone() -> None:
    assert findings(task_policies.check, ((*TRAINER, "retryPolicy"), {"maxRetryCount": 1})) == []
