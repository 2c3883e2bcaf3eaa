from typing import Any

import pytest

from pipeline.kubeflow.lint import messages
from tests.pipeline.kubeflow.edited import CONTAINER, POD, TRAINER, only


@pytest.mark.parametrize(
    ("path", "value", "node", "field", "part"),
    [
        (("spec", "owner"), "ann", "pipeline", "owner", "no field named"),
        ((*TRAINER, "priority"), 1, "Trainer", "priority", "no field named"),
        ((*TRAINER, "componentRef", "id"), 1, "Trainer", "componentRef.id", "no field named"),
        ((*TRAINER, "retryPolicy", "backoffDuration"), "30", "Trainer", "retryPolicy.backoffDuration", 'letter "s"'),
        ((*TRAINER, "retryPolicy", "maxRetryCount"), "two", "Trainer", "retryPolicy.maxRetryCount", "two"),
        ((*TRAINER, "triggerPolicy"), {"strategy": "NEVER"}, "Trainer", "triggerPolicy.strategy", "NEVER"),
        ((*CONTAINER, "shm"), "1Gi", "Trainer", "container.shm", "no field named"),
        ((*CONTAINER, "resources", "cpu"), 1, "Trainer", "container.resources.cpu", "no field named"),
        ((*POD, "shm"), "1Gi", "Trainer", "shm", "no field named"),
        ((*POD, "pvcMount", 0, "path"), "/a", "Trainer", "pvcMount[0].path", "no field named"),
        (
            ("platform", "platforms", "kubernetes", "executors"),
            {},
            "pipeline",
            "platforms[kubernetes].executors",
            "no field",
        ),
    ],
)
def test_what_does_not_parse_is_told_with_its_place(
    path: tuple[str, ...], value: Any, node: str, field: str, part: str
) -> None:
    found = only(messages.check, (path, value))
    assert (found.node, found.field) == (node, field)
    assert part in found.sentence
    assert found.sentence.startswith("it is not what KFP's messages are: ")
    assert "Available Fields" not in found.sentence
    assert "\n" not in found.sentence
